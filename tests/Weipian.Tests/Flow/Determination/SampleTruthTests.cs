using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>
/// What the rules propose for the sample after its files went through every door, against the truth that lies beside them. That each rule
/// is needed for it is shown without files by <see cref="Tests.Sample.TruthTests"/>.
/// </summary>
[Requirement("R02")]
public sealed class SampleTruthTests(VillageInstallation village) : IClassFixture<VillageInstallation>
{
    /// <summary>The truth is by construction in a plane, told with two decimals.</summary>
    private const double AreaTolerance = 1e-4;

    private const double ToldSquareMetres = 0.02;

    /// <summary>A self-crossing that was written into the file is repaired to a slightly other shape.</summary>
    private const double RepairedTolerance = 5e-3;

    [Fact]
    public async Task Every_proposal_of_the_loaded_sample_is_the_truth()
    {
        using var store = WeipianStore.Open(village.Data);
        var found = await FoundAsync(store);
        var told = Told();
        Assert.Equal(told.Keys.Order(), found.Keys.Order());
        var differences = told.Select(t => Difference(t.Key, t.Value, found[t.Key])).OfType<string>().ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} of {told.Count}:\n{string.Join('\n', differences.Take(40))}");
    }

    [Fact]
    public async Task Parcels_of_each_loaded_patch_add_up_to_it()
    {
        using var store = WeipianStore.Open(village.Data);
        foreach (var patch in (await FoundAsync(store)).Values)
            Assert.Equal(patch.AreaSquareMetres, patch.Parts.Sum(p => p.AreaSquareMetres), 1e-6);
    }

    private Dictionary<(string Programme, string Number), IReadOnlyList<Part>> Told()
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(village.TruthPath));
        return truth
            .RootElement.GetProperty("patches")
            .EnumerateArray()
            .ToDictionary(
                p => (p.GetProperty("programme").GetString()!, p.GetProperty("number").GetString()!),
                IReadOnlyList<Part> (p) =>
                    [
                        .. p.GetProperty("parts")
                            .EnumerateArray()
                            .Select(t => new Part(
                                t.GetProperty("code").GetString()!,
                                t.GetProperty("pj").GetBoolean(),
                                t.GetProperty("area_m2").GetDouble()
                            )),
                    ]
            );
    }

    private static async Task<Dictionary<(string Programme, string Number), Found>> FoundAsync(WeipianStore store)
    {
        await using var db = store.Read();
        var repaired = await db
            .ImportFindings.Where(f => f.Rule == QualityRule.RingValidity && f.Kind == "self-crossing")
            .Select(f => new { f.BatchId, f.Row })
            .ToListAsync();
        var parcels = await db.Parcels.Where(p => p.SupersededById == null).ToListAsync();
        var proposals = await db.Proposals.ToDictionaryAsync(p => p.ParcelId);
        var patches = await db.Patches.ToListAsync();
        return patches.ToDictionary(
            p => (p.ProgrammeId, p.Number),
            p => new Found(
                p.AreaSquareMetres,
                repaired.Any(r => r.BatchId == p.BatchId && r.Row == p.SourceRow),
                [
                    .. parcels
                        .Where(q => q.PatchId == p.Id)
                        .Select(q => new Part(proposals[q.Id].Code, Flags(proposals[q.Id]).Contains("PJ"), q.AreaSquareMetres)),
                ]
            )
        );
    }

    private static IReadOnlyList<string> Flags(Proposal proposal) => DerivationJson.Read(proposal.DerivationJson).Flags;

    /// <summary>Null when codes, flags and areas are those of the truth.</summary>
    private static string? Difference((string, string) patch, IReadOnlyList<Part> told, Found found)
    {
        var share = found.WasRepaired ? RepairedTolerance : AreaTolerance;
        var tolerance = ToldSquareMetres + share * found.AreaSquareMetres;
        var (a, b) = (Sorted(told), Sorted(found.Parts));
        var same =
            a.Select(p => (p.Code, p.Flagged)).SequenceEqual(b.Select(p => (p.Code, p.Flagged)))
            && a.Zip(b).All(pair => Math.Abs(pair.First.AreaSquareMetres - pair.Second.AreaSquareMetres) <= tolerance);
        return same ? null : $"{patch}: truth {string.Join(" + ", a)}; proposed {string.Join(" + ", b)}";
    }

    private static List<Part> Sorted(IEnumerable<Part> parts) =>
        [.. parts.OrderBy(p => p.Code, StringComparer.Ordinal).ThenBy(p => p.AreaSquareMetres)];

    private sealed record Part(string Code, bool Flagged, double AreaSquareMetres)
    {
        public override string ToString() => FormattableString.Invariant($"{Code}{(Flagged ? " PJ" : "")} {AreaSquareMetres:0.00} m²");
    }

    private sealed record Found(double AreaSquareMetres, bool WasRepaired, IReadOnlyList<Part> Parts);
}
