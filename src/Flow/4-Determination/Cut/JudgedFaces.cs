using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>The faces of one patch while they are judged: alone, with what lies around them, then slivers joined.</summary>
internal sealed class JudgedFaces
{
    /// <summary>Roles whose boundary can be overstepped.</summary>
    private static readonly string[] Bounding =
    [
        LayerRole.Approval,
        LayerRole.LinkageNewBuild,
        LayerRole.AdvanceUse,
        LayerRole.MiningRight,
        LayerRole.ExplorationRight,
    ];

    private const int ShareDecimals = 6;
    private const char ApartPrefix = '\u0001';

    private readonly PatchFacts patch;
    private readonly RuleTree tree;
    private readonly RuleLaw law;
    private readonly CutPatch cut;
    private readonly FaceNeighbours neighbours;
    private readonly RuleMemory memory = new();
    private readonly PartReading read = new();
    private readonly Derivation[] own;
    private readonly Surroundings?[] arounds;
    private readonly string[] ownKeys;
    private readonly string[] keys;
    private readonly Dictionary<(int First, int Count), Block> measured = [];
    private readonly LawArea? sliverArea;
    private readonly LawNumber? sliverWidth;

    public JudgedFaces(CutPatch cut, RuleTree tree, RuleLaw law)
    {
        (this.cut, Faces, this.tree, this.law) = (cut, cut.Faces, tree, law);
        patch = tree.ReadsLeniently ? cut.Facts with { Site = cut.Facts.Site.Lenient() } : cut.Facts;
        neighbours = cut.Neighbours;
        own = new Derivation[Faces.Count];
        arounds = new Surroundings?[Faces.Count];
        ownKeys = new string[Faces.Count];
        keys = new string[Faces.Count];
        sliverArea = law.Area(LawKeys.SliverArea);
        sliverWidth = law.Number(LawKeys.SliverWidth);
    }

    public IReadOnlyList<Face> Faces { get; }

    /// <summary>The verdict of a face by itself, also when it was joined to a neighbour.</summary>
    public Derivation Own(int face) => own[face];

    /// <summary>What a face belongs to: faces with equal keys are one parcel.</summary>
    public string KeyOf(int face) => keys[face];

    public string OwnKey(int face) => IsApart(face) ? ApartPrefix + ownKeys[face] : ownKeys[face];

    public void JudgeAlone()
    {
        var known = new Dictionary<string, Derivation>(StringComparer.Ordinal);
        for (var i = 0; i < Faces.Count; i++)
        {
            if (!known.TryGetValue(Faces[i].RuleSignature, out var derivation))
                known[Faces[i].RuleSignature] = derivation = Judge(i, around: null);
            Set(i, derivation, around: null);
        }
    }

    /// <summary>Judges again what no title carries, with the features it touches and the legal share of the patch.</summary>
    public void JudgeWithSurroundings()
    {
        var total = Faces.Sum(f => f.AreaSquareMetres);
        var legal = Enumerable.Range(0, Faces.Count).Where(i => own[i].Code.TrimStart('M').StartsWith('L')).ToHashSet();
        var legalShare = total > 0 ? Math.Round((decimal)(legal.Sum(i => Faces[i].AreaSquareMetres) / total), ShareDecimals) : 0;
        var unmatched = Enumerable.Range(0, Faces.Count).Where(i => !legal.Contains(i)).Sum(i => AreaSums.Cultivated(Faces[i], law));
        foreach (var block in neighbours.Connected(i => IsCarried(i) || Faces[i].Covering.Any(IsBounding) ? null : "outside"))
        {
            var around = new Surroundings(Touching(block), total, legalShare, unmatched, IsSliver: false, []);
            var known = new Dictionary<string, Derivation>(StringComparer.Ordinal);
            foreach (var i in block)
            {
                if (!known.TryGetValue(Faces[i].RuleSignature, out var derivation))
                    known[Faces[i].RuleSignature] = derivation = Judge(i, around);
                Set(i, derivation, around);
            }
        }
    }

