using Weipian.Flow.Rectification;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of rectification.</summary>
public static class RectificationDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<OrderMeasure.Request, Guid>(
            OrderMeasure.Act,
            (hall, who, request, stop) => OrderMeasure.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ReportMeasure.Request, Guid>(
            ReportMeasure.Act,
            (hall, who, request, stop) => ReportMeasure.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<AcceptMeasure.Request, AcceptMeasure.Answer>(
            AcceptMeasure.Act,
            (hall, who, request, stop) => AcceptMeasure.Handle(hall.Store, who, request, hall.Law.Book.LandClasses, hall.Documents, stop)
        ),
        ActDoor.Of<SendHandOver.Request, SendHandOver.Answer>(
            SendHandOver.Act,
            (hall, who, request, stop) => SendHandOver.Handle(hall.Store, who, request, hall.Documents, hall.Law.Book, stop)
        ),
        ActDoor.Of<ReceiveHandOver.Request, Guid>(
            ReceiveHandOver.Act,
            (hall, who, request, stop) => ReceiveHandOver.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<AcceptProgramme.Request, AcceptProgramme.Answer>(
            AcceptProgramme.Act,
            (hall, who, request, stop) => AcceptProgramme.Handle(hall.Store, who, request, hall.Law.Book, stop)
        ),
    ];
}
