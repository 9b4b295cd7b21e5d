using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Web.Reading;

/// <summary>Rows read again after the journal has grown: those of the patches that were written about.</summary>
public sealed partial class ProgrammeRows
{
    /// <summary>Acts that are looked into; after more, everything is read.</summary>
    private const int ActsMax = 64;

    /// <summary>Rows written that are looked into; beyond, everything is read.</summary>
    private const int WrittenMax = 400;

    private async Task<Kept> AnewAsync(string programme, long sequence, Kept? known, CancellationToken stop)
    {
        await using var db = books.Read();
        var ofProgramme = db.Patches.Where(p => p.ProgrammeId == programme);
        if (known is null || await WrittenAboutAsync(db, known.Sequence, stop) is not { } patches)
        {
            var all = Known(await LoadAsync(db, ofProgramme, stop), known?.ById);
            return new(sequence, all, all.ToDictionary(r => r.Id));
        }
        if (patches.Count == 0)
            return known with { Sequence = sequence };
        var read = Known(await LoadAsync(db, ofProgramme.Where(p => patches.Contains(p.Id)), stop), known.ById);
        var byId = new Dictionary<Guid, PatchRow>(known.ById);
        foreach (var row in read)
            byId[row.Id] = row;
        var rows = read.All(r => known.ById.ContainsKey(r.Id))
            ? known.Rows.Select(r => byId[r.Id])
            : byId.Values.OrderBy(r => r.Number, StringComparer.Ordinal);
        return new(sequence, [.. rows], byId);
    }

    /// <summary>Patches whose rows may tell something else since a number of the journal; <c>null</c> for any.</summary>
    /// <remarks>A row is made of the tables asked here. Whoever adds one to <see cref="LoadAsync"/> adds it here.</remarks>
    private static async Task<IReadOnlyList<Guid>?> WrittenAboutAsync(StoreContext db, long since, CancellationToken stop)
    {
        var acts = db.Journal.Where(j => j.Seq > since && !PeopleActs.ChangingNothing.Contains(j.Act));
        if (await WrittenRows.ByAsync(acts, ActsMax, stop) is not { } written)
            return null;
        if (written.Sum(table => table.Count()) > WrittenMax)
            return null;
        var patches = Keys<Patch>();
        var takenBack = Keys<ConfirmationWithdrawal>();
        var seconds = Keys<Confirmation>();
        var verdicts = Keys<Determination>();
        var proposals = Keys<Proposal>();
        var parcels = Keys<Parcel>();
        var units = Keys<PatchUnit>();
        await AddAsync(seconds, takenBack, db.ConfirmationWithdrawals.Where(w => takenBack.Contains(w.Id)).Select(w => w.ConfirmationId));
        await AddAsync(
            verdicts,
            seconds,
            db.Confirmations.IgnoreQueryFilters().Where(c => seconds.Contains(c.Id)).Select(c => c.DeterminationId)
        );
        await AddAsync(patches, verdicts, db.Determinations.Where(d => verdicts.Contains(d.Id)).Select(d => d.PatchId));
        await AddAsync(parcels, proposals, db.Proposals.Where(p => proposals.Contains(p.Id)).Select(p => p.ParcelId));
        await AddAsync(patches, parcels, db.Parcels.Where(p => parcels.Contains(p.Id)).Select(p => p.PatchId));
        await AddAsync(patches, units, db.PatchUnits.Where(u => units.Contains(u.Id)).Select(u => u.PatchId));
        return [.. patches];

        HashSet<Guid> Keys<T>()
            where T : class => [.. written[WrittenRows.TableOf<T>(db)]];

        async Task AddAsync(HashSet<Guid> to, HashSet<Guid> from, IQueryable<Guid> through)
        {
            if (from.Count > 0)
                to.UnionWith(await through.ToListAsync(stop));
        }
    }

    /// <summary>A row that tells what it told before is the same one: what shows it is not drawn anew.</summary>
    private static IReadOnlyList<PatchRow> Known(IReadOnlyList<PatchRow> rows, IReadOnlyDictionary<Guid, PatchRow>? before) =>
        before is null ? rows : [.. rows.Select(r => before.GetValueOrDefault(r.Id) is { } same && same.IsLike(r) ? same : r)];
}
