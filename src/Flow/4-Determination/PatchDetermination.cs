using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>What the rules propose for one patch.</summary>
/// <param name="Parcels">Disjoint, covering the patch, areas adding up to it; one parcel when the patch is not split.</param>
/// <param name="IsSplit">True: the patch carries 被拆分 and each parcel 拆分.</param>
/// <param name="AreaSquareMetres">Statutory area of the patch.</param>
public sealed record PatchProposal(IReadOnlyList<ProposedParcel> Parcels, bool IsSplit, double AreaSquareMetres);

/// <summary>A part of a patch with one proposed verdict.</summary>
/// <param name="Ordinal">From 1, in the order of the parcels; legal first, then other, illegal, doubtful, the larger first.</param>
/// <param name="Number"><c>patch_1</c>; the number of the patch itself when it is not split.</param>
/// <param name="Geometry">Longitude, latitude.</param>
/// <param name="Derivation">Of the largest piece with this verdict.</param>
/// <param name="Pieces">Every differently covered piece of the parcel, largest first: the ground behind each figure.</param>
/// <param name="Absorbed">Slivers that were joined to the parcel.</param>
public sealed record ProposedParcel(
    int Ordinal,
    string Number,
    MultiPolygon Geometry,
    ParcelAreas Areas,
    Derivation Derivation,
    IReadOnlyList<ParcelPiece> Pieces,
    IReadOnlyList<AbsorbedSliver> Absorbed
);

/// <summary>A piece of a parcel under one set of features.</summary>
public sealed record ParcelPiece(double AreaSquareMetres, string Code, IReadOnlyList<FeatureReference> Features);

/// <summary>A sliver that went to another part, with the verdict it would have had.</summary>
public sealed record AbsorbedSliver(string Code, double AreaSquareMetres, double MeanWidthMetres)
{
    /// <summary>How far from the part it went to; null for a neighbour with a common border.</summary>
    public double? DistanceMetres { get; init; }
}

