using Weipian.Flow.Store;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts about sign-ins, second factors, devices, posts and keys. A session is opened by signing in only.</summary>
public static class PeopleDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<EndSession.Request, Guid>(
            EndSession.Act,
            (hall, who, request, stop) => EndSession.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<EnrolSecondFactor.Request, EnrolSecondFactor.Enrolled>(
            EnrolSecondFactor.Act,
            (hall, who, request, stop) => EnrolSecondFactor.Handle(hall.Store, who, request, machine: null, stop)
        ),
        ActDoor.Of<RemoveSecondFactor.Request, Guid>(
            RemoveSecondFactor.Act,
            (hall, who, request, stop) => RemoveSecondFactor.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<RequireSecondFactor.Request, Guid>(
            RequireSecondFactor.Act,
            (hall, who, request, stop) => RequireSecondFactor.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<EnrolDevice.Request, Guid>(
            EnrolDevice.Act,
            (hall, who, request, stop) => EnrolDevice.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<EndDevice.Request, Guid>(EndDevice.Act, (hall, who, request, stop) => EndDevice.Handle(hall.Store, who, request, stop)),
        ActDoor.Of<SeatPerson.Request, Guid>(
            SeatPerson.Act,
            (hall, who, request, stop) => SeatPerson.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<UnseatPerson.Request, Guid>(
            UnseatPerson.Act,
            (hall, who, request, stop) => UnseatPerson.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ChangeLeadingGroup.Request, Guid>(
            ChangeLeadingGroup.Act,
            (hall, who, request, stop) => ChangeLeadingGroup.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<RotateKeys.Request, RotateKeys.Rotated>(
            RotateKeys.Act,
            (hall, who, request, stop) => RotateKeys.Handle(hall.Store, who, request, hall.Books.Law, stop)
        ),
        ActDoor.Of<RetireKeys.Request, IReadOnlyList<string>>(
            RetireKeys.Act,
            (hall, who, request, stop) => RetireKeys.Handle(hall.Store, who, request, stop)
        ),
    ];
}
