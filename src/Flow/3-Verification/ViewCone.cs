using NetTopologySuite.Geometries;
using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Flow.Verification;

/// <summary>What a photograph can show: so far, and so many degrees on either side of its bearing (视域).</summary>
public sealed record ViewCone(double HalfAngleDegrees, double ReachMetres)
{
    public const string HalfAngleKey = "house/verification/view-cone#half_angle";
    public const string ReachKey = "house/verification/view-cone#reach";

    /// <summary>Chords of the arc on either side of the bearing.</summary>
    private const int ChordsPerSide = 12;

    /// <summary>The cone of photographs of a visit; null on days of which the book says nothing.</summary>
    public static ViewCone? Of(LawBook law, DateOnly visitedOn)
    {
        ArgumentNullException.ThrowIfNull(law);
        var asOf = law.AsOf(visitedOn, SelectingDate.Visit);
        return asOf.IsSet(HalfAngleKey) && asOf.IsSet(ReachKey)
            ? new((double)asOf.Number(HalfAngleKey).Value, (double)asOf.Number(ReachKey).Value)
            : null;
    }

    /// <summary>Whether the cone of a camera meets a patch; a camera on the patch shows it whichever way it looks.</summary>
    public bool Meets(Geometry patch, double longitude, double latitude, double bearingDegrees)
    {
        var plane = new LocalPlane(longitude, latitude);
        if (plane.View(patch) is not { } seen)
            return false;
        return seen.Intersects(seen.Factory.CreatePolygon([.. Corners(bearingDegrees).Select(c => new Coordinate(c.East, c.North))]));
    }

    /// <summary>The cone on the map: a closed ring of longitudes and latitudes.</summary>
    public double[][] Ring(double longitude, double latitude, double bearingDegrees)
    {
        var plane = new LocalPlane(longitude, latitude);
        return
        [
            .. Corners(bearingDegrees)
                .Select(c => plane.ToGeographic(c.East, c.North))
                .Select(c => new[] { Math.Round(c.Longitude, 7), Math.Round(c.Latitude, 7) }),
        ];
    }

    /// <summary>From the camera along the arc and back, metres east and north of it.</summary>
    private IEnumerable<(double East, double North)> Corners(double bearingDegrees)
    {
        yield return (0, 0);
        for (var i = -ChordsPerSide; i <= ChordsPerSide; i++)
        {
            var bearing = (bearingDegrees + (HalfAngleDegrees * i / ChordsPerSide)) * Math.PI / 180;
            yield return (ReachMetres * Math.Sin(bearing), ReachMetres * Math.Cos(bearing));
        }
        yield return (0, 0);
    }
}
