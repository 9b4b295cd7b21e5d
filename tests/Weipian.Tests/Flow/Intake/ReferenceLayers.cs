using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.Flow.Intake;

/// <summary>Small reference layers as GeoPackages with a column DLBM.</summary>
public static class ReferenceLayers
{
    public static double[] Square(double west, double south, double degrees) => IssuedPatches.Rectangle(west, south, degrees, degrees);

    /// <summary>Writes rings, each with its code (empty: null), and returns the path.</summary>
    public static string Write(string path, IReadOnlyList<(string Code, double[] Ring)> features, int epsg = 4490)
    {
        var crs = CoordinateSystem.FromEpsg(epsg);
        GeoPackageWriter.Write(
            path,
            "layer",
            [new("DLBM", "text")],
            features.Select(f => new WrittenFeature([new WrittenPolygon(Projected(f.Ring, crs), [])], [f.Code.Length > 0 ? f.Code : null])),
            crs
        );
        return path;
    }

    private static double[] Projected(double[] ring, CoordinateSystem crs)
    {
        var projected = (double[])ring.Clone();
        for (var i = 0; i < ring.Length && !crs.IsGeographic; i += 2)
            (projected[i], projected[i + 1]) = crs.FromGeographic(ring[i], ring[i + 1]);
        return projected;
    }
}