/// <summary>Cuts a patch, judges its faces, joins equal verdicts into parcels. Pure: facts and law in, a proposal out.</summary>
public static class PatchDetermination
{
    public static PatchProposal Propose(PatchFacts patch, RuleTree tree, RuleLaw law)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(law);
        var cut = CutPatch.Of(patch);
        var judged = Judged(cut, tree, law);
        var absorbed = judged.AbsorbSlivers();
        return Assemble(patch, tree, law, cut.Plane, judged, absorbed);
    }

    /// <summary>The verdicts of a patch that was cut before, without the outlines of its parcels: what asking "what if" needs.</summary>
    internal static IReadOnlyList<PartVerdict> Verdicts(CutPatch cut, RuleTree tree, RuleLaw law)
    {
        var judged = Judged(cut, tree, law);
        judged.AbsorbSlivers();
        return [.. Parts(judged).Select(p => new PartVerdict(p.Area, p.Derivation))];
    }

    /// <summary>The verdict of a parcel that a person drew, in a patch that was cut by it before.</summary>
    internal static PartVerdict VerdictOf(CutPatch cut, RuleTree tree, RuleLaw law, MultiPolygon parcel)
    {
        var judged = Judged(cut, tree, law);
        var inside = Inside(judged, cut.Plane, parcel);
        judged.AbsorbSlivers(inside);
        var parts = inside.GroupBy(judged.KeyOf).Select(g => new Part([.. g], judged)).ToList();
        return new(parts.Sum(p => p.Area), parts.Count == 1 ? parts[0].Derivation : Mixed(cut.Facts.Kind, parts));
    }

    /// <summary>What the rules see of each parcel that they propose, in the order of the parcels.</summary>
    public static IReadOnlyList<CounterfactualGround> Grounds(PatchFacts patch, RuleTree tree, RuleLaw law)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var cut = CutPatch.Of(patch);
        var (plane, judged) = (cut.Plane, Judged(cut, tree, law));
        judged.AbsorbSlivers();
        var parts = Parts(judged);
        return
        [
            .. parts.Select(p => new CounterfactualGround(
                parts.Count == 1 ? patch.Geometry : plane.ToDegrees(judged.Outline(p.Faces)),
                p.Area,
                Seen(judged, p.Faces.Where(f => judged.KeyOf(f) == judged.OwnKey(f)))
            )),
        ];
    }

    /// <summary>What the rules see of a parcel that a person drew.</summary>
    public static CounterfactualGround GroundOf(PatchFacts patch, RuleTree tree, RuleLaw law, MultiPolygon parcel)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var cut = CutPatch.Of(patch, parcel);
        var judged = Judged(cut, tree, law);
        var inside = Inside(judged, cut.Plane, parcel);
        return new(parcel, inside.Sum(f => judged.Faces[f].AreaSquareMetres), Seen(judged, inside));
    }

    private static JudgedFaces Judged(CutPatch cut, RuleTree tree, RuleLaw law)
    {
        var judged = new JudgedFaces(cut, tree, law);
        judged.JudgeAlone();
        judged.JudgeWithSurroundings();
        return judged;
    }

    /// <summary>Each differently covered part once, the largest first; not those that would go to the others as slivers as soon as their
    /// verdict differed.</summary>
    private static IReadOnlyList<PartFacts> Seen(JudgedFaces judged, IEnumerable<int> faces)
    {
        var parts = faces.GroupBy(f => judged.Faces[f].Signature).Select(g => g.ToList()).ToList();
        var whole = parts.Where(p => !judged.IsOfSlivers(p)).ToList();
        return
        [
            .. (whole.Count > 0 ? whole : parts)
                .OrderByDescending(p => SquareMetres4(p.Sum(f => judged.Faces[f].AreaSquareMetres)))
                .ThenBy(p => p[0])
                .Select(p => judged.Seen(p[0])),
        ];
    }

    /// <summary>The faces that lie inside a drawn parcel, in ascending order.</summary>
    private static SortedSet<int> Inside(JudgedFaces judged, PatchPlane plane, MultiPolygon parcel)
    {
        var drawn = new IndexedPointInAreaLocator(plane.ToPlane(parcel));
        return
        [
            .. Enumerable
                .Range(0, judged.Faces.Count)
                .Where(f => drawn.Locate(judged.Faces[f].Plane.InteriorPoint.Coordinate) == Location.Interior),
        ];
    }

    /// <summary>Judges one parcel that a person drew, as it is drawn; a parcel that mixes verdicts is doubtful and says so.</summary>
    /// <param name="number">Number of the parcel.</param>
    /// <param name="parcel">Longitude, latitude; inside the patch.</param>
    public static ProposedParcel JudgeParcel(PatchFacts patch, RuleTree tree, RuleLaw law, int ordinal, string number, MultiPolygon parcel)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var cut = CutPatch.Of(patch, parcel);
        var judged = Judged(cut, tree, law);
        var inside = Inside(judged, cut.Plane, parcel);
        if (inside.Count == 0)
            throw Problem.Determination.ParcelOutsidePatch(number, patch.Number);
        var absorbed = judged.AbsorbSlivers(inside).Where(a => inside.Contains(a.Face)).Select(a => a.Sliver);
        var parts = inside.Order().GroupBy(judged.KeyOf).Select(g => new Part([.. g], judged)).ToList();
        var areas = AreaSums.Of(patch, inside.Order().Select(f => judged.Faces[f]), tree, law);
        var pieces = parts.SelectMany(p => p.Pieces).OrderByDescending(p => SquareMetres4(p.AreaSquareMetres));
        return new(
            ordinal,
            number,
            parcel,
            areas,
            parts.Count == 1 ? parts[0].Derivation : Mixed(patch.Kind, parts),
            [.. pieces],
            [.. absorbed]
        );
    }

    private static Derivation Mixed(string kind, List<Part> parts)
    {
        var codes = string.Join(", ", parts.Select(p => p.Derivation.Code).Distinct());
        return new(
            RuleEngine.DoubtfulCode(kind),
            DecidingRule: null,
            [],
            Deciding: null,
            [
                new("split", $"本地块兼有 {codes}，须再拆分", $"the parcel mixes {codes}: split it further"),
                .. parts.SelectMany(p => p.Derivation.Missing).DistinctBy(m => (m.What, m.En)),
            ],
            [.. parts.SelectMany(p => p.Derivation.Contradictions).Distinct()],
            parts.OrderByDescending(p => SquareMetres4(p.Area)).First().Derivation.Steps
        );
    }

    private static PatchProposal Assemble(
        PatchFacts patch,
        RuleTree tree,
        RuleLaw law,
        PatchPlane plane,
        JudgedFaces judged,
        IReadOnlyList<(int Face, AbsorbedSliver Sliver)> absorbed
    )
    {
        var parts = Parts(judged);
        var parcels = parts.Select(
            (part, i) =>
                new ProposedParcel(
                    i + 1,
                    parts.Count == 1 ? patch.Number : $"{patch.Number}_{i + 1}",
                    parts.Count == 1 ? patch.Geometry : plane.ToDegrees(judged.Outline(part.Faces)),
                    AreaSums.Of(patch, part.Faces.Select(f => judged.Faces[f]), tree, law),
                    part.Derivation,
                    part.Pieces,
                    [.. absorbed.Where(a => part.Faces.Contains(a.Face)).Select(a => a.Sliver)]
                )
        );
        return new([.. parcels], parts.Count > 1, judged.Faces.Sum(f => f.AreaSquareMetres));
    }

    /// <summary>The parts of a judged patch, in the order of its parcels.</summary>
    private static List<Part> Parts(JudgedFaces judged) =>
        [
            .. Enumerable
                .Range(0, judged.Faces.Count)
                .GroupBy(judged.KeyOf)
                .Select(g => new Part([.. g], judged))
                .OrderBy(p => Rank(p.Derivation.Code))
                .ThenByDescending(p => SquareMetres4(p.Area))
                .ThenBy(p => p.Faces[0]),
        ];

    private static double SquareMetres4(double area) => new SquareMetres(area).Compared.ToDouble();

    private static int Rank(string code) => "LOID".IndexOf(code.TrimStart('M')[0], StringComparison.Ordinal);

    private sealed class Part
    {
        private readonly Lazy<IReadOnlyList<ParcelPiece>> pieces;

        public Part(IReadOnlyList<int> faces, JudgedFaces judged)
        {
            Faces = faces;
            Area = faces.Sum(f => judged.Faces[f].AreaSquareMetres);
            var bySignature = faces
                .GroupBy(f => (judged.Faces[f].Signature, judged.OwnKey(f)))
                .Select(g => (Faces: g.ToList(), Area: g.Sum(f => judged.Faces[f].AreaSquareMetres)))
                .OrderByDescending(g => SquareMetres4(g.Area))
                .ThenBy(g => g.Faces[0])
                .ToList();
            var speaking = bySignature.First(g => judged.KeyOf(g.Faces[0]) == judged.OwnKey(g.Faces[0]));
            var derivation = judged.Own(speaking.Faces[0]);
            var alike = bySignature.Where(g => judged.OwnKey(g.Faces[0]) == judged.KeyOf(g.Faces[0])).Select(g => judged.Own(g.Faces[0]));
            Derivation = derivation with
            {
                Missing = [.. alike.SelectMany(d => d.Missing).DistinctBy(m => (m.What, m.En))],
                Contradictions = [.. alike.SelectMany(d => d.Contradictions).Distinct()],
            };
            pieces = new(() =>
                [
                    .. bySignature.Select(g => new ParcelPiece(
                        g.Area,
                        judged.Own(g.Faces[0]).Code,
                        [.. judged.Faces[g.Faces[0]].Covering.Select(c => c.Reference)]
                    )),
                ]
            );
        }

        public IReadOnlyList<int> Faces { get; }

        public double Area { get; }

        public Derivation Derivation { get; }

        public IReadOnlyList<ParcelPiece> Pieces => pieces.Value;
    }
}
