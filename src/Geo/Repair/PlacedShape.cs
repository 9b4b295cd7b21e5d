namespace Weipian.Geo;

/// <summary>Takes the polygons of a feature, ring by ring, as they are to be written.</summary>
public interface IPolygonWriter
{
    /// <summary>Begins a feature of so many polygons; what was taken before is forgotten.</summary>
    void Begin(int polygons);

    /// <summary>Begins a polygon of so many rings, the shell first.</summary>
    void BeginPolygon(int rings);

    /// <summary>The next ring: longitude, latitude in degrees CGCS2000, interleaved, the first vertex repeated at the end; shells run
    /// counter-clockwise, holes clockwise. Valid only during the call.</summary>
    void Ring(ReadOnlySpan<double> closedPairs);
}

/// <summary>A feature that was prepared straight into a <see cref="RingStore"/>: what <see cref="PreparedShape"/> says, without objects for
/// its rings.</summary>
public sealed class PlacedShape
{
    internal PlacedShape(RingPlace all, int[]? lengths, Extent box, double area, IReadOnlyList<RepairNote> repairs)
    {
        (All, Lengths, Box) = (all, lengths, box);
        (AreaSquareMetres, Repairs) = (area, repairs);
    }

    /// <summary>Statutory area, m².</summary>
    public double AreaSquareMetres { get; }

    /// <summary>What was put right, in the order of finding; empty when nothing was.</summary>
    public IReadOnlyList<RepairNote> Repairs { get; }

    /// <summary>All rings in the plane, one after another, as a packed layer keeps them.</summary>
    internal RingPlace All { get; }

    /// <summary>How many numbers each ring has; null when there is one ring.</summary>
    internal int[]? Lengths { get; }

    /// <summary>The box in the plane.</summary>
    internal Extent Box { get; }
}
