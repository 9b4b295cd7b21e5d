using System.Globalization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>One layer of a drawing as GDAL hands it over: its closed lines are plots, its curves are refused by name.</summary>
/// <remarks>
/// GDAL draws curves as many short lines; of DXF the class of an entity and of DWG its kind says what it was. Circles and ellipses are
/// refused, because in drawings they are signs (a boundary point is a small circle), and so are splines. Polylines with arcs are taken:
/// the chords are so short that none lies further than <see cref="DrawingArcs.Deviation"/> from its arc, and that is recorded. The driver
/// of DWG does not hand on whether a straight polyline is closed (GDAL, ogr/ogrsf_frmts/cad: the first vertex is added again only behind
/// arcs), so those stay lines and say why.
/// </remarks>
internal sealed class DrawingLayer(SourceLayer inner, DrawingArcs arcs, bool isDwg) : SourceLayer
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

    public override IReadOnlyList<FileDefect> Defects => OfArcs is { } said ? [.. inner.Defects, said] : inner.Defects;

    /// <summary>What is to be known about arcs of the drawing as a whole: those of blocks and of old polylines have no handle of their
    /// own.</summary>
    private FileDefect? OfArcs =>
        !arcs.AreKnown
            ? new(
                "4101",
                false,
                null,
                $"无法得知多段线中哪些是弧段；弧段按每 {arcs.Step:0.###} 度一段的弦计",
                $"which edges of polylines are arcs cannot be told; arcs are chords of {arcs.Step:0.###} degrees"
            )
        : arcs.Count > 0
            ? new(
                "4101",
                false,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{arcs.Count} 条多段线含弧段，以弦代弧，弦弧之间不超过 {arcs.Deviation:0.####} 图形单位"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{arcs.Count} polylines have arcs; chords stand for them, at most {arcs.Deviation:0.####} drawing units from the arc"
                )
            )
        : null;

    internal override Extent QuickExtent => inner.QuickExtent;

    /// <summary>Drawings have metres, often from a corner of their own: small numbers are not degrees unless somebody says so.</summary>
    internal override Detection Reconsidered(Detection found) =>
        CrsText is null && Epsg is null && found.Chosen is { IsGeographic: true } degrees
            ? new Detection(
                null,
                [degrees],
                found.AxesSwapped,
                "图纸没有说明坐标系，坐标数值像经纬度，也可能是以图纸一角起算的米：请用 --crs 指明，或把图纸放到大地坐标上",
                "the drawing states no coordinate system; its numbers look like degrees, but may be metres from a corner of the drawing: "
                    + "name the system with --crs, or move the drawing to geodetic coordinates"
            )
            : found;

    protected override IEnumerable<SourceFeature> ReadAll() => inner.Read().Select(Judged);

    private SourceFeature Judged(SourceFeature feature)
    {
        if (CurveOf(feature.Values) is { } curve)
            return feature with { Shape = null, GeometryFault = GeometryFaults.Curve(curve) };
        var isOpenPolyline =
            isDwg && feature.Shape is null && feature.Values.Get(KindField) as string is "CADLWPolyline" or "CADPolyline3D";
        if (isOpenPolyline)
            return feature with { GeometryFault = UnknownEnd };
        return feature.Shape is not null && arcs.Of(feature.Values.Get(HandleField) as string) is { } drawn
            ? feature with
            {
                Repair = InChords(drawn),
            }
            : feature;
    }

    private SourceRepair InChords(PolylineArcs drawn)
    {
        var (zh, en) = (
            string.Create(
                CultureInfo.InvariantCulture,
                $"{drawn.Count} 段弧（最大半径 {drawn.GreatestRadius:0.###}）以弦代替，弦弧之间不超过 {arcs.Deviation:0.####}"
            ),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{drawn.Count} arcs (greatest radius {drawn.GreatestRadius:0.###}) were replaced by chords at most {arcs.Deviation:0.####} from them"
            )
        );
        return new SourceRepair("arc-in-chords", drawn.X, drawn.Y, zh, en);
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
