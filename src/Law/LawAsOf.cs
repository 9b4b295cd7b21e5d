using System.Diagnostics.CodeAnalysis;
using Weipian.Law.Loading;

namespace Weipian.Law;

/// <summary>The law on one day, and by which date of the matter that day was chosen.</summary>
/// <remarks>
/// A key that does not exist, a day outside what the book states, a gap of the law, a value that is unset, a unit asked for wrongly, and
/// a selecting date that the value does not allow are each refused (<see cref="Problem"/>): nothing defaults.
/// </remarks>
public sealed class LawAsOf
{
    private readonly LawBook book;

    internal LawAsOf(LawBook book, DateOnly day, SelectingDate by) => (this.book, Day, By) = (book, day, by);

    /// <summary>The day asked about.</summary>
    public DateOnly Day { get; }

    /// <summary>Which date of the matter <see cref="Day"/> is.</summary>
    public SelectingDate By { get; }

    /// <summary>The book that answers.</summary>
    public LawBook Book => book;

    /// <summary>A number of calendar days. Refuses working days: ask <see cref="Term"/> when both occur.</summary>
    public LawValue<int> Days(string key) => Whole(key, "day");

    /// <summary>A number of working days.</summary>
    public LawValue<int> WorkingDays(string key) => Whole(key, "working_day");

    /// <summary>A length of time in the unit that the law of that day uses, for <see cref="Deadline"/>.</summary>
    public LawValue<Term> Term(string key)
    {
        var period = InForce(key);
        if (!LawVocabulary.Terms.TryGetValue(period.Unit, out var unit))
            throw Problem.Law.WrongUnit(key, period.Unit, string.Join(", ", LawVocabulary.Terms.Keys));
        return Value(key, period, new Term((int)period.Number!.Value, unit, period.RollsForward));
    }

    /// <summary>A plain number in the unit of the value: metres, shares of one, yuan, yuan per square metre, multiples, counts.</summary>
    public LawValue<decimal> Number(string key)
    {
        var period = InForce(key);
        if (!LawVocabulary.Numbers.Contains(period.Unit, StringComparer.Ordinal))
            throw Problem.Law.WrongUnit(key, period.Unit, string.Join(", ", LawVocabulary.Numbers));
        return Value(key, period, period.Number!.Value);
    }

    /// <summary>An area that a measured area is compared with exactly.</summary>
    public LawValue<AreaThreshold> Area(string key)
    {
        var period = InForce(key);
        var number = period.Number ?? 0;
        var area = period.Unit switch
        {
            "mu" => AreaThreshold.OfMu(number),
            "hectare" => AreaThreshold.OfHectares(number),
            "square_metre" => AreaThreshold.OfSquareMetres(number),
            _ => throw Problem.Law.WrongUnit(key, period.Unit, string.Join(", ", LawVocabulary.Areas)),
        };
        return Value(key, period, area);
    }

    /// <summary>A yes or no of the law or of our own method (unit <c>switch</c>).</summary>
    public LawValue<bool> Switch(string key)
    {
        var period = InForce(key);
        if (period.Unit != LawVocabulary.Switch)
            throw Problem.Law.WrongUnit(key, period.Unit, LawVocabulary.Switch);
        return Value(key, period, period.Switch!.Value);
    }

    /// <summary>How the key stands on this day. Refuses a key that does not exist and a selecting date that is not allowed.</summary>
    public LawStanding Standing(string key) => Period(key, out _)?.Standing ?? LawStanding.OutsideDates;

    /// <summary>True when the key has a value on this day: then the getters above answer.</summary>
    public bool IsSet(string key) => Standing(key) == LawStanding.InForce;

    /// <summary>The sentence to show instead of a number; null when there is a number.</summary>
    public LawBanner? Banner(string key)
    {
        var period = Period(key, out var entry);
        return period?.Standing switch
        {
            LawStanding.InForce => null,
            LawStanding.Unset => new(
                key,
                LawStanding.Unset,
                $"{entry.Chinese}尚未设定：{period.Reason!.Value.Chinese}。此处不给出数值。",
                $"{entry.English} is not set: {period.Reason.Value.English}. No number is shown here."
            ),
            LawStanding.DeclaredGap => new(
                key,
                LawStanding.DeclaredGap,
                $"{entry.Chinese}在{Day:O}没有规定：{period.Reason!.Value.Chinese}。此处不给出数值。",
                $"{entry.English} has no rule on {Day:O}: {period.Reason.Value.English}. No number is shown here."
            ),
            _ => new(
                key,
                LawStanding.OutsideDates,
                $"{entry.Chinese}：法规库对{Day:O}没有记载（{SpanChinese(entry)}）。此处不给出数值。",
                $"{entry.English}: the law book states nothing for {Day:O} ({SpanEnglish(entry)}). No number is shown here."
            ),
        };
    }

    /// <summary>Asks without refusing: false with the banner when there is no number on this day.</summary>
    public bool TryNumber(string key, [NotNullWhen(true)] out LawValue<decimal>? value, [NotNullWhen(false)] out LawBanner? banner)
    {
        banner = Banner(key);
        value = banner is null ? Number(key) : null;
        return banner is null;
    }

    private LawValue<int> Whole(string key, string unit)
    {
        var period = InForce(key);
        if (period.Unit != unit)
            throw Problem.Law.WrongUnit(key, period.Unit, unit);
        return Value(key, period, (int)period.Number!.Value);
    }

    private static LawValue<T> Value<T>(string key, LawPeriod period, T value) =>
        new(value, key, period.Unit, period.Citation, period.From, period.Through, period.Note);

    /// <summary>The period with a value, or the refusal that says why there is none.</summary>
    private LawPeriod InForce(string key)
    {
        var period = Period(key, out var entry);
        return period switch
        {
            { Standing: LawStanding.InForce } => period,
            { Standing: LawStanding.Unset } => throw Problem.Law.Unset(key, Day, period.Reason!.Value.Chinese, period.Reason.Value.English),
            { Reason: { } why } => throw Problem.Law.NotInForce(key, Day, why.Chinese, why.English),
            _ => throw Problem.Law.NotInForce(key, Day, SpanChinese(entry), SpanEnglish(entry)),
        };
    }

    /// <summary>Null outside the dates of the key, and outside those of the book.</summary>
    private LawPeriod? Period(string key, out LawEntry entry)
    {
        entry = book.Entry(key);
        if (!entry.SelectedBy.Contains(By))
            throw Problem.Law.WrongSelectingDate(key, By.ToString(), string.Join(", ", entry.SelectedBy));
        return Day < book.From || Day > book.Through ? null : entry.On(Day);
    }

    private string SpanChinese(LawEntry entry) => LawSpan.Chinese(entry.Periods[0].From, entry.Periods[^1].Through ?? book.Through);

    private string SpanEnglish(LawEntry entry) => LawSpan.English(entry.Periods[0].From, entry.Periods[^1].Through ?? book.Through);
}
