using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;

namespace Weipian.Flow.Determinations;

/// <summary>Cuts a parcel along a drawn line, in the statutory plane.</summary>
internal static class ParcelSplit
{
    /// <param name="patch">The patch, in whose plane the cut is made.</param>
    /// <param name="parcel">Longitude, latitude.</param>
    /// <param name="line">Longitude, latitude; must cross the parcel from edge to edge to have an effect.</param>
    /// <returns>The parts, the larger first; one when the line does not divide the parcel.</returns>
    public static IReadOnlyList<MultiPolygon> Along(Geometry patch, MultiPolygon parcel, LineString line)
    {
        var plane = new PatchPlane(patch);
        var whole = plane.ToPlane(parcel);
        var noded = OverlayNGRobust.Union(whole.Factory.BuildGeometry([whole.Boundary, plane.ToPlane(line)]));
        var polygonizer = new Polygonizer();
        polygonizer.Add(noded);
        var parts = polygonizer.GetPolygons().Cast<Polygon>().Where(p => p.Area > 0 && whole.Contains(p.InteriorPoint));
        return
        [
            .. parts.OrderByDescending(p => p.Area).ThenBy(p => p.InteriorPoint.X).ThenBy(p => p.InteriorPoint.Y).Select(plane.ToDegrees),
        ];
    }
}
