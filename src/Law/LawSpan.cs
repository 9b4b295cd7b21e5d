namespace Weipian.Law;

/// <summary>How a span of dates reads in a refusal.</summary>
internal static class LawSpan
{
    public static string Chinese(DateOnly from, DateOnly? through) =>
        through is null ? $"所载自{from:O}起" : $"所载为{from:O}至{through:O}";

    public static string English(DateOnly from, DateOnly? through) =>
        through is null ? $"stated from {from:O}" : $"stated from {from:O} through {through:O}";
}
