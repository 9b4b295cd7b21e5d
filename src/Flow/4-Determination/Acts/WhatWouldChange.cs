using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>What a doubtful or illegal parcel would need for another outcome. Reads, writes nothing.</summary>
public static class WhatWouldChange
{
    /// <exception cref="Problem"><c>determination.no-such-parcel</c></exception>
    public static async Task<Counterfactuals> Handle(
        WeipianStore store,
        Guid parcelId,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(law);
        await using var db = store.Read();
        var parcel =
            await db.Parcels.SingleOrDefaultAsync(p => p.Id == parcelId, stop)
            ?? throw Problem.Determination.NoSuchParcel(parcelId.ToString());
        var patch = await db.Patches.SingleAsync(p => p.Id == parcel.PatchId, stop);
        var reading = await ProgrammeReading.ReadAsync(store, db, patch.ProgrammeId, [patch.Id], stop);
        return Decide(reading.FactsOf(patch), parcel, law);
    }

    /// <summary>Pure: of the parcels that come out now, the one that lies where the parcel lies.</summary>
    internal static Counterfactuals Decide(PatchFacts facts, Parcel parcel, DeterminationLaw law)
    {
        var (tree, rules) = (RuleBook.Of(facts.Kind), law.For(facts));
        var ground = ParcelRows.IsMadeByHand(parcel)
            ? PatchDetermination.GroundOf(facts, tree, rules, parcel.Geometry)
            : PatchDetermination
                .Grounds(facts, tree, rules)
                .MaxBy(g => g.Geometry.EqualsExact(parcel.Geometry) ? double.MaxValue : g.Geometry.Intersection(parcel.Geometry).Area)!;
        return new CounterfactualSearch(ground, tree, rules).Find();
    }
}
