using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>One layer of a drawing as GDAL hands it over: its closed lines are plots, its curves are refused by name.</summary>
/// <remarks>
/// GDAL draws circles, ellipses, splines and the arcs of polylines as many short lines, whose area is not that of the plot; of DXF the
/// class of an entity and of DWG its kind says what it was. The driver of DWG does not hand on whether a straight polyline is closed
/// (GDAL, ogr/ogrsf_frmts/cad: the first vertex is added again only behind arcs), so those stay lines and say why.
/// </remarks>
internal sealed class DrawingLayer(SourceLayer inner, IReadOnlySet<string> handlesOfArcs, bool isDwg) : SourceLayer
{
    /// <summary>Of DXF: the chain of classes of an entity (group 100), its last member being its own.</summary>
    private const string ClassesField = "SubClasses";

    /// <summary>Of DXF: the handle of an entity (group 5), in hexadecimal digits.</summary>
    private const string HandleField = "EntityHandle";

    /// <summary>Of DWG: the kind of an entity.</summary>
    private const string KindField = "cadgeom_type";

    private static readonly GeometryFault UnknownEnd = new(
        "not-polygon",
        "图形是多段线；GDAL 读取 DWG 时不给出直线段多段线是否闭合，请把图纸另存为 DXF",
        "its geometry is a polyline, and GDAL does not hand on from a DWG whether one of straight segments is closed; save the drawing as DXF"
    );

    public override string Name => inner.Name;

    public override IReadOnlyList<SourceField> Fields => inner.Fields;

    public override long Count => inner.Count;

    public override string? CrsText => inner.CrsText;

    public override int? Epsg => inner.Epsg;

    public override string Encoding => inner.Encoding;

    public override Wording EncodingBasis { get; } = new("由 GDAL 转换", "converted by GDAL");

    public override Extent Extent => inner.Extent;

    public override string GeometryKind => inner.GeometryKind;

    public override IReadOnlyList<FileDefect> Defects => inner.Defects;

    internal override Extent QuickExtent => inner.QuickExtent;

    protected override IEnumerable<SourceFeature> ReadAll() => inner.Read().Select(Judged);

    private SourceFeature Judged(SourceFeature feature)
    {
        if (CurveOf(feature.Values) is { } curve)
            return feature with { Shape = null, GeometryFault = GeometryFaults.Curve(curve) };
        var isOpenPolyline =
            isDwg && feature.Shape is null && feature.Values.Get(KindField) as string is "CADLWPolyline" or "CADPolyline3D";
        return isOpenPolyline ? feature with { GeometryFault = UnknownEnd } : feature;
    }

    private string? CurveOf(FeatureValues values)
    {
        if (values.Get(KindField) is string kind)
            return kind switch
            {
                "CADCircle" => "CIRCLE",
                "CADArc" => "ARC",
                "CADEllipse" or "CADEllipseArc" => "ELLIPSE",
                "CADSpline" => "SPLINE",
                _ => null,
            };
        // In old drawings entities have no handles: then no polyline can be told from those with arcs, and none is taken.
        if (handlesOfArcs.Contains(values.Get(HandleField) as string ?? ""))
            return "ARC";
        return (values.Get(ClassesField) as string)?.Split(':')[^1] switch
        {
            "AcDbCircle" => "CIRCLE",
            "AcDbArc" => "ARC",
            "AcDbEllipse" => "ELLIPSE",
            "AcDbSpline" => "SPLINE",
            _ => null,
        };
    }
}
