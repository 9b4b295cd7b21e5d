using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;

namespace Weipian.Web.Reading;

/// <summary>A ledger entry in a list.</summary>
public sealed record LedgerLine(LedgerStanding Standing, DateOnly Today)
{
    public LedgerEntry Entry => Standing.Entry;

    public Violation Violation => Standing.Balance.Violation;

    public int DaysLate => Standing.DaysLate(Today);

    /// <summary>What was removed since the entry was made.</summary>
    public double SinceSquareMetres => Math.Max(0, Entry.AreaSquareMetres - Standing.Balance.RemainingSquareMetres);
}

/// <summary>Everything about one entry.</summary>
/// <param name="Frozen">The row of its violation in the snapshot it was made from.</param>
/// <param name="Removing">Acceptances that removed something, in order.</param>
public sealed record LedgerSheet(
    LedgerLine Line,
    Snapshot Snapshot,
    JsonNode? Frozen,
    IReadOnlyList<MeasureAcceptance> Removing,
    LedgerEntry? Reopens,
    IReadOnlyList<Recurrence> CameBack,
    IReadOnlyList<MeasureStanding> Measures
);

/// <summary>A line of the survey lists.</summary>
public sealed record SurveyLine(SurveyLink Link, Violation Violation, string ParcelNumber);

/// <summary>The newest run of a survey year.</summary>
public sealed record SurveySheet(int Year, DateOnly OnDay, JsonNode Counts, IReadOnlyList<SurveyLine> Lines);

/// <summary>A credit record with whom and what it is about.</summary>
public sealed record CreditLine(CreditStanding Standing, Party Party, Violation Violation);

/// <summary>A violation in the city round.</summary>
public sealed record CityLine(ViolationBalance Balance, CityResult? Result);

/// <summary>Reads the ledger and what hangs on it: survey lists, deduction sheets, the credit register, the city round.</summary>
public sealed class LedgerDesk(OfficeBooks books)
{
    /// <param name="unit">Only of this unit; <c>null</c> for all.</param>
    public async Task<IReadOnlyList<LedgerLine>> ListAsync(string? unit, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var all = await LedgerStanding.OfAsync(db, db.LedgerEntries, books.Today, stop);
        return
        [
            .. all.Where(s => unit is null || s.Balance.Violation.Unit == unit)
                .OrderByDescending(s => s.IsOpen)
                .ThenBy(s => s.Entry.RemoveBy)
                .Select(s => new LedgerLine(s, books.Today)),
        ];
    }

