using NetTopologySuite.Geometries;

namespace Weipian.Geo;

/// <summary>Turns rings as a file gave them into a feature that can be measured, and lists every repair.</summary>
/// <remarks>
/// One rule: all edges are noded in the statutory plane and the faces of odd winding are kept (the linework rule of MakeValid), so both
/// lobes of a bow-tie stay. Nothing is buffered and no vertex is moved. A ring that comes twice counts once. Which ring is a hole
/// follows from where it lies. A feature that is valid as it came pays only for the check.
/// </remarks>
public static class ShapePreparation
{
    [ThreadStatic]
    private static Segments? reused;

    /// <param name="shape">Rings in the coordinates of <paramref name="source"/>.</param>
    /// <param name="source">The coordinate system of the rings.</param>
    /// <param name="axesSwapped">True when the first number of a pair is the northing or latitude.</param>
    /// <param name="convention">Which line an edge is; see <see cref="AreaConvention"/>.</param>
    /// <exception cref="Problem">
    /// <c>geometry.empty</c>, <c>geometry.not-finite</c>, <c>geometry.outside-system</c>, <c>geometry.no-area</c>,
    /// <c>geometry.too-tangled</c>, <c>geometry.too-long-edge</c>: the feature cannot be used at all. Everything else is repaired.
    /// </exception>
    public static PreparedShape Prepare(
        Shape shape,
        CoordinateSystem source,
        bool axesSwapped = false,
        AreaConvention convention = AreaConvention.Formula
    )
    {
        var notes = new RepairNotes();
        var (rings, polygons, before) = Polygons(shape, source, axesSwapped, convention, notes);
        var plane = new List<double[]>(rings.Count);
        var geographic = GeographicFactory.Create([.. polygons.Select(p => p.ToPolygon(plane))]);
        var area = AreaOf(polygons, plane);
        return new PreparedShape(geographic, area, Finish(notes, before, area, rings, polygons)) { PlaneRings = plane };
    }

    /// <summary>As <see cref="Prepare"/>, to the bit, without objects for the rings: those in the plane go into the store, those in degrees
    /// to the writer.</summary>
    /// <param name="shape">Rings in the coordinates of <paramref name="source"/>.</param>
    /// <param name="source">The coordinate system of the rings.</param>
    /// <param name="axesSwapped">True when the first number of a pair is the northing or latitude.</param>
    /// <param name="store">Takes the rings in the plane, metres.</param>
    /// <param name="writer">Takes the rings in degrees; what it took of a feature that is refused counts for nothing.</param>
    /// <exception cref="Problem">As <see cref="Prepare"/>.</exception>
    public static PlacedShape Place(Shape shape, CoordinateSystem source, bool axesSwapped, RingStore store, IPolygonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(writer);
        var notes = new RepairNotes();
        var (rings, polygons, before) = Polygons(shape, source, axesSwapped, AreaConvention.Formula, notes);
        var (numbers, count) = (0, 0);
        foreach (var polygon in polygons)
        {
            numbers += polygon.Shell.ClosedLength;
            foreach (var hole in polygon.Holes)
                numbers += hole.ClosedLength;
            count += 1 + polygon.Holes.Count;
        }
        var placing = new Placing(store.Take(numbers), count > 1 ? new int[count] : null, writer);
        writer.Begin(polygons.Count);
        foreach (var polygon in polygons)
        {
            writer.BeginPolygon(1 + polygon.Holes.Count);
            placing.Add(polygon.Shell, counterClockwise: true);
            foreach (var hole in polygon.Holes)
                placing.Add(hole, counterClockwise: false);
        }
        return placing.Finish(Finish(notes, before, placing.Area, rings, polygons));
    }

    /// <summary>Writes the rings of one feature one after another.</summary>
    private struct Placing(RingPlace all, int[]? lengths, IPolygonWriter writer)
    {
        [ThreadStatic]
        private static double[]? degrees;

        private Extent box = Extent.Empty;
        private int at;
        private int index;

        /// <summary>To the bit what <see cref="AreaOf"/> makes of the same rings.</summary>
        public double Area { get; private set; }

        public void Add(PlaneRing ring, bool counterClockwise)
        {
            var length = ring.ClosedLength;
            var plane = all.Slice(at, length).Pairs;
            if (degrees is null || degrees.Length < length)
                degrees = new double[Math.Max(1024, length)];
            var reverse = ring.IsCounterClockwise() != counterClockwise;
            ring.WriteClosedDegrees(degrees, reverse);
            writer.Ring(degrees.AsSpan(0, length));
            ring.WriteClosedPlane(plane, reverse);
            var area = StatutoryPlane.SignedAreaOfPlane(plane);
            Area += counterClockwise ? Math.Abs(area) : -Math.Abs(area);
            box = box.Including(LayerBuilder.TurnedBox(plane, area > 0 != counterClockwise));
            lengths?[index] = length;
            (at, index) = (at + length, index + 1);
        }

