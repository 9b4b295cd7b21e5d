using System.Diagnostics.CodeAnalysis;

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
    public LawValue<int> Days(string key) => throw new NotImplementedException(key);

    /// <summary>A number of working days.</summary>
    public LawValue<int> WorkingDays(string key) => throw new NotImplementedException(key);

    /// <summary>A length of time in the unit that the law of that day uses, for <see cref="Deadline"/>.</summary>
    public LawValue<Term> Term(string key) => throw new NotImplementedException(key);

    /// <summary>A plain number in the unit of the value: metres, shares of one, yuan, yuan per square metre, multiples, counts.</summary>
    public LawValue<decimal> Number(string key) => throw new NotImplementedException(key);

    /// <summary>An area that a measured area is compared with exactly.</summary>
    public LawValue<AreaThreshold> Area(string key) => throw new NotImplementedException(key);

    /// <summary>A yes or no of the law or of our own method (unit <c>switch</c>).</summary>
    public LawValue<bool> Switch(string key) => throw new NotImplementedException(key);

    /// <summary>How the key stands on this day. Refuses a key that does not exist and a selecting date that is not allowed.</summary>
    public LawStanding Standing(string key) => throw new NotImplementedException(key);

    /// <summary>True when the key has a value on this day: then the getters above answer.</summary>
    public bool IsSet(string key) => Standing(key) == LawStanding.InForce;

    /// <summary>The sentence to show instead of a number; null when there is a number.</summary>
    public LawBanner? Banner(string key) => throw new NotImplementedException(key);

    /// <summary>Asks without refusing: false with the banner when there is no number on this day.</summary>
    public bool TryNumber(string key, [NotNullWhen(true)] out LawValue<decimal>? value, [NotNullWhen(false)] out LawBanner? banner)
    {
        banner = Banner(key);
        value = banner is null ? Number(key) : null;
        return banner is null;
    }
}
