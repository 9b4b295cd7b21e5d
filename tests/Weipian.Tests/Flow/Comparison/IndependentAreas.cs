using Microsoft.Data.Sqlite;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.IO;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;

namespace Weipian.Tests.Flow.Comparison;

/// <summary>
/// Areas by patch and class computed a second time with nothing of the product: GeoPackages read by SQL, vertices mapped by the
/// closed formula of the equal-area cylinder, rings repaired by odd winding, pieces made by the general overlay library.
/// </summary>
internal static class IndependentAreas
{
    private const double SemiMajorMetres = 6378137;
    private const double Flattening = 1 / 298.257222101;
    private static readonly double Eccentricity = Math.Sqrt(Flattening * (2 - Flattening));
    private static readonly GeometryFactory Metres = new();

    /// <summary>Square metres by patch, role and code, as the columns of the comparison file.</summary>
    /// <param name="patches">SQL with a text and a geometry.</param>
    /// <param name="land">The same for the layer.</param>
    public static Dictionary<(string Patch, string Role, string Code), double> Of(
        (string File, string Sql) patches,
        (string File, string Sql) land
    )
    {
        var tree = new STRtree<(string Code, Geometry Shape)>();
        foreach (var (code, shape) in Read(land))
            tree.Insert(shape.EnvelopeInternal, (code, shape));
        var areas = new Dictionary<(string, string, string), double>();
        foreach (var (number, patch) in Read(patches))
        {
            areas[(number, "patch", "")] = patch.Area;
            var inside = PreparedGeometryFactory.Prepare(patch);
            foreach (var (code, shape) in tree.Query(patch.EnvelopeInternal))
            {
                if (!inside.Intersects(shape))
                    continue;
                var area = OverlayNGRobust.Overlay(patch, shape, SpatialFunction.Intersection).Area;
                if (area > 0)
                    areas[(number, "land-use", code)] = areas.GetValueOrDefault((number, "land-use", code)) + area;
            }
        }
        return areas;
    }

    private static IEnumerable<(string Text, Geometry Shape)> Read((string File, string Sql) from)
    {
        using var connection = new SqliteConnection($"Data Source={from.File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in the test.
        command.CommandText = from.Sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var reader = new WKBReader();
        while (rows.Read())
            yield return (rows.GetString(0), Repaired(Mapped(reader.Read(Bare((byte[])rows[1])))));
    }

    /// <summary>The well-known binary behind the head of a GeoPackage geometry.</summary>
    private static byte[] Bare(byte[] blob)
    {
        var envelope = ((blob[3] >> 1) & 7) switch
        {
            0 => 0,
            1 => 32,
            2 or 3 => 48,
            _ => 64,
        };
        return blob[(8 + envelope)..];
    }

    private static Geometry Mapped(Geometry degrees)
    {
        var editor = new GeometryEditor(Metres);
        return editor.Edit(degrees, new EveryVertex());
    }

    private sealed class EveryVertex : GeometryEditor.CoordinateOperation
    {
        public override Coordinate[] Edit(Coordinate[] coordinates, Geometry geometry) =>
            [.. coordinates.Select(c => new Coordinate(SemiMajorMetres * Radians(c.X - 9.5), Northing(c.Y) - Northing(47.1)))];
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    /// <summary>Half the square of the semi-major axis times q, over the axis: Snyder, Map projections, 3-12.</summary>
    private static double Northing(double latitude)
    {
        var sine = Math.Sin(Radians(latitude));
        var e = Eccentricity;
        var q = (1 - (e * e)) * ((sine / (1 - (e * e * sine * sine))) - (Math.Log((1 - (e * sine)) / (1 + (e * sine))) / (2 * e)));
        return SemiMajorMetres * q / 2;
    }

    /// <summary>What lies inside an odd number of rings.</summary>
    private static Geometry Repaired(Geometry shape)
    {
        if (shape.IsValid)
            return shape;
        Geometry whole = Metres.CreatePolygon();
        for (var i = 0; i < shape.NumGeometries; i++)
        {
            var polygon = (Polygon)shape.GetGeometryN(i);
            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
                whole = OverlayNGRobust.Overlay(whole, OddFaces((LinearRing)ring), SpatialFunction.SymDifference);
        }
        return whole;
    }

    private static Geometry OddFaces(LinearRing ring)
    {
        var polygon = Metres.CreatePolygon(ring);
        if (polygon.IsValid)
            return polygon;
        var faces = new Polygonizer();
        faces.Add(OverlayNGRobust.Union(Metres.CreateLineString(ring.CoordinateSequence)));
        var odd = faces
            .GetPolygons()
            .Where(f => RayCrossingCounter.LocatePointInRing(f.InteriorPoint.Coordinate, ring.CoordinateSequence) == Location.Interior);
        return OverlayNGRobust.Union(Metres.BuildGeometry([.. odd]));
    }
}
