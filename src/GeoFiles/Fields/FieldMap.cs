namespace Weipian.GeoFiles;

/// <summary>Which columns of a file feed which field of the contract: <c>--map number=JCBH,TBBH</c> takes the first that is not empty.</summary>
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

    /// <summary>Parses <c>field=COLUMN[,COLUMN…]</c>.</summary>
    /// <exception cref="Problem">files.map-syntax, files.map-field</exception>
    public static FieldMap Parse(IEnumerable<string> pairs) => throw new NotImplementedException();

    /// <summary>What is usual for a role: DLBM for the code of <c>land-use</c>, JCBH for the number of patches; only columns that exist.</summary>
    /// <param name="role">A layer role of the command line, or <c>patch</c>.</param>
    public static FieldMap Guess(SourceLayer layer, string role) => throw new NotImplementedException();

    /// <summary>This map, and the other's columns where this one names none.</summary>
    public FieldMap OrElse(FieldMap other) => throw new NotImplementedException();

    /// <summary>Refuses a map that names a column the layer does not have.</summary>
    /// <exception cref="Problem">files.map-column, with the columns there are</exception>
    public void Check(SourceLayer layer) => throw new NotImplementedException();

    /// <summary>The first value that is neither null nor blank, or <c>null</c>.</summary>
    public object? Value(SourceFeature feature, string field) => throw new NotImplementedException();

    /// <summary>The same as text: numbers invariant and without a trailing <c>.0</c>, days as yyyy-mm-dd, blanks trimmed; or <c>null</c>.</summary>
    public string? Text(SourceFeature feature, string field) => throw new NotImplementedException();
}
