using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>A clean coverage that looks like land use: crooked cells that share every vertex of their borders. The same seed gives the
/// same cells.</summary>
/// <param name="verticesPerSide">Vertices of a border between two nodes, the first counted and the last not.</param>
/// <param name="heavyTailed">Takes <paramref name="verticesPerSide"/> as the median of a long-tailed distribution: few borders, but some,
/// have more than ten times as many.</param>
internal sealed class JitteredCoverage(
    double longitude,
    double latitude,
    double cellDegrees,
    int columns,
    int rows,
    int verticesPerSide,
    uint seed,
    bool heavyTailed = false
)
{
    private const double Tail = 0.7;
    private const int LongestSide = 600;

    public int Count => columns * rows;

    public Extent Box => new(longitude, latitude, longitude + columns * cellDegrees, latitude + rows * cellDegrees);

    /// <summary>The closed ring of a cell, counter-clockwise: longitude, latitude.</summary>
    public double[] Ring(int cell) => RingOfRun(cell, 1);

    /// <summary>The closed ring around so many cells side by side in a row, as roads and rivers are merged: they must not pass the end of
    /// their row.</summary>
    public double[] RingOfRun(int firstCell, int length)
    {
        var (column, row) = (firstCell % columns, firstCell / columns);
        var ring = new List<double>(8 * verticesPerSide * length + 2);
        for (var i = 0; i < length; i++)
            AddSide(ring, column + i, row, 0, forward: true);
        AddSide(ring, column + length, row, 1, forward: true);
        for (var i = length - 1; i >= 0; i--)
            AddSide(ring, column + i, row + 1, 0, forward: false);
        AddSide(ring, column, row, 1, forward: false);
        ring.Add(ring[0]);
        ring.Add(ring[1]);
        return [.. ring];
    }

    public IEnumerable<LayerFeature> Features(Func<int, string> codeOf) =>
        Enumerable
            .Range(0, Count)
            .Select(i => new LayerFeature(i + 1, codeOf(i), ShapePreparation.Prepare(new Shape([Ring(i)]), CoordinateSystem.Cgcs2000)));

    /// <summary>A star-shaped patch around a place inside the coverage.</summary>
    public double[] Patch(int number, double radiusDegrees, int vertices)
    {
        var (x, y) = (longitude + columns * cellDegrees * Unit(number, 1, 7), latitude + rows * cellDegrees * Unit(number, 2, 7));
        x = Math.Clamp(x, longitude + 2 * radiusDegrees + 2 * cellDegrees, Box.MaxX - 2 * radiusDegrees - 2 * cellDegrees);
        y = Math.Clamp(y, latitude + 2 * radiusDegrees + 2 * cellDegrees, Box.MaxY - 2 * radiusDegrees - 2 * cellDegrees);
        var ring = new double[2 * vertices + 2];
        for (var i = 0; i < vertices; i++)
        {
            var (angle, radius) = (2 * Math.PI * i / vertices, radiusDegrees * (0.6 + 0.6 * Unit(number, i, 11)));
            (ring[2 * i], ring[2 * i + 1]) = (x + radius * Math.Cos(angle) * 1.25, y + radius * Math.Sin(angle));
        }
        (ring[^2], ring[^1]) = (ring[0], ring[1]);
        return ring;
    }

    /// <summary>Adds the vertices of a side without its last; direction 0 runs east from a node, 1 north.</summary>
    private void AddSide(List<double> ring, int column, int row, int direction, bool forward)
    {
        var vertices = VerticesOfSide(column, row, direction);
        for (var step = 0; step < vertices; step++)
        {
            var (x, y) = SideVertex(column, row, direction, forward ? step : vertices - step, vertices);
            ring.Add(x);
            ring.Add(y);
        }
    }

    private int VerticesOfSide(int column, int row, int direction) =>
        heavyTailed
            ? (int)Math.Min(LongestSide, verticesPerSide * Math.Pow(2 * (1 - Unit(column, row, 5 + (uint)direction)), -Tail))
            : verticesPerSide;

    private (double, double) SideVertex(int column, int row, int direction, int at, int vertices)
    {
        if (at == 0)
            return Node(column, row);
        var end = direction == 0 ? Node(column + 1, row) : Node(column, row + 1);
        if (at == vertices)
            return end;
        var (from, t) = (Node(column, row), (double)at / vertices);
        var off = (Unit(column * 31 + at, row, 3 + (uint)direction) - 0.5) * 0.5 / vertices * cellDegrees;
        var (x, y) = (from.Item1 + (end.Item1 - from.Item1) * t, from.Item2 + (end.Item2 - from.Item2) * t);
        return direction == 0 ? (x, y + off) : (x + off, y);
    }

    private (double, double) Node(int column, int row) =>
        (
            longitude + (column + 0.4 * (Unit(column, row, 1) - 0.5)) * cellDegrees,
            latitude + (row + 0.4 * (Unit(column, row, 2) - 0.5)) * cellDegrees
        );

    /// <summary>A number in [0, 1) that depends on its arguments alone.</summary>
    private double Unit(int a, int b, uint salt)
    {
        var h = ((ulong)(uint)a << 32 | (uint)b) ^ ((ulong)(seed * 2654435761u + salt) * 0x9E3779B97F4A7C15UL);
        h = (h ^ (h >> 31)) * 0xBF58476D1CE4E5B9UL;
        h = (h ^ (h >> 27)) * 0x94D049BB133111EBUL;
        return ((h ^ (h >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
