using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>One clock (期限) of a case: from which event, until when, how that was derived, and when it was met.</summary>
/// <param name="Id">Names the clock; its text is <c>clock.&lt;id&gt;</c>.</param>
/// <param name="From">The day of the event that starts it; not counted.</param>
/// <param name="Deadline">Null where the law gives no number for that day; <paramref name="NotSet"/> says why.</param>
/// <param name="DoneOn">The day on which what it waits for happened.</param>
/// <param name="IsFloor">The clock says what may not happen until it ran out, instead of what must happen before.</param>
/// <param name="NotSet">The refusal of the law book, with its sentence.</param>
public sealed record CaseClock(
    string Id,
    DateOnly From,
    Deadline? Deadline,
    DateOnly? DoneOn = null,
    bool IsFloor = false,
    Problem? NotSet = null
)
{
    /// <summary>Nothing has met it yet, and it is one that must be met.</summary>
    public bool IsRunning => DoneOn is null && !IsFloor && Deadline is not null;

    /// <summary>Calendar days after the last day: of what was done, else of today. Never of a floor.</summary>
    public int DaysLate(DateOnly today) => IsFloor || Deadline is null ? 0 : Deadline.DaysLate(DoneOn ?? today);

    /// <summary>A clock of the law. Where the book has no number, or the calendar ends, the clock says so and has no day.</summary>
    internal static CaseClock Of(string id, DateOnly from, Func<Deadline> deadline, DateOnly? done = null, bool isFloor = false)
    {
        try
        {
            return new(id, from, deadline(), done, isFloor);
        }
        catch (Problem unset) when (unset.Code.StartsWith("law.", StringComparison.Ordinal))
        {
            return new(id, from, null, done, isFloor, unset);
        }
    }
}
