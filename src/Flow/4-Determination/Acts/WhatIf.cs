using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>What would come out under another law book: the rules run twice, nothing is written.</summary>
public static class WhatIf
{
    /// <param name="Now">Verdicts with areas (m²) under the law of now, by code.</param>
    /// <param name="Then">The same under the other law.</param>
    public sealed record Flip(
        string PatchNumber,
        IReadOnlyDictionary<string, double> Now,
        IReadOnlyDictionary<string, double> Then,
        IReadOnlyList<string> MissingThen
    );

    public sealed record Compared(int Patches, IReadOnlyList<Flip> Flips);

    /// <summary>An area that moves by less is rounding, not a flip.</summary>
    private const double AreaTolerance = 1e-4;

    /// <exception cref="Problem"><c>plan.no-such-value</c></exception>
    public static async Task<Compared> Handle(
        WeipianStore store,
        string programmeId,
        DeterminationLaw now,
        DeterminationLaw then,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        var reading = await ProgrammeReading.ReadAsync(store, db, programmeId, only: null, stop);
        var before = ProposeVerdicts.Judge(reading, programmeId, now, progress, stop);
        var after = ProposeVerdicts.Judge(reading, programmeId, then, progress, stop);
        var flips = reading
            .Patches.Select((patch, i) => FlipOf(patch, before[i], after[i]))
            .OfType<Flip>()
            .OrderBy(f => f.PatchNumber, StringComparer.Ordinal);
        return new(reading.Patches.Count, [.. flips]);
    }

    private static Flip? FlipOf(Patch patch, IReadOnlyList<JudgedParcel> now, IReadOnlyList<JudgedParcel> then)
    {
        var (a, b) = (ByCode(now), ByCode(then));
        var same = a.Count == b.Count && a.All(p => b.TryGetValue(p.Key, out var other) && Math.Abs(other - p.Value) < AreaTolerance);
        return same ? null : new(patch.Number, a, b, [.. then.SelectMany(t => t.Parcel.Derivation.Missing).Select(m => m.What).Distinct()]);
    }

    private static SortedDictionary<string, double> ByCode(IEnumerable<JudgedParcel> parcels)
    {
        var byCode = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var parcel in parcels)
            byCode[parcel.Parcel.Derivation.Code] = byCode.GetValueOrDefault(parcel.Parcel.Derivation.Code) + parcel.Parcel.Areas.Total;
        return byCode;
    }
}
