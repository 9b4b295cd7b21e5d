using NetTopologySuite.Geometries;

namespace Weipian.Flow.Determinations;

/// <summary>Faces that share an edge, by the very same two vertices.</summary>
internal sealed class FaceNeighbours
{
    private readonly IReadOnlyList<Face> faces;
    private readonly (int Other, double Length)[][] borders;
    private readonly (int A, int B)[] pairs;

    public FaceNeighbours(IReadOnlyList<Face> faces)
    {
        this.faces = faces;
        var facesAt = new Dictionary<(Coordinate, Coordinate), List<int>>();
        for (var i = 0; i < faces.Count; i++)
            foreach (var edge in Edges(faces[i].Plane))
            {
                if (!facesAt.TryGetValue(edge, out var at))
                    facesAt[edge] = at = [];
                at.Add(i);
            }
        pairs = [.. facesAt.Values.Where(at => at.Count == 2).Select(at => (at[0], at[1])).Distinct()];
        borders =
        [
            .. faces.Select((face, i) => Edges(face.Plane).Select(e => (Other(facesAt[e], i), e.Item1.Distance(e.Item2))).ToArray()),
        ];
    }

    /// <summary>Groups of faces that hang together by edges and have an equal key; each group in ascending order.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Connected(Func<int, string?> keyOf)
    {
        var group = Enumerable.Range(0, faces.Count).ToArray();
        foreach (var (a, b) in pairs)
            if (keyOf(a) is { } key && key == keyOf(b))
                Join(group, a, b);
        // A root is the lowest of its group: it comes before the others.
        var (blocks, at) = (new List<List<int>>(), new int[faces.Count]);
        for (var i = 0; i < faces.Count; i++)
        {
            if (keyOf(i) is null)
                continue;
            var root = Root(group, i);
            if (root == i)
            {
                at[i] = blocks.Count;
                blocks.Add([]);
            }
            blocks[at[root]].Add(i);
        }
        return blocks;
    }

    /// <summary>Length of the outline of a block of faces, metres.</summary>
    public double Perimeter(IReadOnlyList<int> block)
    {
        var inside = Marked(block);
        var length = 0.0;
        foreach (var face in block)
        foreach (var border in borders[face])
            if (border.Other < 0 || !inside[border.Other])
                length += border.Length;
        return length;
    }

    /// <summary>Length that a block shares with each face outside it, by face.</summary>
    public IReadOnlyDictionary<int, double> SharedLength(IReadOnlyList<int> block)
    {
        var inside = Marked(block);
        var shared = new SortedDictionary<int, double>();
        foreach (var face in block)
        foreach (var (other, length) in borders[face])
            if (other >= 0 && !inside[other])
                shared[other] = shared.GetValueOrDefault(other) + length;
        return shared;
    }

    private bool[] Marked(IReadOnlyList<int> block)
    {
        var marked = new bool[faces.Count];
        foreach (var face in block)
            marked[face] = true;
        return marked;
    }

    private static int Other(List<int> at, int face)
    {
        foreach (var other in at)
            if (other != face)
                return other;
        return -1;
    }

    private static IEnumerable<(Coordinate, Coordinate)> Edges(Polygon polygon)
    {
        foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
        {
            var coordinates = ring.Coordinates;
            for (var i = 1; i < coordinates.Length; i++)
                yield return coordinates[i - 1].CompareTo(coordinates[i]) < 0
                    ? (coordinates[i - 1], coordinates[i])
                    : (coordinates[i], coordinates[i - 1]);
        }
    }

    private static int Root(int[] group, int i)
    {
        while (group[i] != i)
            i = group[i] = group[group[i]];
        return i;
    }

    private static void Join(int[] group, int a, int b)
    {
        var (low, high) = (Math.Min(Root(group, a), Root(group, b)), Math.Max(Root(group, a), Root(group, b)));
        group[high] = low;
    }
}
