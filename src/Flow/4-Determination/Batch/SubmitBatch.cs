using System.Text.Json.Nodes;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>The head of the office signs the verdicts of a programme and locks them: only then may they be reported (成果上报并锁定).</summary>
/// <remarks>
/// Nothing leaves while a patch is not processed, while a verdict lacks the second signature, or while the evidence that a verdict asks
/// for is not on file. What is doubtful stays and is named with what is missing. A later batch holds what was corrected or came since.
/// </remarks>
public static class SubmitBatch
{
    public const string Act = "submit-batch";

    /// <summary>Kind of the snapshot that holds the content.</summary>
    public const string SnapshotKind = "verdict-batch";

    public sealed record Request(string ProgrammeId, string Reason);

    /// <param name="KeptBack">Numbers of the parcels that stayed.</param>
    public sealed record Submitted(Guid BatchId, int Ordinal, int Parcels, IReadOnlyList<string> KeptBack);

    /// <summary>Pure: refuses with every patch that is not processed, then with every thing that is missing, parcel by parcel.</summary>
    public static void Decide(BatchState state, CountyGate gate)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(gate);
        if (!state.Processed(gate).Reaches(gate.ProcessedShareMin.Value))
            throw Problem.Determination.BatchNotProcessed(
                state.ProgrammeId,
                state.Processed(gate).ToString(),
                gate.ProcessedShareMin.Citation.Chinese,
                gate.ProcessedShareMin.Citation.English,
                [
                    .. state.Unparcelled.Select(n => ($"{n} 未运行规则", $"{n} has no parcels")),
                    .. state.Open(gate).Select(p => ($"{p.Number} {Zh(p.Standing)}", $"{p.Number} {En(p.Standing)}")),
                ]
            );
        if (state.Lacking.Count > 0)
            throw Problem.Determination.EvidenceMissing(
                state.ProgrammeId,
                [
                    .. state.Lacking.Select(p =>
                        (
                            $"{p.Number}（{p.State.Standing!.Code}）{string.Join("、", p.Blocking.Select(n => n.Chinese))}",
                            $"{p.Number} ({p.State.Standing.Code}): {string.Join(", ", p.Blocking.Select(n => n.English))}"
                        )
                    ),
                ]
            );
        if (!state.HasNews)
            throw Problem.Determination.NothingToSubmit(state.ProgrammeId);
    }

    /// <exception cref="Problem"><c>determination.batch-not-processed</c>, <c>determination.evidence-missing</c>,
    /// <c>determination.nothing-to-submit</c>, <c>plan.no-such-value</c>, <c>law.*</c></exception>
    public static Task<Submitted> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(actor, Act, request.ProgrammeId, request.Reason, act => WriteAsync(act, request, law, stop), stop);
    }

    private static async Task<Submitted> WriteAsync(ActScope act, Request request, LawBook law, CancellationToken stop)
    {
        var state = await BatchReading.ReadAsync(act.Db, act.Store.Plan, request.ProgrammeId, law, only: null, stop);
        Decide(state, CountyGate.Of(law, act.Today));
        var ready = state.Ready;
        var snapshot = Snapshots.Freeze(act, SnapshotKind, request.ProgrammeId, act.Today, Content(state));
        var batch = new VerdictBatch
        {
            Id = act.NewId(),
            ProgrammeId = request.ProgrammeId,
            Ordinal = (state.Last?.Ordinal ?? 0) + 1,
            SnapshotId = snapshot.Id,
            Parcels = ready.Count,
            KeptBack = state.KeptBack.Count,
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(batch);
        await act.AddManyAsync([.. ready.Select(p => ItemOf(batch, p))], stop);
        act.Fact("ordinal", batch.Ordinal);
        act.Fact("parcels", batch.Parcels);
        act.Fact("keptBack", batch.KeptBack);
        act.Fact("content", snapshot.ContentSha256);
        return new(batch.Id, batch.Ordinal, batch.Parcels, [.. state.KeptBack.Select(p => p.Number)]);
    }

    private static VerdictBatchItem ItemOf(VerdictBatch batch, BatchParcel parcel) =>
        new()
        {
            BatchId = batch.Id,
            ParcelId = parcel.File.Parcel.Id,
            DeterminationId = parcel.State.Standing!.Id,
        };

    /// <summary>What is signed: each verdict with its seal and the evidence that meets it, and what stays with why.</summary>
    private static JsonObject Content(BatchState state) =>
        new()
        {
            ["programme"] = state.ProgrammeId,
            ["patches"] = state.Patches,
            ["parcels"] = new JsonArray([.. state.Ready.Select(p => (JsonNode)Signed(p))]),
            ["keptBack"] = new JsonArray([
                .. state.KeptBack.Select(p => new JsonObject
                {
                    ["parcel"] = p.Number,
                    ["missing"] = new JsonArray([.. p.Missing.Select(m => (JsonNode)m.What)]),
                }),
            ]),
        };

    private static JsonObject Signed(BatchParcel parcel) =>
        new()
        {
            ["parcel"] = parcel.Number,
            ["code"] = parcel.State.Standing!.Code,
            ["determination"] = parcel.State.Standing.Id.ToString(),
            ["seal"] = parcel.State.Standing.SealSha256,
            ["decidedBy"] = parcel.State.Standing.DecidedBy,
            ["confirmedBy"] = parcel.State.Second!.By,
            ["evidence"] = new JsonObject(parcel.Checklist.Where(i => i.Met).Select(i => KeyValuePair.Create(i.Need.Id, (JsonNode?)i.By))),
        };

    private static string Zh(BatchStanding standing) =>
        standing switch
        {
            BatchStanding.KeptBack => "存疑",
            BatchStanding.Unconfirmed => "未经审核",
            BatchStanding.Returned => "已退回，未重新判定",
            _ => "未判定",
        };

    private static string En(BatchStanding standing) =>
        standing switch
        {
            BatchStanding.KeptBack => "is doubtful",
            BatchStanding.Unconfirmed => "waits for the second signature",
            BatchStanding.Returned => "was returned and not decided anew",
            _ => "is not decided",
        };
}
