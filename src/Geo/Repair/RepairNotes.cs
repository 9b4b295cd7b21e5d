namespace Weipian.Geo;

/// <summary>Collects the repairs of one feature; the areas are filled in at the end, when they are known.</summary>
internal sealed class RepairNotes
{
    /// <summary>So many places are listed one by one; the rest is one note.</summary>
    private const int PlacesMax = 200;

    private readonly List<(RepairKind Kind, double Longitude, double Latitude)> found = [];
    private HashSet<(RepairKind, double, double)>? known;
    private (double Longitude, double Latitude)? touch;

    public int Count => found.Count;

    public void Add(RepairKind kind, (double Longitude, double Latitude) place)
    {
        if (found.Count > PlacesMax || !(known ??= []).Add((kind, place.Longitude, place.Latitude)))
            return;
        found.Add((found.Count == PlacesMax ? RepairKind.Further : kind, place.Longitude, place.Latitude));
    }

    /// <summary>Names each meeting of the segments of rings; rings that touch in a point are in order and not listed.</summary>
    public Noding.Witness Witness(IReadOnlyList<PlaneRing> rings)
    {
        ArgumentNullException.ThrowIfNull(rings);
        return (segments, first, second, meeting, place) =>
        {
            var sameRing = segments.RingOf(first) == segments.RingOf(second);
            RepairKind? kind = (meeting, sameRing) switch
            {
                (Meeting.Cross, true) => RepairKind.SelfCrossing,
                (Meeting.Cross, false) => RepairKind.RingsCross,
                (Meeting.Overlap, true) => segments.AreNeighbours(first, second) ? RepairKind.Spike : RepairKind.RepeatedEdge,
                (Meeting.Overlap, false) => RepairKind.RingsShareEdge,
                (Meeting.Touch, true) => RepairKind.SelfTouch,
                _ => null,
            };
            var degrees = StatutoryPlane.ToGeographic(place.X, place.Y);
            if (kind is { } named)
                Add(named, degrees);
            else
                touch ??= degrees;
        };
    }

    /// <summary>
    /// The list with its areas. Rings that only touch are in order; where the area changed all the same, either they cross through their
    /// vertices, or (when every ring came through whole) a hole ran the way of its shell.
    /// </summary>
    /// <param name="before">Area of the rings as they came, m².</param>
    /// <param name="after">Area as it is kept, m².</param>
    /// <param name="ringsCameThroughWhole">True when the rings that are kept are those that came.</param>
    public IReadOnlyList<RepairNote> Finish(double before, double after, Func<bool> ringsCameThroughWhole)
    {
        if (found.Count == 0 && touch is { } place && Math.Abs(before - after) > 1e-6 + 1e-9 * after)
            Add(ringsCameThroughWhole() ? RepairKind.RingOrientation : RepairKind.RingsCross, place);
        return found.Count == 0 ? [] : found.ConvertAll(f => new RepairNote(f.Kind, f.Longitude, f.Latitude, before, after));
    }
}
