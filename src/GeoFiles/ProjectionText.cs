using System.Globalization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>The definitions in gpkg_spatial_ref_sys of the coordinate systems we write: EPSG 4326, 4490 and the Gauss-Krüger zones
/// 4491–4554.</summary>
internal static class ProjectionText
{
    private const string Cgcs2000Ogc =
        "GEOGCS[\"China Geodetic Coordinate System 2000\",DATUM[\"China_2000\",SPHEROID[\"CGCS2000\",6378137,298.257222101,"
        + "AUTHORITY[\"EPSG\",\"1024\"]],AUTHORITY[\"EPSG\",\"1043\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
        + "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],"
        + "AUTHORITY[\"EPSG\",\"4490\"]]";

    private const string Wgs84Ogc =
        "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],"
        + "AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
        + "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],"
        + "AUTHORITY[\"EPSG\",\"4326\"]]";

    /// <summary>The definition for gpkg_spatial_ref_sys (OGC 01-009, WKT 1).</summary>
    public static string Ogc(CoordinateSystem crs)
    {
        if (crs.IsGeographic)
            return crs.Epsg == 4326 ? Wgs84Ogc : Cgcs2000Ogc;
        var (_, easting) = Zone(crs);
        return $"PROJCS[\"{Name(crs)}\",{Cgcs2000Ogc},PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
            + $"PARAMETER[\"central_meridian\",{Text(crs.CentralMeridianDegrees)}],PARAMETER[\"scale_factor\",1],"
            + $"PARAMETER[\"false_easting\",{Text(easting)}],PARAMETER[\"false_northing\",0],"
            + "UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]],AXIS[\"X\",NORTH],AXIS[\"Y\",EAST],"
            + $"AUTHORITY[\"EPSG\",\"{crs.Epsg}\"]]";
    }

    /// <summary>The EPSG name: <c>CGCS2000 / 3-degree Gauss-Kruger zone 39</c>.</summary>
    public static string Name(CoordinateSystem crs)
    {
        if (crs.IsGeographic)
            return crs.Epsg == 4326 ? "WGS 84" : "China Geodetic Coordinate System 2000";
        var (sixDegrees, _) = Zone(crs);
        var degrees = sixDegrees ? "" : "3-degree ";
        var ending = crs.HasZonePrefix ? $"zone {crs.Zone}" : $"CM {Text(crs.CentralMeridianDegrees)}E";
        return $"CGCS2000 / {degrees}Gauss-Kruger {ending}";
    }

    private static (bool SixDegrees, double FalseEasting) Zone(CoordinateSystem crs) =>
        (crs.Epsg <= 4512, crs.HasZonePrefix ? crs.Zone!.Value * 1_000_000.0 + 500_000 : 500_000);

    private static string Text(double whole) => whole.ToString("0", CultureInfo.InvariantCulture);
}
