using Weipian.Geo;

namespace Weipian.Flow.Intake;

/// <summary>The coordinate system that a person orders with a code, for layers and patches alike.</summary>
internal static class OrderedSystem
{
    /// <exception cref="Problem">geometry.unknown-crs, geometry.older-datum, geometry.transformation-other-datum</exception>
    public static CoordinateSystem? Of(int? epsg, DatumTransformation? transformation) =>
        epsg is not { } code ? null
        : transformation is null ? CoordinateSystem.FromEpsg(code)
        : CoordinateSystem.TransformedFrom(code, transformation);
}