    /// <summary>Cut-offs that are over, with what has not entered yet.</summary>
    public async Task<IReadOnlyList<string>> CutOffsAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return [.. (await EnterLedger.OverAsync(books.Plan, db, books.Today, stop)).Select(o => o.Id)];
    }

    public async Task<IReadOnlyList<Recurrence>> RecurrencesAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await Recurrences.OfAsync(db, books.Today, stop);
    }

    /// <exception cref="Problem"><c>chain.not-there</c>: also for an entry of another unit</exception>
    public async Task<LedgerSheet> SheetAsync(Guid id, string? unit, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var standing = await LedgerStanding.OfOneAsync(db, id, books.Today, stop);
        if (unit is not null && standing.Balance.Violation.Unit != unit)
            throw Problem.Chain.NotThere("挂账", "ledger entry", id.ToString());
        var snapshot = await db.Snapshots.SingleAsync(s => s.Id == standing.Entry.SnapshotId, stop);
        var frozen = Snapshots
            .Read(books.Store.Blobs, snapshot)["violations"]
            ?.AsArray()
            .FirstOrDefault(v => (string?)v?["id"] == standing.Entry.ViolationId.ToString());
        var reopens = await db.LedgerEntries.SingleOrDefaultAsync(e => e.Id == standing.Entry.ReopensId, stop);
        var violation = standing.Balance.Violation.Id;
        return new(
            new(standing, books.Today),
            snapshot,
            frozen,
            await ProposeClosing.RemovingAsync(db, standing, stop),
            reopens,
            standing.IsOpen ? [] : [.. (await Recurrences.OfAsync(db, books.Today, stop)).Where(r => r.Earlier.Violation.Id == violation)],
            await MeasureStanding.OfAsync(db, db.Measures.Where(m => m.ViolationId == violation), stop)
        );
    }

    /// <summary>The newest run of every survey year, the latest year first.</summary>
    public async Task<IReadOnlyList<SurveySheet>> SurveysAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var runs = (await db.Snapshots.Where(s => s.Kind == LinkSurvey.SnapshotKind).ToListAsync(stop))
            .GroupBy(s => s.Scope, StringComparer.Ordinal)
            .Select(g => g.MaxBy(s => s.At)!)
            .OrderByDescending(s => s.Scope, StringComparer.Ordinal);
        var sheets = new List<SurveySheet>();
        foreach (var run in runs)
        {
            var counts = Snapshots.Read(books.Store.Blobs, run);
            var id = Guid.Parse((string)counts["run"]!);
            var lines = await (
                from link in db.SurveyLinks
                join violation in db.Violations on link.ViolationId equals violation.Id
                join parcel in db.Parcels on link.ParcelId equals parcel.Id
                where link.RunId == id
                orderby link.List, violation.Number, parcel.Number
                select new SurveyLine(link, violation, parcel.Number)
            ).ToListAsync(stop);
            sheets.Add(new(int.Parse(run.Scope, System.Globalization.CultureInfo.InvariantCulture), run.OnDay, counts, lines));
        }
        return sheets;
    }

    /// <summary>Years for which a layer of survey changes is there.</summary>
    public async Task<IReadOnlyList<int>> SurveyYearsAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var days = await db.LayerVersions.Where(v => v.Role == LayerRole.SurveyChange).Select(v => v.AsOf).ToListAsync(stop);
        return [.. days.Select(d => d.Year).Distinct().Order()];
    }

    /// <summary>Sheets, the newest first.</summary>
    public async Task<IReadOnlyList<DeductionSheet>> DeductionsAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return [.. (await db.DeductionSheets.ToListAsync(stop)).OrderByDescending(s => s.At)];
    }

    public async Task<IReadOnlyList<CreditLine>> CreditAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var standings = await CreditStanding.OfAsync(db, db.CreditRecords, books.Today, stop);
        var parties = await db.Parties.ToDictionaryAsync(p => p.Id, stop);
        var violations = await db.Violations.ToDictionaryAsync(v => v.Id, stop);
        return [.. standings.Select(s => new CreditLine(s, parties[s.Record.PartyId], violations[s.Record.ViolationId]))];
    }

    /// <summary>Parties of violations in force, for the form.</summary>
    public async Task<IReadOnlyList<(Violation Violation, Party Party)>> PartiesAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var heirs = await ViolationBalances.HeirsAsync(db, stop);
        var rows = await (
            from role in db.ViolationParties
            join violation in db.Violations on role.ViolationId equals violation.Id
            join party in db.Parties on role.PartyId equals party.Id
            orderby violation.Number, party.LabelZh
            select new { violation, party }
        ).ToListAsync(stop);
        return [.. rows.Where(r => !heirs.ContainsKey(r.violation.Id)).Select(r => (r.violation, r.party)).Distinct()];
    }

    /// <summary>Rounds, the latest year first, each with every violation of its year.</summary>
    public async Task<IReadOnlyList<(CityRound Round, IReadOnlyList<CityLine> Lines)>> CityAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var rounds = new List<(CityRound, IReadOnlyList<CityLine>)>();
        foreach (var round in await db.CityRounds.OrderByDescending(r => r.Year).ToListAsync(stop))
        {
            var results = await db.CityResults.Where(r => r.CityRoundId == round.Id).ToDictionaryAsync(r => r.ViolationId, stop);
            var balances = await ViolationBalances.OfAsync(db, db.Violations.Where(v => v.Year == round.Year), books.Today, stop);
            rounds.Add((round, [.. balances.Select(b => new CityLine(b, results.GetValueOrDefault(b.Violation.Id)))]));
        }
        return rounds;
    }

    /// <summary>Whether a file among the blobs is an export of the credit register.</summary>
    public async Task<bool> IsExportAsync(string sha256, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await db.CreditSteps.AnyAsync(s => s.Kind == CreditStepKind.Exported && s.NoteZh == sha256, stop);
    }
}
