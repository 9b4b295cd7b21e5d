using System.Globalization;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.Flow.Intake;

/// <summary>Builds issued patch files as users receive them: a GBK Shapefile in a zip, in the columns of the ministry's table.</summary>
public sealed class IssuedPatches
{
    private static readonly IReadOnlyList<WrittenField> Fields =
    [
        new("JCBH", "text", 32),
        new("XZQDM", "text", 12),
        new("TBZL", "text", 10),
        new("TBLX", "text", 20),
        new("QSX", "text", 40),
        new("HSX", "text", 40),
        new("XZB", "real", 18, 6),
        new("YZB", "real", 18, 6),
        new("JCMJ", "real", 16, 4),
        new("XZJD", "text", 40),
    ];

    /// <summary>The map that these columns need beyond the usual ones.</summary>
    public static FieldMap Map { get; } = FieldMap.Parse(["kind=TBZL", "unit=XZJD"]);

    private readonly List<(double[][] Rings, object?[] Values)> records = [];

    /// <summary>A rectangle of one record; edges in degrees CGCS2000. Its issued area is right unless given.</summary>
    public IssuedPatches Add(
        string? number,
        double west = 117.86,
        double south = 36.80,
        double width = 0.0011,
        double height = 0.0009,
        string? before = "20181012",
        string? after = "20190220",
        string? county = "370306",
        string? kind = "land",
        double? mu = null,
        string? unit = null,
        (double X, double Y)? centre = null
    )
    {
        var ring = Rectangle(west, south, width, height);
        return AddRings(
            number,
            [ring],
            before,
            after,
            county,
            kind,
            mu ?? Mu(ring),
            unit,
            centre ?? (west + width / 2, south + height / 2)
        );
    }

    public IssuedPatches AddRings(
        string? number,
        double[][] rings,
        string? before = "20181012",
        string? after = "20190220",
        string? county = "370306",
        string? kind = "land",
        double? mu = null,
        string? unit = null,
        (double X, double Y)? centre = null
    )
    {
        records.Add((rings, [number, county, kind, "20", before, after, centre?.X, centre?.Y, mu, unit]));
        return this;
    }

    public static double[] Rectangle(double west, double south, double width, double height) =>
        [west, south, west, south + height, west + width, south + height, west + width, south, west, south];

    /// <summary>Writes the file and returns its path.</summary>
    /// <param name="epsg">The coordinate system of the file; the rectangles are projected into it.</param>
    /// <param name="swapped">Writes northing first.</param>
    public string Write(string path, int epsg = 4490, bool prj = true, bool swapped = false, string? encoding = null)
    {
        var crs = CoordinateSystem.FromEpsg(epsg);
        var features = records.Select(record => new WrittenFeature(
            [.. record.Rings.Select(ring => new WrittenPolygon(Project(ring, crs, swapped), []))],
            record.Values
        ));
        ShapefileWriter.Write(
            path,
            "图斑",
            Fields,
            features,
            crs,
            new ShapefileOptions(encoding ?? "GBK", WritePrj: prj, RingsAsGiven: true)
        );
        return path;
    }

    private static double[] Project(double[] ring, CoordinateSystem crs, bool swapped)
    {
        var projected = new double[ring.Length];
        for (var i = 0; i < ring.Length; i += 2)
        {
            var (x, y) = crs.IsGeographic ? (ring[i], ring[i + 1]) : crs.FromGeographic(ring[i], ring[i + 1]);
            (projected[i], projected[i + 1]) = swapped ? (y, x) : (x, y);
        }
        return projected;
    }

    private static double Mu(double[] ring) =>
        Math.Round(Math.Abs(StatutoryPlane.SignedArea(ring)) * 3 / 2000, 2, MidpointRounding.AwayFromZero);

    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
