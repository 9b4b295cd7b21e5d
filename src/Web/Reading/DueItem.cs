using System.Security.Claims;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>One line of "to do today": so many of something, where they are, and by when.</summary>
/// <param name="Stage">The section of the home page it stands in.</param>
/// <param name="What">The kind of thing, a stable word: whoever counts lines counts by it.</param>
/// <param name="Title">What is to be done, in the person's language.</param>
/// <param name="Count">How many; a line with none is left out by its source.</param>
/// <param name="Address">The list behind the number.</param>
/// <param name="Scope">Which programme, unit or case it is about; empty when the title says it.</param>
/// <param name="Due">The last day in time; <c>null</c> when no date is set.</param>
/// <param name="Basis">Where the date comes from, shown on hover.</param>
public sealed record DueItem(
    WorkStage Stage,
    string What,
    string Title,
    int Count,
    string Address,
    string Scope = "",
    DateOnly? Due = null,
    string? Basis = null
)
{
    /// <summary>The programme that the line is about, by id; null for none.</summary>
    public string? Programme { get; init; }

    /// <summary>Days left when positive, days late when negative; <c>null</c> without a date.</summary>
    public int? DaysLeft(DateOnly on) => Due is { } due ? due.DayNumber - on.DayNumber : null;

    public bool IsLate(DateOnly on) => DaysLeft(on) < 0;
}

/// <summary>Who asks what is to be done, and for which day.</summary>
public sealed record DueSeat(ClaimsPrincipal User, DateOnly On)
{
    public Sight Sight { get; } = Sight.Of(User);

    public string Login => User.Login();

    public string Role => User.Role();

    public bool May(string permission) => User.May(permission);
}

/// <summary>A part of the work that knows what a seat has to do in it. Each stage brings its own; the home page shows them all.</summary>
public interface IDueSource
{
    /// <summary>The lines of this seat on this day; none when the part is not its business.</summary>
    Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default);
}

/// <summary>Everything a seat has to do, from every source: by stage, what is late or due first on top.</summary>
public sealed class DueList(IEnumerable<IDueSource> sources)
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        var all = new List<DueItem>();
        foreach (var source in sources)
            all.AddRange(await source.DueAsync(seat, stop));
        return [.. all.OrderBy(i => i.Stage).ThenBy(i => i.Due ?? DateOnly.MaxValue)];
    }
}
