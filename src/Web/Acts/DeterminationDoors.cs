using Weipian.Flow.Determinations;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of determination that concern several parcels. Verdicts on one parcel have addresses of their own.</summary>
public static class DeterminationDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<SubmitBatch.Request, SubmitBatch.Submitted>(
            SubmitBatch.Act,
            (hall, who, request, stop) => SubmitBatch.Handle(hall.Store, who, request, hall.Books.Law, stop)
        ),
        ActDoor.Of<MergeParcels.Request, MergeParcels.Merged>(
            MergeParcels.Act,
            (hall, who, request, stop) => MergeParcels.Handle(hall.Store, who, request, hall.Law, stop)
        ),
    ];
}