    /// <summary>Joins each sliver to the neighbour with the longest common border, the smallest first; one without goes to the nearest
    /// part.</summary>
    /// <remarks>Where the patch is nothing but a sliver, it is judged so.</remarks>
    /// <param name="apart">Faces that no sliver of the others may go to, nor theirs to the others: those of a parcel that a person
    /// drew.</param>
    public IReadOnlyList<(int Face, AbsorbedSliver Sliver)> AbsorbSlivers(IReadOnlySet<int>? apart = null)
    {
        if (apart is not null)
            foreach (var face in apart)
                keys[face] = ApartPrefix + keys[face];
        if (sliverArea is null || sliverWidth is null)
            return [];
        var absorbed = new List<(int, AbsorbedSliver)>();
        while (true)
        {
            var block = Blocks()
                .Where(b => b.IsSliver && Beside(b.Faces).Any())
                .OrderBy(b => b.Area)
                .ThenBy(b => b.Faces[0])
                .FirstOrDefault();
            if (block is null)
                break;
            var longest = Beside(block.Faces)
                .GroupBy(s => keys[s.Key], s => s)
                .OrderByDescending(g => g.Sum(s => s.Value))
                .ThenBy(g => g.Min(s => s.Key))
                .First();
            absorbed.Add((block.Faces[0], new(own[block.Faces[0]].Code, block.Area, block.MeanWidth)));
            foreach (var face in block.Faces)
                keys[face] = longest.Key;
        }
        if (tree.LoneSliversStandAlone)
        {
            JudgeSlivers([.. Blocks().Where(b => b.IsSliver)]);
            return absorbed;
        }
        foreach (var side in Blocks().GroupBy(b => IsApart(b.Faces[0])))
            absorbed.AddRange(AbsorbLoneSlivers([.. side]));
        return absorbed;
    }

    /// <summary>Whether some faces are nothing but slivers, wherever they hang together.</summary>
    public bool IsOfSlivers(IReadOnlyCollection<int> faces) =>
        sliverArea is not null
        && sliverWidth is not null
        && neighbours.Connected(f => faces.Contains(f) ? "" : null).All(b => BlockOf(b).IsSliver);

    /// <summary>The outline of some faces in the plane of the patch.</summary>
    public Geometry Outline(IReadOnlyList<int> faces)
    {
        var polygons = faces.Select(f => (Geometry)Faces[f].Plane).ToArray();
        return polygons.Length == 1 ? polygons[0] : OverlayNGRobust.Union(polygons);
    }

    /// <summary>Lengths shared with the faces around a block, on its own side of what is kept apart.</summary>
    private IEnumerable<KeyValuePair<int, double>> Beside(IReadOnlyList<int> block)
    {
        var side = IsApart(block[0]);
        return neighbours.SharedLength(block).Where(s => IsApart(s.Key) == side);
    }

    private bool IsApart(int face) => keys[face].StartsWith(ApartPrefix);

    /// <summary>
    /// Slivers that share a border with nothing, such as a lobe that the repair of a self-crossing left behind: each goes to the nearest
    /// block that is none, unless a block with its own verdict is there already. It is a sliver of the cut, not of the ground.
    /// </summary>
    private IEnumerable<(int Face, AbsorbedSliver Sliver)> AbsorbLoneSlivers(IReadOnlyList<Block> blocks)
    {
        var slivers = blocks.Where(b => b.IsSliver).ToList();
        if (slivers.Count == 0)
            return [];
        var whole = blocks.Where(b => !b.IsSliver).ToList();
        if (whole.Count == 0)
        {
            if (BlockOf([.. blocks.SelectMany(b => b.Faces)]).IsSliver)
            {
                JudgeSlivers(blocks);
                return [];
            }
            // Crumbs that only together are more than a sliver.
            whole.Add(blocks.OrderByDescending(b => Compared(b.Area)).ThenBy(b => b.Faces[0]).First());
        }
        var held = whole.Select(b => keys[b.Faces[0]]).ToHashSet(StringComparer.Ordinal);
        return [.. slivers.Where(b => !held.Contains(keys[b.Faces[0]])).Select(b => GoTo(Nearest(b, whole), b))];
    }

