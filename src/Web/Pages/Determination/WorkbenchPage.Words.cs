using Weipian.Web.Reading;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Determination;

/// <summary>The part of the workbench that says why a key did nothing: no key is silent.</summary>
public sealed partial class WorkbenchPage
{
    /// <summary>What the last key had to say; empty when it did what it does.</summary>
    private string note = "";

    /// <summary>Why no first verdict can be given here now.</summary>
    private string WhyNotJudging() =>
        menu is null ? Say.T("bench.no-tree", Books.Plan.Programme(Programme!).Year)
        : parcel is null ? Say.T("verdict.no-parcel")
        : IsHeldByOther ? LockWords
        : pending.Contains(parcel.Id) ? Say.T("bench.why-pending")
        : !mayDecide ? Say.T("bench.why-not-officer")
        : parcel.Stage == ParcelStage.Confirmed ? Say.T("bench.why-confirmed")
        : parcel.DecidedBy == actor?.Login ? Say.T("bench.why-own-waits", keyMap.Label("undo"))
        : Say.T("bench.why-decided");

    /// <summary>Why no second signature can be given here now.</summary>
    private string WhyNotSigning() =>
        parcel is null ? Say.T("verdict.no-parcel")
        : !mayConfirm ? Say.T("bench.why-not-reviewer")
        : IsHeldByOther ? LockWords
        : pending.Contains(parcel.Id) ? Say.T("bench.why-pending")
        : parcel.IsReadingDue ? Say.T("guards.reading-due")
        : parcel.Stage switch
        {
            ParcelStage.Open => Say.T("bench.why-undecided"),
            ParcelStage.Decided => Say.T("bench.why-own"),
            _ => Say.T(IsOwnSignature(parcel) ? "bench.why-signed-own" : "bench.why-signed", keyMap.Label("undo")),
        };

    private string WhyNothing() => mayConfirm && !mayDecide ? WhyNotSigning() : WhyNotJudging();

    /// <summary>Why nothing is proposed.</summary>
    private string WhyNoProposal() => Say.T(parcel is { IsProposalHidden: true } ? "bench.proposal-hidden" : "bench.no-proposal");

    /// <summary>Why there is no batch; null when there is one.</summary>
    private string? WhyNoBatch() =>
        correcting ? Say.T("bench.no-batch-correcting")
        : !Judging ? WhyNotJudging()
        : parcel!.Stage == ParcelStage.Returned ? Say.T("bench.no-batch-returned")
        : parcel.IsProposalHidden ? Say.T("bench.proposal-hidden")
        : choice.Code is null && parcel.Proposed is null ? Say.T("bench.no-batch-nothing", keyMap.Label("batch"))
        : null;

    /// <summary>Why nothing is taken back.</summary>
    private string WhyNoUndo() =>
        parcel is { Stage: ParcelStage.Confirmed or ParcelStage.Returned } && parcel.DecidedBy == actor?.Login
            ? Say.T("bench.no-undo-signed")
            : Say.T("bench.no-undo");
}
