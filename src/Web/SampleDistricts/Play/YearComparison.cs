using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Something that came out otherwise than the truth of the year says.</summary>
/// <param name="What">What is compared: <c>case</c>, <c>ledger</c>, <c>area</c>, <c>interview</c>, <c>town</c>, <c>due</c>,
/// <c>figure</c>.</param>
public sealed record YearDifference(string What, string Subject, string Told, string Found);

/// <summary>Compares a played year with its truth: cases, the ledger on the last day of the year with its areas, interviews with their
/// grounds, and the counts of every town.</summary>
internal static class YearComparison
{
    /// <summary>An area by construction and the statutory area of the same ground differ by so much of it at most.</summary>
    private const double AreaTolerance = 2e-4;

    /// <summary>Square metres: coordinates are issued with nine decimals of a degree, areas told with two.</summary>
    private const double SmallestTolerance = 0.1;

    public static async Task<IReadOnlyList<YearDifference>> OfAsync(
        WeipianStore store,
        YearTruth truth,
        DateOnly until,
        CancellationToken stop
    )
    {
        await using var db = store.Read();
        var found = await FoundAsync(db, stop);
        var told = truth.Violations.Where(v => PlayDates.Of(v.Programme).Formed <= until).ToList();
        var cases = told.Where(v => v.IsCase && PlayDates.Of(v.Programme).Opened <= until).ToList();
        var differences = new List<YearDifference>();
        differences.AddRange(Sets("violation", told.Select(v => v.Patch), found.Where(f => f.Programme is not null).Select(f => f.Name)));
        differences.AddRange(Sets("case", cases.Select(v => v.Patch), found.Where(f => f.IsCase).Select(f => f.Name)));
        differences.AddRange(Areas(told, found));
        differences.AddRange(Towns(told, cases, found));
        differences.AddRange(await SubmissionsAsync(db, truth, until, stop));
        differences.AddRange(await FigureComparison.OfAsync(store, truth, until, stop));
        (string What, DateOnly From, DateOnly On, IEnumerable<TrueEntry> Told)[] ledgers =
        [
            ("ledger-2018", new(2019, 6, 17), PlayDates.AnnualAccepted.AddDays(2), truth.OnAnnualLedger()),
            ("ledger", PlayDates.EndOfYear.AddDays(2), PlayDates.EndOfYear, truth.OnLedger()),
            ("ledger-after-the-city", PlayDates.CityRound, PlayDates.Last, truth.OnLedgerAfterTheCity()),
        ];
        foreach (var ledger in ledgers.Where(l => l.From <= until))
            differences.AddRange(await LedgerAsync(db, ledger.What, ledger.On, [.. ledger.Told], found, stop));
        if (until >= new DateOnly(2019, 9, 20))
            differences.AddRange(await InterviewsAsync(db, truth, stop));
        return differences;
    }

    /// <param name="Name">Number of its patch, or its own where it has none.</param>
    private sealed record Found(Guid Id, string Name, string? Programme, string Unit, double AreaSquareMetres, bool IsCase);

    private static async Task<List<Found>> FoundAsync(StoreContext db, CancellationToken stop)
    {
        var violations = await db.Violations.Where(v => !db.Violations.Any(later => later.SupersedesId == v.Id)).ToListAsync(stop);
        var patches = await db
            .ViolationParcels.Join(db.Patches, p => p.PatchId, p => p.Id, (row, patch) => new { row.ViolationId, patch.Number })
            .ToListAsync(stop);
        var names = patches.GroupBy(p => p.ViolationId).ToDictionary(g => g.Key, g => g.Min(p => p.Number)!);
        var cases = await db.CaseFiles.Select(c => c.ViolationId).ToHashSetAsync(stop);
        return
        [
            .. violations.Select(v => new Found(
                v.Id,
                names.GetValueOrDefault(v.Id, v.Number),
                v.ProgrammeId,
                v.Unit,
                v.AreaSquareMetres,
                cases.Contains(v.Id)
            )),
        ];
    }

