using System.Text.Json.Nodes;
using CsCheck;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Geo;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>Whatever lines a patch is split by and in whatever order its parts are merged: the same ground with the same areas comes
/// back.</summary>
[Requirement("R14")]
public sealed class MergePropertyTests
{
    private static readonly DeterminationLaw Law = DistrictOfCases.Law;
    private static readonly PatchFacts[] Grounds =
    [
        .. CaseFile
            .All()
            .Where(c => c.Name.StartsWith("TC", StringComparison.Ordinal))
            .Select(c => c.Facts())
            .Where(f => f.Kind == PatchKind.Land),
    ];

    private static readonly Gen<PatchFacts> Ground = Gen.Int[0, Grounds.Length - 1].Select(i => Grounds[i]);

    /// <summary>Lines across: where they cross the south and the north edge, as shares of the width.</summary>
    private static readonly Gen<(double South, double North)[]> Lines = Gen.Select(Gen.Double[0.1, 0.9], Gen.Double[0.1, 0.9]).Array[1, 4];

    [Fact]
    public void All_parts_of_a_split_give_back_the_parcel_bit_for_bit() =>
        Gen.Select(Ground, Lines, Gen.Int)
            .Sample(
                (facts, lines, seed) =>
                {
                    var drawn = new DrawnPatch(facts);
                    var (parcel, areas) = (drawn.InForce[0], drawn.JudgedFirst);
                    drawn.SplitAll(lines, only: parcel);
                    while (drawn.Under(parcel).Count > 1)
                        drawn.MergeTwo(parcel, ref seed);
                    var back = Assert.Single(drawn.Under(parcel));
                    Assert.True(back.Geometry.EqualsExact(parcel.Geometry));
                    Assert.Equal(areas, drawn.AreasOf(back));
                },
                iter: 60
            );

    [Fact]
    public void In_whatever_order_parts_are_merged_the_same_ground_comes_out_and_the_patch_stays_covered() =>
        Gen.Select(Ground, Lines, Gen.Int, Gen.Int)
            .Sample(
                (facts, lines, one, other) =>
                {
                    var (a, b) = (new DrawnPatch(facts), new DrawnPatch(facts));
                    var (first, second) = (a.InForce[0], b.InForce[0]);
                    a.SplitAll(lines, first);
                    b.SplitAll(lines, second);
                    // All parts but the one that was drawn last.
                    var (left, same) = (a.Last, b.Last);
                    while (a.Under(first).Count > 2)
                    {
                        a.MergeTwo(first, ref one, keep: left);
                        b.MergeTwo(second, ref other, keep: same);
                    }
                    var (x, y) = (a.Under(first).OrderBy(West).ToList(), b.Under(second).OrderBy(West).ToList());
                    Assert.Equal(x.Count, y.Count);
                    foreach (var (p, q) in x.Zip(y))
                    {
                        Assert.True(p.Geometry.EqualsExact(q.Geometry));
                        Assert.Equal(a.AreasOf(p), b.AreasOf(q));
                    }
                    Assert.Equal(Pieces.AreaSquareMetres(facts.Geometry), a.InForce.Sum(p => a.AreasOf(p).Total), 1e-5);
                },
                iter: 60
            );

    private static double West(Parcel parcel) => parcel.Geometry.InteriorPoint.X;

    /// <summary>A patch with its parcels in memory, split and merged by the code of the acts.</summary>
    private sealed class DrawnPatch
    {
        private readonly PatchFacts facts;
        private readonly Patch patch;
        private readonly List<Parcel> all = [];
        private int made;

        public DrawnPatch(PatchFacts facts)
        {
            this.facts = facts;
            patch = PatchOf(facts);
            var judged = PatchJudgement.Of(facts, "2019-q1", [], Law);
            JudgedFirst = judged[0].Parcel.Areas;
            foreach (var part in judged)
                all.Add(ParcelRows.Of(part.Parcel, Guid.CreateVersion7(), patch.Id, ParcelRows.MadeByRules, At()));
        }

        public ParcelAreas JudgedFirst { get; }

