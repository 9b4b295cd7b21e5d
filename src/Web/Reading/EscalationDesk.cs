using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Escalation;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>The outcome of rectification of one unit, the first measure of the work (R30).</summary>
/// <param name="Unit">Empty for the whole district.</param>
/// <param name="Items">Every violation behind the figure; its value is what is left of it, square metres.</param>
public sealed record UnitOutcome(
    string Unit,
    int Violations,
    int Removed,
    double AreaSquareMetres,
    double RemovedSquareMetres,
    double CultivatedSquareMetres,
    double RestoredCultivatedSquareMetres,
    IReadOnlyList<FigureItem> Items
)
{
    public double LeftSquareMetres => AreaSquareMetres - RemovedSquareMetres;

    public static UnitOutcome Of(string unit, IReadOnlyList<ViolationFigure> all) =>
        new(
            unit,
            all.Count,
            all.Count(v => v.Balance.IsRemoved),
            all.Sum(v => v.Balance.AreaSquareMetres),
            all.Sum(v => v.Balance.RemovedSquareMetres),
            all.Sum(v => v.Balance.CultivatedSquareMetres),
            all.Sum(v => v.Balance.RestoredCultivatedSquareMetres),
            [.. all.Select(v => new FigureItem("violation", v.Violation.Id, v.Violation.Number, v.Balance.RemainingSquareMetres))]
        );
}

/// <summary>One unit on the board of escalation.</summary>
public sealed record UnitStanding(ResponsibleUnit Unit, UnitOutcome Outcome, IReadOnlyList<GroundSheet> Grounds);

/// <summary>A proposal with what became of it.</summary>
public sealed record ProposalLine(
    EscalationProposal Proposal,
    GovernmentDecision? Decision,
    Interview? Interview,
    Accountability? Accountability,
    bool Circulated
)
{
    /// <summary>Approved, and nothing was done on it yet.</summary>
    public bool IsToCarryOut => Decision?.Outcome == "approved" && Interview is null && Accountability is null && !Circulated;
}

/// <summary>A spot check with its list, its draw and its results.</summary>
public sealed record SpotCheckLine(
    SpotCheck Check,
    SpotPopulation Population,
    SpotCheckDraw? Draw,
    IReadOnlyList<SpotItem> Drawn,
    IReadOnlyList<SpotCheckResult> Results
);

/// <summary>A published evaluation with its frozen table and the appeals against it.</summary>
public sealed record PublishedEvaluation(
    Evaluation Row,
    string ContentSha256,
    EvaluationTable Table,
    IReadOnlyList<EvaluationAppeal> Appeals
);

/// <summary>A matter at discipline inspection.</summary>
public sealed record AccountabilityLine(Accountability Row, EscalationProposal Proposal, IReadOnlyList<AccountabilityStep> Steps)
{
    public bool IsReceived => Steps.Any(s => s.Kind == "received");

    public bool HasResult => Steps.Any(s => s.Kind == "result");

    public IReadOnlyList<string> Posts => JsonSerializer.Deserialize<string[]>(Row.PersonsJson)!;
}

/// <summary>Reads what the pages of escalation and evaluation show; figures are kept as long as the journal has not grown.</summary>
public sealed class EscalationDesk(OfficeBooks books)
{
    private readonly ConcurrentDictionary<(long, string, bool, DateOnly), Task<FigureFacts>> kept = new();

    /// <summary>All programmes of the plan and the historic backlog.</summary>
    public FigureScope Everything => new([.. books.Plan.Programmes.Select(p => p.Id)], WithBacklog: true);

    /// <summary>The units that a seat sees here: all, or its own.</summary>
    public IEnumerable<ResponsibleUnit> Units(Sight sight) => books.Plan.Units.Responsible.Where(u => sight.Covers([u.Id]));

    public async Task<FigureFacts> FactsAsync(FigureScope scope, DateOnly on, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var key = (await books.SequenceAsync(stop), scope.Period, scope.WithBacklog, on);
        // What was read before the journal grew is of no use any more.
        foreach (var old in kept.Keys.Where(k => k.Item1 != key.Item1))
            kept.TryRemove(old, out _);
        return await kept.GetOrAdd(key, _ => ReadAsync(scope, on));
    }

    /// <summary>The outcome of rectification of every unit the seat sees.</summary>
    public async Task<IReadOnlyList<UnitOutcome>> OutcomesAsync(Sight sight, DateOnly on, CancellationToken stop = default)
    {
        var facts = await FactsAsync(Everything, on, stop);
        return [.. Units(sight).Select(u => UnitOutcome.Of(u.Id, facts.Of(u.Id).Violations))];
    }

    /// <summary>Outcome and grounds of every unit the seat sees.</summary>
    public async Task<IReadOnlyList<UnitStanding>> UnitsAsync(Sight sight, DateOnly on, CancellationToken stop = default)
    {
        var facts = await FactsAsync(Everything, on, stop);
        await using var db = books.Read();
        var records = await GroundFigures.RecordsAsync(db, books.Plan, on, stop);
        var farmland = books.Indicators[FarmlandRatio.IndicatorId];
        return
        [
            .. Units(sight)
                .Select(u => new UnitStanding(
                    u,
                    UnitOutcome.Of(u.Id, facts.Of(u.Id).Violations),
                    GroundFigures.Of(u.Id, facts.Of(u.Id), records[u.Id], books.Plan, books.Law, farmland)
                )),
        ];
    }

