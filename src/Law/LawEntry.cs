namespace Weipian.Law;

/// <summary>One key of the law book with all that it states over time.</summary>
/// <param name="Key"><c>cn/administrative-penalty-law/60#decision_days_max</c>.</param>
/// <param name="Says">What the article says, in our own words, in both languages.</param>
/// <param name="SelectedBy">The dates of a matter that may select the value.</param>
/// <param name="Periods">Consecutive, without gap or overlap; a gap of the law is a period of its own.</param>
public sealed record LawEntry(
    string Key,
    string Chinese,
    string English,
    (string Chinese, string English) Says,
    IReadOnlyList<SelectingDate> SelectedBy,
    IReadOnlyList<LawPeriod> Periods
)
{
    /// <summary>The period in which a day lies; null before the first and after the last.</summary>
    public LawPeriod? On(DateOnly day) => Periods.FirstOrDefault(p => p.From <= day && (p.Through is null || day <= p.Through));
}

/// <summary>What a key states from one day to another.</summary>
/// <param name="From">First day, inclusive.</param>
/// <param name="Through">Last day, inclusive; null while no end is known: then the last day of the book bounds it.</param>
/// <param name="Standing">A value, unset, or a declared gap.</param>
/// <param name="Number">The value; null for a switch, an unset value and a gap. Areas and terms are numbers in their unit.</param>
/// <param name="Reason">Why there is no value, in both languages.</param>
/// <param name="Note">What a reader of the value should know, in both languages; null when nothing.</param>
public sealed record LawPeriod(
    DateOnly From,
    DateOnly? Through,
    LawStanding Standing,
    decimal? Number,
    bool? Switch,
    string Unit,
    bool RollsForward,
    Citation Citation,
    (string Chinese, string English)? Reason,
    (string Chinese, string English)? Note
);

/// <summary>Our interpretation where a text is silent.</summary>
/// <param name="Id">File name without ending: <c>0007-day-of-filing</c>.</param>
/// <param name="Text">What follows the title, in English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record Reading(string Id, string Title, string Text, string TitleZh, string TextZh);

/// <summary>Something that was read for the law book, said in both languages.</summary>
public sealed record LawSource(string Key, string Chinese, string English);
