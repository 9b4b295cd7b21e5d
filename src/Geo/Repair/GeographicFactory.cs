using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Weipian.Geo;

/// <summary>Makes geometries in degrees CGCS2000 with packed coordinates (16 bytes a vertex).</summary>
internal static class GeographicFactory
{
    private const int Cgcs2000 = 4490;

    private static readonly PackedCoordinateSequenceFactory Packed = new(PackedCoordinateSequenceFactory.PackedType.Double);

    public static GeometryFactory Instance { get; } = new(new PrecisionModel(), Cgcs2000, Packed);

    public static MultiPolygon Create(Polygon[] polygons) => Instance.CreateMultiPolygon(polygons);

    /// <param name="closedPairs">Interleaved longitude, latitude; the first vertex repeated at the end.</param>
    public static LinearRing Ring(double[] closedPairs) => Instance.CreateLinearRing(Packed.Create(closedPairs, 2, 0));
}
