using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Noding.Snapround;

namespace Weipian.Geo;

/// <summary>Cuts segments wherever they meet, until they share nothing but ends.</summary>
/// <remarks>
/// A crossing point is rounded to the numbers of the plane (half a nanometre), so a cut segment may lean over a neighbour it did not
/// touch before; the cutting is therefore repeated until it finds nothing. Vertices that were given never move. If rounding chases
/// itself in circles, which takes slivers thinner than a nanometre, everything is put on a grid of 2⁻²⁶ m (15 nm), where an end is certain.
/// </remarks>
internal static class Noding
{
    /// <summary>Beyond this many meetings in one feature it is scribble, not a boundary.</summary>
    public const int MeetingsMax = 1_000_000;

    private const long PairsMax = 1_000_000_000;
    private const int RoundsMax = 16;
    private const double GridPerMetre = 1 << 26;

    /// <summary>Receives each meeting of the segments as given, before any cut.</summary>
    public delegate void Witness(Segments segments, int first, int second, Meeting meeting, PlanePoint place);

    /// <summary>The noded segments; the witness sees the meetings of the first round.</summary>
    /// <exception cref="Problem"><c>geometry.too-tangled</c>.</exception>
    public static Segments Node(Segments segments, Witness? witness)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var search = new CutSearch(segments, round == 0 ? witness : null);
            segments.VisitPairs(ref search);
            if (search.Cuts.Count == 0)
                return segments;
            segments = CutApart(segments, search.Cuts);
        }
        return OnGrid(segments);
    }

    /// <summary>Noding on a fine grid, which always ends.</summary>
    public static Segments OnGrid(Segments segments)
    {
        var strings = new List<ISegmentString>(segments.Count);
        for (var i = 0; i < segments.Count; i++)
        {
            var (x1, y1, x2, y2) = segments[i];
            strings.Add(new NodedSegmentString([new Coordinate(x1, y1), new Coordinate(x2, y2)], null));
        }
        var noder = new SnapRoundingNoder(new PrecisionModel(GridPerMetre));
        noder.ComputeNodes(strings);
        var noded = new Segments();
        foreach (var line in noder.GetNodedSubstrings())
            for (var i = 1; i < line.Count; i++)
            {
                var (a, b) = (line.Coordinates[i - 1], line.Coordinates[i]);
                if (a.X != b.X || a.Y != b.Y)
                    noded.Add(a.X, a.Y, b.X, b.Y);
            }
        noded.EndRing();
        return noded;
    }

    private static Segments CutApart(Segments segments, List<(int Segment, PlanePoint At)> cuts)
    {
        cuts.Sort(
            (a, b) =>
            {
                if (a.Segment != b.Segment)
                    return a.Segment.CompareTo(b.Segment);
                var along = Along(segments, a.Segment, a.At).CompareTo(Along(segments, b.Segment, b.At));
                if (along != 0)
                    return along;
                return a.At.X != b.At.X ? a.At.X.CompareTo(b.At.X) : a.At.Y.CompareTo(b.At.Y);
            }
        );
        var result = new Segments();
        var next = 0;
        for (var i = 0; i < segments.Count; i++)
        {
            var from = segments.Start(i);
            for (; next < cuts.Count && cuts[next].Segment == i; next++)
            {
                var at = cuts[next].At;
                if (at != from)
                    result.Add(from.X, from.Y, at.X, at.Y);
                from = at;
            }
            var end = segments.End(i);
            if (end != from)
                result.Add(from.X, from.Y, end.X, end.Y);
        }
        result.EndRing();
        return result;
    }

    /// <summary>Grows with the distance of a point on a segment from its start.</summary>
    private static double Along(Segments segments, int segment, PlanePoint at)
    {
        var (x1, y1, x2, y2) = segments[segment];
        return (at.X - x1) * (x2 - x1) + (at.Y - y1) * (y2 - y1);
    }

    private struct CutSearch(Segments segments, Witness? witness) : IPairVisitor
    {
        private long pairs;
        private int meetings;

        public List<(int Segment, PlanePoint At)> Cuts { get; } = [];

        public bool Visit(int first, int second)
        {
            if (++pairs > PairsMax)
                throw Problem.Geometry.TooTangled(MeetingsMax);
            var meeting = segments.Meet(first, second);
            if (meeting == Meeting.Apart)
                return true;
            var neighbours = segments.AreNeighbours(first, second);
            if (neighbours && meeting == Meeting.Touch && witness is not null)
                return true;
            var before = Cuts.Count;
            PlanePoint? place = null;
            if (meeting == Meeting.Cross)
            {
                place = segments.Crossing(first, second);
                CutAt(first, place.Value);
                CutAt(second, place.Value);
            }
            else
            {
                CutAtEnd(first, second, ref place);
                CutAtEnd(second, first, ref place);
                place ??= SharedEnd(first, second);
            }
            if (Cuts.Count > before && ++meetings > MeetingsMax)
                throw Problem.Geometry.TooTangled(MeetingsMax);
            if (place is { } at)
                witness?.Invoke(segments, first, second, meeting, at);
            return true;
        }

        private readonly void CutAt(int segment, PlanePoint at)
        {
            if (at != segments.Start(segment) && at != segments.End(segment))
                Cuts.Add((segment, at));
        }

        /// <summary>Cuts a segment at the ends of another that lie on it.</summary>
        private readonly void CutAtEnd(int segment, int other, ref PlanePoint? place)
        {
            foreach (var end in new[] { segments.Start(other), segments.End(other) })
            {
                if (end == segments.Start(segment) || end == segments.End(segment) || !segments.BoxHolds(segment, end))
                    continue;
                if (Segments.Orientation(segments.Start(segment), segments.End(segment), end) != 0)
                    continue;
                Cuts.Add((segment, end));
                place ??= end;
            }
        }

        private readonly PlanePoint? SharedEnd(int first, int second)
        {
            var (a, b) = (segments.Start(first), segments.End(first));
            if (a == segments.Start(second) || a == segments.End(second))
                return a;
            return b == segments.Start(second) || b == segments.End(second) ? b : null;
        }
    }
}
