using Weipian.Flow.Verification;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of verification. A visit itself comes with its files, through <see cref="Api.VisitsApi"/>.</summary>
public static class VerificationDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<AssignVisits.Request, AssignVisits.Assigned>(
            AssignVisits.Act,
            (hall, who, request, stop) => AssignVisits.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ReturnVisit.Request, Guid>(
            ReturnVisit.Act,
            (hall, who, request, stop) => ReturnVisit.Handle(hall.Store, who, request, hall.Books.Law, stop)
        ),
        ActDoor.Of<AttachDocument.Request, AttachDocument.Attached>(
            AttachDocument.Act,
            (hall, who, request, stop) => AttachDocument.Handle(hall.Store, who, request, hall.Books.Law, stop)
        ),
    ];
}
