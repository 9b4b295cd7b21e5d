namespace Weipian.GeoFiles;

/// <summary>Which columns of a file feed which field of the contract: <c>--map number=JCBH,TBBH</c> takes the first that is not
/// empty.</summary>
public sealed record FieldMap
{
    /// <summary>The fields that can be mapped; also the columns of a stored layer, in this order.</summary>
    public static IReadOnlyList<string> FieldNames { get; } =
    [
        "number",
        "before",
        "after",
        "area",
        "kind",
        "county",
        "unit",
        "code",
        "standard",
        "date",
        "document",
        "expiry",
        "use",
        "party",
        "kcxs",
        "cluster",
    ];

    /// <summary>Field → columns in order of preference. Only fields of <see cref="FieldNames"/>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; }

    public static FieldMap Empty { get; } = new() { Columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) };

    /// <summary>Parses <c>field=COLUMN[,COLUMN…]</c>; the same field twice adds columns.</summary>
    /// <exception cref="Problem">files.map-syntax, files.map-field</exception>
    public static FieldMap Parse(IEnumerable<string> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var sign = pair.IndexOf('=', StringComparison.Ordinal);
            var field = sign < 0 ? "" : pair[..sign].Trim().ToLowerInvariant();
            var named =
                sign < 0
                    ? []
                    : pair[(sign + 1)..].Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (field.Length == 0 || named.Length == 0)
                throw Problem.Files.MapSyntax(pair);
            if (!FieldNames.Contains(field))
                throw Problem.Files.MapField(field, string.Join(", ", FieldNames));
            columns[field] = [.. columns.GetValueOrDefault(field) ?? [], .. named];
        }
        return new FieldMap { Columns = columns };
    }

    /// <summary>What is usual for a role: DLBM for the code of <c>land-use</c>, JCBH for the number of patches; only columns that
    /// exist.</summary>
    /// <remarks>Case does not count, and a column of ten characters also stands for a longer name that a dbf has cut off.</remarks>
    /// <param name="role">A layer role of the command line, or <c>patch</c>.</param>
    /// <param name="learned">Columns that people named before; asked where none of the usual ones is there.</param>
    public static FieldMap Guess(SourceLayer layer, string role, FieldMap? learned = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (field, usual) in LayerRoles.UsualColumns(role))
        {
            List<string> There(IEnumerable<string> names) =>
                [.. names.Select(name => Find(layer, name)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
            var there = There(usual);
            if (there.Count == 0 && learned is not null)
                there = There(learned.Columns.GetValueOrDefault(field) ?? []);
            if (there.Count > 0)
                columns[field] = there;
        }
        return new FieldMap { Columns = columns };
    }

    /// <summary>The unit that the usual area columns have: 亩 for JCMJ and 监测面积, m² for MJ, TBMJ and the like, hectares for
    /// 地块面积 of a survey text; <c>null</c> when unknown.</summary>
    /// <returns><c>mu</c>, <c>m2</c>, <c>ha</c> or <c>null</c>.</returns>
    public string? AreaUnitGuess() =>
        Columns.GetValueOrDefault("area")?[0].ToUpperInvariant() switch
        {
            "JCMJ" or "监测面积" => "mu",
            "地块面积" => "ha",
            "MJ" or "TBMJ" or "YJJBNTTBMJ" => "m2",
            _ => null,
        };

    /// <summary>This map, and the other's columns where this one names none.</summary>
    public FieldMap OrElse(FieldMap other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var columns = new Dictionary<string, IReadOnlyList<string>>(other.Columns, StringComparer.Ordinal);
        foreach (var (field, named) in Columns)
            columns[field] = named;
        return new FieldMap { Columns = columns };
    }

    /// <summary>Refuses a map that names a column the layer does not have.</summary>
    /// <exception cref="Problem">files.map-column, with the columns there are</exception>
    public void Check(SourceLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var there = layer.Fields.Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var column in Columns.Values.SelectMany(named => named))
            if (!there.Contains(column))
                throw Problem.Files.MapColumn(layer.Name, column, string.Join(", ", layer.Fields.Select(field => field.Name)));
    }

    /// <summary>The first value that is neither null nor blank, or <c>null</c>.</summary>
    public object? Value(SourceFeature feature, string field)
    {
        ArgumentNullException.ThrowIfNull(feature);
        if (!Columns.TryGetValue(field, out var named))
            return null;
        foreach (var column in named)
            if (feature.Values.Get(column) is { } value && !IsBlank(value))
                return value;
        return null;
    }

    /// <summary>The first value at these places that is neither null nor blank, or <c>null</c>.</summary>
    internal static object? FirstOf(SourceFeature feature, int[] places)
    {
        foreach (var place in places)
            if (feature.Values.At(place) is { } value && !IsBlank(value))
                return value;
        return null;
    }

    private static bool IsBlank(object value) => value is string text && string.IsNullOrWhiteSpace(text);

    /// <summary>The same as text: numbers invariant and without a trailing <c>.0</c>, days as yyyy-mm-dd, blanks trimmed; or
    /// <c>null</c>.</summary>
    public string? Text(SourceFeature feature, string field) => ValueText.Of(Value(feature, field))?.Trim();

    private static string? Find(SourceLayer layer, string name)
    {
        const int DbfNameLength = 10;
        bool Same(string column) => string.Equals(column, name, StringComparison.OrdinalIgnoreCase);
        bool IsCut(string column) =>
            column.Length == DbfNameLength && name.Length > DbfNameLength && name.StartsWith(column, StringComparison.OrdinalIgnoreCase);
        return layer.Fields.FirstOrDefault(field => Same(field.Name))?.Name
            ?? layer.Fields.FirstOrDefault(field => IsCut(field.Name))?.Name;
    }
}
