using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>What became of a parcel.</summary>
public enum ParcelStatus
{
    /// <summary>It stands.</summary>
    InForce,

    /// <summary>被拆分: parts took its place.</summary>
    WasSplit,

    /// <summary>已并宗: it is in a larger one now.</summary>
    WasMerged,

    /// <summary>The rules cut the patch otherwise since.</summary>
    WasCutAnew,
}

/// <summary>One parcel that a patch has or had, with every verdict that was ever given on it, oldest first.</summary>
/// <param name="Shown">In 亩, so that those that are in force, and those that one act made, add up.</param>
/// <param name="How"><see cref="ParcelOrigin.Split"/>, <see cref="ParcelOrigin.Merge"/>, or <c>rules</c>.</param>
/// <param name="From">Numbers of the parcels whose place it took.</param>
/// <param name="Became">Numbers of the parcels that took its place.</param>
public sealed record ParcelStory(
    Guid Id,
    string Number,
    double AreaSquareMetres,
    Mu Shown,
    ParcelStatus Status,
    string How,
    IReadOnlyList<string> From,
    IReadOnlyList<string> Became,
    IReadOnlyList<VerdictVersion> Versions
);

/// <summary>One version of a verdict; none is ever overwritten.</summary>
/// <param name="Code">The verdict; null where the author took the one before back.</param>
/// <param name="Replaced">A later version stands in its place.</param>
/// <param name="CorrectionZh">Why a verdict that had left with a signed batch was corrected, with that batch.</param>
/// <param name="Outcome">Of the second signature; null where there is none.</param>
/// <param name="Batch">The batch with which it left; null where it did not.</param>
/// <param name="TakenBack">Second signatures that were taken back, oldest first.</param>
public sealed record VerdictVersion(
    Guid Id,
    string? Code,
    string BasisZh,
    string DecidedBy,
    DateTime DecidedAt,
    bool Replaced,
    string? CorrectionZh,
    string? Outcome,
    string? SecondBy,
    string? SecondReason,
    int? Batch,
    IReadOnlyList<SignatureTakenBack> TakenBack
);

/// <summary>A second signature that its person took back.</summary>
/// <param name="Outcome">What it had said.</param>
/// <param name="At">When it was taken back, UTC.</param>
public sealed record SignatureTakenBack(string Outcome, string By, DateTime At, string Reason);

/// <summary>Tells what became of the parcels of a patch: split, merged, judged, corrected.</summary>
public sealed class ParcelStories(OfficeBooks books)
{
    /// <summary>In order of making. Who may see the patch was asked before.</summary>
    public async Task<IReadOnlyList<ParcelStory>> OfAsync(Guid patch, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var parcels = await db.Parcels.Where(p => p.PatchId == patch).ToListAsync(stop);
        var versions = (await VersionsAsync(db, patch, stop)).ToLookup(v => v.Parcel, v => v.Version);
        var family = new ParcelFamily(parcels);
        var numbers = parcels.ToDictionary(p => p.Id, p => p.Number);
        var shown = new Dictionary<Guid, Mu>();
        foreach (var together in parcels.GroupBy(p => p.MadeAt).Select(g => g.ToList()).Append([.. family.InForce]))
            Close(together, shown);
        return
        [
            .. parcels
                .OrderBy(p => p.MadeAt)
                .ThenBy(p => p.Ordinal)
                .Select(p =>
                {
                    var origin = family.OriginOf(p);
                    var became = family.ChildrenOf(p);
                    return new ParcelStory(
                        p.Id,
                        p.Number,
                        p.AreaSquareMetres,
                        shown[p.Id],
                        StatusOf(p, became, family),
                        origin?.How ?? ParcelRows.MadeByRules,
                        [.. origin?.From.Where(numbers.ContainsKey).Select(f => numbers[f]) ?? []],
                        [.. became.Select(c => c.Number)],
                        [.. versions[p.Id]]
                    );
                }),
        ];
    }

    /// <summary>Ids of the parcels in force that are left of the last split that a parcel came from, itself among them.</summary>
    public async Task<IReadOnlyList<Guid>> OfTheSameSplitAsync(Guid parcel, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var all = await db.Parcels.Where(p => db.Parcels.Any(asked => asked.Id == parcel && asked.PatchId == p.PatchId)).ToListAsync(stop);
        return all.Find(p => p.Id == parcel) is { } own ? [.. new ParcelFamily(all).OfTheSameSplit(own).Select(p => p.Id)] : [];
    }

