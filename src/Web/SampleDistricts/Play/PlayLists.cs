using Microsoft.EntityFrameworkCore;
using Weipian.Sample.Year;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>On some evenings of the year the list of every seat, as its home page shows it, is compared with the truth, line by
/// line.</summary>
internal sealed class PlayLists(PlayOffice office, DueList list)
{
    private readonly List<YearDifference> differences = [];

    /// <summary>Lines that are told and not there, or there and not told.</summary>
    public IReadOnlyList<YearDifference> Differences => differences;

    /// <summary>Lines that were compared.</summary>
    public int Lines { get; private set; }

    /// <summary>Compares every seat; a year that has gone on since shows later lists, and nothing is compared.</summary>
    public async Task CompareAsync(TrueDay day)
    {
        if (office.Books.Today != day.On)
            return;
        await using var db = office.Read();
        foreach (var seat in await db.Seats.OrderBy(s => s.Login).ToListAsync(office.Stop))
        {
            // Which verdicts are read blind is drawn from a seed that the truth does not know.
            var shown = (await list.DueAsync(new DueSeat(SeatClaims.PrincipalOf(seat), day.On), office.Stop)).Where(i =>
                i.What != ReadingsDue.What
            );
            var told = day.Dues.Where(d => d.Seat == seat.Login).Select(d => Line(d.What, d.Programme, d.Count, d.Due)).ToList();
            var found = shown.Select(i => Line(i.What, i.Programme, i.Count, i.Due)).ToList();
            Lines += told.Count;
            differences.AddRange(Missing(told, found).Select(line => Difference(day, seat.Login, line, "+", "-")));
            differences.AddRange(Missing(found, told).Select(line => Difference(day, seat.Login, line, "-", "+")));
        }
    }

    private static YearDifference Difference(TrueDay day, string seat, string line, string told, string found) =>
        new("due", $"{PlayOffice.Day(day.On)} {seat} {line}", told, found);

    private static string Line(string what, string? programme, int count, DateOnly? due) =>
        $"{what} {programme ?? "·"} {count} {(due is { } day ? PlayOffice.Day(day) : "·")}";

    /// <summary>The same line twice counts twice.</summary>
    private static List<string> Missing(List<string> wanted, List<string> there)
    {
        var left = there.ToList();
        return [.. wanted.Where(line => !left.Remove(line))];
    }
}