    /// <summary>Every way of counting the ratio of cultivated land of a unit; the whole district for an empty id.</summary>
    public async Task<IReadOnlyList<FarmlandVariant>> RatioAsync(string unit, int year, DateOnly on, CancellationToken stop = default)
    {
        var scope = new FigureScope([.. books.Plan.Programmes.Where(p => p.Year == year).Select(p => p.Id)]);
        var facts = await FactsAsync(scope, on, stop);
        var about = books.Indicators[FarmlandRatio.IndicatorId];
        var part = unit.Length == 0 ? facts : facts.Of(unit);
        return FarmlandRatio.Of(FarmlandRatio.Items(part, about.CodesOf("not-new"), about.CodesOf("unsupplied")));
    }

    public async Task<IReadOnlyList<CalendarLine>> CalendarAsync(DateOnly on, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await CalendarState.ReadAsync(db, books.Plan, on, stop);
    }

    /// <summary>Proposals about the units the seat sees, the latest first.</summary>
    public async Task<IReadOnlyList<ProposalLine>> ProposalsAsync(Sight sight, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var proposals = (await db.EscalationProposals.ToListAsync(stop)).Where(p => sight.Covers([p.Unit]));
        var decisions = await db.GovernmentDecisions.ToDictionaryAsync(d => d.ProposalId, stop);
        var interviews = await db.Interviews.ToDictionaryAsync(i => i.ProposalId, stop);
        var matters = await db.Accountabilities.ToDictionaryAsync(a => a.ProposalId, stop);
        var circulars = (await db.Supervisions.Select(s => s.Id).ToListAsync(stop)).ToHashSet();
        return
        [
            .. proposals
                .OrderByDescending(p => p.At)
                .Select(p => new ProposalLine(
                    p,
                    decisions.GetValueOrDefault(p.Id),
                    interviews.GetValueOrDefault(p.Id),
                    matters.GetValueOrDefault(p.Id),
                    circulars.Contains(p.Id)
                )),
        ];
    }

    public async Task<IReadOnlyList<InterviewClock>> InterviewsAsync(Sight sight, DateOnly on, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return [.. (await InterviewClock.ReadAsync(db, on, stop)).Where(i => sight.Covers([i.Interview.Unit]))];
    }

    public async Task<IReadOnlyList<IntegrityFinding>> FindingsAsync(Sight sight, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var all = await db.IntegrityFindings.ToListAsync(stop);
        return [.. all.Where(f => sight.Covers([f.Unit])).OrderByDescending(f => f.FoundOn).ThenByDescending(f => f.At)];
    }

    public async Task<IReadOnlyList<SpotCheckLine>> SpotChecksAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var checks = await db.SpotChecks.ToListAsync(stop);
        var draws = await db.SpotCheckDraws.ToDictionaryAsync(d => d.SpotCheckId, stop);
        var results = (await db.SpotCheckResults.ToListAsync(stop)).ToLookup(r => r.SpotCheckDrawId);
        return
        [
            .. checks
                .OrderByDescending(c => c.At)
                .Select(c =>
                {
                    var (population, draw) = (SpotPopulation.Read(c.PopulationJson), draws.GetValueOrDefault(c.Id));
                    IReadOnlyList<SpotItem> drawn = draw is null ? [] : SpotDraw.Of(draw.Seed, population, c.CountToDraw);
                    return new SpotCheckLine(c, population, draw, drawn, draw is null ? [] : [.. results[draw.Id]]);
                }),
        ];
    }

    public async Task<IReadOnlyList<AccountabilityLine>> AccountabilitiesAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var rows = await db.Accountabilities.ToListAsync(stop);
        var proposals = await db.EscalationProposals.ToDictionaryAsync(p => p.Id, stop);
        var steps = (await db.AccountabilitySteps.ToListAsync(stop)).ToLookup(s => s.AccountabilityId);
        return
        [
            .. rows.OrderByDescending(r => r.HandedOverOn)
                .ThenByDescending(r => r.At)
                .Select(r => new AccountabilityLine(r, proposals[r.ProposalId], [.. steps[r.Id].OrderBy(s => s.On)])),
        ];
    }

    /// <summary>Every published evaluation, the latest first.</summary>
    public async Task<IReadOnlyList<PublishedEvaluation>> EvaluationsAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var rows = await db.Evaluations.ToListAsync(stop);
        var snapshots = await db.Snapshots.Where(s => s.Kind == EvaluateTowns.SnapshotKind).ToDictionaryAsync(s => s.Id, stop);
        var appeals = (await db.EvaluationAppeals.ToListAsync(stop)).ToLookup(a => a.EvaluationId);
        return
        [
            .. rows.OrderByDescending(r => r.At)
                .Select(r => new PublishedEvaluation(
                    r,
                    snapshots[r.SnapshotId].ContentSha256,
                    EvaluationTable.FromJson(Snapshots.Read(books.Store.Blobs, snapshots[r.SnapshotId])),
                    [.. appeals[r.Id].OrderBy(a => a.At)]
                )),
        ];
    }

    public async Task<IReadOnlyList<OfficeRecord>> RecordsAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return [.. (await db.OfficeRecords.ToListAsync(stop)).OrderByDescending(r => r.On).ThenByDescending(r => r.At)];
    }

    private async Task<FigureFacts> ReadAsync(FigureScope scope, DateOnly on)
    {
        await using var db = books.Read();
        return await FigureReader.ReadAsync(db, books.Law, scope, on);
    }
}
