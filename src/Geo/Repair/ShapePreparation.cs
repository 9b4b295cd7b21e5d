using NetTopologySuite.Geometries;

namespace Weipian.Geo;

public enum RepairKind
{
    UnclosedRing,
    DuplicatePoint,
    DroppedRing,
    DuplicateRing,
    Spike,
    SelfCrossing,
    SelfTouch,
    RingsCross,
    RingsShareEdge,
    Further,
}

public sealed record RepairNote(RepairKind Kind, double Longitude, double Latitude, double AreaBefore, double AreaAfter);

public sealed record PreparedShape(MultiPolygon Geographic, double AreaSquareMetres, IReadOnlyList<RepairNote> Repairs)
{
    /// <summary>A geometry that was prepared before and stored: lon,lat degrees CGCS2000, valid. Only its area is computed.</summary>
    public static PreparedShape FromStored(Geometry geographic) => throw new NotImplementedException();
}

public static class ShapePreparation
{
    public static PreparedShape Prepare(
        Shape shape,
        CoordinateSystem source,
        bool axesSwapped = false,
        AreaConvention convention = AreaConvention.Formula
    ) => throw new NotImplementedException();
}
