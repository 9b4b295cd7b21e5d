namespace Weipian.GeoFiles;

/// <summary>The reasons why a feature has no usable polygon, each in one place so that every reader says the same.</summary>
internal static class GeometryFaults
{
    public static GeometryFault Null { get; } = new("null", "没有图形（空几何）", "it has no geometry (null shape)");

    public static GeometryFault Empty { get; } = new("empty", "图形为空（没有任何环）", "its geometry is empty (no rings)");

    public const string NotPolygonKind = "not-polygon";

    public static GeometryFault NotPolygon(string zh, string en) =>
        new(NotPolygonKind, $"图形是{zh}，不是面", $"its geometry is a {en}, not a polygon");

    public static GeometryFault Curve(string name) =>
        new(
            "curve",
            $"图形含有曲线类型 {name}，面积无法按界址点计算；请先转换为折线",
            $"its geometry has the curve type {name}, whose area cannot be computed from vertices; convert it to straight segments first"
        );

    public static GeometryFault Damaged(string zh, string en) => new("damaged", $"图形数据损坏：{zh}", $"its geometry is damaged: {en}");
}
