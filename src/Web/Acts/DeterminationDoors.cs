using Weipian.Flow.Determinations;
using Weipian.Web.Training;

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
        ActDoor.Of<SetReviewGuards.Request, SetReviewGuards.Set>(
            SetReviewGuards.Act,
            (hall, who, request, stop) => SetReviewGuards.Handle(hall.Store, who, request, hall.Books.Law, stop)
        ),
        ActDoor.Of<GiveReading.Request, GiveReading.Given>(
            GiveReading.Act,
            (hall, who, request, stop) => GiveReading.Handle(hall.Store, who, request, hall.Law, stop)
        ),
        ActDoor.Of<LookAtImages.Request, LookAtImages.Looked>(
            LookAtImages.Act,
            (hall, who, request, stop) => LookAtImages.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<TrainingDesk.Answer, TrainingDesk.Graded>(
            AnswerExercise.Act,
            (hall, who, answer, stop) => hall.Training.GradeAsync(who, answer, stop)
        ),
        ActDoor.Of<TickFirstHour.Request, Guid>(
            TickFirstHour.Act,
            (hall, who, request, stop) => TickFirstHour.Handle(hall.Store, who, request, stop)
        ),
    ];
}
