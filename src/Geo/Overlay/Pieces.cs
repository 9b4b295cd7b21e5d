using NetTopologySuite.Geometries;

namespace Weipian.Geo;

public static class Pieces
{
    public static Geometry Intersection(Geometry a, Geometry b) => throw new NotImplementedException();

    public static Geometry Difference(Geometry a, Geometry b) => throw new NotImplementedException();

    public static Geometry Union(IEnumerable<Geometry> geometries) => throw new NotImplementedException();

    public static double AreaSquareMetres(Geometry longitudeLatitude) => throw new NotImplementedException();
}
