using System.Globalization;
using System.Text;
using System.Xml;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Reads KML: every placemark a record, its polygons in degrees, its extended data as columns.</summary>
/// <remarks>Styles, network links and views say nothing of the ground; links are never followed.</remarks>
internal sealed class KmlReader
{
    /// <summary>A text of the sender, not a boundary: longer ones are cut in the column, whole in the original.</summary>
    private const int ValueLengthMax = 100_000;

    private static readonly string[] Leaves = ["name", "description", "value", "SimpleData", "coordinates"];
    private static readonly string[] Lines = ["LineString", "Track", "MultiTrack"];

    private readonly GuardedXml xml;
    private readonly HeldLayer.Builder layer;
    private readonly List<string> path = [];
    private readonly List<(int Depth, string Name)> folders = [];
    private readonly StringBuilder text = new();
    private readonly HashSet<string> skipped = new(StringComparer.Ordinal);
    private Placemark? current;
    private string? column;
    private long networkLinks;

    private sealed class Placemark
    {
        public List<(string, object?)> Values { get; } = [];
        public List<double[]> Rings { get; } = [];
        public SortedSet<string> Others { get; } = new(StringComparer.Ordinal);
        public GeometryFault? Fault { get; set; }
    }

    private KmlReader(FilePart file, GuardedXml xml)
    {
        this.xml = xml;
        layer = new HeldLayer.Builder(file, file.Stem, "UTF-8", new("KML 的 XML 声明", "the XML declaration of the KML")) { Epsg = 4326 };
        layer.Declare("name", "text");
    }

    /// <summary>Fragments without the element <c>kml</c> around them are read by other programs too.</summary>
    private static readonly string[] Roots = ["<Placemark", "<Folder>", "<Folder ", "<Document>", "<Document "];

    public static bool Begins(string glance) =>
        glance.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('<')
        && (
            glance.Contains("<kml", StringComparison.Ordinal)
            || glance.Contains(":kml ", StringComparison.Ordinal)
            || Array.Exists(Roots, root => IsRoot(glance, root))
        );

    /// <summary>Nothing but declarations and remarks stands before it.</summary>
    private static bool IsRoot(string glance, string root)
    {
        var at = glance.IndexOf(root, StringComparison.Ordinal);
        if (at < 0)
            return false;
        for (var from = 0; glance.IndexOf('<', from, at - from) is var open and >= 0; from = open + 1)
        {
            var isRemark = glance.AsSpan(open).StartsWith("<!--");
            if (!isRemark && glance[open + 1] != '?')
                return false;
            var end = glance.IndexOf(isRemark ? "-->" : "?>", open, StringComparison.Ordinal);
            if (end < 0 || end > at)
                return false;
            open = end;
        }
        return true;
    }

    /// <exception cref="Problem">files.*</exception>
    public static HeldLayer Read(FilePart file)
    {
        using var document = new GuardedXml(file);
        var reader = new KmlReader(file, document);
        while (document.Next())
            reader.Node();
        return reader.Finish();
    }

    private void Node()
    {
        switch (xml.Reader.NodeType)
        {
            case XmlNodeType.Element:
                Start(xml.Reader.LocalName);
                if (xml.Reader.IsEmptyElement)
                    End();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                if (path.Count > 0 && Leaves.Contains(path[^1]))
                    text.Append(xml.Value());
                break;
            case XmlNodeType.EndElement:
                End();
                break;
            default:
                break; // Declarations and the like say nothing.
        }
    }

    private void Start(string name)
    {
        path.Add(name);
        text.Clear();
        if (name == "Placemark")
            current = new Placemark();
        else if (name is "Data" or "SimpleData")
            column = xml.Reader.GetAttribute("name");
        else if (name == "NetworkLink")
            networkLinks++;
        else if (Lines.Contains(name))
            current?.Others.Add("line");
        else if (name == "Point")
            current?.Others.Add("point");
        else if (name is "Model" or "PhotoOverlay" or "GroundOverlay")
            skipped.Add(name);
    }

    private void End()
    {
        var name = path[^1];
        path.RemoveAt(path.Count - 1);
        var parent = path.Count > 0 ? path[^1] : "";
        if (name == "Placemark" && current is not null)
            Finish(current);
        else if (name == "name" && parent is "Folder" or "Document")
            folders.Add((path.Count, Text()));
        else if (current is { } placemark)
        {
            if (name is "name" or "description" && parent == "Placemark")
                Value(name);
            else if (name == "SimpleData" || (name == "value" && parent == "Data"))
                Value(column ?? "value");
            else if (name == "coordinates")
                Coordinates(placemark, parent);
        }
        folders.RemoveAll(folder => folder.Depth > path.Count);
        text.Clear();
    }

    private void Value(string field)
    {
        if (field.Length > 0 && Text() is { Length: > 0 } value)
            current!.Values.Add((field, value));
    }

    private string Text()
    {
        var value = text.ToString().Trim();
        return value.Length > ValueLengthMax ? value[..ValueLengthMax] : value;
    }

    private void Coordinates(Placemark placemark, string parent)
    {
        if (parent == "Point" || Lines.Contains(parent))
            return;
        if (!path.Contains("Polygon"))
        {
            placemark.Others.Add("line");
            return;
        }
        var ring = new List<double>();
        foreach (var tuple in text.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = tuple.Split(',');
            if (numbers.Length < 2 || Number(numbers[0]) is not { } longitude || Number(numbers[1]) is not { } latitude)
            {
                var shown = tuple.Length > 40 ? tuple[..40] + "…" : tuple;
                placemark.Fault = GeometryFaults.Damaged(
                    $"坐标“{shown}”不是经度,纬度",
                    $"the coordinates “{shown}” are no longitude,latitude"
                );
                return;
            }
            ring.AddRange([longitude, latitude]);
        }
        if (ring.Count > 0)
            placemark.Rings.Add([.. ring]);
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private void Finish(Placemark placemark)
    {
        if (folders.Count > 0)
            placemark.Values.Add(("folder", string.Join('/', folders.Select(folder => folder.Name))));
        var fault =
            placemark.Fault
            ?? (
                placemark.Rings.Count > 0 ? null
                : placemark.Others.Contains("line") ? GeometryFaults.NotPolygon("线", "line")
                : placemark.Others.Contains("point") ? GeometryFaults.NotPolygon("点", "point")
                : GeometryFaults.Null
            );
        var left = placemark.Others.Count > 0 ? new LeftAside(placemark.Others.Contains("line")) : null;
        layer.Add(fault is null ? new Shape(placemark.Rings) : null, fault, placemark.Values, left);
        current = null;
    }

    private HeldLayer Finish()
    {
        layer.Encoding = xml.Encoding;
        if (networkLinks > 0)
            layer.Note("1201", null, $"有 {networkLinks} 个网络链接，未跟随", $"{networkLinks} network links were not followed");
        if (skipped.Count > 0)
            layer.Note("1201", null, $"{string.Join("、", skipped)} 未采用", $"{string.Join(", ", skipped)} were left aside");
        return layer.Build();
    }
}
