using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Web.Reading;

/// <summary>What a seat has to read blind, and how readings compare with verdicts.</summary>
/// <remarks>Known cases, second and third readings stand in one list in an order that tells nothing of which is which.</remarks>
public sealed class ReadingDesk(OfficeBooks books)
{
    /// <summary>A parcel to be read, by the verdict that is not shown.</summary>
    public sealed record ReadingTask(Guid Determination, Guid Parcel, Guid Patch);

    /// <summary>A first verdict and a second reading that differ, for those two who gave them.</summary>
    public sealed record Dispute(
        string Parcel,
        string Patch,
        string Programme,
        string FirstCode,
        string FirstBasis,
        string SecondCode,
        string SecondBasis,
        ReadingStage Stage
    );

    private sealed record Light(Guid Id, Guid ParcelId, string Code, string By, DateTime At, Guid? Supersedes);

    private sealed record Place(Guid Id, Guid PatchId, string Number, string Programme);

    /// <summary>What the seat has to read now.</summary>
    public async Task<IReadOnlyList<ReadingTask>> DueAsync(Actor reader, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (!VerdictRoles.MayRead.Contains(reader.Role, StringComparer.Ordinal))
            return [];
        await using var db = books.Read();
        var guards = await db.ReviewGuards.OrderBy(g => g.At).ToListAsync(stop);
        if (guards.Count == 0)
            return [];
        var places = await PlacesAsync(db, stop);
        var standing = await StandingAsync(db, stop);
        var seconds = await db
            .Confirmations.Select(c => new
            {
                c.DeterminationId,
                c.By,
                c.Outcome,
            })
            .ToDictionaryAsync(c => c.DeterminationId, stop);
        var readings = (await db.BlindReadings.ToListAsync(stop)).ToLookup(r => r.DeterminationId);
        var signedOnce = await db
            .Confirmations.IgnoreQueryFilters()
            .Where(c => c.By == reader.Login)
            .Select(c => c.DeterminationId)
            .ToHashSetAsync(stop);
        return
        [
            .. standing
                .Where(d => places.ContainsKey(d.ParcelId) && d.By != reader.Login && !signedOnce.Contains(d.Id))
                .Where(d => readings[d.Id].All(r => r.By != reader.Login))
                .Where(d =>
                {
                    var place = places[d.ParcelId];
                    var name = GuardDraw.Subject(place.Programme, place.Number);
                    if (!seconds.TryGetValue(d.Id, out var second))
                        return BlindReadings.StageOf(d.Code, GuardDraw.IsSecond(guards, d.At, name), [.. readings[d.Id]])
                            is ReadingStage.Due
                                or ReadingStage.Disputed;
                    return second.Outcome == ConfirmationOutcome.Confirmed
                        && second.By != reader.Login
                        && GuardDraw.IsKnown(guards[^1], reader.Login, name);
                })
                // The last digits of an id are chance: neither the day nor the kind shows in the order.
                .OrderBy(d => d.Id.ToString()[24..], StringComparer.Ordinal)
                .Select(d => new ReadingTask(d.Id, d.ParcelId, places[d.ParcelId].PatchId)),
        ];
    }

    /// <summary>Disputes of one's own: as author of the first verdict, or as second reader.</summary>
    public async Task<IReadOnlyList<Dispute>> DisputesAsync(string login, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var seconds = await db.BlindReadings.Where(r => r.Kind == ReadingKind.Second && r.Code != r.ReferenceCode).ToListAsync(stop);
        var ids = seconds.Select(r => r.DeterminationId).ToList();
        var verdicts = await db.Determinations.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, stop);
        var thirds = await db.BlindReadings.Where(r => r.Kind == ReadingKind.Third).ToDictionaryAsync(r => r.DeterminationId, stop);
        var places = await PlacesAsync(db, stop);
        var patches = verdicts.Values.Select(d => d.PatchId).ToList();
        var numbers = await db.Patches.Where(p => patches.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Number, stop);
        return
        [
            .. seconds
                .Where(r => (r.By == login || verdicts[r.DeterminationId].DecidedBy == login) && places.ContainsKey(r.ParcelId))
                .OrderByDescending(r => r.At)
                .Select(r =>
                {
                    var first = verdicts[r.DeterminationId];
                    BlindReading[] all = thirds.TryGetValue(first.Id, out var third) ? [r, third] : [r];
                    return new Dispute(
                        places[r.ParcelId].Number,
                        numbers[first.PatchId],
                        places[r.ParcelId].Programme,
                        first.Code,
                        first.BasisZh,
                        r.Code,
                        r.BasisZh,
                        BlindReadings.StageOf(first.Code, isDrawn: true, all)
                    );
                }),
        ];
    }

    private static async Task<Dictionary<Guid, Place>> PlacesAsync(StoreContext db, CancellationToken stop) =>
        await db
            .Parcels.Where(p => p.SupersededById == null)
            .Join(db.Patches, p => p.PatchId, q => q.Id, (p, q) => new Place(p.Id, q.Id, p.Number, q.ProgrammeId))
            .ToDictionaryAsync(p => p.Id, stop);

    /// <summary>Verdicts that no later one replaces, those taken back left out.</summary>
    private static async Task<IReadOnlyList<Light>> StandingAsync(StoreContext db, CancellationToken stop)
    {
        var all = await db
            .Determinations.Select(d => new Light(d.Id, d.ParcelId, d.Code, d.DecidedBy, d.DecidedAt, d.SupersedesId))
            .ToListAsync(stop);
        var replaced = all.Select(d => d.Supersedes).OfType<Guid>().ToHashSet();
        return [.. all.Where(d => !replaced.Contains(d.Id) && d.Code != VerdictState.Withdrawn)];
    }
}
