using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Tiles;

/// <summary>Patches of a programme as vector tiles, each seat with what it sees.</summary>
/// <remarks>
/// Ground is read once. When the journal has grown, its entries say which rows were written, and only patches with a new parcel, verdict
/// or unit are looked at again; a new patch, or an act that wrote very many rows, reads the programme anew.
/// </remarks>
public sealed class PatchTiles(OfficeBooks books, ProgrammeRows rows) : IDisposable
{
    /// <summary>More changed patches than this at once, and the whole programme is read anew.</summary>
    private const int ChangedMax = 400;
    private const int EntriesMax = 2000;

    /// <summary>Stands for the state of a parcel whose verdict the second seat sent back.</summary>
    private const string SentBack = "sent-back";

    private readonly ConcurrentDictionary<string, PatchTileBook> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Programme, string Reader), Veil> veils = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    private static IReadOnlyDictionary<Guid, string> NothingVeiled { get; } = new Dictionary<Guid, string>();

    private sealed record Veil(long Sequence, IReadOnlyDictionary<Guid, string> States);

    /// <exception cref="Problem"><c>web.no-such-programme</c></exception>
    public async Task<TileAnswer> TileAsync(string programme, TileAddress at, Sight sight, CancellationToken stop)
    {
        var book = await BookAsync(programme, stop);
        return book.Tile(at, sight, await VeiledAsync(programme, sight, book.Sequence, stop));
    }

    /// <summary>How many patches of each state the seat sees, and the box of them; null when it sees none.</summary>
    /// <exception cref="Problem"><c>web.no-such-programme</c></exception>
    public async Task<(IReadOnlyDictionary<string, int> Counts, Extent? Box)> OverviewAsync(
        string programme,
        Sight sight,
        CancellationToken stop
    )
    {
        var book = await BookAsync(programme, stop);
        var seen = book.Items.Where(i => sight.Covers(i.Units)).ToList();
        var box = seen.Aggregate(Extent.Empty, (all, item) => all.Including(item.Box));
        var veiled = await VeiledAsync(programme, sight, book.Sequence, stop);
        var counts = seen.CountBy(i => veiled.GetValueOrDefault(i.Id, i.State))
            .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        return (counts, seen.Count == 0 ? null : box);
    }

    /// <summary>The box of the patch with a number, when the seat sees it.</summary>
    public async Task<Extent?> BoxAsync(string programme, string number, Sight sight, CancellationToken stop)
    {
        var book = await BookAsync(programme, stop);
        return book.Items.FirstOrDefault(i => i.Number == number && sight.Covers(i.Units))?.Box;
    }

    public void Dispose() => turn.Dispose();

    /// <summary>States that a seat sees instead, where a blind reading of a verdict is due by it: the map tells no more than lists
    /// do.</summary>
    private async Task<IReadOnlyDictionary<Guid, string>> VeiledAsync(string programme, Sight sight, long sequence, CancellationToken stop)
    {
        if (sight.Reader is not { } reader)
            return NothingVeiled;
        if (veils.TryGetValue((programme, reader), out var known) && known.Sequence == sequence)
            return known.States;
        await using var db = books.Read();
        var states = NothingVeiled;
        if (await db.ReviewGuards.AnyAsync(stop))
            states = (await rows.SeenAsync(programme, sight, stop))
                .Where(r => r.Parcels.Any(p => p.IsReadingDue))
                .ToDictionary(r => r.Id, r => r.State);
        veils[(programme, reader)] = new(sequence, states);
        return states;
    }

    private async Task<PatchTileBook> BookAsync(string programme, CancellationToken stop)
    {
        if (books.Plan.FindProgramme(programme) is null)
            throw Problem.Web.NoSuchProgramme(programme);
        var sequence = await books.SequenceAsync(stop);
        if (open.TryGetValue(programme, out var known) && known.Sequence == sequence)
            return known;
        await turn.WaitAsync(stop);
        try
        {
            if (open.TryGetValue(programme, out known) && known.Sequence == sequence)
                return known;
            if (known is not null && await CatchUpAsync(known, sequence, stop))
                return known;
            return open[programme] = await ReadAsync(programme, sequence, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<PatchTileBook> ReadAsync(string programme, long sequence, CancellationToken stop)
    {
        await using var db = books.Read();
        var patches = await db
            .Patches.Where(p => p.ProgrammeId == programme)
            .OrderBy(p => p.Id)
            .Select(p => new
            {
                p.Id,
                p.Number,
                p.Geometry,
            })
            .ToListAsync(stop);
        var ofProgramme = db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id);
        var (states, units) = await StatesAsync(db, ofProgramme, stop);
        return new(
            sequence,
            [.. patches.Select(p => PatchTileItem.Of(p.Id, p.Number, p.Geometry, UnitsOf(units, p.Id), StateOf(states, p.Id)))]
        );
    }

    /// <summary>As the list has it: what was sent back is not verified, and is said to have come back.</summary>
    private static PatchTileState StateOf(ILookup<Guid, string> parcels, Guid patch) =>
        new(PatchState.Of(parcels[patch].Select(s => s == SentBack ? PatchState.NotVerified : s)), parcels[patch].Contains(SentBack));

    private static IReadOnlyList<string?> UnitsOf(ILookup<Guid, string?> units, Guid patch) => [.. units[patch].Distinct()];

    /// <summary>States of the parcels in force, and units, by patch.</summary>
    private async Task<(ILookup<Guid, string> States, ILookup<Guid, string?> Units)> StatesAsync(
        StoreContext db,
        IQueryable<Guid> patches,
        CancellationToken stop
    )
    {
        var shares = await db.PatchUnits.Where(u => patches.Contains(u.PatchId)).ToListAsync(stop);
        var replacedShares = shares.Where(u => u.SupersedesId is not null).Select(u => u.SupersedesId!.Value).ToHashSet();
        var parcels = await db
            .Parcels.Where(p => p.SupersededById == null && patches.Contains(p.PatchId))
            .Select(p => new { p.Id, p.PatchId })
            .ToListAsync(stop);
        var verdicts = await db
            .Determinations.Where(d => patches.Contains(d.PatchId))
            .Select(d => new
            {
                d.Id,
                d.ParcelId,
                d.Code,
                d.DecidedAt,
                d.SupersedesId,
            })
            .ToListAsync(stop);
        var sentBack = await SentBackAsync(db, patches, stop);
        var replaced = verdicts.Where(v => v.SupersedesId is not null).Select(v => v.SupersedesId!.Value).ToHashSet();
        var standing = verdicts
            .Where(v => !replaced.Contains(v.Id))
            .GroupBy(v => v.ParcelId)
            .Select(g => g.MaxBy(v => v.DecidedAt)!)
            .ToDictionary(v => v.ParcelId);
        return (
            parcels.ToLookup(
                p => p.PatchId,
                p =>
                    standing.GetValueOrDefault(p.Id) is { } verdict && verdict.Code != VerdictState.Withdrawn
                        ? sentBack.Contains(verdict.Id)
                            ? SentBack
                            : rows.StateOf(verdict.Code)
                        : PatchState.NotVerified
            ),
            shares.Where(u => !replacedShares.Contains(u.Id)).ToLookup(u => u.PatchId, u => u.ResponsibleUnit)
        );
    }

    /// <summary>Verdicts that the second seat sent back.</summary>
    private static Task<HashSet<Guid>> SentBackAsync(StoreContext db, IQueryable<Guid> patches, CancellationToken stop) =>
        db
            .Confirmations.Where(c => c.Outcome == ConfirmationOutcome.Returned)
            .Join(db.Determinations, c => c.DeterminationId, d => d.Id, (c, d) => new { d.Id, d.PatchId })
            .Where(d => patches.Contains(d.PatchId))
            .Select(d => d.Id)
            .ToHashSetAsync(stop);

    /// <summary>Brings a book to a later entry of the journal; false when it has to be read anew.</summary>
    private async Task<bool> CatchUpAsync(PatchTileBook book, long sequence, CancellationToken stop)
    {
        await using var db = books.Read();
        var bodies = await db
            .Journal.Where(j => j.Seq > book.Sequence && j.Seq <= sequence)
            .OrderBy(j => j.Seq)
            .Select(j => j.Body)
            .Take(EntriesMax + 1)
            .ToListAsync(stop);
        if (bodies.Count > EntriesMax || ChangedRows(bodies, db) is not { } changed)
            return false;
        var touched = await PatchesOfAsync(db, changed, stop);
        touched.RemoveWhere(p => !book.Holds(p));
        if (touched.Count > ChangedMax)
            return false;
        if (touched.Count > 0)
        {
            var ids = touched.ToList();
            var (states, units) = await StatesAsync(db, db.Patches.Where(p => ids.Contains(p.Id)).Select(p => p.Id), stop);
            foreach (var patch in ids)
                book.Change(patch, StateOf(states, patch), UnitsOf(units, patch));
        }
        book.Sequence = sequence;
        return true;
    }

    /// <summary>Rows that entries wrote.</summary>
    private sealed record Changed(
        List<Guid> Parcels,
        List<Guid> Determinations,
        List<Guid> Units,
        List<Guid> Signatures,
        List<Guid> TakenBack
    );

    /// <summary>Keys of the rows of interest that entries wrote; null when an entry does not say, or wrote a patch.</summary>
    private static Changed? ChangedRows(IEnumerable<string> bodies, StoreContext db)
    {
        var changed = new Changed([], [], [], [], []);
        var byTable = new Dictionary<string, List<Guid>>(StringComparer.Ordinal)
        {
            [TableOf<Parcel>(db)] = changed.Parcels,
            [TableOf<Determination>(db)] = changed.Determinations,
            [TableOf<PatchUnit>(db)] = changed.Units,
            [TableOf<Confirmation>(db)] = changed.Signatures,
            [TableOf<ConfirmationWithdrawal>(db)] = changed.TakenBack,
        };
        foreach (var body in bodies)
        {
            using var json = JsonDocument.Parse(body);
            if (!json.RootElement.TryGetProperty("rows", out var written))
                return null;
            foreach (var row in written.EnumerateArray())
            {
                var table = row[0].GetString()!;
                if (table == TableOf<Patch>(db))
                    return null;
                if (byTable.TryGetValue(table, out var keys) && Guid.TryParse(row[1].GetString(), out var key))
                    keys.Add(key);
            }
        }
        return changed;
    }

    private static string TableOf<T>(StoreContext db) => db.Model.FindEntityType(typeof(T))!.GetTableName()!;

    private static async Task<HashSet<Guid>> PatchesOfAsync(StoreContext db, Changed changed, CancellationToken stop)
    {
        var found = new HashSet<Guid>();
        var (parcels, verdicts, units, signatures, takenBack) = changed;
        if (takenBack.Count > 0)
            signatures =
            [
                .. signatures,
                .. await db.ConfirmationWithdrawals.Where(w => takenBack.Contains(w.Id)).Select(w => w.ConfirmationId).ToListAsync(stop),
            ];
        if (signatures.Count > 0)
            verdicts =
            [
                .. verdicts,
                .. await db
                    .Confirmations.IgnoreQueryFilters()
                    .Where(c => signatures.Contains(c.Id))
                    .Select(c => c.DeterminationId)
                    .ToListAsync(stop),
            ];
        if (parcels.Count > 0)
            found.UnionWith(await db.Parcels.Where(p => parcels.Contains(p.Id)).Select(p => p.PatchId).ToListAsync(stop));
        if (verdicts.Count > 0)
            found.UnionWith(await db.Determinations.Where(d => verdicts.Contains(d.Id)).Select(d => d.PatchId).ToListAsync(stop));
        if (units.Count > 0)
            found.UnionWith(await db.PatchUnits.Where(u => units.Contains(u.Id)).Select(u => u.PatchId).ToListAsync(stop));
        return found;
    }
}
