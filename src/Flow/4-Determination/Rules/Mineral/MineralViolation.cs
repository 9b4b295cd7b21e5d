namespace Weipian.Flow.Determinations;

/// <summary>What must be known before mining or exploration without a right is called a violation.</summary>
internal static class MineralViolation
{
    public static IEnumerable<Check> Shown(PartFacts part)
    {
        if (part.Patch.Before is null)
            yield return PermitTiming.NoImageDate("before", "前时相", "date of the image before");
        if (part.Patch.After is null)
            yield return PermitTiming.NoImageDate("after", "后时相", "date of the image after");
        if (PermitTiming.StartAfterImage(part) is { } contradiction)
            yield return contradiction;
        yield return SiteChecks.Answered(part, FactKeys.ActivityKind, out _);
    }
}
