namespace Weipian.Sample.Land;

/// <summary>
/// Every corner of every cell, by the line of paper it lies on: so that a neighbour's corner on my edge becomes my vertex too.
/// </summary>
/// <remarks>Without this, neighbours would share lines but not vertices, and the bending of the paper would tear them apart.</remarks>
internal sealed class Corners
{
    // Long edges also get a vertex wherever they cross a line of this lattice, so that they bend with the paper; both neighbours do.
    private const int Lattice = 320;

    private readonly long[] byRow;
    private readonly long[] byColumn;

    public Corners(IReadOnlyList<Cell> cells)
    {
        var rows = new long[cells.Count * 8];
        var columns = new long[cells.Count * 8];
        var count = 0;
        foreach (var cell in cells)
        foreach (var (x, y) in CellForms.Corners(cell))
        {
            rows[count] = Key(y, x);
            columns[count] = Key(x, y);
            count++;
        }
        byRow = Distinct(rows, count);
        byColumn = Distinct(columns, count);
    }

    /// <summary>Appends the points strictly between two ends of a level edge, in the direction from the first to the second.</summary>
    public void AlongRow(int y, int from, int to, List<(double X, double Y)> ring) => Along(byRow, y, from, to, ring, swap: false);

    /// <summary>Appends the points strictly between two ends of an upright edge.</summary>
    public void AlongColumn(int x, int from, int to, List<(double X, double Y)> ring) => Along(byColumn, x, from, to, ring, swap: true);

    private static void Along(long[] keys, int line, int from, int to, List<(double X, double Y)> ring, bool swap)
    {
        var (low, high) = from < to ? (from, to) : (to, from);
        var start = ring.Count;
        var at = First(keys, Key(line, low + 1));
        var lattice = (int)Math.Floor((double)low / Lattice) * Lattice + Lattice;
        while (true)
        {
            var corner = at < keys.Length && keys[at] < Key(line, high) ? Position(keys[at]) : int.MaxValue;
            var knot = lattice < high ? lattice : int.MaxValue;
            var next = Math.Min(corner, knot);
            if (next == int.MaxValue)
                break;
            if (corner == next)
                at++;
            if (knot == next)
                lattice += Lattice;
            ring.Add(swap ? (line, next) : (next, line));
        }
        if (from > to)
            ring.Reverse(start, ring.Count - start);
    }

    private static long Key(int line, int position) => ((long)line << 32) + (position + 0x4000_0000L);

    private static int Position(long key) => (int)((key & 0xFFFF_FFFF) - 0x4000_0000L);

    private static int First(long[] keys, long wanted)
    {
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (keys[middle] < wanted)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static long[] Distinct(long[] keys, int count)
    {
        Array.Sort(keys, 0, count);
        var kept = 0;
        for (var i = 0; i < count; i++)
            if (i == 0 || keys[i] != keys[i - 1])
                keys[kept++] = keys[i];
        return keys[..kept];
    }
}

/// <summary>The rings of cells on paper, counter-clockwise, not closed.</summary>
internal static class CellForms
{
    // Slant edges bend with the paper too: three vertices between their ends, the same for both neighbours.
    private const int SlantParts = 4;

    /// <summary>The corners of the form.</summary>
    public static IEnumerable<(int X, int Y)> Corners(Cell c)
    {
        var (l, b, r, t, f) = (c.Left, c.Bottom, c.Right, c.Top, c.Chamfer);
        return c.Form switch
        {
            CellForm.Rectangle => [(l, b), (r, b), (r, t), (l, t)],
            CellForm.Octagon => [(l + f, b), (r - f, b), (r, b + f), (r, t - f), (r - f, t), (l + f, t), (l, t - f), (l, b + f)],
            CellForm.CornerLowerLeft => [(l, b), (r, b), (l, t)],
            CellForm.CornerLowerRight => [(l, b), (r, b), (r, t)],
            CellForm.CornerUpperRight => [(r, b), (r, t), (l, t)],
            _ => [(l, b), (r, t), (l, t)],
        };
    }

    /// <summary>The ring with every vertex that a neighbour has on it.</summary>
    public static void Ring(Cell cell, Corners corners, List<(double X, double Y)> ring)
    {
        var first = default((int X, int Y)?);
        var last = default((int X, int Y));
        foreach (var corner in Corners(cell))
        {
            if (first is null)
                first = corner;
            else
                Edge(last, corner, corners, ring);
            last = corner;
        }
        Edge(last, first!.Value, corners, ring);
    }

    private static void Edge((int X, int Y) from, (int X, int Y) to, Corners corners, List<(double X, double Y)> ring)
    {
        ring.Add(from);
        if (from.Y == to.Y)
            corners.AlongRow(from.Y, from.X, to.X, ring);
        else if (from.X == to.X)
            corners.AlongColumn(from.X, from.Y, to.Y, ring);
        else
            for (var i = 1; i < SlantParts; i++)
                ring.Add((from.X + (to.X - from.X) * i / (double)SlantParts, from.Y + (to.Y - from.Y) * i / (double)SlantParts));
    }
}