        public readonly PlacedShape Finish(IReadOnlyList<RepairNote> repairs) => new(all, lengths, box, Area, repairs);
    }

    private static (List<PlaneRing> Rings, List<RingPolygon> Polygons, double Before) Polygons(
        Shape shape,
        CoordinateSystem source,
        bool axesSwapped,
        AreaConvention convention,
        RepairNotes notes
    )
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(source);
        var rings = new RingReader(source, axesSwapped, convention, notes).Read(shape);
        if (rings.Count == 0)
            throw notes.Count == 0 ? Problem.Geometry.Empty() : Problem.Geometry.NoArea();
        var before = Math.Abs(rings.Sum(r => r.SignedArea));
        RemoveRepeatedRings(rings, notes);
        var polygons = AreSimpleAndApart(rings) ? Nest(rings, notes) : Repair(rings, notes);
        return polygons.Count == 0 ? throw Problem.Geometry.NoArea() : (rings, polygons, before);
    }

    /// <summary>The repairs of a feature that is done with; its rings are given back.</summary>
    private static IReadOnlyList<RepairNote> Finish(
        RepairNotes notes,
        double before,
        double area,
        List<PlaneRing> rings,
        List<RingPolygon> polygons
    )
    {
        if (!(area > 0))
            throw Problem.Geometry.NoArea();
        var repairs = notes.Finish(before, area, () => HaveSameAreas(rings, polygons));
        foreach (var polygon in polygons)
        {
            polygon.Shell.GiveBack();
            foreach (var hole in polygon.Holes)
                hole.GiveBack();
        }
        return repairs;
    }

    /// <summary>To the bit what <see cref="Pieces.AreaSquareMetres"/> makes of the same polygons in degrees.</summary>
    private static double AreaOf(List<RingPolygon> polygons, List<double[]> plane)
    {
        var (sum, at) = (0.0, 0);
        foreach (var polygon in polygons)
        {
            sum += Math.Abs(StatutoryPlane.SignedAreaOfPlane(plane[at++]));
            for (var hole = 0; hole < polygon.Holes.Count; hole++)
                sum -= Math.Abs(StatutoryPlane.SignedAreaOfPlane(plane[at++]));
        }
        return sum;
    }

    private static bool HaveSameAreas(List<PlaneRing> rings, List<RingPolygon> polygons)
    {
        static double Size(PlaneRing ring) => Math.Abs(ring.SignedArea);
        var kept = polygons.SelectMany(p => p.Holes.Prepend(p.Shell)).Select(Size).Order().ToList();
        return kept.Count == rings.Count
            && rings.Select(Size).Order().Zip(kept).All(p => Math.Abs(p.First - p.Second) <= 1e-6 + 1e-9 * p.Second);
    }

    /// <summary>A polygon as its rings; which way they run is settled when it is written.</summary>
    private sealed record RingPolygon(PlaneRing Shell, List<PlaneRing> Holes)
    {
        /// <summary>The polygon in degrees; its rings in the plane are added to the list in the same order.</summary>
        public Polygon ToPolygon(List<double[]> plane) =>
            GeographicFactory.Instance.CreatePolygon(
                Written(Shell, counterClockwise: true, plane),
                [.. Holes.Select(h => Written(h, counterClockwise: false, plane))]
            );

        private static LinearRing Written(PlaneRing ring, bool counterClockwise, List<double[]> plane)
        {
            var reverse = ring.IsCounterClockwise() != counterClockwise;
            plane.Add(ring.ToClosedPlane(reverse));
            return GeographicFactory.Ring(ring.ToClosedDegrees(reverse));
        }
    }

    private static void RemoveRepeatedRings(List<PlaneRing> rings, RepairNotes notes)
    {
        foreach (var ring in rings)
            if (ring.CutToOneTurn())
                notes.Add(RepairKind.DuplicateRing, ring.Degrees(0));
        if (rings.Count == 1)
            return;
        var seen = new Dictionary<(int, Extent), List<PlaneRing>>();
        rings.RemoveAll(ring =>
        {
            var key = (ring.Count, ring.Box);
            if (!seen.TryGetValue(key, out var alike))
                seen[key] = alike = [];
            var repeated = alike.Any(ring.IsSameAs);
            if (repeated)
                notes.Add(RepairKind.DuplicateRing, ring.Degrees(0));
            else
                alike.Add(ring);
            return repeated;
        });
    }

    /// <summary>Exact: no ring meets itself or another anywhere.</summary>
    private static bool AreSimpleAndApart(List<PlaneRing> rings)
    {
        var segments = reused ??= new Segments();
        segments.Clear();
        foreach (var ring in rings)
            segments.AddRing(ring.X, ring.Y);
        return segments.MeetOnlyInOrder();
    }

    /// <summary>Shells and holes of rings that do not meet: by how many others each lies in.</summary>
    private static List<RingPolygon> Nest(List<PlaneRing> rings, RepairNotes notes)
    {
        if (rings.Count == 1)
            return [new RingPolygon(rings[0], [])];
        var known = rings.Select(r => (Ring: r, r.Box, Area: Math.Abs(r.SignedArea))).ToList();
        var largest = known.MaxBy(k => k.Area).Ring.IsCounterClockwise();
        var shells = new List<RingPolygon>();
        var holes = new List<(PlaneRing Hole, PlaneRing Around)>();
        foreach (var (ring, box, area) in known)
        {
            var around = known.Where(k => k.Ring != ring && k.Area >= area && k.Box.Contains(box) && k.Ring.Holds(ring[0])).ToList();
            if (ring.IsCounterClockwise() != (largest ^ (around.Count % 2 == 1)))
                notes.Add(RepairKind.RingOrientation, ring.Degrees(0));
            if (around.Count % 2 == 0)
                shells.Add(new RingPolygon(ring, []));
            else
                holes.Add((ring, around.MinBy(k => k.Area).Ring));
        }
        var byShell = shells.ToDictionary(s => s.Shell);
        foreach (var (hole, around) in holes)
            byShell[around].Holes.Add(hole);
        return shells;
    }

    /// <summary>
    /// The long way: node, keep the odd faces, go back to degrees. Degrees are a little coarser than the plane, so points a unit in the
    /// last place apart can fall together or change sides; the result is therefore put through the same mill until it comes out unchanged.
    /// </summary>
    private static List<RingPolygon> Repair(List<PlaneRing> rings, RepairNotes notes)
    {
        var degrees = new Dictionary<PlanePoint, (double, double)>();
        foreach (var ring in rings)
            for (var i = 0; i < ring.Count; i++)
                degrees[ring[i]] = ring.Degrees(i);
        List<RingPolygon>? last = null;
        const int attempts = 12;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var segments = new Segments();
            foreach (var ring in rings)
                segments.AddRing(ring.X, ring.Y);
            // A grid parts what chases itself in circles; the next, exact, attempt confirms it.
            var noded = attempt % 4 == 3 ? Noding.OnGrid(segments) : Noding.Node(segments, attempt == 0 ? notes.Witness(rings) : null);
            var faces = OddFaces.Of(noded) ?? OddFaces.Of(Noding.OnGrid(segments));
            if (faces is null)
                break;
            if (last is not null && IsUnchanged(faces, last))
                return last;
            last = faces
                .Select(f => new RingPolygon(
                    InDegrees(f.Shell, degrees),
                    [.. f.Holes.Select(h => InDegrees(h, degrees)).Where(h => h.Count >= 3)]
                ))
                .Where(p => p.Shell.Count >= 3)
                .ToList();
            rings = [.. last.SelectMany(p => p.Holes.Prepend(p.Shell))];
        }
        throw Problem.Geometry.TooTangled(Noding.MeetingsMax);
    }

    private static bool IsUnchanged(List<FacePolygon> faces, List<RingPolygon> polygons)
    {
        static bool Same(PlanePoint[] points, PlaneRing ring)
        {
            if (points.Length != ring.Count)
                return false;
            for (var i = 0; i < points.Length; i++)
                if (points[i] != ring[i])
                    return false;
            return true;
        }
        return faces.Count == polygons.Count
            && faces
                .Zip(polygons)
                .All(p =>
                    Same(p.First.Shell, p.Second.Shell)
                    && p.First.Holes.Count == p.Second.Holes.Count
                    && p.First.Holes.Zip(p.Second.Holes).All(h => Same(h.First, h.Second))
                );
    }

    private static PlaneRing InDegrees(PlanePoint[] points, Dictionary<PlanePoint, (double Longitude, double Latitude)> known)
    {
        var ring = new PlaneRing(points.Length);
        foreach (var point in points)
        {
            if (!known.TryGetValue(point, out var place))
                place = StatutoryPlane.ToGeographic(point.X, point.Y);
            var plane = StatutoryPlane.FromGeographic(place.Longitude, place.Latitude);
            if (ring.Count > 0 && ring[ring.Count - 1] == new PlanePoint(plane.X, plane.Y))
                continue;
            known[new PlanePoint(plane.X, plane.Y)] = place;
            ring.Add(place.Longitude, place.Latitude, plane);
        }
        if (ring.Count > 1 && ring[0] == ring[ring.Count - 1])
            ring.RemoveLast();
        return ring;
    }
}