    /// <summary>Rounds so that the parcels add up; what is left is on the largest.</summary>
    private static void Close(IReadOnlyList<Parcel> parcels, Dictionary<Guid, Mu> shown)
    {
        var whole = new SquareMetres(parcels.Sum(p => p.AreaSquareMetres));
        foreach (
            var (parcel, mu) in parcels.Zip(
                SumPreservingRounding.ToMu([.. parcels.Select(p => new SquareMetres(p.AreaSquareMetres))], whole)
            )
        )
            shown[parcel.Id] = mu;
    }

    private static ParcelStatus StatusOf(Parcel parcel, IReadOnlyList<Parcel> became, ParcelFamily family) =>
        parcel.SupersededById is null ? ParcelStatus.InForce
        : became.Count == 0 ? ParcelStatus.WasCutAnew
        : family.OriginOf(became[0])!.How == ParcelOrigin.Merge ? ParcelStatus.WasMerged
        : ParcelStatus.WasSplit;

    private static async Task<IReadOnlyList<(Guid Parcel, VerdictVersion Version)>> VersionsAsync(
        StoreContext db,
        Guid patch,
        CancellationToken stop
    )
    {
        var rows = await db.Determinations.Where(d => d.PatchId == patch).OrderBy(d => d.DecidedAt).ToListAsync(stop);
        if (rows.Count == 0)
            return [];
        var ids = rows.Select(d => d.Id).ToList();
        var seconds = await db.Confirmations.Where(c => ids.Contains(c.DeterminationId)).ToDictionaryAsync(c => c.DeterminationId, stop);
        var batches = (
            await (
                from item in db.VerdictBatchItems
                join batch in db.VerdictBatches on item.BatchId equals batch.Id
                where ids.Contains(item.DeterminationId)
                select new { item.DeterminationId, batch.Ordinal }
            ).ToListAsync(stop)
        ).ToLookup(b => b.DeterminationId, b => b.Ordinal);
        var takenBack = await TakenBackAsync(db, ids, stop);
        var replaced = rows.Select(d => d.SupersedesId).OfType<Guid>().ToHashSet();
        var corrections = await CorrectionsAsync(db, rows, stop);
        return
        [
            .. rows.Select(d =>
            {
                var second = seconds.GetValueOrDefault(d.Id);
                return (
                    d.ParcelId,
                    new VerdictVersion(
                        d.Id,
                        d.Code == VerdictState.Withdrawn ? null : d.Code,
                        d.BasisZh,
                        d.DecidedBy,
                        d.DecidedAt,
                        replaced.Contains(d.Id),
                        corrections.GetValueOrDefault(d.SealSha256),
                        second?.Outcome,
                        second?.By,
                        second?.Reason,
                        batches[d.Id].Any() ? batches[d.Id].Min() : null,
                        [.. takenBack[d.Id]]
                    )
                );
            }),
        ];
    }

    private static async Task<ILookup<Guid, SignatureTakenBack>> TakenBackAsync(StoreContext db, List<Guid> ids, CancellationToken stop)
    {
        var rows = await (
            from second in db.Confirmations.IgnoreQueryFilters()
            join back in db.ConfirmationWithdrawals on second.Id equals back.ConfirmationId
            where ids.Contains(second.DeterminationId)
            orderby back.At
            select new { second.DeterminationId, Told = new SignatureTakenBack(second.Outcome, back.By, back.At, back.Reason) }
        ).ToListAsync(stop);
        return rows.ToLookup(r => r.DeterminationId, r => r.Told);
    }

    /// <summary>Reasons of corrections by the seal of the new version: the journal keeps them.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> CorrectionsAsync(
        StoreContext db,
        IReadOnlyList<Determination> rows,
        CancellationToken stop
    )
    {
        var subjects = rows.Where(d => d.SupersedesId is not null).Select(d => d.ParcelId.ToString()).Distinct().ToList();
        if (subjects.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var bodies = await db
            .Journal.Where(j => j.Act == "decide-verdict" && subjects.Contains(j.Subject))
            .Select(j => j.Body)
            .ToListAsync(stop);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var facts in bodies.Select(b => JsonNode.Parse(b)?["facts"]))
            if ((string?)facts?["corrects"] is { } why && (string?)facts["seal"] is { } seal)
                found[seal] = why;
        return found;
    }
}
