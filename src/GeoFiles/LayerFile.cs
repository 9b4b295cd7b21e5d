using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Writes a layer in the format that the name of the file asks for.</summary>
public static class LayerFile
{
    private const string Known = ".gpkg, .shp, .zip, .geojson, .kml, .kmz, .txt";

    /// <summary>EPSG code of the three-degree zone 25; the zones to 45 follow.</summary>
    private const int FirstZoneEpsg = 4513;
    private const int FirstZone = 25;
    private const int LastZone = 45;
    private const double ZoneDegrees = 3;

    /// <summary>Degrees for every format but the survey text, which has the three-degree zone of its first plot.</summary>
    /// <param name="features">Polygons in degrees CGCS2000 with their values in the order of the fields.</param>
    /// <returns>How many features were written.</returns>
    /// <exception cref="Problem">files.unknown-output; files.write-limit and the like: no file is left then</exception>
    public static long Write(
        string path,
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<(Geometry Geometry, IReadOnlyList<object?> Values)> features
    )
    {
        ArgumentNullException.ThrowIfNull(features);
        var full = Path.GetFullPath(path);
        var degrees = CoordinateSystem.Cgcs2000;
        IEnumerable<WrittenFeature> In(CoordinateSystem system) =>
            features.Select(feature => WrittenFeature.From(feature.Geometry, system, feature.Values));
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".gpkg":
                return GeoPackageWriter.Write(full, name, fields, In(degrees), degrees);
            case ".shp" or ".zip":
                return ShapefileWriter.Write(full, name, fields, In(degrees), degrees);
            case ".geojson" or ".json":
                return GeoJsonWriter.Write(full, name, fields, In(degrees));
            case ".kml" or ".kmz":
                return KmlWriter.Write(full, name, fields, In(degrees));
            case ".txt":
                var held = features.ToList();
                var zone = held.Count > 0 ? Math.Round(held[0].Geometry.EnvelopeInternal.Centre.X / ZoneDegrees) : 0;
                // Outside the zones of the country the writer refuses degrees with its reason.
                var system = zone is >= FirstZone and <= LastZone
                    ? CoordinateSystem.FromEpsg(FirstZoneEpsg + (int)zone - FirstZone)
                    : degrees;
                return SurveyTextWriter.Write(
                    full,
                    fields,
                    held.Select(feature => WrittenFeature.From(feature.Geometry, system, feature.Values)),
                    system
                );
            default:
                throw Problem.Files.UnknownOutput(Path.GetFileName(path), Known);
        }
    }
}
