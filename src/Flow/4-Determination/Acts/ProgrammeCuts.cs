using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>
/// The patches of programmes, cut, with every area that their verdicts rest on: read once, judged under as many laws as are asked about.
/// </summary>
public sealed class ProgrammeCuts
{
    private ProgrammeCuts(IReadOnlyList<CutOfPatch> patches) => Patches = patches;

    internal IReadOnlyList<CutOfPatch> Patches { get; }

    public int Count => Patches.Count;

    /// <exception cref="Problem"><c>plan.no-such-value</c></exception>
    public static async Task<ProgrammeCuts> ReadAsync(
        WeipianStore store,
        IReadOnlyList<string> programmes,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(programmes);
        await using var db = store.Read();
        var all = new List<CutOfPatch>();
        foreach (var programme in programmes)
        {
            var reading = await ProgrammeReading.ReadAsync(store, db, programme, only: null, stop);
            var ids = db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id);
            var shares = (await db.PatchUnits.Where(u => ids.Contains(u.PatchId)).ToListAsync(stop)).ToLookup(u => u.PatchId);
            progress?.Report($"{programme}: {reading.Patches.Count:N0}");
            all.AddRange(
                reading
                    .Patches.AsParallel()
                    .AsOrdered()
                    .WithCancellation(stop)
                    .Select(p => CutOf(reading, p, programme, HomeOf([.. shares[p.Id]])))
            );
        }
        return new(all);
    }

    /// <summary>Patches whose facts are at hand.</summary>
    public static ProgrammeCuts Of(string programme, IEnumerable<PatchFacts> patches) =>
        new([.. patches.AsParallel().AsOrdered().Select(f => new CutOfPatch(programme, null, CutPatch.Of(f), []))]);

    /// <summary>Faces that the patches were cut into.</summary>
    public int Faces => Patches.Sum(p => p.Cut.Faces.Count);

    /// <summary>Judges every patch under one law; how many parts came out, by verdict.</summary>
    public IReadOnlyDictionary<string, int> Judge(DeterminationLaw law) =>
        Patches
            .AsParallel()
            .SelectMany(p => p.Under(law, year: null).Parts.Select(part => part.Derivation.Code))
            .GroupBy(code => code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private static CutOfPatch CutOf(ProgrammeReading reading, Patch patch, string programme, string? unit)
    {
        var facts = reading.FactsOf(patch);
        var drawn = PatchJudgement.Binding(reading.ParcelsOf(patch));
        return new(programme, unit, CutPatch.Of(facts), [.. drawn.Select(p => (CutPatch.Of(facts, p.Geometry), p))]);
    }

    /// <summary>The unit that answers for the largest share.</summary>
    private static string? HomeOf(IReadOnlyList<PatchUnit> rows)
    {
        var replaced = rows.Select(u => u.SupersedesId).OfType<Guid>().ToHashSet();
        return rows.Where(u => !replaced.Contains(u.Id)).OrderByDescending(u => u.AreaSquareMetres).FirstOrDefault()?.ResponsibleUnit;
    }
}

/// <summary>A patch with its cut; where a person drew its parcels, with a cut by each.</summary>
internal sealed record CutOfPatch(string Programme, string? Unit, CutPatch Cut, IReadOnlyList<(CutPatch Cut, Parcel Parcel)> Drawn)
{
    private (string Book, JudgedPatch Judged)? last;

    /// <summary>What the rules say under a law; under the one that was asked about last they are not asked again.</summary>
    public JudgedPatch Standing(DeterminationLaw law)
    {
        if (last is { } known && known.Book == law.Book.Sha256)
            return known.Judged;
        var judged = Under(law, year: null);
        last = (law.Book.Sha256, judged);
        return judged;
    }

    public JudgedPatch Under(DeterminationLaw law, int? year)
    {
        var facts = year is { } other ? Cut.Facts with { ProgrammeYear = other } : Cut.Facts;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var (tree, rules) = (RuleBook.Of(facts.Kind), law.For(facts, asked: asked));
        try
        {
            return new(
                Drawn.Count > 0
                    ? [.. Drawn.Select(d => PatchDetermination.VerdictOf(d.Cut, tree, rules, d.Parcel.Geometry))]
                    : PatchDetermination.Verdicts(Cut, tree, rules),
                asked
            );
        }
        catch (Problem conflict) when (conflict.Code == RuleConflict.Code)
        {
            return new([Undecided(facts, conflict)], asked);
        }
    }

    /// <summary>Rules that conflict decide nothing: the whole patch is doubtful, and what is missing is named by the refusal.</summary>
    private static PartVerdict Undecided(PatchFacts facts, Problem conflict) =>
        new(
            Weipian.Geo.Pieces.AreaSquareMetres(facts.Geometry),
            new(
                RuleEngine.DoubtfulCode(facts.Kind),
                DecidingRule: null,
                [],
                Deciding: null,
                [new(RuleConflict.Code, conflict.Chinese, conflict.English)],
                [],
                []
            )
        );
}

/// <summary>What came out for a patch, and every key of the law that was asked for on the way: where none of them changed, neither does
/// it.</summary>
internal sealed record JudgedPatch(IReadOnlyList<PartVerdict> Parts, IReadOnlySet<string> Asked);

/// <summary>A part of a patch with the verdict that the rules give it.</summary>
internal sealed record PartVerdict(double AreaSquareMetres, Derivation Derivation);
