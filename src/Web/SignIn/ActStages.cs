using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Escalation;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Web.Reading;

namespace Weipian.Web.SignIn;

/// <summary>The stage of the work that an act belongs to: that in which it is declared.</summary>
public static class ActStages
{
    private static readonly (WorkStage Stage, IEnumerable<string> Acts)[] Stages =
    [
        (WorkStage.Intake, [.. IntakeActs.Roles.Keys, "add-image", "add-layer-version", "import-patches"]),
        (WorkStage.Comparison, ["compare-programme"]),
        (WorkStage.Verification, [.. VerificationActs.Roles.Keys, ReadFile.Act]),
        (
            WorkStage.Determination,
            [
                "propose-verdicts",
                "decide-verdict",
                "confirm-verdict",
                "return-verdict",
                "withdraw-verdict",
                TakeBackSignature.Act,
                "split-parcel",
                "merge-parcels",
                "submit-batch",
                .. GuardActs.Roles.Keys,
            ]
        ),
        (WorkStage.CaseFile, CaseFileActs.Roles.Keys),
        (WorkStage.Rectification, RectificationActs.Roles.Keys),
        (WorkStage.Ledger, LedgerActs.Roles.Keys),
        (WorkStage.Escalation, EscalationActs.Roles.Keys),
        (WorkStage.Reports, ReportActs.Roles.Keys),
        (WorkStage.Plan, ["keep-record", "notify-posts", "seat-person", "unseat-person", "change-leading-group"]),
    ];

    /// <summary>The stage of an act; <see cref="WorkStage.Administration"/> for what belongs to none.</summary>
    public static WorkStage Of(string act) =>
        Stages
            .Where(s => s.Acts.Contains(act, StringComparer.Ordinal))
            .Select(s => s.Stage)
            .DefaultIfEmpty(WorkStage.Administration)
            .First();
}
