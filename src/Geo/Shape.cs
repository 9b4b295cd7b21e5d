using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>The rings of one polygonal feature exactly as a file gave them: nothing is closed, turned, sorted or repaired yet.</summary>
/// <param name="Rings">
/// Interleaved x,y pairs, x = east or longitude first; closed or not, in any orientation. Parts and holes are listed alike: which
/// ring is a hole follows from the geometry (see <see cref="ShapePreparation"/>), never from its place in this list.
/// </param>
public sealed record Shape(IReadOnlyList<double[]> Rings);

/// <summary>An axis-parallel box; the ends are inclusive. An empty box has <c>MinX &gt; MaxX</c>.</summary>
/// <remarks>The unit is that of the coordinates it was made from: degrees, or metres of a projection.</remarks>
public readonly record struct Extent(double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>The box of nothing; including a point in it gives the box of that point.</summary>
    public static Extent Empty { get; } =
        new(double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);

    /// <summary>True when no point was included.</summary>
    public bool IsEmpty => !(MinX <= MaxX && MinY <= MaxY);

    /// <summary>This box grown to hold the point; a point with a coordinate that is not finite is left out.</summary>
    public Extent Including(double x, double y) =>
        double.IsFinite(x) && double.IsFinite(y) ? new(Math.Min(MinX, x), Math.Min(MinY, y), Math.Max(MaxX, x), Math.Max(MaxY, y)) : this;

    /// <summary>This box grown to hold the other.</summary>
    public Extent Including(Extent other) =>
        new(Math.Min(MinX, other.MinX), Math.Min(MinY, other.MinY), Math.Max(MaxX, other.MaxX), Math.Max(MaxY, other.MaxY));

    /// <summary>True when the boxes share at least one point.</summary>
    public bool Intersects(Extent other) => MinX <= other.MaxX && other.MinX <= MaxX && MinY <= other.MaxY && other.MinY <= MaxY;

    /// <summary>True when the other box lies wholly inside this one, borders included.</summary>
    public bool Contains(Extent other) => other.MinX >= MinX && other.MaxX <= MaxX && other.MinY >= MinY && other.MaxY <= MaxY;

    /// <summary>The box of the rings of a shape.</summary>
    public static Extent Of(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var extent = Empty;
        foreach (var ring in shape.Rings)
            extent = extent.Including(Of(ring));
        return extent;
    }

    /// <summary>The box of interleaved x, y pairs; points with a coordinate that is not finite are left out.</summary>
    public static Extent Of(ReadOnlySpan<double> pairs)
    {
        var low = Vector128.Create(double.PositiveInfinity);
        var high = -low;
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            var point = Vector128.Create(pairs.Slice(i, 2));
            (low, high) = (Vector128.Min(low, point), Vector128.Max(high, point));
        }
        var box = new Extent(low[0], low[1], high[0], high[1]);
        // A number that is not finite shows in one of the ends: only then each point is looked at.
        return double.IsFinite(box.MaxX - box.MinX) && double.IsFinite(box.MaxY - box.MinY) ? box : OfFinite(pairs);
    }

    private static Extent OfFinite(ReadOnlySpan<double> pairs)
    {
        var box = Empty;
        for (var i = 0; i + 1 < pairs.Length; i += 2)
            box = box.Including(pairs[i], pairs[i + 1]);
        return box;
    }
}
