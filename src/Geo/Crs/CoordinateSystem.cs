namespace Weipian.Geo;

public sealed class CoordinateSystem
{
    private CoordinateSystem() { }

    public int Epsg { get; }
    public string Name { get; } = "";
    public bool IsGeographic { get; }
    public int? Zone { get; }
    public bool HasZonePrefix { get; }
    public double CentralMeridianDegrees { get; }

    /// <summary>Not null when coordinates are taken for something that was not said: WGS 84 as CGCS2000, or an older datum by order of the user.</summary>
    public string? AssumptionZh { get; }
    public string? AssumptionEn { get; }

    public static CoordinateSystem Cgcs2000 => throw new NotImplementedException();

    public static CoordinateSystem FromEpsg(int epsg) => throw new NotImplementedException();

    /// <summary>For <c>--crs assume</c>: the CGCS2000 system of the same zone.</summary>
    public static CoordinateSystem AssumedFrom(int epsg) => throw new NotImplementedException();

    public (double Longitude, double Latitude) ToGeographic(double x, double y) => throw new NotImplementedException();

    public (double X, double Y) FromGeographic(double longitude, double latitude) => throw new NotImplementedException();
}
