using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>What would come out under another law book or another work plan: the rules run twice, nothing is written.</summary>
public static class WhatIf
{
    /// <summary>A patch whose verdicts would be others.</summary>
    /// <param name="Unit">Responsible unit of the largest share; null when it has none.</param>
    /// <param name="Now">Verdicts with areas (m²) under the law of now, by code.</param>
    /// <param name="Then">The same under the other law.</param>
    /// <param name="Reasons">Which rule would answer otherwise, and with which words.</param>
    /// <param name="MissingThen">What would be missing then.</param>
    public sealed record Flip(
        string Programme,
        string PatchNumber,
        string? Unit,
        IReadOnlyDictionary<string, double> Now,
        IReadOnlyDictionary<string, double> Then,
        IReadOnlyList<Reason> Reasons,
        IReadOnlyList<string> MissingThen
    );

    /// <summary>A rule that answers otherwise.</summary>
    public sealed record Reason(string RuleId, string NowZh, string NowEn, string ThenZh, string ThenEn);

    /// <summary>The flips of one responsible unit.</summary>
    /// <param name="ChangeSquareMetres">How much area each verdict would gain or lose.</param>
    public sealed record OfUnit(string? Unit, int Patches, IReadOnlyDictionary<string, double> ChangeSquareMetres);

    /// <param name="Patches">Patches judged.</param>
    /// <param name="Units">By unit, the most flips first.</param>
    public sealed record Compared(int Patches, IReadOnlyList<Flip> Flips, IReadOnlyList<OfUnit> Units);

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
    ) => Decide(await ProgrammeCuts.ReadAsync(store, [programmeId], progress, stop), now, then, yearThen: null, stop);

    /// <summary>Pure: judges patches that were cut before under both laws.</summary>
    /// <exception cref="Problem"><c>law.unset</c>, <c>law.not-in-force</c>: no verdict tree covers a year</exception>
    /// <param name="yearThen">The year of a programme in the other plan: it picks the tree and tells what a former year is.</param>
    public static Compared Decide(
        ProgrammeCuts cuts,
        DeterminationLaw now,
        DeterminationLaw then,
        Func<string, int?>? yearThen = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(cuts);
        RequireTrees(cuts, now, year: null);
        RequireTrees(cuts, then, yearThen);
        var changed = yearThen is null ? now.ChangedIn(then) : null;
        var flips = new Flip?[cuts.Patches.Count];
        Parallel.For(
            0,
            flips.Length,
            new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                var patch = cuts.Patches[i];
                var before = patch.Standing(now);
                // Where no value that was asked for changed, the rules would answer word by word the same.
                if (changed is null || before.Asked.Overlaps(changed))
                    flips[i] = FlipOf(patch, before.Parts, patch.Under(then, yearThen?.Invoke(patch.Programme)).Parts);
            }
        );
        var found = flips
            .OfType<Flip>()
            .OrderBy(f => f.Programme, StringComparer.Ordinal)
            .ThenBy(f => f.PatchNumber, StringComparer.Ordinal)
            .ToList();
        return new(cuts.Count, found, ByUnit(found));
    }

    /// <summary>A year that no verdict tree covers is refused by name, before anything is judged.</summary>
    private static void RequireTrees(ProgrammeCuts cuts, DeterminationLaw law, Func<string, int?>? year)
    {
        foreach (
            var (kind, of) in cuts
                .Patches.Select(p => (p.Cut.Facts.Kind, year?.Invoke(p.Programme) ?? p.Cut.Facts.ProgrammeYear))
                .Distinct()
        )
            _ = law.Book.Verdicts.For(kind, of);
    }

    private static Flip? FlipOf(CutOfPatch patch, IReadOnlyList<PartVerdict> now, IReadOnlyList<PartVerdict> then)
    {
        var (a, b) = (ByCode(now), ByCode(then));
        if (a.Count == b.Count && a.All(p => b.TryGetValue(p.Key, out var other) && Math.Abs(other - p.Value) < AreaTolerance))
            return null;
        return new(
            patch.Programme,
            patch.Cut.Facts.Number,
            patch.Unit,
            a,
            b,
            Reasons(now, then),
            [.. then.SelectMany(t => t.Derivation.Missing).Select(m => m.What).Distinct()]
        );
    }

    /// <summary>Of the largest part that changed: the rules whose answer is another, in the order asked.</summary>
    private static IReadOnlyList<Reason> Reasons(IReadOnlyList<PartVerdict> now, IReadOnlyList<PartVerdict> then)
    {
        var held = now.Select(p => p.Derivation.Code).ToHashSet(StringComparer.Ordinal);
        var moved = then.Where(p => !held.Contains(p.Derivation.Code)).DefaultIfEmpty(then[0]).MaxBy(p => p.AreaSquareMetres)!;
        var come = then.Select(p => p.Derivation.Code).ToHashSet(StringComparer.Ordinal);
        var left = now.Where(p => !come.Contains(p.Derivation.Code)).DefaultIfEmpty(now[0]).MaxBy(p => p.AreaSquareMetres)!;
        var before = left.Derivation.Steps.ToDictionary(s => s.RuleId, StringComparer.Ordinal);
        return
        [
            .. moved
                .Derivation.Steps.Where(s => before.TryGetValue(s.RuleId, out var old) && (old.Outcome != s.Outcome || old.Code != s.Code))
                .Select(s => ReasonOf(before[s.RuleId], s)),
        ];
    }

    /// <summary>The first check that came out otherwise, or the last of each where none did.</summary>
    private static Reason ReasonOf(Step now, Step then)
    {
        var pair = now.Checks.Zip(then.Checks).FirstOrDefault(p => p.First.Outcome != p.Second.Outcome);
        var (old, other) = (pair.First ?? now.Checks[^1], pair.Second ?? then.Checks[^1]);
        return new(now.RuleId, old.Zh, old.En, other.Zh, other.En);
    }

    private static IReadOnlyList<OfUnit> ByUnit(IEnumerable<Flip> flips) =>
        [
            .. flips
                .GroupBy(f => f.Unit)
                .Select(g => new OfUnit(g.Key, g.Count(), Change(g)))
                .OrderByDescending(u => u.Patches)
                .ThenBy(u => u.Unit, StringComparer.Ordinal),
        ];

    private static SortedDictionary<string, double> Change(IEnumerable<Flip> flips)
    {
        var change = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var flip in flips)
        {
            foreach (var (code, area) in flip.Now)
                change[code] = change.GetValueOrDefault(code) - area;
            foreach (var (code, area) in flip.Then)
                change[code] = change.GetValueOrDefault(code) + area;
        }
        return change;
    }

    private static SortedDictionary<string, double> ByCode(IEnumerable<PartVerdict> parts)
    {
        var byCode = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in parts)
            byCode[part.Derivation.Code] = byCode.GetValueOrDefault(part.Derivation.Code) + part.AreaSquareMetres;
        return byCode;
    }
}
