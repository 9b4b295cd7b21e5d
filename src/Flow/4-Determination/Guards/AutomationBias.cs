namespace Weipian.Flow.Determinations;

/// <summary>How far people follow the machine where it is wrong (自动化偏误), with the proposal on the screen and without it.</summary>
/// <remarks>
/// A proposal is wrong when the verdict that two persons signed is another. Followed is the share of those judged as proposed; hidden from
/// view the same share is coincidence, and the difference is what the proposal did. Overridden is the share of all proposals, right or
/// wrong, from which the first verdict departs.
/// </remarks>
public sealed record AutomationBias(BiasArm Shown, BiasArm Hidden)
{
    /// <summary>One judgement of a person with what the machine said and what was finally signed.</summary>
    public sealed record Judgement(string Code, string Proposed, string Final, bool ProposalShown);

    /// <summary>Pure: from judgements to shares.</summary>
    public static AutomationBias Of(IReadOnlyCollection<Judgement> judgements)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        return new(Arm(judgements.Where(j => j.ProposalShown)), Arm(judgements.Where(j => !j.ProposalShown)));
    }

    private static BiasArm Arm(IEnumerable<Judgement> judgements)
    {
        var all = judgements.ToList();
        var wrong = all.Where(j => j.Proposed != j.Final).ToList();
        return new(all.Count, all.Count(j => j.Code != j.Proposed), wrong.Count, wrong.Count(j => j.Code == j.Proposed));
    }
}

/// <summary>Counts with the proposal shown, or hidden.</summary>
/// <param name="Judged">Judgements with a proposal and a final verdict.</param>
/// <param name="Overridden">Of these the ones that depart from the proposal.</param>
/// <param name="Wrong">Of these the ones whose proposal was wrong.</param>
/// <param name="Followed">Of the wrong ones those that say what was proposed.</param>
public sealed record BiasArm(int Judged, int Overridden, int Wrong, int Followed);