        public IReadOnlyList<Parcel> InForce => Family.InForce;

        public Parcel Last => all[^1];

        private ParcelFamily Family => new(all);

        /// <summary>Parcels in force inside one.</summary>
        public IReadOnlyList<Parcel> Under(Parcel parcel) => [.. InForce.Where(p => parcel.Geometry.Contains(p.Geometry.InteriorPoint))];

        public void SplitAll((double South, double North)[] lines, Parcel only)
        {
            var box = only.Geometry.EnvelopeInternal;
            foreach (var (south, north) in lines)
            {
                var line = new LineString([
                    new(box.MinX + box.Width * south, box.MinY - 0.001),
                    new(box.MinX + box.Width * north, box.MaxY + 0.001),
                ]);
                foreach (var parcel in Under(only))
                    Split(parcel, line);
            }
        }

        /// <summary>The areas as the act judges them: by the rules where nothing drawn is left, else as drawn.</summary>
        public ParcelAreas AreasOf(Parcel parcel)
        {
            var after = InForce;
            var byRules = PatchJudgement.Aligned(after, PatchJudgement.Of(facts, "2019-q1", [], Law));
            var judged = byRules ?? PatchJudgement.Of(facts, "2019-q1", after, Law);
            return judged[after.ToList().FindIndex(p => p.Id == parcel.Id)].Parcel.Areas;
        }

        public void MergeTwo(Parcel whole, ref int seed, Parcel? keep = null)
        {
            var choice = Under(whole).Where(p => p.Id != keep?.Id || Under(whole).Count == 2).ToList();
            seed = unchecked(seed * 1103515245 + 12345);
            var first = choice[(seed >>> 8) % choice.Count];
            seed = unchecked(seed * 1103515245 + 12345);
            var rest = choice.Where(p => p.Id != first.Id).ToList();
            var second = rest[(seed >>> 8) % rest.Count];
            Parcel[] chosen = [first, second];
            var ground = Family.GroundOf(patch, chosen);
            Assert.NotNull(ground);
            var row = RowOf(ground, new(ParcelOrigin.Merge, [first.Id, second.Id]));
            all.Add(row);
            foreach (var gone in chosen)
                gone.SupersededById = row.Id;
        }

        private void Split(Parcel parcel, LineString line)
        {
            var parts = ParcelSplit.Along(patch.Geometry, parcel.Geometry, line);
            if (parts.Count < 2)
                return;
            var rows = parts.Select(g => RowOf(g, new(ParcelOrigin.Split, [parcel.Id]))).ToList();
            all.AddRange(rows);
            parcel.SupersededById = rows[0].Id;
        }

        private Parcel RowOf(MultiPolygon ground, ParcelOrigin origin)
        {
            var ordinal = ParcelNumber.Last(patch, all) + 1;
            return new()
            {
                Id = Guid.CreateVersion7(),
                PatchId = patch.Id,
                Number = ParcelNumber.Of(patch, ordinal),
                Ordinal = ordinal,
                Geometry = ground,
                AreaSquareMetres = Pieces.AreaSquareMetres(ground),
                CultivatedSquareMetres = 0,
                PermanentFarmlandSquareMetres = 0,
                AreasJson = new JsonObject { ["made"] = ParcelRows.MadeByHand, ["origin"] = origin.Node() }.ToJsonString(),
                MadeAt = At(),
            };
        }

        private DateTime At() => new DateTime(2019, 4, 26, 0, 0, 0, DateTimeKind.Utc).AddSeconds(made++);

        private static Patch PatchOf(PatchFacts facts) =>
            new()
            {
                Id = Guid.CreateVersion7(),
                ProgrammeId = "2019-q1",
                Number = facts.Number,
                Kind = facts.Kind,
                Before = facts.Before,
                After = facts.After,
                AreaSquareMetres = Pieces.AreaSquareMetres(facts.Geometry),
                Geometry = facts.Geometry,
                County = facts.County,
                AttributesJson = "{}",
                BatchId = Guid.CreateVersion7(),
                SourceRow = 1,
            };
    }
}
