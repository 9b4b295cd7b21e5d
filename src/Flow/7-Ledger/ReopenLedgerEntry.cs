using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Geo;

namespace Weipian.Flow.Ledger;

/// <summary>What was struck off shows again in later images (复发): the new violation enters the ledger and names the entry it
/// reopens.</summary>
public static class ReopenLedgerEntry
{
    public const string Act = "reopen-ledger-entry";

    public const string SnapshotKind = "ledger-recurrence";

    /// <param name="LedgerEntryId">The closed entry.</param>
    /// <param name="ViolationId">The later violation on the same ground.</param>
    public sealed record Request(Guid LedgerEntryId, Guid ViolationId, string Reason);

    public sealed record Answer(Guid EntryId, string Number, double SharedSquareMetres);

    /// <param name="Again">Balance of the later violation.</param>
    /// <param name="SeenOn">The latest of its later images; null when it has no patch.</param>
    /// <param name="RemovedOn">The last day on site on which the closed entry was found removed.</param>
    /// <param name="SharedSquareMetres">Ground that both have in common.</param>
    /// <param name="Entered">An entry of the later violation.</param>
    public sealed record Facts(
        LedgerStanding Closed,
        ViolationBalance Again,
        DateOnly? SeenOn,
        DateOnly RemovedOn,
        double SharedSquareMetres,
        LedgerEntry? Entered
    );

    /// <summary>Pure: closed, later, on the same ground, with something left, once.</summary>
    public static void Decide(Facts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var entry = facts.Closed.Entry.Number;
        if (facts.Closed.Closing is null)
            throw Problem.Ledger.StillOpen(entry);
        if (facts.Entered is { } entered)
            throw Problem.Chain.AlreadyDone("挂账", "The entry", entered.By, entered.At);
        if (facts.SharedSquareMetres <= ViolationBalance.ClosureSquareMetres)
            throw Problem.Ledger.NotTheSameGround(entry, facts.Again.Violation.Number);
        if (facts.SeenOn is not { } seen || seen <= facts.RemovedOn)
            throw Problem.Ledger.NotLater(entry, facts.Again.Violation.Number);
        if (facts.Again.IsRemoved)
            throw Problem.Chain.OutOfOrder("重新挂账", "reopen", "该宗违法已消除", "nothing is left of the later violation");
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>ledger.*</c></exception>
    public static Task<Answer> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.LedgerEntryId.ToString(),
            request.Reason,
            async act =>
            {
                var facts = await FactsAsync(act, request, stop);
                Decide(facts);
                var frozen = Snapshots.Freeze(
                    act,
                    SnapshotKind,
                    facts.Closed.Entry.Number,
                    act.Today,
                    new JsonObject
                    {
                        ["reopens"] = facts.Closed.Entry.Number,
                        ["shared"] = facts.SharedSquareMetres,
                        ["violations"] = LedgerBook.Rows([facts.Again]),
                    }
                );
                var entry = (
                    await LedgerBook.EnterAsync(act, [facts.Again], frozen, act.Today, LedgerBook.RecurrenceZh, facts.Closed.Entry.Id, stop)
                )[0];
                act.Fact("reopens", facts.Closed.Entry.Number);
                act.Fact("entry", entry.Number);
                return new Answer(entry.Id, entry.Number, facts.SharedSquareMetres);
            },
            stop
        );
    }

    private static async Task<Facts> FactsAsync(ActScope act, Request request, CancellationToken stop)
    {
        var db = act.Db;
        var closed = await LedgerStanding.OfOneAsync(db, request.LedgerEntryId, act.Today, stop);
        var again = await StandingViolation.ReadAsync(db, request.ViolationId, stop);
        var seen = await (
            from parcel in db.ViolationParcels
            join patch in db.Patches on parcel.PatchId equals patch.Id
            where parcel.ViolationId == again.Id
            select patch.After
        ).MaxAsync(stop);
        var removing = await ProposeClosing.RemovingAsync(db, closed, stop);
        return new(
            closed,
            await ViolationBalances.OfOneAsync(db, again.Id, act.Today, stop),
            seen,
            removing.Count == 0 ? closed.Entry.EnteredOn : removing.Max(a => a.InspectedOn),
            again.Id == closed.Balance.Violation.Id ? 0 : await SharedAsync(db, closed.Balance.Violation.Id, again.Id, stop),
            await db.LedgerEntries.FirstOrDefaultAsync(e => e.ViolationId == again.Id, stop)
        );
    }

    /// <summary>Statutory area that the parcels of two violations have in common.</summary>
    public static async Task<double> SharedAsync(StoreContext db, Guid one, Guid other, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (a, b) = (await GroundAsync(db, one, stop), await GroundAsync(db, other, stop));
        return a.Count == 0 || b.Count == 0 || !EnvelopeOf(a).Intersects(EnvelopeOf(b))
            ? 0
            : Pieces.AreaSquareMetres(Pieces.Intersection(Pieces.Union(a), Pieces.Union(b)));
    }

    private static async Task<List<Geometry>> GroundAsync(StoreContext db, Guid violation, CancellationToken stop)
    {
        var found = await (
            from row in db.ViolationParcels
            join parcel in db.Parcels on row.ParcelId equals parcel.Id
            where row.ViolationId == violation
            select parcel.Geometry
        ).ToListAsync(stop);
        return [.. found];
    }

    private static Envelope EnvelopeOf(IEnumerable<Geometry> geometries)
    {
        var all = new Envelope();
        foreach (var geometry in geometries)
            all.ExpandToInclude(geometry.EnvelopeInternal);
        return all;
    }
}
