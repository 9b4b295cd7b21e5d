using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>The past parcels that are most like one, with their verdicts. Reads, writes nothing.</summary>
public static class FindPrecedents
{
    /// <param name="Alike">The most alike first; never the parcel itself, and none whose verdict was taken back.</param>
    public sealed record Found(IReadOnlyList<Precedent> Alike)
    {
        /// <summary>Twins that were decided otherwise than <paramref name="code"/>: to be read before it is signed.</summary>
        public IReadOnlyList<Precedent> Against(string code) => [.. Alike.Where(p => p.IsTwin && p.Code != code)];
    }

    /// <exception cref="Problem"><c>determination.no-such-parcel</c></exception>
    public static async Task<Found> Handle(WeipianStore store, Guid parcelId, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Decide(parcelId, await PrecedentBook.ReadAsync(store, parcelId, stop: stop), LikenessMethod.Of(law));
    }

    /// <summary>Pure: of the parcels in the book the most alike.</summary>
    public static Found Decide(Guid parcelId, PrecedentBook book, LikenessMethod method)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(method);
        var own = book.TraitsOf(parcelId) ?? throw Problem.Determination.NoSuchParcel(parcelId.ToString());
        return new([
            .. book
                .Decided.Where(d => d.Precedent.ParcelId != parcelId)
                .Select(d => (d.Precedent, Likeness: own.Likeness(d.Traits, method)))
                .Select(d => d.Precedent with { Likeness = d.Likeness, IsTwin = d.Likeness >= method.TwinFrom })
                .OrderByDescending(p => p.Likeness)
                .ThenByDescending(p => p.DecidedAt)
                .ThenBy(p => p.ParcelNumber, StringComparer.Ordinal)
                .Take(method.ShownMax),
        ]);
    }
}

/// <summary>The traits of parcels with a standing verdict, and of those that are asked about.</summary>
public sealed class PrecedentBook
{
    private readonly IReadOnlyDictionary<Guid, ParcelTraits> traits;

    private PrecedentBook(
        IReadOnlyDictionary<Guid, ParcelTraits> traits,
        IReadOnlyList<(Precedent Precedent, ParcelTraits Traits)> decided
    ) => (this.traits, Decided) = (traits, decided);

    public IReadOnlyList<(Precedent Precedent, ParcelTraits Traits)> Decided { get; }

    public ParcelTraits? TraitsOf(Guid parcel) => traits.GetValueOrDefault(parcel);

    /// <param name="asked">A parcel that nobody may have decided yet.</param>
    /// <param name="known">A book that was read before: a decided parcel keeps its traits.</param>
    public static async Task<PrecedentBook> ReadAsync(
        WeipianStore store,
        Guid asked,
        PrecedentBook? known = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        var standing = await StandingAsync(db, stop);
        var read = standing
            .Where(p => p.ParcelId != asked && known?.TraitsOf(p.ParcelId) is not null)
            .ToDictionary(p => p.ParcelId, p => known!.TraitsOf(p.ParcelId)!);
        var fresh = standing.Select(p => p.ParcelId).Append(asked).Where(id => !read.ContainsKey(id)).ToHashSet();
        foreach (var (parcel, found) in await TraitsAsync(db, fresh, stop))
            read[parcel] = found;
        return new(read, [.. standing.Where(p => read.ContainsKey(p.ParcelId)).Select(p => (p, read[p.ParcelId]))]);
    }

    /// <summary>Verdicts that no later one replaces and that nobody took back.</summary>
    private static async Task<IReadOnlyList<Precedent>> StandingAsync(StoreContext db, CancellationToken stop)
    {
        var confirmed = await db
            .Confirmations.Where(c => c.Outcome == ConfirmationOutcome.Confirmed)
            .Select(c => c.DeterminationId)
            .ToHashSetAsync(stop);
        var replaced = (
            await db.Determinations.Where(d => d.SupersedesId != null).Select(d => d.SupersedesId).ToListAsync(stop)
        ).ToHashSet();
        var rows =
            from d in db.Determinations
            join parcel in db.Parcels on d.ParcelId equals parcel.Id
            join patch in db.Patches on d.PatchId equals patch.Id
            where d.Code != VerdictState.Withdrawn
            select new
            {
                d.Id,
                d.ParcelId,
                Parcel = parcel.Number,
                Patch = patch.Number,
                patch.ProgrammeId,
                d.Code,
                d.BasisZh,
                d.DecidedBy,
                d.DecidedAt,
                parcel.AreaSquareMetres,
            };
        return
        [
            .. (await rows.ToListAsync(stop))
                .Where(d => !replaced.Contains(d.Id))
                .Select(d => new Precedent(
                    d.ParcelId,
                    d.Parcel,
                    d.Patch,
                    d.ProgrammeId,
                    d.Code,
                    d.BasisZh,
                    d.DecidedBy,
                    d.DecidedAt,
                    confirmed.Contains(d.Id),
                    d.AreaSquareMetres,
                    Likeness: 0,
                    IsTwin: false
                )),
        ];
    }

    private static async Task<IEnumerable<(Guid Parcel, ParcelTraits Traits)>> TraitsAsync(
        StoreContext db,
        IReadOnlySet<Guid> ids,
        CancellationToken stop
    )
    {
        var parcels = await db.Parcels.Where(p => ids.Contains(p.Id)).ToListAsync(stop);
        var kinds = await db.Patches.Select(p => new { p.Id, p.Kind }).ToDictionaryAsync(p => p.Id, p => p.Kind, stop);
        var proposals = (await db.Proposals.Where(p => ids.Contains(p.ParcelId)).ToListAsync(stop))
            .GroupBy(p => p.ParcelId)
            .ToDictionary(g => g.Key, g => g.MaxBy(p => p.ProposedAt)!);
        return parcels
            .Where(p => proposals.ContainsKey(p.Id))
            .AsParallel()
            .Select(p => (p.Id, TraitsOf(kinds[p.PatchId], p, proposals[p.Id])))
            .ToList();
    }

    private static ParcelTraits TraitsOf(string kind, Parcel parcel, Proposal proposal) =>
        ParcelTraits.Of(
            kind,
            DerivationJson.Read(proposal.DerivationJson),
            ParcelRows.AreasOf(parcel.AreasJson),
            parcel.AreaSquareMetres,
            parcel.Geometry
        );
}
