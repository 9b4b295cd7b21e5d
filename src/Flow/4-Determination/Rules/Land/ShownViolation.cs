namespace Weipian.Flow.Determinations;

/// <summary>What must be known before a use without title is called a violation: both image dates and what stands there.</summary>
internal static class ShownViolation
{
    /// <summary>Uses that would have needed a title.</summary>
    private static readonly string[] NeedsTitle =
    [
        Ground.Construction,
        Ground.Facility,
        Ground.Road,
        Ground.Solar,
        Ground.Hardened,
        Ground.Storage,
        Ground.Lake,
        Ground.SoilTaking,
        Ground.Grave,
        Ground.Structure,
        Ground.Access,
        Ground.Mining,
    ];

    public static IEnumerable<Check> Of(PartFacts part)
    {
        if (part.Patch.Before is null)
            yield return PermitTiming.NoImageDate("before", "前时相", "date of the image before");
        if (part.Patch.After is null)
            yield return PermitTiming.NoImageDate("after", "后时相", "date of the image after");
        if (PermitTiming.StartAfterImage(part) is { } contradiction)
            yield return contradiction;
        yield return UsedInAWayThatNeedsTitle(part);
    }

    private static Check UsedInAWayThatNeedsTitle(PartFacts part)
    {
        var known = SiteChecks.Answered(part, FactKeys.UseOnGround, out var ground);
        if (ground is null || NeedsTitle.Contains(ground.Written))
            return known;
        return part.Site.Of(FactKeys.PermanentBuilding)?.Flag == true && ground.Written is not Ground.Unchanged
            ? SiteChecks.Answered(part, FactKeys.PermanentBuilding, out _)
            : known with
            {
                Outcome = Outcome.Unknown,
                Zh = known.Zh + "，未见违法使用，也不符合其他情形",
                En = known.En + ": no unlawful use is seen, and no other row fits",
                Missing = [new("answer:use_on_ground", "足以判定的实地情况", "what would let one of the rows fit")],
            };
    }
}
