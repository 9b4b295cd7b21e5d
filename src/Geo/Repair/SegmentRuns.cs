using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>Stretches of rings that run strictly to one side, east, west, north or south: they cannot meet themselves.</summary>
/// <remarks>One bit for each segment, eight of them to a leaf of the tree of <see cref="Segments"/>. Comparisons alone decide, so it is
/// exact.</remarks>
internal sealed class SegmentRuns
{
    private const int LeafSize = Segments.LeafSize;

    /// <summary>Per leaf the segments that run east, west, north and south, a byte each.</summary>
    private uint[] sides = [];

    /// <summary>Per leaf the segments that the next one follows in the same ring.</summary>
    private byte[] followed = [];

    /// <summary>Per leaf the sides, a bit each, to which all its segments run, one after another.</summary>
    private byte[] runs = [];

    /// <param name="firsts">Index of the first segment of each ring; one more entry ends the last ring.</param>
    public void Mark(double[] x1, double[] y1, double[] x2, double[] y2, int count, List<int> firsts)
    {
        var leaves = (count + LeafSize - 1) / LeafSize;
        if (sides.Length < leaves + 1)
        {
            var size = Math.Max(16, 2 * leaves);
            (sides, followed, runs) = (new uint[size], new byte[size], new byte[size]);
        }
        followed.AsSpan(0, leaves).Fill(0xFF);
        for (var ring = 1; ring < firsts.Count; ring++)
            if (firsts[ring] > 0)
                followed[(firsts[ring] - 1) / LeafSize] &= (byte)~(1 << ((firsts[ring] - 1) % LeafSize));
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var at = leaf * LeafSize;
            var (first, second) = (SidesOf(x1, y1, x2, y2, at), SidesOf(x1, y1, x2, y2, at + LeafSize / 2));
            sides[leaf] = first | second << (LeafSize / 2);
            runs[leaf] = RunsOf(sides[leaf], followed[leaf], Math.Min(LeafSize, count - at));
        }
        sides[leaves] = 0;
    }

    /// <summary>True when the segments of a leaf, or of a leaf and the next, run to one side one after another.</summary>
    public bool AreOneRun(int a, int b) =>
        a == b ? runs[a] != 0 : b == a + 1 && (runs[a] & runs[b]) != 0 && (followed[a] & 1 << (LeafSize - 1)) != 0;

    /// <summary>The segments of a leaf that the next one follows to the same side: the two share the vertex between them and no other
    /// point.</summary>
    public int LeadOn(int leaf)
    {
        const uint lowBits = 0x0101_0101;
        // The next segment in the place of each; that of the last stands in the next leaf.
        var next = (sides[leaf] >> 1 & 0x7F7F_7F7F) | (sides[leaf + 1] & lowBits) << (LeafSize - 1);
        var both = sides[leaf] & next;
        both |= both >> 16;
        both |= both >> 8;
        return (int)both & followed[leaf];
    }

    private static uint SidesOf(double[] x1, double[] y1, double[] x2, double[] y2, int at)
    {
        var (x, nextX) = (Vector256.LoadUnsafe(in x1[at]), Vector256.LoadUnsafe(in x2[at]));
        var (y, nextY) = (Vector256.LoadUnsafe(in y1[at]), Vector256.LoadUnsafe(in y2[at]));
        return Vector256.GreaterThan(nextX, x).ExtractMostSignificantBits()
            | Vector256.LessThan(nextX, x).ExtractMostSignificantBits() << 8
            | Vector256.GreaterThan(nextY, y).ExtractMostSignificantBits() << 16
            | Vector256.LessThan(nextY, y).ExtractMostSignificantBits() << 24;
    }

    private static byte RunsOf(uint sides, byte followed, int segments)
    {
        var all = (1u << segments) - 1;
        if ((followed & all >> 1) != all >> 1)
            return 0;
        var found = 0;
        for (var side = 0; side < 4; side++)
            if ((sides >> (8 * side) & all) == all)
                found |= 1 << side;
        return (byte)found;
    }
}
