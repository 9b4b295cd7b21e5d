using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>What a seat that signs verdicts must not see yet: verdicts that wait for a blind reading, proposals before both
/// images.</summary>
/// <remarks>
/// Laid over the rows of a programme before they leave for lists, maps and answers; what is veiled is not in the page. The journal
/// keeps its words: whoever looks a basis up there leaves the guard, and no screen can hinder it.
/// </remarks>
internal static class GuardVeil
{
    /// <summary>The rows as the reader may see them; the same list where nothing is drawn.</summary>
    public static async Task<IReadOnlyList<PatchRow>> OverAsync(
        WeipianStore store,
        string programme,
        IReadOnlyList<PatchRow> rows,
        Sight sight,
        CancellationToken stop
    )
    {
        if (sight.Reader is not { } reader)
            return rows;
        await using var db = store.Read();
        var guards = await db.ReviewGuards.OrderBy(g => g.At).ToListAsync(stop);
        if (guards.Count == 0)
            return rows;
        var hidden = sight.Decides ? await HiddenAsync(db, programme, rows, reader, guards[^1], stop) : [];
        var unread = await UnreadAsync(db, programme, rows, reader, stop);
        if (hidden.Count == 0 && unread.Count == 0)
            return rows;
        return
        [
            .. rows.Select(row =>
                row.Parcels.Any(p => hidden.Contains(p.Id) || unread.ContainsKey(p.Id))
                    ? row.With([.. row.Parcels.Select(p => Veiled(p, hidden.Contains(p.Id), unread.ContainsKey(p.Id)))])
                    : row
            ),
        ];
    }

    private static ParcelRow Veiled(ParcelRow parcel, bool hidden, bool unread)
    {
        if (hidden)
            parcel = parcel with { Proposed = null, ProposedState = null, IsProposalHidden = true };
        return unread
            ? parcel with
            {
                Code = null,
                CodeState = null,
                BasisZh = null,
                Proposed = null,
                ProposedState = null,
                IsReadingDue = true,
            }
            : parcel;
    }

    /// <summary>Parcels to judge whose proposal the seat sees only after both images.</summary>
    private static async Task<HashSet<Guid>> HiddenAsync(
        StoreContext db,
        string programme,
        IReadOnlyList<PatchRow> rows,
        string reader,
        ReviewGuard guard,
        CancellationToken stop
    )
    {
        var looked = await db.ProposalLooks.Where(l => l.By == reader).Select(l => l.ParcelId).ToHashSetAsync(stop);
        return rows.SelectMany(r => r.Parcels)
            .Where(p => p.Stage is ParcelStage.Open or ParcelStage.Returned && p.Proposed is not null && !looked.Contains(p.Id))
            .Where(p => GuardDraw.IsHidden(guard, reader, GuardDraw.Subject(programme, p.Number)))
            .Select(p => p.Id)
            .ToHashSet();
    }

    /// <summary>Verdicts of others that are still to be read blind.</summary>
    private static Task<IReadOnlyDictionary<Guid, ReadingStage>> UnreadAsync(
        StoreContext db,
        string programme,
        IReadOnlyList<PatchRow> rows,
        string reader,
        CancellationToken stop
    ) =>
        BlindReadings.VeiledAsync(
            db,
            programme,
            [
                .. rows.SelectMany(r => r.Parcels)
                    .Where(p => p.Stage == ParcelStage.Decided && p.DecidedBy != reader)
                    .Select(p => (p.Id, p.Number, p.DeterminationId!.Value, p.Code!, p.DecidedAt!.Value)),
            ],
            stop
        );
}
