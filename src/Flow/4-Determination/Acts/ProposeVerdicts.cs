using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>Runs the rules over a programme: parcels and proposals with their derivations. Writes no verdict.</summary>
/// <remarks>
/// Run again, it writes only what changed. A patch on which a verdict stands that waits for its second signature, or has it, keeps its
/// parcels: what would come out now is shown by <see cref="WhatIf"/>, never written over a verdict. Its other parcels are proposed anew as
/// long as they lie where they lay. A verdict that was returned or taken back holds nothing up. Where patches are named, because evidence
/// or a layer came for them, a parcel whose verdict has both signatures gets its new proposal beside it: the verdict stands, and a
/// correction rests on what is known now.
/// </remarks>
public static class ProposeVerdicts
{
    /// <summary>Why the rules run again once the law book has changed.</summary>
    public const string AfterLawBook = "法规库更新后重新提出建议 proposed anew after the law book changed";

    private const int ReportsPerWhole = 20;

    /// <param name="Patches">Ids to run; null for the whole programme.</param>
    public sealed record Request(
        string ProgrammeId,
        IReadOnlyCollection<Guid>? Patches = null,
        string Reason = "按规则提出判定建议 rules run over the programme"
    );

    /// <param name="Patches">Patches judged.</param>
    /// <param name="Parcels">Parcels in force afterwards on the patches judged.</param>
    /// <param name="Written">Proposals written: new or changed.</param>
    /// <param name="Kept">Patches whose parcels are left as they are, because a verdict stands on one of them.</param>
    /// <param name="ByCode">Parcels by proposed verdict.</param>
    /// <param name="Conflicts">Patches for which two rules conflict, with the refusal that names both: nothing was proposed for
    /// them.</param>
    public sealed record Proposed(
        int Patches,
        int Parcels,
        int Written,
        int Kept,
        IReadOnlyDictionary<string, int> ByCode,
        IReadOnlyList<Refused> Conflicts
    );

    /// <summary>A patch as it was judged: its parcels, or the refusal of rules that conflict.</summary>
    internal readonly record struct JudgedOne(IReadOnlyList<JudgedParcel>? Parcels, Refused? Conflict);

    /// <summary>A patch for which nothing was proposed, and why.</summary>
    public sealed record Refused(string Patch, string Code, string Zh, string En);

