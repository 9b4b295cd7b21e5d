using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace Weipian.Geo;

/// <summary>Metres around a point: distances and bearings from it are true, because its own meridian is the central one.</summary>
/// <remarks>For looking around, never for areas: those are taken in <see cref="StatutoryPlane"/>.</remarks>
public sealed class LocalPlane
{
    /// <summary>As far from its meridian the plane holds to far less than a metre.</summary>
    private const double ReachDegrees = 3;
    private const double MeanRadiusMetres = 6_371_008.8;
    private readonly double north;

    /// <param name="longitude">Degrees CGCS2000.</param>
    /// <param name="latitude">Degrees CGCS2000.</param>
    public LocalPlane(double longitude, double latitude)
    {
        (Longitude, Latitude) = (longitude, latitude);
        north = GaussKruger.Cgcs2000.FromGeographic(0, latitude).North;
    }

    public double Longitude { get; }

    public double Latitude { get; }

    /// <summary>Metres east and north of the point.</summary>
    public (double East, double North) FromGeographic(double longitude, double latitude)
    {
        var (east, northing) = GaussKruger.Cgcs2000.FromGeographic(longitude - Longitude, latitude);
        return (east, northing - north);
    }

    /// <summary>Longitude and latitude of a place so many metres east and north of the point.</summary>
    public (double Longitude, double Latitude) ToGeographic(double east, double northOfPoint)
    {
        var (degrees, latitude) = GaussKruger.Cgcs2000.ToGeographic(east, northOfPoint + north);
        return (Longitude + degrees, latitude);
    }

    /// <summary>A shape in degrees as seen from the point; null when it is too far away for the plane.</summary>
    public Geometry? View(Geometry shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var box = shape.EnvelopeInternal;
        if (Math.Max(Math.Abs(box.MinX - Longitude), Math.Abs(box.MaxX - Longitude)) > ReachDegrees)
            return null;
        return new GeometryTransformation(this).Transform(shape);
    }

    /// <summary>Metres from the point to the nearest point of a shape, 0 inside it.</summary>
    public double DistanceTo(Geometry shape) =>
        View(shape) is { } near ? near.Distance(near.Factory.CreatePoint(new Coordinate(0, 0))) : shape.Coordinates.Min(GreatCircle);

    /// <summary>On the sphere: for what lies so far away that nobody asks for metres.</summary>
    private double GreatCircle(Coordinate to)
    {
        const double radians = Math.PI / 180;
        var half = Math.Pow(Math.Sin((to.Y - Latitude) * radians / 2), 2);
        half += Math.Cos(Latitude * radians) * Math.Cos(to.Y * radians) * Math.Pow(Math.Sin((to.X - Longitude) * radians / 2), 2);
        return 2 * MeanRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    private sealed class GeometryTransformation(LocalPlane plane) : GeometryTransformer
    {
        protected override CoordinateSequence TransformCoordinates(CoordinateSequence coords, Geometry parent)
        {
            var seen = new Coordinate[coords.Count];
            for (var i = 0; i < seen.Length; i++)
            {
                var (east, north) = plane.FromGeographic(coords.GetX(i), coords.GetY(i));
                seen[i] = new Coordinate(east, north);
            }
            return parent.Factory.CoordinateSequenceFactory.Create(seen);
        }
    }
}
