namespace Weipian.GeoFiles;

/// <summary>What the members of a mixed geometry gave: the rings of its polygons, and what stands beside them.</summary>
internal sealed class GeometryParts
{
    private GeometryFault? aside;

    public List<double[]> Rings { get; } = [];

    public LeftAside? LeftAside => aside is null ? null : new LeftAside(IsLine(aside));

    /// <summary>The fault of one member, unless it only is no polygon: that is remembered, a line before a point.</summary>
    public GeometryFault? Kept(GeometryFault? fault)
    {
        if (fault?.Kind != GeometryFaults.NotPolygonKind)
            return fault;
        if (aside is null || !IsLine(aside))
            aside = fault;
        return null;
    }

    /// <summary>The fault of the whole: of a member, or that there is no polygon in it.</summary>
    public GeometryFault? Finish(GeometryFault? fault) => fault ?? (Rings.Count > 0 ? null : aside ?? GeometryFaults.Empty);

    private static bool IsLine(GeometryFault fault) => fault.En.Contains("line", StringComparison.Ordinal);
}
