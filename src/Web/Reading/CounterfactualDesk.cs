using System.Collections.Concurrent;
using Weipian.Flow.Determinations;

namespace Weipian.Web.Reading;

/// <summary>What would change a verdict, searched for once and kept until something other than a verdict is written: a page asks when it is
/// opened and again when it lives.</summary>
public sealed class CounterfactualDesk(OfficeBooks books, PatchDossiers dossiers)
{
    /// <summary>An answer is some sentences.</summary>
    private const int KeptMax = 2000;

    private readonly ConcurrentDictionary<(long Structure, Guid Parcel), Counterfactuals> kept = new();

    /// <exception cref="Problem"><c>determination.no-such-parcel</c></exception>
    public async Task<Counterfactuals> AskAsync(Guid parcel, CancellationToken stop = default)
    {
        var structure = await dossiers.StructureAsync(stop);
        if (kept.TryGetValue((structure, parcel), out var known))
            return known;
        if (kept.Count >= KeptMax)
            kept.Clear();
        return kept[(structure, parcel)] = await WhatWouldChange.Handle(books.Store, parcel, books.DeterminationLaw, stop);
    }
}
