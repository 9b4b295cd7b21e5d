using Weipian.Flow.Escalation;
using Weipian.Flow.Store;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of escalation and evaluation.</summary>
public static class EscalationDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<SubmitDue.Request, SubmitDue.Submitted>(
            SubmitDue.Act,
            (hall, who, request, stop) => SubmitDue.Handle(hall.Store, who, request, hall.Books.Law, stop)
        ),
        ActDoor.Of<CommitSpotCheck.Request, CommitSpotCheck.Committed>(
            CommitSpotCheck.Act,
            (hall, who, request, stop) =>
                CommitSpotCheck.Handle(hall.Store, who, request, hall.Books.IsSynthetic ? SeedOfSample : null, stop)
        ),
        ActDoor.Of<DrawSpotCheck.Request, DrawSpotCheck.Drawn>(
            DrawSpotCheck.Act,
            (hall, who, request, stop) => DrawSpotCheck.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<RecordSpotCheckResult.Request, Guid>(
            RecordSpotCheckResult.Act,
            (hall, who, request, stop) => RecordSpotCheckResult.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<RecordIntegrityFinding.Request, RecordIntegrityFinding.Recorded>(
            RecordIntegrityFinding.Act,
            (hall, who, request, stop) => RecordIntegrityFinding.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ProposeEscalation.Request, ProposeEscalation.Proposed>(
            ProposeEscalation.Act,
            (hall, who, request, stop) => ProposeEscalation.Handle(hall.Store, who, request, hall.Law.Book, hall.Indicators, stop)
        ),
        ActDoor.Of<DecideEscalation.Request, DecideEscalation.Decided>(
            DecideEscalation.Act,
            (hall, who, request, stop) => DecideEscalation.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<StartInterview.Request, StartInterview.Started>(
            StartInterview.Act,
            (hall, who, request, stop) => StartInterview.Handle(hall.Store, who, request, hall.Documents, stop)
        ),
        ActDoor.Of<RecordInterviewStep.Request, Guid>(
            RecordInterviewStep.Act,
            (hall, who, request, stop) => RecordInterviewStep.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<CirculateUnit.Request, CirculateUnit.Circulated>(
            CirculateUnit.Act,
            (hall, who, request, stop) => CirculateUnit.Handle(hall.Store, who, request, hall.Documents, stop)
        ),
        ActDoor.Of<HandToDiscipline.Request, HandToDiscipline.HandedOver>(
            HandToDiscipline.Act,
            (hall, who, request, stop) => HandToDiscipline.Handle(hall.Store, who, request, hall.Documents, stop)
        ),
        ActDoor.Of<RecordAccountabilityStep.Request, Guid>(
            RecordAccountabilityStep.Act,
            (hall, who, request, stop) => RecordAccountabilityStep.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<EvaluateTowns.Request, EvaluateTowns.Evaluated>(
            EvaluateTowns.Act,
            (hall, who, request, stop) => EvaluateTowns.Handle(hall.Store, who, request, hall.Law.Book, hall.Indicators, stop)
        ),
        ActDoor.Of<AppealEvaluation.Request, Guid>(
            AppealEvaluation.Act,
            (hall, who, request, stop) => AppealEvaluation.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<AnswerAppeal.Request, Guid>(
            AnswerAppeal.Act,
            (hall, who, request, stop) => AnswerAppeal.Handle(hall.Store, who, request, stop)
        ),
    ];

    /// <summary>The sample plays the same year from the same number, so its seeds follow from the list that is drawn from. Nothing of a
    /// sample is secret; a real installation never comes here.</summary>
    private static string SeedOfSample(SpotPopulation population) => CanonicalJson.Sha256("sample\n" + population.Sha256);
}
