using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Rectification;

/// <summary>The leading group accepts the work of a programme, or does not (区级验收评估): an act apart from the acceptance of any one
/// measure, on balances that are frozen with it.</summary>
/// <remarks>What is not determined or not dealt with does not vanish: it is settled first, or the opinion names it.</remarks>
public static class AcceptProgramme
{
    public const string Act = "accept-programme";

    /// <summary>Kind of the snapshot that it rests on.</summary>
    public const string SnapshotKind = "programme-balances";

    public sealed record Request(
        string ProgrammeId,
        DateOnly On,
        [OneOf("accepted", "refused")] string Outcome,
        string OpinionZh,
        string Reason
    );

    public sealed record Answer(Guid AcceptanceId, Guid SnapshotId, int OpenPoints);

    /// <summary>Pure: a day that has come, once accepted, every open point settled or named.</summary>
    public static void Decide(Request request, ProgrammeState state, ProgrammeAcceptance? accepted, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(state);
        OneOfAttribute.Check("Outcome", request.Outcome, [MeasureState.Accepted, MeasureState.Refused]);
        if (accepted is not null)
            throw Problem.Chain.AlreadyDone("本批次验收", "The acceptance of the programme", accepted.By, accepted.At);
        if (request.On > today)
            throw Problem.Chain.InFuture("验收日期", "The day of acceptance", request.On, today);
        if (string.IsNullOrWhiteSpace(request.OpinionZh))
            throw Problem.Rectification.ProofMissing("验收意见", "opinion");
        if (request.Outcome == MeasureState.Refused)
            return;
        var unnamed = state.OpenPoints.Where(p => !request.OpinionZh.Contains(p, StringComparison.Ordinal)).ToList();
        if (unnamed.Count > 0)
            throw Problem.Rectification.OpenPointsNotNamed(unnamed.Count, unnamed[0]);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>rectification.*</c></exception>
    public static Task<Answer> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ProgrammeId,
            request.Reason,
            async act =>
            {
                var state = await ProgrammeState.OfAsync(act.Db, request.ProgrammeId, request.On, law, stop);
                var accepted = await act.Db.ProgrammeAcceptances.FirstOrDefaultAsync(
                    a => a.ProgrammeId == request.ProgrammeId && a.Outcome == MeasureState.Accepted,
                    stop
                );
                Decide(request, state, accepted, act.Today);
                // What is accepted was seen on images first.
                var latest = await act.Db.Patches.Where(p => p.ProgrammeId == request.ProgrammeId).MaxAsync(p => p.After, stop);
                DayOrder.RequireNotBefore("验收日期", "The day of acceptance", request.On, Cause.Images(latest));
                var frozen = Snapshots.Freeze(act, SnapshotKind, request.ProgrammeId, request.On, Content(state));
                var row = new ProgrammeAcceptance
                {
                    Id = act.NewId(),
                    ProgrammeId = request.ProgrammeId,
                    On = request.On,
                    Outcome = request.Outcome,
                    SnapshotId = frozen.Id,
                    OpinionZh = request.OpinionZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("outcome", request.Outcome);
                act.Fact("openPoints", state.OpenPoints.Count);
                return new Answer(row.Id, frozen.Id, state.OpenPoints.Count);
            },
            stop
        );
    }

    private static JsonObject Content(ProgrammeState state) =>
        new()
        {
            ["patches"] = state.Patches,
            ["undetermined"] = Numbers(state.Undetermined),
            ["withoutViolation"] = Numbers(state.WithoutViolation),
            ["unhandled"] = Numbers(state.Unhandled),
            ["violations"] = new JsonArray([.. state.Balances.Select(Row)]),
        };

    private static JsonArray Numbers(IEnumerable<string> numbers) => new([.. numbers.Select(n => JsonValue.Create(n))]);

    /// <summary>A balance as snapshots hold it.</summary>
    internal static JsonObject Row(ViolationBalance b) =>
        new()
        {
            ["id"] = b.Violation.Id.ToString(),
            ["number"] = b.Violation.Number,
            ["unit"] = b.Violation.Unit,
            ["area"] = b.AreaSquareMetres,
            ["removed"] = b.RemovedSquareMetres,
            ["remaining"] = b.RemainingSquareMetres,
            ["remainingCultivated"] = b.RemainingCultivatedSquareMetres,
            ["remainingPermanentFarmland"] = b.RemainingPermanentFarmlandSquareMetres,
            ["restoredCultivated"] = b.RestoredCultivatedSquareMetres,
        };
}