    private static IEnumerable<YearDifference> Areas(IReadOnlyList<TrueViolation> told, List<Found> found)
    {
        var areas = found.ToDictionary(f => f.Name, f => f.AreaSquareMetres, StringComparer.Ordinal);
        foreach (var t in told)
            if (areas.TryGetValue(t.Patch, out var area) && !IsNear(t.AreaSquareMetres, area))
                yield return new(
                    "area",
                    t.Patch,
                    FormattableString.Invariant($"{t.AreaSquareMetres:0.00}"),
                    FormattableString.Invariant($"{area:0.00}")
                );
    }

    internal static bool IsNear(double told, double found) => Math.Abs(told - found) <= Math.Max(SmallestTolerance, told * AreaTolerance);

    private static IEnumerable<YearDifference> Towns(List<TrueViolation> told, List<TrueViolation> cases, List<Found> found)
    {
        foreach (
            var unit in told.Select(t => t.Unit)
                .Union(found.Where(f => f.Programme is not null).Select(f => f.Unit))
                .Order(StringComparer.Ordinal)
        )
        {
            var (toldCount, toldCases) = (told.Count(t => t.Unit == unit), cases.Count(t => t.Unit == unit));
            var own = found.Where(f => f.Unit == unit && f.Programme is not null).ToList();
            if (toldCount != own.Count || toldCases != own.Count(f => f.IsCase))
                yield return new("town", unit, $"{toldCount}/{toldCases}", $"{own.Count}/{own.Count(f => f.IsCase)}");
        }
    }

    /// <summary>The entries that were open on a day, by patch, with the area that remained.</summary>
    private static async Task<List<YearDifference>> LedgerAsync(
        StoreContext db,
        string what,
        DateOnly on,
        List<TrueEntry> told,
        List<Found> found,
        CancellationToken stop
    )
    {
        var entries = await db
            .LedgerEntries.Where(e => e.EnteredOn <= on && !db.LedgerClosings.Any(c => c.LedgerEntryId == e.Id && c.On <= on))
            .ToListAsync(stop);
        var names = found.ToDictionary(f => f.Id, f => f.Name);
        var onLedger = entries.ToDictionary(e => names[e.ViolationId], e => e.AreaSquareMetres, StringComparer.Ordinal);
        var differences = Sets(what, told.Select(t => t.Name), onLedger.Keys).ToList();
        differences.AddRange(
            told.Where(t => onLedger.TryGetValue(t.Name, out var area) && !IsNear(t.AreaSquareMetres, area))
                .Select(t => new YearDifference(
                    what + "-area",
                    t.Name,
                    FormattableString.Invariant($"{t.AreaSquareMetres:0.00}"),
                    FormattableString.Invariant($"{onLedger[t.Name]:0.00}")
                ))
        );
        return differences;
    }

    /// <summary>What was sent until a day, and how late.</summary>
    private static async Task<IEnumerable<YearDifference>> SubmissionsAsync(
        StoreContext db,
        YearTruth truth,
        DateOnly until,
        CancellationToken stop
    )
    {
        var sent = await db.Submissions.Select(s => new { s.CalendarId, s.LateDays }).Distinct().ToListAsync(stop);
        return Sets(
            "submission",
            truth.Submissions.Where(s => s.SentOn <= until).Select(s => $"{s.CalendarId} +{s.LateDays}"),
            sent.Select(s => $"{s.CalendarId} +{s.LateDays}")
        );
    }

    private static async Task<IEnumerable<YearDifference>> InterviewsAsync(StoreContext db, YearTruth truth, CancellationToken stop)
    {
        var held = await db
            .EscalationProposals.Where(p => p.Measure == "warning-interview")
            .Select(p => new { p.Unit, p.GroundId })
            .ToListAsync(stop);
        return Sets("interview", truth.Interviews.Select(i => $"{i.Unit} {i.Ground}"), held.Select(h => $"{h.Unit} {h.GroundId}"));
    }

    private static IEnumerable<YearDifference> Sets(string what, IEnumerable<string> told, IEnumerable<string> found)
    {
        var (wanted, there) = (told.ToHashSet(StringComparer.Ordinal), found.ToHashSet(StringComparer.Ordinal));
        return wanted
            .Except(there)
            .Select(w => new YearDifference(what, w, "+", "-"))
            .Concat(there.Except(wanted).Select(t => new YearDifference(what, t, "-", "+")))
            .OrderBy(d => d.Subject, StringComparer.Ordinal);
    }
}
