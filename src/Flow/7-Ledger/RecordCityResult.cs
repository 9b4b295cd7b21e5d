using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>Records what the city found of one violation; what fails enters the ledger, and the hold on permits stands again.</summary>
public static class RecordCityResult
{
    public const string Act = "record-city-result";

    public const string Passed = "passed";

    public const string Failed = ViolationBalances.CityFailed;

    public const string SnapshotKind = "city-round";

    /// <param name="RemainingSquareMetres">What the city says remains; 0 when passed.</param>
    public sealed record Request(
        Guid CityRoundId,
        Guid ViolationId,
        [OneOf("passed", "failed")] string Outcome,
        DateOnly On,
        double RemainingSquareMetres,
        string NoteZh,
        string Reason
    );

    /// <param name="EntryNumber">The entry that a failure made; null when none was made.</param>
    public sealed record Answer(Guid ResultId, string? EntryNumber);

    /// <param name="Earlier">A result of the same violation in the same round.</param>
    public sealed record Facts(CityRound Round, ViolationBalance Balance, CityResult? Earlier);

    /// <summary>Pure: a violation of the year, once, days in order, an area that goes with the outcome.</summary>
    public static void Decide(Request request, Facts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        OneOfAttribute.Check("Outcome", request.Outcome, [Passed, Failed]);
        var violation = facts.Balance.Violation;
        if (facts.Earlier is { } earlier)
            throw Problem.Chain.AlreadyDone("该宗市级验收", "The result of this violation", earlier.By, earlier.At);
        if (violation.Year != facts.Round.Year)
            throw Problem.Chain.BadValue(
                "ViolationId",
                violation.Number,
                $"{facts.Round.Year} 年度的违法",
                $"a violation of {facts.Round.Year}"
            );
        if (request.On > today)
            throw Problem.Chain.InFuture("验收日期", "The day of the result", request.On, today);
        if (request.On < facts.Round.StartedOn)
            throw Problem.Chain.BeforeCause(
                "验收日期",
                "The result",
                request.On,
                "市级验收开始",
                "the start of the round",
                facts.Round.StartedOn
            );
        var fits =
            request.Outcome == Passed
                ? request.RemainingSquareMetres == 0
                : request.RemainingSquareMetres > ViolationBalance.ClosureSquareMetres
                    && request.RemainingSquareMetres <= violation.AreaSquareMetres;
        if (!fits)
            throw Problem.Chain.BadValue(
                "RemainingSquareMetres",
                $"{request.RemainingSquareMetres}",
                "通过为零；不通过为大于零且不超过该宗面积",
                "zero when passed; when failed above zero and at most the whole"
            );
        if (request.Outcome == Passed && !facts.Balance.IsRemoved)
            throw Problem.Ledger.CityPassedWhatRemains(violation.Number, facts.Balance.RemainingSquareMetres);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>ledger.*</c></exception>
    public static Task<Answer> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId.ToString(),
            request.Reason,
            async act =>
            {
                var round =
                    await act.Db.CityRounds.SingleOrDefaultAsync(r => r.Id == request.CityRoundId, stop)
                    ?? throw Problem.Chain.NotThere("市级验收", "city round", request.CityRoundId.ToString());
                var violation = await StandingViolation.ReadAsync(act.Db, request.ViolationId, stop);
                var earlier = await act.Db.CityResults.SingleOrDefaultAsync(
                    r => r.CityRoundId == round.Id && r.ViolationId == violation.Id,
                    stop
                );
                var balance = await ViolationBalances.OfOneAsync(act.Db, violation.Id, act.Today, stop);
                Decide(request, new(round, balance, earlier), act.Today);
                var result = Write(act, request);
                act.Fact("violation", violation.Number);
                act.Fact("outcome", request.Outcome);
                return new Answer(result.Id, request.Outcome == Failed ? await FailAsync(act, request, balance, stop) : null);
            },
            stop
        );
    }

    private static CityResult Write(ActScope act, Request request)
    {
        var result = new CityResult
        {
            Id = act.NewId(),
            CityRoundId = request.CityRoundId,
            ViolationId = request.ViolationId,
            Outcome = request.Outcome,
            On = request.On,
            RemainingSquareMetres = request.RemainingSquareMetres,
            NoteZh = request.NoteZh.Trim(),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(result);
        return result;
    }

    /// <summary>The hold stands again, and the ledger has an open entry of what the city left standing.</summary>
    private static async Task<string?> FailAsync(ActScope act, Request request, ViolationBalance balance, CancellationToken stop)
    {
        var violation = balance.Violation;
        if (!await Holds.InForce(act.Db).AnyAsync(h => h.ViolationId == violation.Id, stop))
            act.Db.Add(
                new Hold
                {
                    Id = act.NewId(),
                    ViolationId = violation.Id,
                    SetOn = request.On,
                    GroundZh = $"{violation.Number} 市级验收不合格，违法状态未消除",
                    By = act.By.Login,
                    At = act.At,
                }
            );
        var closed = act.Db.LedgerClosings.Select(c => c.LedgerEntryId);
        var heirs = await ViolationBalances.HeirsAsync(act.Db, stop);
        var open = (await act.Db.LedgerEntries.Where(e => !closed.Contains(e.Id)).ToListAsync(stop)).FirstOrDefault(e =>
            ViolationBalances.InForce(heirs, e.ViolationId) == violation.Id
        );
        if (open is not null)
            return null;
        var left = balance with
        {
            RemovedSquareMetres = balance.AreaSquareMetres - request.RemainingSquareMetres,
            RemovedCultivatedSquareMetres =
                balance.CultivatedSquareMetres - Math.Min(balance.CultivatedSquareMetres, request.RemainingSquareMetres),
        };
        var content = new JsonObject { ["round"] = request.CityRoundId.ToString(), ["violations"] = LedgerBook.Rows([left]) };
        var frozen = Snapshots.Freeze(act, SnapshotKind, $"{violation.Year}", request.On, content);
        var entries = await LedgerBook.EnterAsync(act, [left], frozen, request.On, LedgerBook.CityRoundZh, reopens: null, stop);
        return entries[0].Number;
    }
}
