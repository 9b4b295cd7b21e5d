using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;

namespace Weipian.Flow.Determinations;

/// <summary>A face of the cut patch: no boundary of any layer runs through it.</summary>
/// <param name="Plane">In the plane of the patch, <see cref="PatchPlane"/>.</param>
/// <param name="AreaSquareMetres">Statutory.</param>
/// <param name="Covering">Features that cover it, in cut order.</param>
internal sealed record Face(Polygon Plane, double AreaSquareMetres, Coverage Covering)
{
    /// <summary>Features that cover it, as one text.</summary>
    public string Signature { get; } = Told(Covering);

    /// <summary>Those of them that rules may read: faces with equal texts are judged once.</summary>
    public string RuleSignature { get; } = Told(Covering.Where(f => LayerRoles.ReadByRules.Contains(f.Role)));

    private static string Told(IEnumerable<FeatureFacts> features) =>
        string.Join('|', features.Select(f => $"{f.Role}:{f.LayerVersionId}:{f.Number}"));
}

/// <summary>Cuts a patch by every boundary that runs through it.</summary>
/// <remarks>
/// All boundaries are noded together and their faces taken, so that neighbouring faces share the very same vertices: the faces are
/// disjoint, cover the patch and add up to it. Overlaps inside a layer need no care: a face is covered or not, never twice.
/// </remarks>
internal static class PatchCut
{
    private const double ReachTolerance = 0.01;

    /// <param name="parcel">A further outline to cut by: a parcel that a person drew.</param>
    public static IReadOnlyList<Face> Into(PatchFacts patch, PatchPlane plane, Geometry? parcel = null)
    {
        var shape = plane.ToPlane(patch.Geometry);
        var features = LayerRoles
            .InCutOrder.SelectMany(r => patch.Role(r).Features.OrderBy(f => f.LayerVersionId, StringComparer.Ordinal).ThenBy(f => f.Number))
            .Where(f => f.Geometry.EnvelopeInternal.Intersects(patch.Geometry.EnvelopeInternal))
            .Select(f => (Feature: f, Shape: plane.ToPlane(f.Geometry)))
            .ToList();
        var inPatch = new IndexedPointInAreaLocator(shape);
        var locators = features.Select(f => (f.Feature, Locator: new IndexedPointInAreaLocator(f.Shape))).ToList();
        var (faces, coverages) = (new List<Face>(), new CoverageBook());
        foreach (var polygon in Faces(shape, [.. features.Select(f => f.Shape).Concat(parcel is null ? [] : [plane.ToPlane(parcel)])]))
        {
            var inside = polygon.InteriorPoint.Coordinate;
            if (polygon.Area <= 0 || inPatch.Locate(inside) != Location.Interior)
                continue;
            var covering = locators.Where(l => l.Locator.Locate(inside) == Location.Interior).Select(l => l.Feature);
            faces.Add(new(polygon, polygon.Area, coverages.Of([.. covering])));
        }
        // The order of the polygonizer follows hash codes; sums are taken in an order of our own.
        return [.. faces.OrderBy(f => Corner(f.Plane).X).ThenBy(f => Corner(f.Plane).Y).ThenBy(f => f.AreaSquareMetres)];
    }

    private static IEnumerable<Polygon> Faces(Geometry patch, IReadOnlyList<Geometry> features)
    {
        var reach = patch.EnvelopeInternal.Copy();
        reach.ExpandBy(Math.Max(reach.Width, reach.Height) * ReachTolerance);
        var lines = new List<LineString>();
        foreach (var geometry in features.Prepend(patch))
            CollectLines(geometry, reach, lines);
        var noded = OverlayNGRobust.Union((Geometry)patch.Factory.CreateMultiLineString([.. lines]));
        var polygonizer = new Polygonizer();
        polygonizer.Add(noded);
        return polygonizer.GetPolygons().Cast<Polygon>();
    }

    /// <summary>The runs of a boundary that come near the patch: the far side of a large feature cuts nothing.</summary>
    private static void CollectLines(Geometry geometry, Envelope reach, List<LineString> lines)
    {
        for (var g = 0; g < geometry.NumGeometries; g++)
        {
            var polygon = (Polygon)geometry.GetGeometryN(g);
            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
                CollectRing(ring, reach, lines);
        }
    }

    private static void CollectRing(LinearRing ring, Envelope reach, List<LineString> lines)
    {
        var run = new List<Coordinate>();
        var coordinates = ring.Coordinates;
        for (var i = 1; i < coordinates.Length; i++)
        {
            if (reach.Intersects(coordinates[i - 1], coordinates[i]))
            {
                if (run.Count == 0)
                    run.Add(coordinates[i - 1]);
                run.Add(coordinates[i]);
            }
            else
                Flush();
        }
        Flush();
        return;

        void Flush()
        {
            if (run.Count > 1)
                lines.Add(ring.Factory.CreateLineString([.. run]));
            run.Clear();
        }
    }

    private static Coordinate Corner(Polygon polygon)
    {
        var corner = polygon.Shell.GetCoordinateN(0);
        foreach (var c in polygon.Shell.Coordinates)
            if (c.X < corner.X || (c.X == corner.X && c.Y < corner.Y))
                corner = c;
        return corner;
    }
}
