using System.Globalization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Reads the polygons of a VCT file (GB/T 17798-2007, and the forms before it: <see cref="VctEarlier"/>): one layer for each
/// table, geometry and attributes joined by the number of the object.</summary>
/// <remarks>
/// Sections have a beginning and an end; a file without the end of one that it began is cut off and refused. Polygons are given by their
/// coordinates, ring by ring, or by reference to lines, whose sign is their direction; lines that do not meet refuse their polygon, not
/// the file. Circles and ellipses refuse theirs as curves.
/// </remarks>
internal sealed class VctReader
{
    private const long Polyline = 11;
    private const long Direct = 1;
    private const long Indirect = 100;
    private const long ByLines = 21;
    private const long SimpleRing = 11;

    private static readonly string[] Skipped = ["Annotation", "Topology", "Style", "Point"];

    private readonly FilePart file;
    private readonly VctLines lines;
    private readonly VctHead head = new();
    private readonly Dictionary<string, string> tableOfCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Name, string Type)>> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, double[]?> lineById = [];
    private readonly Dictionary<long, (string Code, Shape? Shape, GeometryFault? Fault)> polygons = [];
    private readonly List<(string Table, List<(long Id, string[] Values)> Rows)> attributes = [];
    private readonly List<string> left = [];
    private bool sawAttributes;

    private VctReader(FilePart file, string text)
    {
        this.file = file;
        lines = new VctLines(file, text);
    }

    public static bool Begins(string glance) =>
        glance.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith("HeadBegin", StringComparison.Ordinal);

    /// <exception cref="Problem">files.*</exception>
    public static IReadOnlyList<HeldLayer> Read(FilePart file, string? encoding)
    {
        var text = FileText.Read(file, encoding);
        var reader = new VctReader(file, text.Text);
        while (reader.lines.Next() is { } line)
            reader.Section(line);
        return reader.Layers(text);
    }

    private void Section(string line)
    {
        if (!line.EndsWith("Begin", StringComparison.Ordinal))
            throw lines.Damaged($"“{line}”不是区段的开头", $"“{line}” begins no section");
        var name = line[..^5];
        switch (name)
        {
            case "Head":
                Until(name, head.Add);
                break;
            case "FeatureCode":
                Until(name, FeatureCode);
                break;
            case "TableStructure":
                TableStructure(name);
                break;
            case "Line":
                Until(name, head.IsEarlier ? EarlierLine : Line);
                break;
            case "Polygon":
                Until(name, head.IsEarlier ? EarlierPolygon : Polygon);
                break;
            case "Attribute":
                sawAttributes = true;
                Until(name, Attribute);
                break;
            default:
                var count = 0L;
                Until(name, _ => count++);
                if (count > 0 && (!Skipped.Contains(name) || name == "Point"))
                    left.Add(name);
                break;
        }
    }

    /// <summary>Hands on the first line of each entry until the end of the section.</summary>
    private void Until(string section, Action<string> entry)
    {
        while (true)
        {
            var line = lines.Required($"区段 {section}", $"the section {section}");
            if (line == section + "End")
                return;
            entry(line);
        }
    }

    /// <summary><c>2001010100,地类图斑,Polygon,DLTB</c>: which table the objects of a code belong to. Before 2007 a colour stands between
    /// kind and table, as one number or as three.</summary>
    private void FeatureCode(string line)
    {
        var fields = line.Split(head.Separator, StringSplitOptions.TrimEntries);
        var table =
            !head.IsEarlier ? 3
            : fields.Length >= 7 ? 6
            : fields.Length - 1;
        if (fields.Length > table && table >= 3)
            tableOfCode[fields[0]] = fields[table];
    }

    private void TableStructure(string section)
    {
        Until(
            section,
            line =>
            {
                var fields = line.Split(head.Separator, StringSplitOptions.TrimEntries);
                if (fields[0] == "0")
                    return; // ends a table in some files
                if (fields.Length < 2 || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                    throw lines.Damaged($"“{line}”不是表名和字段数", $"“{line}” is no table with a count of fields");
                var table = columns[fields[0]] = [];
                for (var i = 0; i < count; i++)
                {
                    var field = lines.Required("表结构", "a table structure").Split(head.Separator, StringSplitOptions.TrimEntries);
                    if (field[0] is "0" || field[0].EndsWith("End", StringComparison.Ordinal))
                        throw lines.Damaged($"表 {fields[0]} 少于 {count} 个字段", $"the table {fields[0]} has fewer than {count} fields");
                    table.Add((field[0], field.Length > 1 ? field[1] : "Char"));
                }
            }
        );
    }

    private void Line(string first)
    {
        var id = Id(first);
        _ = lines.Required("线", "a line"); // code
        _ = lines.Required("线", "a line"); // style
        var kind = lines.Whole("线的特征类型", "the kind of a line");
        var points = kind == 1 ? [] : (List<double>?)null;
        var segments = lines.Count("线段数", "the number of segments");
        for (var s = 0L; s < segments; s++)
        {
            var form = lines.Whole("线段类型", "the form of a segment");
            if (form != Polyline)
            {
                points = null;
                SkipToEnd();
                lineById[id] = null;
                return;
            }
            var count = lines.Count("点数", "the number of points");
            for (var i = 0L; i < count; i++)
            {
                var (x, y) = lines.Pair(head.Separator);
                // The end of one segment is the beginning of the next.
                if (points is not null && !(points.Count >= 2 && i == 0 && points[^2] == x && points[^1] == y))
                    points.AddRange([x, y]);
            }
        }
        SkipToEnd();
        lineById[id] = points is null ? null : [.. points];
    }

    private void EarlierLine(string first)
    {
        var id = Id(first);
        lineById[id] = new VctEarlier(lines, head).Line();
    }

    private void EarlierPolygon(string first)
    {
        var id = Id(first);
        var (code, rings, references) = new VctEarlier(lines, head).Polygon();
        var (shape, fault) =
            references is not null ? new VctRings(lineById, head.NorthFirst).Join(references)
            : rings.Count > 0 ? (new Shape(rings), null)
            : ((Shape?)null, GeometryFaults.Empty);
        Keep(id, code, shape, fault);
    }

    private void Polygon(string first)
    {
        var id = Id(first);
        var code = lines.Required("面", "a polygon");
        _ = lines.Required("面", "a polygon"); // style
        var kind = lines.Whole("面的特征类型", "the kind of a polygon");
        if (kind == Direct)
        {
            var (drawn, curve) = DirectRings();
            Keep(id, code, drawn, curve);
            return;
        }
        if (kind != Indirect)
        {
            SkipToEnd();
            Keep(
                id,
                code,
                null,
                GeometryFaults.Damaged(
                    $"面的特征类型 {kind} 既不是 {Direct}（直接坐标）也不是 {Indirect}（引用线）",
                    $"polygons of kind {kind} are given neither by coordinates ({Direct}) nor by lines ({Indirect})"
                )
            );
            return;
        }
        _ = lines.Pair(head.Separator); // where its label stands
        if (lines.Whole("面的构成类型", "the composition of a polygon") is var by && by != ByLines)
        {
            SkipToEnd();
            Keep(
                id,
                code,
                null,
                GeometryFaults.Damaged(
                    $"面的构成类型 {by} 不是 {ByLines}（引用线）",
                    $"polygons composed as {by} are not given by lines ({ByLines})"
                )
            );
            return;
        }
        var count = lines.Count("线数", "the number of lines");
        var references = new List<long>();
        while (true)
        {
            var line = lines.Required("面", "a polygon");
            // A bare zero ends the polygon once all lines were named; before that it parts two rings.
            if (line == "0" && references.Count >= count)
                break;
            foreach (var field in line.Split(head.Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                references.Add(
                    long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var reference)
                    && reference > long.MinValue
                        ? reference
                        : throw lines.Damaged($"“{field}”不是线的编号", $"“{field}” is no number of a line")
                );
        }
        var (shape, fault) = new VctRings(lineById, head.NorthFirst).Join(references);
        Keep(id, code, shape, fault);
    }

    /// <summary>Where its label stands, the number of rings, then each by its form; a bare zero ends the polygon.</summary>
    private (Shape? Shape, GeometryFault? Fault) DirectRings()
    {
        _ = lines.Pair(head.Separator);
        var count = lines.Count("圈数", "the number of rings");
        var rings = new List<double[]>();
        for (var i = 0L; i < count; i++)
        {
            var form = lines.Whole("圈的类型", "the form of a ring");
            if (form != SimpleRing)
            {
                SkipToEnd();
                return (
                    null,
                    form is 12 or 13 ? GeometryFaults.Curve("CIRCLE")
                    : form is 14 ? GeometryFaults.Curve("ELLIPSE")
                    : Unknown(form)
                );
            }
            rings.Add(lines.Pairs(lines.Count("点数", "the number of points"), head));
        }
        SkipToEnd();
        return rings.Count == 0 ? (null, GeometryFaults.Empty) : (new Shape(rings), null);

        static GeometryFault Unknown(long form) => GeometryFaults.Damaged($"未知的圈类型 {form}", $"rings of form {form} are not known");
    }

    private void Keep(long id, string code, Shape? shape, GeometryFault? fault)
    {
        if (!polygons.TryAdd(id, (code, shape, fault)))
            throw lines.Damaged($"对象编号 {id} 出现了两次", $"the number {id} is given to two objects");
    }

    private void Attribute(string table)
    {
        var rows = new List<(long, string[])>();
        attributes.Add((table, rows));
        while (true)
        {
            var line = lines.Required($"属性表 {table}", $"the attributes of {table}");
            if (line == "TableEnd")
                return;
            if (line == "AttributeEnd")
                throw lines.Damaged($"属性表 {table} 没有 TableEnd", $"the attributes of {table} lack TableEnd");
            var fields = DelimitedText.Rows(line, head.Separator).First();
            rows.Add((Id(fields[0]), fields));
        }
    }

    private long Id(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw lines.Damaged($"“{text}”不是对象编号", $"“{text}” is no number of an object");

    private void SkipToEnd()
    {
        while (lines.Required("对象", "an object") != "0") { }
    }

    private IReadOnlyList<HeldLayer> Layers(FileText text)
    {
        if (!sawAttributes)
            throw lines.Damaged("没有属性区段，文件不完整", "it has no section of attributes, so it is not whole");
        var layers = new List<HeldLayer>();
        var crs = head.ToProjectionText();
        foreach (var (table, rows) in attributes)
        {
            var known = rows.Where(row => polygons.ContainsKey(row.Id)).ToList();
            if (known.Count == 0 && !polygons.Values.Any(polygon => TableOf(polygon.Code) == table))
                continue; // a table of points, lines or nothing
            layers.Add(Layer(text, crs, table, rows));
        }
        foreach (var group in polygons.GroupBy(polygon => TableOf(polygon.Value.Code)))
            if (!attributes.Exists(given => string.Equals(given.Table, group.Key, StringComparison.OrdinalIgnoreCase)))
                layers.Add(Layer(text, crs, group.Key, []));
        return layers.Count > 0 ? layers : throw Problem.Files.NoPolygons(file.Name, file.Stem, "VCT 里没有面", "the VCT file has none");
    }

    private string TableOf(string code) => tableOfCode.GetValueOrDefault(code) ?? code;

    private HeldLayer Layer(FileText text, string? crs, string table, List<(long Id, string[] Values)> rows)
    {
        var layer = new HeldLayer.Builder(file, table, text) { CrsText = crs };
        var fields = columns.GetValueOrDefault(table) ?? [];
        var names = FieldPlaces.Distinct(fields.Select(field => field.Name));
        for (var i = 0; i < names.Count; i++)
            layer.Declare(names[i], TypeOf(fields[i].Type));
        var seen = new HashSet<long>();
        foreach (var (id, values) in rows)
        {
            seen.Add(id);
            var (_, shape, fault) = polygons.GetValueOrDefault(id, ("", null, GeometryFaults.Null));
            // The number of the object stands before the fields, unless it is the first of them.
            var from = values.Length > fields.Count ? 1 : 0;
            if (values.Length - from != fields.Count)
                layer.Note(
                    "3101",
                    layer.Count + 1,
                    $"属性有 {values.Length - from} 个值，表 {table} 有 {fields.Count} 个字段",
                    $"it has {values.Length - from} values for the {fields.Count} fields of {table}"
                );
            layer.Add(
                shape,
                fault,
                names.Select((name, i) => (name, from + i < values.Length ? Value(fields[i].Type, values[from + i]) : null))
            );
        }
        foreach (var (id, polygon) in polygons)
            if (TableOf(polygon.Code).Equals(table, StringComparison.OrdinalIgnoreCase) && seen.Add(id))
            {
                layer.Add(polygon.Shape, polygon.Fault, []);
                layer.Note("3501", layer.Count, $"对象 {id} 没有属性", $"the object {id} has no attributes");
            }
        if (left.Count > 0)
            layer.Note("1201", null, $"区段 {string.Join("、", left)} 未采用", $"the sections {string.Join(", ", left)} were left aside");
        return layer.Build();
    }

    private static string TypeOf(string type) =>
        type.ToUpperInvariant() switch
        {
            "INT1" or "INT2" or "INT4" or "INT8" or "INTEGER" => "integer",
            "FLOAT" or "DOUBLE" => "real",
            "DATE" => "date",
            _ => "text",
        };

    private static object? Value(string type, string text) =>
        text.Length == 0
            ? null
            : TypeOf(type) switch
            {
                "integer" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
                "real"
                    when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) =>
                    real,
                "date" when DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
                _ => text,
            };
}