    /// <exception cref="Problem">
    /// <c>determination.wrong-seat</c>, <c>plan.no-such-value</c>, <c>law.not-in-force</c>: no verdict tree covers the programme
    /// </exception>
    public static async Task<Proposed> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        VerdictRoles.Require(VerdictRoles.MayPropose, actor, "运行判定规则", "run the rules of determination");
        await using var db = store.Read();
        var reading = await ProgrammeReading.ReadAsync(store, db, request.ProgrammeId, request.Patches, stop);
        // A year that no verdict tree covers is a gap of the law book: nothing is proposed from another year's tree.
        foreach (var kind in reading.Patches.Select(p => p.Kind).Distinct(StringComparer.Ordinal))
            _ = law.Book.Verdicts.For(kind, store.Plan.Programme(request.ProgrammeId).Year);
        var judged = Judge(reading, request.ProgrammeId, law, progress, stop);
        return await store.ActAsync(
            actor,
            "propose-verdicts",
            request.ProgrammeId,
            request.Reason,
            act => WriteAsync(act, request, reading, judged, law, stop),
            stop
        );
    }

    /// <summary>Judges every patch, several at a time; the order and the values do not depend on how many.</summary>
    internal static IReadOnlyList<JudgedOne> Judge(
        ProgrammeReading reading,
        string programme,
        DeterminationLaw law,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        var judged = new JudgedOne[reading.Patches.Count];
        var done = 0;
        var step = Math.Max(1, judged.Length / ReportsPerWhole);
        Parallel.For(
            0,
            judged.Length,
            new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                var patch = reading.Patches[i];
                judged[i] = JudgeOne(reading, patch, programme, law);
                if (Interlocked.Increment(ref done) is var now && (now % step == 0 || now == judged.Length))
                    progress?.Report($"{now:N0}/{judged.Length:N0}");
            }
        );
        return judged;
    }

    private static JudgedOne JudgeOne(ProgrammeReading reading, Patch patch, string programme, DeterminationLaw law)
    {
        try
        {
            return new(
                PatchJudgement.Of(reading.FactsOf(patch), programme, PatchJudgement.Binding(reading.ParcelsOf(patch)), law),
                Conflict: null
            );
        }
        catch (Problem conflict) when (conflict.Code == RuleConflict.Code)
        {
            // One patch that the rules cannot decide does not keep the others waiting; it is named.
            return new(null, new(patch.Number, conflict.Code, conflict.Chinese, conflict.English));
        }
    }

    private static async Task<Proposed> WriteAsync(
        ActScope act,
        Request request,
        ProgrammeReading reading,
        IReadOnlyList<JudgedOne> judged,
        DeterminationLaw law,
        CancellationToken stop
    )
    {
        var ids = reading.Patches.Select(p => p.Id).ToHashSet();
        var (held, signed) = await HeldAsync(act.Db, request.ProgrammeId, stop);
        var kept = 0;
        var newest = (
            await act
                .Db.Proposals.Where(p => p.ProgrammeId == request.ProgrammeId)
                .Select(p => new
                {
                    p.ParcelId,
                    p.InputsSha256,
                    p.ProposedAt,
                })
                .ToListAsync(stop)
        ).GroupBy(p => p.ParcelId).ToDictionary(g => g.Key, g => g.MaxBy(p => p.ProposedAt)!);
        var (parcels, proposals, superseded) = (new List<Parcel>(), new List<Proposal>(), new List<(Guid Old, Guid New)>());
        var byCode = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < reading.Patches.Count; i++)
        {
            var patch = reading.Patches[i];
            var inForce = reading.ParcelsOf(patch);
            var isKept = inForce.Any(p => held.Contains(p.Id));
            kept += isKept ? 1 : 0;
            if (judged[i].Parcels is not { } found || (PatchJudgement.Aligned(inForce, found) is null && isKept))
                continue;
            var judgedParcels = PatchJudgement.Aligned(inForce, found) ?? found;
            var rows = PatchJudgement.Aligned(inForce, judgedParcels) is null
                ? RowsOf(act, patch, inForce, judgedParcels, reading.LastOrdinalOf(patch), parcels, superseded)
                : Remeasured(act, inForce, judgedParcels, held, parcels, superseded);
            foreach (var (row, parcel) in rows.Zip(judgedParcels))
            {
                if (
                    held.Contains(row.Id)
                    && !(request.Patches is not null && signed.Contains(row.Id) && ParcelRows.SaysStill(row, parcel.Parcel))
                )
                    continue;
                var before = newest.GetValueOrDefault(row.Id);
                var proposal = ProposalOf(act, request.ProgrammeId, row, parcel, law, before?.ProposedAt);
                if (before?.InputsSha256 != proposal.InputsSha256)
                    proposals.Add(proposal);
                if (!isKept)
                    byCode[proposal.Code] = byCode.GetValueOrDefault(proposal.Code) + 1;
            }
        }
        await act.AddManyAsync(parcels, stop);
        await act.AddManyAsync(proposals, stop);
        foreach (var (old, successor) in superseded)
            (await act.Db.Parcels.SingleAsync(p => p.Id == old, stop)).SupersededById = successor;
        var conflicts = judged.Select(j => j.Conflict).OfType<Refused>().ToList();
        var result = new Proposed(ids.Count - kept, byCode.Values.Sum(), proposals.Count, kept, byCode, conflicts);
        act.Fact("patches", result.Patches);
        if (conflicts.Count > 0)
            act.Fact("conflicts", conflicts.Count);
        act.Fact("proposals", result.Written);
        act.Fact("lawBook", law.Book.Sha256);
        return result;
    }

    /// <summary>Parcels with a verdict that waits for its second signature or has it, and of them those that have it.</summary>
    private static async Task<(IReadOnlySet<Guid> Held, IReadOnlySet<Guid> Signed)> HeldAsync(
        StoreContext db,
        string programme,
        CancellationToken stop
    )
    {
        var ids = db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id);
        var verdicts = await db
            .Determinations.Where(d => ids.Contains(d.PatchId))
            .Select(d => new
            {
                d.Id,
                d.ParcelId,
                d.Code,
                d.SupersedesId,
            })
            .ToListAsync(stop);
        var replaced = verdicts.Select(d => d.SupersedesId).OfType<Guid>().ToHashSet();
        var second = await db
            .Confirmations.Select(c => new { c.DeterminationId, c.Outcome })
            .ToDictionaryAsync(c => c.DeterminationId, c => c.Outcome, stop);
        var standing = verdicts
            .Where(d => !replaced.Contains(d.Id) && d.Code != VerdictState.Withdrawn)
            .Select(d => (d.ParcelId, Second: second.GetValueOrDefault(d.Id)))
            .Where(d => d.Second != ConfirmationOutcome.Returned)
            .ToList();
        return (
            standing.Select(d => d.ParcelId).ToHashSet(),
            standing.Where(d => d.Second == ConfirmationOutcome.Confirmed).Select(d => d.ParcelId).ToHashSet()
        );
    }

    /// <summary>The rows in force; where a layer moved what lies under one, a further row with its number says what is measured now.
    /// </summary>
    private static IReadOnlyList<Parcel> Remeasured(
        ActScope act,
        IReadOnlyList<Parcel> inForce,
        IReadOnlyList<JudgedParcel> judged,
        IReadOnlySet<Guid> held,
        List<Parcel> added,
        List<(Guid Old, Guid New)> superseded
    )
    {
        var rows = new List<Parcel>();
        foreach (var (row, one) in inForce.Zip(judged))
        {
            if (held.Contains(row.Id) || ParcelRows.SaysStill(row, one.Parcel))
            {
                rows.Add(row);
                continue;
            }
            var numbered = one.Parcel with { Number = row.Number, Ordinal = row.Ordinal };
            var again = ParcelRows.Of(numbered, act.NewId(), row.PatchId, one.Made, act.At, ParcelOrigin.Of(row));
            rows.Add(again);
            added.Add(again);
            superseded.Add((row.Id, again.Id));
        }
        return rows;
    }

    /// <summary>New rows that take the place of parcels that lie otherwise now.</summary>
    private static IReadOnlyList<Parcel> RowsOf(
        ActScope act,
        Patch patch,
        IReadOnlyList<Parcel> inForce,
        IReadOnlyList<JudgedParcel> judged,
        int lastOrdinal,
        List<Parcel> added,
        List<(Guid Old, Guid New)> superseded
    )
    {
        // Numbers are used once: parcels that take the place of others go on counting. One that is the whole patch has the patch's.
        var rows = judged
            .Select(j => judged.Count == 1 ? j.Parcel : ParcelNumber.Renumber(j.Parcel, patch.Number, lastOrdinal + j.Parcel.Ordinal))
            .Select(p => ParcelRows.Of(p, act.NewId(), patch.Id, ParcelRows.MadeByRules, act.At))
            .ToList();
        added.AddRange(rows);
        superseded.AddRange(inForce.Select(old => (old.Id, rows.MaxBy(r => r.Geometry.Intersection(old.Geometry).Area)!.Id)));
        return rows;
    }

    /// <param name="after">When the proposal was made whose place it takes: the newest speaks, also where the clock of a sample was set
    /// back since.</param>
    internal static Proposal ProposalOf(
        ActScope act,
        string programme,
        Parcel row,
        JudgedParcel judged,
        DeterminationLaw law,
        DateTime? after = null
    )
    {
        var asInForce = judged with { Parcel = judged.Parcel with { Number = row.Number, Ordinal = row.Ordinal } };
        return new()
        {
            Id = act.NewId(),
            ProgrammeId = programme,
            PatchId = row.PatchId,
            ParcelId = row.Id,
            Code = judged.Parcel.Derivation.Code,
            DerivationJson = DerivationJson.Write(judged.Parcel.Derivation),
            InputsSha256 = VerdictSeal.InputsSha256(asInForce),
            LawBookSha256 = law.Book.Sha256,
            ProposedAt = after is { } before && before >= act.At ? before.AddMicroseconds(1) : act.At,
        };
    }
}

/// <summary>Numbers of parcels: <c>patch_n</c>, from 1, each used once; the number of the patch where it is not divided.</summary>
internal static class ParcelNumber
{
    /// <summary>The highest n that a parcel of the patch ever had; 0 where it was never divided.</summary>
    public static int Last(Patch patch, IEnumerable<Parcel> all) =>
        all.Where(p => p.Number != patch.Number).Select(p => p.Ordinal).DefaultIfEmpty(0).Max();

    public static string Of(Patch patch, int ordinal) => $"{patch.Number}_{ordinal}";

    public static ProposedParcel Renumber(ProposedParcel parcel, string patch, int ordinal) =>
        parcel with
        {
            Ordinal = ordinal,
            Number = $"{patch}_{ordinal}",
        };
}