    private (Block Block, double Distance) Nearest(Block sliver, IEnumerable<Block> others)
    {
        var outline = Outline(sliver.Faces);
        return others
            .Select(b => (Block: b, Distance: Compared(outline.Distance(Outline(b.Faces)))))
            .OrderBy(n => n.Distance)
            .ThenByDescending(n => Compared(n.Block.Area))
            .ThenBy(n => n.Block.Faces[0])
            .First();
    }

    private (int, AbsorbedSliver) GoTo((Block Block, double Distance) nearest, Block sliver)
    {
        foreach (var face in sliver.Faces)
            keys[face] = keys[nearest.Block.Faces[0]];
        return (sliver.Faces[0], new(own[sliver.Faces[0]].Code, sliver.Area, sliver.MeanWidth) { DistanceMetres = nearest.Distance });
    }

    private void JudgeSlivers(IReadOnlyList<Block> blocks)
    {
        var around = new Surroundings([], 0, 0, 0, IsSliver: true, [sliverArea!.Use, sliverWidth!.Use]);
        foreach (var face in blocks.SelectMany(b => b.Faces).Where(f => !IsCarried(f)))
            Set(face, Judge(face, around), around);
    }

    /// <summary>As areas are compared, so that the last bits, which may differ between machines, decide nothing.</summary>
    private static double Compared(double value) => Math.Round(value, SquareMetres.ComparedDecimals, MidpointRounding.AwayFromZero);

    private Derivation Judge(int face, Surroundings? around) =>
        RuleEngine.Decide(Seen(face, around) with { Read = read }, tree, law, memory);

    /// <summary>What the rules saw of a face when they judged it last.</summary>
    public PartFacts Seen(int face) => Seen(face, arounds[face]);

    private PartFacts Seen(int face, Surroundings? around) =>
        new()
        {
            Patch = patch,
            Covering = Faces[face].Covering,
            Around = around,
        };

    private void Set(int face, Derivation derivation, Surroundings? around)
    {
        own[face] = derivation;
        arounds[face] = around;
        ownKeys[face] = $"{derivation.Code}|{derivation.Deciding}";
        keys[face] = keys[face] is not null && IsApart(face) ? ApartPrefix + ownKeys[face] : ownKeys[face];
    }

    /// <summary>A title holds for the face.</summary>
    private bool IsCarried(int face) => own[face].Code.TrimStart('M')[0] is 'L' or 'O';

    private static bool IsBounding(FeatureFacts feature) => Bounding.Contains(feature.Role);

    /// <summary>Features with a boundary that a block touches, within the width below which a gap is a sliver.</summary>
    private IReadOnlyList<FeatureFacts> Touching(IReadOnlyList<int> block)
    {
        var reach = sliverWidth is { } width ? (double)width.Value : 0;
        // Of several that are as good the first is named: which one that is must not depend on how they came.
        var features = LayerRoles
            .InCutOrder.Where(r => Bounding.Contains(r))
            .SelectMany(r => patch.Role(r).Features.OrderBy(f => f.LayerVersionId, StringComparer.Ordinal).ThenBy(f => f.Number))
            .ToList();
        return cut.Touching(block, features, reach, () => Outline(block));
    }

    /// <summary>The blocks of faces that hang together with one key, each measured once.</summary>
    /// <remarks>While slivers are joined a block only ever grows by whole others: its first face and its number of faces tell which it is.
    /// </remarks>
    private IEnumerable<Block> Blocks()
    {
        foreach (var faces in neighbours.Connected(KeyOf))
        {
            if (!measured.TryGetValue((faces[0], faces.Count), out var block))
                measured[(faces[0], faces.Count)] = block = BlockOf(faces);
            yield return block;
        }
    }

    private Block BlockOf(IReadOnlyList<int> faces)
    {
        var area = faces.Sum(f => Faces[f].AreaSquareMetres);
        var width = 2 * area / neighbours.Perimeter(faces);
        var isSliver = !sliverArea!.Line.IsReachedBy(new SquareMetres(area)) || (decimal)width < sliverWidth!.Value;
        return new(faces, area, width, isSliver);
    }

    /// <summary>Faces of one part that hang together.</summary>
    private sealed record Block(IReadOnlyList<int> Faces, double Area, double MeanWidth, bool IsSliver);
}
