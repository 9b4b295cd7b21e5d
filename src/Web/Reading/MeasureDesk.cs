using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>A measure in a list: where it stands, and the violation it is about.</summary>
public sealed record MeasureLine(MeasureStanding Standing, Violation Violation, DateOnly Today)
{
    public Measure Measure => Standing.Measure;

    public int DaysLate => Standing.DaysLate(Today);

    /// <summary>Days left; negative when past.</summary>
    public int DaysLeft => Measure.DueOn.DayNumber - Today.DayNumber;

    /// <summary>Days since it was ordered, while it is open.</summary>
    public int Age => Today.DayNumber - Measure.OrderedOn.DayNumber;
}

/// <summary>A line of the plan against the largest single violation of a unit that comes near it.</summary>
/// <param name="SquareMetres">Of the largest; 0 when there is none.</param>
/// <param name="Distance">What is left to the line, negative above it; null where the line is not set.</param>
public sealed record LineDistance(PlanThreshold Line, Violation? Largest, double SquareMetres, double? Distance);

/// <summary>What a unit, or the district, has to do and how far it is.</summary>
public sealed record Cockpit(
    IReadOnlyList<MeasureLine> Open,
    IReadOnlyList<ViolationBalance> Balances,
    IReadOnlyList<LineDistance> Lines,
    PlanDate? Backlog
)
{
    public int Late => Open.Count(m => m.DaysLate > 0);

    public int Waiting => Open.Count(m => m.Standing.State == MeasureState.Reported);

    public double RemainingSquareMetres => Balances.Sum(b => b.RemainingSquareMetres);

    public double RemovedSquareMetres => Balances.Sum(b => b.RemovedSquareMetres);

    /// <summary>Violations with something left that no open measure covers.</summary>
    public IReadOnlyList<ViolationBalance> WithoutMeasure =>
        [.. Balances.Where(b => !b.IsRemoved && Open.All(m => m.Measure.ViolationId != b.Violation.Id))];

    /// <summary>The historic backlog.</summary>
    public IReadOnlyList<ViolationBalance> Historic => [.. Balances.Where(b => b.Violation.Source == ViolationSource.Backlog)];
}

/// <summary>A hand-over as the finance bureau sees it.</summary>
public sealed record HandOverLine(HandOver HandOver, HandOverReceipt? Receipt, Violation Violation, IssuedDocument Letter, DateOnly Today)
{
    /// <summary>Days after the last day to receive, where the law sets one.</summary>
    public int DaysLate => Receipt is null && HandOver.ReceiveBy is { } by ? Math.Max(0, Today.DayNumber - by.DayNumber) : 0;
}

/// <summary>Everything about one measure.</summary>
public sealed record MeasureSheet(
    MeasureLine Line,
    ViolationBalance? Balance,
    DateOnly? PenaltyDoneOn,
    HandOverLine? HandOver,
    IReadOnlyList<MeasureStanding> Others
);

/// <summary>Reads measures, hand-overs and programmes as a seat sees them: a town its own unit, the others all.</summary>
public sealed class MeasureDesk(OfficeBooks books)
{
    /// <summary>Open and ended measures, late first, then by the day due.</summary>
    /// <param name="unit">Only of this unit; <c>null</c> for all.</param>
    public async Task<IReadOnlyList<MeasureLine>> ListAsync(string? unit, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await LinesAsync(db, unit is null ? db.Measures : db.Measures.Where(m => m.Unit == unit), stop);
    }

    public async Task<Cockpit> CockpitAsync(string? unit, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var lines = await LinesAsync(db, unit is null ? db.Measures : db.Measures.Where(m => m.Unit == unit), stop);
        var violations = unit is null ? db.Violations : db.Violations.Where(v => v.Unit == unit);
        var balances = await ViolationBalances.OfAsync(db, violations, books.Today, stop);
        return new(
            [.. lines.Where(m => m.Standing.IsOpen)],
            balances,
            [.. books.Plan.Thresholds.Where(t => t.Land is not null).Select(t => DistanceTo(t, balances))],
            books.Plan.Calendar.Find("historic-backlog")
        );
    }

    /// <exception cref="Problem"><c>chain.not-there</c>: also for a measure of another unit</exception>
    public async Task<MeasureSheet> SheetAsync(Guid id, string? unit, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var standing = await MeasureStanding.OfOneAsync(db, id, stop);
        if (unit is not null && standing.Measure.Unit != unit)
            throw Problem.Chain.NotThere("整改措施", "measure", id.ToString());
        var measure = standing.Measure;
        var violation = await db.Violations.SingleAsync(v => v.Id == measure.ViolationId, stop);
        var balances = await ViolationBalances.OfAsync(db, db.Violations.Where(v => v.Id == violation.Id), books.Today, stop);
        var handOvers = await HandOversAsync(db, db.HandOvers.Where(h => h.MeasureId == id), stop);
        return new(
            new(standing, violation, books.Today),
            balances.SingleOrDefault(),
            await PenaltyExecution.DoneOnAsync(db, violation.Id, stop),
            handOvers.SingleOrDefault(),
            await MeasureStanding.OfAsync(db, db.Measures.Where(m => m.ViolationId == violation.Id && m.Id != id), stop)
        );
    }

