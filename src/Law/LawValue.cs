namespace Weipian.Law;

/// <summary>One value of the law as it stands on one day, with where it comes from.</summary>
/// <param name="Value">The value in <paramref name="Unit"/>.</param>
/// <param name="Key"><c>cn/administrative-penalty-law/60#decision_days_max</c>.</param>
/// <param name="Unit">Unit as the law book writes it: <c>day</c>, <c>working_day</c>, <c>mu</c>, <c>yuan_per_square_metre</c> …</param>
/// <param name="Citation">Where it comes from.</param>
/// <param name="From">First day on which it holds, inclusive.</param>
/// <param name="Through">Last day on which it holds, inclusive; null while no end is known.</param>
/// <param name="Note">What a reader of the number should know, in both languages; null when nothing.</param>
public sealed record LawValue<T>(
    T Value,
    string Key,
    string Unit,
    Citation Citation,
    DateOnly From,
    DateOnly? Through,
    (string Chinese, string English)? Note
);

/// <summary>Why a screen shows no number: one sentence in both languages.</summary>
public sealed record LawBanner(string Key, LawStanding Standing, string Chinese, string English);

/// <summary>How a key of the law book stands on a day.</summary>
public enum LawStanding
{
    /// <summary>There is a value.</summary>
    InForce,

    /// <summary>The law has or may have a value; it was not found. There is no number.</summary>
    Unset,

    /// <summary>The law itself has a gap on that day, and the book says so.</summary>
    DeclaredGap,

    /// <summary>The day is before the first day, or after the last, of what the book states for the key.</summary>
    OutsideDates,
}
