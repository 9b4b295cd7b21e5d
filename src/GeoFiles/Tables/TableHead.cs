namespace Weipian.GeoFiles;

/// <summary>Which column of a table is what.</summary>
/// <param name="Names">Of all columns that are attributes.</param>
/// <param name="North">Column of the northing or latitude.</param>
/// <param name="Number">Column that names the plot of a point.</param>
/// <param name="Point">Column that names the point within its plot.</param>
/// <param name="Polygon">Column of polygons as text; the others are attributes then.</param>
internal sealed record TableHead(
    IReadOnlyList<string> Names,
    IReadOnlyList<int> Places,
    int? North,
    int? East,
    int? Number,
    int? Ring,
    int? Point,
    int? Polygon
)
{
    private static readonly string[] Northings =
    [
        "x",
        "x坐标",
        "坐标x",
        "纵坐标",
        "纵坐标x",
        "x纵坐标",
        "北坐标",
        "n",
        "north",
        "northing",
        "纬度",
        "lat",
        "latitude",
        "b",
    ];

    private static readonly string[] Eastings =
    [
        "y",
        "y坐标",
        "坐标y",
        "横坐标",
        "横坐标y",
        "y横坐标",
        "东坐标",
        "e",
        "east",
        "easting",
        "经度",
        "lon",
        "lng",
        "long",
        "longitude",
        "l",
    ];

    private static readonly string[] Numbers =
    [
        "地块编号",
        "地块号",
        "图斑编号",
        "图斑号",
        "监测编号",
        "宗地编号",
        "宗地号",
        "dkbh",
        "jcbh",
        "tbbh",
        "number",
        "地块",
        "地块名称",
        "dkmc",
    ];

    private static readonly string[] Rings = ["圈号", "环号", "圈", "ring", "部件号", "part"];

    private static readonly string[] Points = ["点号", "界址点号", "界址点", "拐点号", "拐点", "序号", "编号", "point", "no", "id"];

    /// <summary>The head of a list of points, or <c>null</c> when the row names no two coordinates.</summary>
    /// <param name="above">The row above: where that names several columns, it names those that this row leaves blank (cells merged over
    /// both rows).</param>
    public static TableHead? Of(string[] cells, string[]? above = null)
    {
        if (above is not null && above.Count(cell => cell.Length > 0) > 1 && Of(cells) is not null)
            cells =
            [
                .. Enumerable
                    .Range(0, Math.Max(cells.Length, above.Length))
                    .Select(i =>
                        i < cells.Length && cells[i].Length > 0 ? cells[i]
                        : i < above.Length ? above[i]
                        : ""
                    ),
            ];
        var plain = Array.ConvertAll(cells, Plain);
        int? Find(string[] names)
        {
            var places = names.Select(name => Array.IndexOf(plain, name)).Where(place => place >= 0);
            return places.Any() ? places.First() : null;
        }
        if (Find(Northings) is not { } north || Find(Eastings) is not { } east)
            return null;
        var (number, ring, point) = (Find(Numbers), Find(Rings), Find(Points));
        var attributes = Enumerable
            .Range(0, cells.Length)
            .Where(i => cells[i].Length > 0 && i != north && i != east && i != ring && i != point)
            .ToList();
        return new(FieldPlaces.Distinct(attributes.Select(i => cells[i])), attributes, north, east, number, ring, point, null);
    }

    /// <param name="names">The row above the first polygon; <c>null</c> when there is none.</param>
    public static TableHead OfPolygons(string[]? names, int columns, int polygon)
    {
        var attributes = Enumerable.Range(0, Math.Max(columns, names?.Length ?? 0)).Where(i => i != polygon).ToList();
        string Name(int i) => names is not null && i < names.Length && names[i].Length > 0 ? names[i] : $"column_{i + 1}";
        return new(FieldPlaces.Distinct(attributes.Select(Name)), attributes, null, null, null, null, null, polygon);
    }

    public string Cell(string[] cells, int? place) => place is { } at && at < cells.Length ? cells[at] : "";

    public IEnumerable<(string Field, object? Value)> Attributes(string[] cells)
    {
        for (var i = 0; i < Names.Count; i++)
            yield return (Names[i], Cell(cells, Places[i]) is { Length: > 0 } text ? text : null);
    }

    /// <summary>Without blanks, units in brackets and capitals: <c>X坐标（m）</c> is <c>x坐标</c>.</summary>
    private static string Plain(string cell)
    {
        var bracket = cell.AsSpan().IndexOfAny("(（[/");
        var bare = bracket > 0 ? cell[..bracket] : cell;
        return string.Concat(bare.Where(c => !char.IsWhiteSpace(c) && c is not ('_' or ':' or '：'))).ToLowerInvariant();
    }
}
