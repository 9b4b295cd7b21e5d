namespace Weipian.GeoFiles;

/// <summary>Writes GeoJSON (RFC 7946): longitude, latitude in degrees, no <c>crs</c> member, shells counter-clockwise.</summary>
public static class GeoJsonWriter
{
    /// <summary>Writes a feature collection; the coordinates of the features must be degrees (EPSG:4490 or 4326).</summary>
    /// <returns>Features written.</returns>
    public static long Write(string path, string name, IReadOnlyList<WrittenField> fields, IEnumerable<WrittenFeature> features) =>
        throw new NotImplementedException();
}
