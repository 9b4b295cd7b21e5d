using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>A column to write.</summary>
/// <param name="Type"><c>text, integer, real, date</c> or <c>boolean</c>.</param>
/// <param name="Length">Width: bytes in a dbf, characters in a GeoPackage. Text defaults to 254, integer to 18, real to 24.</param>
/// <param name="Decimals">Decimal places of a real in a dbf; default 6.</param>
public sealed record WrittenField(string Name, string Type, int? Length = null, int? Decimals = null);

/// <summary>A polygon to write: interleaved x,y pairs in the coordinates of the file, x = east or longitude first.</summary>
public sealed record WrittenPolygon(double[] Shell, IReadOnlyList<double[]> Holes);

/// <summary>A feature to write, in the coordinates of the file.</summary>
/// <param name="Polygons">Empty gives a null geometry.</param>
/// <param name="Values">In the order of the fields: string, long, int, double, decimal, bool, DateOnly or null.</param>
public sealed record WrittenFeature(IReadOnlyList<WrittenPolygon> Polygons, IReadOnlyList<object?> Values)
{
    /// <summary>From a polygon or multipolygon in degrees CGCS2000, projected into the coordinate system of the file.</summary>
    public static WrittenFeature From(Geometry longitudeLatitude, CoordinateSystem target, params IReadOnlyList<object?> values)
    {
        ArgumentNullException.ThrowIfNull(longitudeLatitude);
        var polygons = new List<WrittenPolygon>();
        for (var i = 0; i < longitudeLatitude.NumGeometries; i++)
            if (longitudeLatitude.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
                polygons.Add(new(Pairs(polygon.Shell, target), [.. polygon.Holes.Select(hole => Pairs(hole, target))]));
        return new(polygons, values);
    }

    private static double[] Pairs(LinearRing ring, CoordinateSystem target)
    {
        var sequence = ring.CoordinateSequence;
        var pairs = new double[sequence.Count * 2];
        for (var i = 0; i < sequence.Count; i++)
            (pairs[2 * i], pairs[2 * i + 1]) = target.IsGeographic
                ? (sequence.GetX(i), sequence.GetY(i))
                : target.FromGeographic(sequence.GetX(i), sequence.GetY(i));
        return pairs;
    }
}