    /// <summary>The register: what waits first, the oldest letter at the top.</summary>
    public async Task<IReadOnlyList<HandOverLine>> HandOversAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await HandOversAsync(db, db.HandOvers, stop);
    }

    /// <summary>Confiscations that were decided and that nobody has handed over yet.</summary>
    public async Task<IReadOnlyList<MeasureLine>> ToHandOverAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var decided = db
            .CaseSteps.Where(s => s.Kind == CaseStepKind.Decided)
            .Join(db.CaseFiles, s => s.CaseFileId, f => f.Id, (_, file) => file.ViolationId);
        var lines = await LinesAsync(
            db,
            db.Measures.Where(m =>
                m.Kind == MeasureKind.Confiscate && decided.Contains(m.ViolationId) && !db.HandOvers.Any(h => h.MeasureId == m.Id)
            ),
            stop
        );
        return [.. lines.Where(m => m.Standing.IsOpen)];
    }

    /// <summary>How far each programme is, with the acceptances it has.</summary>
    public async Task<
        IReadOnlyList<(PlanProgramme Programme, ProgrammeState State, IReadOnlyList<ProgrammeAcceptance> Done)>
    > ProgrammesAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var done = (await db.ProgrammeAcceptances.ToListAsync(stop)).OrderBy(a => a.At).ToLookup(a => a.ProgrammeId);
        var all = new List<(PlanProgramme, ProgrammeState, IReadOnlyList<ProgrammeAcceptance>)>();
        foreach (var programme in books.Plan.Programmes)
            all.Add((programme, await ProgrammeState.OfAsync(db, programme.Id, books.Today, books.Law, stop), [.. done[programme.Id]]));
        return all;
    }

    /// <summary>The report that has a file; <c>null</c> when there is none or another unit's.</summary>
    public async Task<KeptFile?> FileAsync(Guid report, string sha256, string? unit, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var row = await db.MeasureReports.SingleOrDefaultAsync(r => r.Id == report, stop);
        if (row is null || (unit is not null && !await db.Measures.AnyAsync(m => m.Id == row.MeasureId && m.Unit == unit, stop)))
            return null;
        return KeptFile.Of(row).FirstOrDefault(f => f.Sha256 == sha256);
    }

    /// <summary>Which files of the reports of a measure are sealed, by their hashes.</summary>
    public async Task<IReadOnlySet<string>> SealedAsync(MeasureSheet? sheet, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var files = sheet?.Line.Standing.Reports.SelectMany(KeptFile.Of).Select(f => f.Sha256) ?? [];
        return await SealedFiles.AmongAsync(db, files, stop);
    }

    private async Task<IReadOnlyList<MeasureLine>> LinesAsync(StoreContext db, IQueryable<Measure> measures, CancellationToken stop)
    {
        var standings = await MeasureStanding.OfAsync(db, measures, stop);
        var ids = measures.Select(m => m.ViolationId);
        var violations = await db.Violations.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, stop);
        return
        [
            .. standings
                .Select(s => new MeasureLine(s, violations[s.Measure.ViolationId], books.Today))
                .OrderByDescending(m => m.Standing.IsOpen)
                .ThenBy(m => m.Measure.DueOn)
                .ThenBy(m => m.Violation.Number, StringComparer.Ordinal),
        ];
    }

    private async Task<List<HandOverLine>> HandOversAsync(StoreContext db, IQueryable<HandOver> sent, CancellationToken stop)
    {
        var rows = await (
            from handOver in sent
            join violation in db.Violations on handOver.ViolationId equals violation.Id
            join letter in db.IssuedDocuments on handOver.DocumentId equals letter.Id
            join receipt in db.HandOverReceipts on handOver.Id equals receipt.HandOverId into receipts
            from receipt in receipts.DefaultIfEmpty()
            select new
            {
                handOver,
                violation,
                letter,
                receipt,
            }
        ).ToListAsync(stop);
        return
        [
            .. rows.Select(r => new HandOverLine(r.handOver, r.receipt, r.violation, r.letter, books.Today))
                .OrderBy(h => h.Receipt is not null)
                .ThenBy(h => h.HandOver.SentOn)
                .ThenBy(h => h.Letter.Number, StringComparer.Ordinal),
        ];
    }

    /// <summary>The largest single violation, by what is left of it, on the land that a line is about.</summary>
    private static LineDistance DistanceTo(PlanThreshold line, IReadOnlyList<ViolationBalance> balances)
    {
        var largest = balances.MaxBy(b => On(line.Land, b));
        var area = largest is null ? 0 : On(line.Land, largest);
        double? distance = line is { IsSet: true, Unit: PlanUnitOfMeasure.Mu }
            ? MuRational.Of(line.Mu).ToSquareMetres().Value - area
            : null;
        return new(line, area > 0 ? largest!.Violation : null, area, distance);
    }

    private static double On(string? land, ViolationBalance balance) =>
        land switch
        {
            "permanent-farmland" => balance.RemainingPermanentFarmlandSquareMetres,
            "nature-reserve" => Math.Min(balance.RemainingSquareMetres, balance.Violation.ReserveSquareMetres),
            "ordinary-cultivated" => Math.Max(0, balance.RemainingCultivatedSquareMetres - balance.RemainingPermanentFarmlandSquareMetres),
            _ => balance.RemainingCultivatedSquareMetres,
        };
}
