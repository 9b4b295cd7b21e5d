using NetTopologySuite.Geometries;

namespace Weipian.Geo;

/// <summary>What was wrong with a feature and was put right.</summary>
public enum RepairKind
{
    /// <summary>The last vertex did not repeat the first; the ring was closed with a straight edge.</summary>
    UnclosedRing,

    /// <summary>A vertex stood twice in a row; once is kept.</summary>
    DuplicatePoint,

    /// <summary>A ring of fewer than three different points has no area and was left out.</summary>
    DroppedRing,

    /// <summary>A ring came twice, or ran round itself more than once; once is kept.</summary>
    DuplicateRing,

    /// <summary>The boundary ran out and back along one line; the spike has no area and was left out.</summary>
    Spike,

    /// <summary>The boundary crossed itself; the faces of odd winding stay, both lobes of a bow-tie among them.</summary>
    SelfCrossing,

    /// <summary>The boundary touched itself in a point; it was parted there. The area is the same.</summary>
    SelfTouch,

    /// <summary>The boundary ran along itself; what is covered an even number of times bounds nothing.</summary>
    RepeatedEdge,

    /// <summary>Two rings crossed: parts that overlap, or a hole that reaches out of its shell; the faces of odd winding stay.</summary>
    RingsCross,

    /// <summary>Two rings ran along one line; the shared stretch bounds nothing.</summary>
    RingsShareEdge,

    /// <summary>A ring runs the wrong way round for its place (a hole like a part, a part like a hole); its place decides.</summary>
    RingOrientation,

    /// <summary>There were more places of the same kinds than are listed; the area says what they amount to.</summary>
    Further,
}

/// <summary>One repair.</summary>
/// <param name="Kind">What was wrong.</param>
/// <param name="Longitude">Where, degrees CGCS2000.</param>
/// <param name="Latitude">Where, degrees CGCS2000.</param>
/// <param name="AreaBefore">Statutory area of the whole feature as it came, m²: the sum of its rings with the sign of their
/// direction.</param>
/// <param name="AreaAfter">Statutory area of the whole feature as it is kept, m².</param>
public sealed record RepairNote(RepairKind Kind, double Longitude, double Latitude, double AreaBefore, double AreaAfter);

/// <summary>A feature that can be measured.</summary>
/// <param name="Geographic">
/// Degrees CGCS2000 (longitude, latitude; SRID 4490): valid, shells counter-clockwise, holes clockwise. A feature that needed no repair
/// keeps the very coordinates it came with.
/// </param>
/// <param name="AreaSquareMetres">Statutory area of <paramref name="Geographic"/>.</param>
/// <param name="Repairs">What was put right, in the order of finding; empty when nothing was.</param>
public sealed record PreparedShape(MultiPolygon Geographic, double AreaSquareMetres, IReadOnlyList<RepairNote> Repairs)
{
    /// <summary>The rings of <see cref="Geographic"/> in the plane, in its order (shell, holes, next shell …), vertex by vertex; null when
    /// the feature was stored before and nobody has mapped it yet.</summary>
    internal IReadOnlyList<double[]>? PlaneRings { get; init; }

    /// <summary>A geometry that was prepared before and stored; only its area is computed. Polygons and multipolygons only.</summary>
    public static PreparedShape FromStored(Geometry geographic)
    {
        ArgumentNullException.ThrowIfNull(geographic);
        var parts = geographic switch
        {
            MultiPolygon multi => multi,
            Polygon polygon => GeographicFactory.Create([polygon]),
            _ => throw new ArgumentException($"{geographic.GeometryType} is not a polygon", nameof(geographic)),
        };
        return new PreparedShape(parts, Pieces.AreaSquareMetres(parts), []);
    }
}
