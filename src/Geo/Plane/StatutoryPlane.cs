namespace Weipian.Geo;

public static class StatutoryPlane
{
    public static (double X, double Y) FromGeographic(double longitude, double latitude) => throw new NotImplementedException();

    public static (double Longitude, double Latitude) ToGeographic(double x, double y) => throw new NotImplementedException();

    public static double SignedArea(ReadOnlySpan<double> longitudeLatitudePairs) => throw new NotImplementedException();
}
