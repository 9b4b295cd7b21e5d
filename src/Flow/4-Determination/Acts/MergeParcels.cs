using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>
/// A person puts parcels of one patch back together (并宗): parts of a split, or neighbours. One parcel takes their place and is judged
/// anew; what was written on the parts stays with them.
/// </summary>
/// <remarks>
/// All parts of a split give the parcel that was divided, bit for bit, in whatever order they are merged. Where with them the patch is as
/// the rules cut it, the rules may cut it again; until then they keep the parcels as they are drawn.
/// </remarks>
public static class MergeParcels
{
    public const string Act = "merge-parcels";

    /// <param name="ParcelIds">Ids of at least two parcels in force of one patch.</param>
    /// <param name="Reason">Why; never blank.</param>
    public sealed record Request(IReadOnlyList<string> ParcelIds, string Reason);

    /// <param name="Number">The number of the patch where it is not divided any more.</param>
    public sealed record Merged(Guid ParcelId, string Number, double AreaSquareMetres, string ProposedCode);

    /// <exception cref="Problem"><c>determination.*</c></exception>
    public static Task<Merged> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        VerdictRoles.Require(VerdictRoles.MayDecide, actor, "合并地块", "merge parcels");
        return store.ActAsync(
            actor,
            Act,
            string.Join(' ', request.ParcelIds.Take(1)),
            request.Reason,
            act => WriteAsync(act, request, law, stop),
            stop
        );
    }

    /// <summary>A parcel that is to be merged, with what stands on it.</summary>
    /// <param name="Batch">The batch with which a verdict on it left.</param>
    /// <param name="Violation">The number of the violation in force that it belongs to.</param>
    internal sealed record Part(Parcel Parcel, VerdictState State, VerdictBatch? Batch, string? Violation);

    /// <summary>Pure: may these parcels be merged now, and what ground comes of it?</summary>
    internal static MultiPolygon Decide(IReadOnlyList<Part> parts, Patch patch, ParcelFamily family)
    {
        if (parts.Count < 2)
            throw Problem.Determination.MergeNeedsTwo();
        if (parts.FirstOrDefault(p => p.Parcel.PatchId != patch.Id) is { } other)
            throw Problem.Determination.MergeAcrossPatches(parts[0].Parcel.Number, other.Parcel.Number);
        foreach (var part in parts)
            Require(part);
        var signed = parts.Where(p => p.State.Stage == VerdictStage.Confirmed).ToList();
        if (signed.Count > 0 && (signed.Count < parts.Count || signed.Select(p => p.State.Standing!.Code).Distinct().Count() > 1))
            throw Problem.Determination.MergeVerdictsDiffer([.. parts.Select(p => (p.Parcel.Number, CodeOf(p)))]);
        return family.GroundOf(patch, [.. parts.Select(p => p.Parcel)])
            ?? throw Problem.Determination.MergeApart([.. parts.Select(p => p.Parcel.Number)]);
    }

    private static void Require(Part part)
    {
        var number = part.Parcel.Number;
        if (part.Parcel.SupersededById is not null)
            throw Problem.Determination.ParcelSuperseded(number);
        if (part.Violation is { } violation)
            throw Problem.Determination.MergeInViolation(number, violation);
        if (part.Batch is { } batch)
            throw Problem.Determination.MergeReported(number, batch.Ordinal, batch.By, batch.At);
        if (part.State.Stage == VerdictStage.Decided)
            throw Problem.Determination.WaitsForSecond(number, part.State.Standing!.DecidedBy);
    }

    private static string? CodeOf(Part part) => part.State.Stage == VerdictStage.Confirmed ? part.State.Standing!.Code : null;

    private static async Task<Merged> WriteAsync(ActScope act, Request request, DeterminationLaw law, CancellationToken stop)
    {
        var parts = await PartsAsync(act, request.ParcelIds, stop);
        if (parts.Count == 0)
            throw Problem.Determination.MergeNeedsTwo();
        var patchId = parts[0].Parcel.PatchId;
        await ReviewLeases.RequireFreeAsync(act, patchId, parts[0].Parcel.Number, stop);
        var patch = await act.Db.Patches.SingleAsync(p => p.Id == patchId, stop);
        var reading = await ProgrammeReading.ReadAsync(act.Store, act.Db, patch.ProgrammeId, [patch.Id], stop);
        var ground = Decide(parts, patch, reading.FamilyOf(patch));
        var gone = parts.Select(p => p.Parcel.Id).ToHashSet();
        var beside = reading.ParcelsOf(patch).Where(p => !gone.Contains(p.Id)).ToList();
        var next = reading.LastOrdinalOf(patch) + 1;
        var draft =
            beside.Count == 0
                ? DrawnParcels.Draft(act, patch, ground, 1, patch.Number)
                : DrawnParcels.Draft(act, patch, ground, next, ParcelNumber.Of(patch, next));
        IReadOnlyList<Parcel> after = [.. beside, draft];
        var judged = Judged(reading.FactsOf(patch), patch.ProgrammeId, after, PatchJudgement.Binding(beside).Count == 0, law);
        var origin = new ParcelOrigin(ParcelOrigin.Merge, [.. parts.Select(p => p.Parcel.Id)]);
        var (row, own) = (await DrawnParcels.WriteAsync(act, patch, after, judged, origin, law, stop)).Single();
        foreach (var part in parts)
            part.Parcel.SupersededById = row.Id;
        act.Fact("parts", string.Join(", ", parts.Select(p => p.Parcel.Number)));
        act.Fact("parcel", row.Number);
        return new(row.Id, row.Number, row.AreaSquareMetres, own.Parcel.Derivation.Code);
    }

    /// <summary>By the rules where the parcels are again as they cut them, else each as it is drawn.</summary>
    private static IReadOnlyList<JudgedParcel> Judged(
        PatchFacts facts,
        string programme,
        IReadOnlyList<Parcel> after,
        bool rulesMayCut,
        DeterminationLaw law
    ) =>
        (rulesMayCut ? PatchJudgement.Aligned(after, PatchJudgement.Of(facts, programme, [], law)) : null)
        ?? PatchJudgement.Of(facts, programme, after, law);

    private static async Task<IReadOnlyList<Part>> PartsAsync(ActScope act, IReadOnlyList<string> asked, CancellationToken stop)
    {
        var ids = asked.Select(a => Guid.TryParse(a, out var id) ? id : throw Problem.Determination.NoSuchParcel(a)).Distinct().ToList();
        var rows = await act.Db.Parcels.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        if (ids.Where(id => !rows.ContainsKey(id)).Select(id => (Guid?)id).FirstOrDefault() is { } unknown)
            throw Problem.Determination.NoSuchParcel(unknown.ToString());
        var violations = await ParcelUses.ViolationsAsync(act.Db, ids, stop);
        var parts = new List<Part>();
        foreach (var row in ids.Select(id => rows[id]).OrderBy(r => r.Ordinal))
        {
            var holding = act.Db.VerdictBatchItems.Where(i => i.ParcelId == row.Id).Select(i => i.BatchId);
            var batch = await act.Db.VerdictBatches.Where(b => holding.Contains(b.Id)).OrderBy(b => b.Ordinal).FirstOrDefaultAsync(stop);
            parts.Add(new(row, await VerdictState.OfAsync(act.Db, row.Id, stop), batch, violations.GetValueOrDefault(row.Id)));
        }
        return parts;
    }
}
