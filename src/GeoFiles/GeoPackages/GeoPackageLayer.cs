using System.Globalization;
using System.Text;
using SQLitePCL;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>One feature table of a GeoPackage.</summary>
internal sealed class GeoPackageLayer : SourceLayer
{
    private readonly FilePart file;
    private readonly string geometryColumn;
    private readonly FieldPlaces places;
    private readonly IReadOnlyList<string> columns;
    private readonly Encoding encoding;
    private readonly bool closedLines;
    private readonly Lazy<Survey> survey;

    private sealed record Survey(long Count, Extent Extent, string Kind);

    public GeoPackageLayer(
        FilePart file,
        SqliteFile sqlite,
        string table,
        string geometryColumn,
        long srsId,
        double[]? statedExtent,
        string? orderedEncoding,
        bool closedLines
    )
    {
        this.file = file;
        this.closedLines = closedLines;
        this.geometryColumn = geometryColumn;
        Name = table;
        encoding = orderedEncoding is null ? TextEncodings.Utf8 : TextEncodings.Require(orderedEncoding);
        EncodingBasis = orderedEncoding is null
            ? new("GeoPackage 规定为 UTF-8", "GeoPackage prescribes UTF-8")
            : new("由 --encoding 指定", "ordered by --encoding");
        (columns, Fields) = Columns(file, sqlite, table, geometryColumn);
        places = new FieldPlaces(Fields.Select(field => field.Name));
        (Epsg, CrsText) = SpatialReference(sqlite, srsId);
        StatedExtent = statedExtent is [var minX, var minY, var maxX, var maxY] ? new Extent(minX, minY, maxX, maxY) : Extent.Empty;
        survey = new Lazy<Survey>(Look);
        if (Epsg is null && CrsText is null)
            Defects =
            [
                new(
                    "2101",
                    false,
                    null,
                    "没有指明坐标系，按坐标位数和范围判断",
                    "no coordinate system is named; it is judged by digits and extent"
                ),
            ];
    }

    public override string Name { get; }

    public override IReadOnlyList<SourceField> Fields { get; }

    public override long Count => survey.Value.Count;

    public override string? CrsText { get; }

    public override int? Epsg { get; }

    public override string Encoding => TextEncodings.NameOf(encoding);

    public override Wording EncodingBasis { get; }

    public override Extent Extent => survey.Value.Extent;

    public override string GeometryKind => survey.Value.Kind;

    public override IReadOnlyList<FileDefect> Defects { get; } = [];

    /// <summary>The box that gpkg_contents states: quick, but nobody checked it.</summary>
    internal override Extent QuickExtent =>
        StatedExtent.IsEmpty || !double.IsFinite(StatedExtent.MinX + StatedExtent.MaxY) ? Extent : StatedExtent;

    private Extent StatedExtent { get; }

    protected override IEnumerable<SourceFeature> ReadAll()
    {
        var (sqlite, statement) = GeoPackageFile.Guarded(
            file,
            () => Prepare(string.Concat(columns.Select(column => $", {SqliteFile.Quoted(column)}")))
        );
        using (sqlite)
        using (statement)
        {
            long? before = null;
            while (GeoPackageFile.Guarded(file, statement.Step))
            {
                var row = Ascending(statement.Int64(0), before);
                before = row;
                var fault = Geometry(statement, out var shape, out var left);
                var values = new object?[columns.Count];
                for (var i = 0; i < values.Length; i++)
                    values[i] = Value(statement, 2 + i, Fields[i], row);
                yield return new SourceFeature(row, shape, fault, new FeatureValues(places, values)) { LeftAside = left };
            }
        }
    }

    private (SqliteFile, SqliteStatement) Prepare(string more)
    {
        var sqlite = SqliteFile.OpenImmutable(file.Path);
        try
        {
            var geometry = SqliteFile.Quoted(geometryColumn);
            return (sqlite, sqlite.Prepare($"SELECT rowid, {geometry}{more} FROM {SqliteFile.Quoted(Name)} NOT INDEXED ORDER BY rowid"));
        }
        catch
        {
            sqlite.Dispose();
            throw;
        }
    }

    /// <summary>Row ids rise in a sound table; a tree that leads back to itself would never end.</summary>
    private long Ascending(long row, long? before) =>
        row > (before ?? long.MinValue) ? row : throw Problem.Files.DamagedGeoPackage(file.Name, $"rowid {row} ≤ {before} in {Name}");

    private GeometryFault? Geometry(SqliteStatement statement, out Shape? shape, out LeftAside? left)
    {
        (shape, left) = (null, null);
        return statement.IsNull(1) ? GeometryFaults.Null : GeometryBlob.Read(statement.Blob(1), out shape, out left, closedLines);
    }

    private object? Value(SqliteStatement statement, int column, SourceField field, long row)
    {
        switch (statement.TypeOf(column))
        {
            case raw.SQLITE_INTEGER:
                var integer = statement.Int64(column);
                return field.Type switch
                {
                    "boolean" when integer is 0 or 1 => integer == 1,
                    "real" => (double)integer,
                    _ => integer,
                };
            case raw.SQLITE_FLOAT:
                return statement.Double(column) is var real && double.IsFinite(real) ? real : null;
            case raw.SQLITE_TEXT:
                return Typed(Text(statement.Blob(column), field, row), field);
            default:
                return null; // NULL, and blobs other than the geometry
        }
    }

    private string Text(ReadOnlySpan<byte> bytes, SourceField field, long row)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            string? fitting = null;
            if (DbfText.CanDecode(TextEncodings.Gb18030, bytes, mayBeCut: false, out _))
                fitting = "GB18030";
            throw Problem.Files.WrongEncoding(
                file.Name,
                Encoding,
                EncodingBasis.Zh,
                EncodingBasis.En,
                $"图层 {Name} 第 {row} 行字段 {field.Name} ",
                $"layer {Name}, row {row}, field {field.Name}",
                DbfText.Undecodable(encoding, bytes),
                fitting
            );
        }
    }

    private static object Typed(string text, SourceField field) =>
        field.Type switch
        {
            "date" when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
            "timestamp" when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) => moment,
            _ => text,
        };

    private Survey Look()
    {
        var (sqlite, statement) = GeoPackageFile.Guarded(file, () => Prepare(""));
        using (sqlite)
        using (statement)
        {
            var (count, extent, kinds) = (0L, Extent.Empty, new HashSet<string>(StringComparer.Ordinal));
            long? before = null;
            while (GeoPackageFile.Guarded(file, statement.Step))
            {
                before = Ascending(statement.Int64(0), before);
                count++;
                var fault = Geometry(statement, out var shape, out _);
                if (shape is not null)
                    extent = extent.Including(Extent.Of(shape));
                kinds.Add(
                    fault?.Kind is null or "curve" ? "polygon"
                    : fault.Kind == "not-polygon" ? (fault.En.Contains("line", StringComparison.Ordinal) ? "line" : "point")
                    : "none"
                );
            }
            kinds.Remove("none");
            return new Survey(
                count,
                extent,
                kinds.Count == 0 ? "none"
                    : kinds.Count == 1 ? kinds.First()
                    : "mixed"
            );
        }
    }

    private static (IReadOnlyList<string>, IReadOnlyList<SourceField>) Columns(
        FilePart file,
        SqliteFile sqlite,
        string table,
        string geometryColumn
    )
    {
        var (columns, fields, hasGeometry) = (new List<string>(), new List<SourceField>(), false);
        using var statement = sqlite.Prepare($"PRAGMA table_xinfo({SqliteFile.Quoted(table)})");
        while (statement.Step())
        {
            var name = statement.Text(1);
            if (string.Equals(name, geometryColumn, StringComparison.OrdinalIgnoreCase))
                hasGeometry = true;
            else if (statement.Int64(6) == 0) // Generated columns are expressions of the file; they are not run.
            {
                columns.Add(name);
                fields.Add(Field(name, statement.TextOrNull(2) ?? ""));
            }
        }
        if (!hasGeometry)
            throw Problem.Files.DamagedGeoPackage(file.Name, $"{table}.{geometryColumn} is missing");
        return (columns, fields);
    }

    private static SourceField Field(string name, string declared)
    {
        var open = declared.IndexOf('(', StringComparison.Ordinal);
        var type = (open < 0 ? declared : declared[..open]).Trim().ToUpperInvariant();
        int? length =
            open >= 0 && int.TryParse(declared[(open + 1)..].TrimEnd(')', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                ? n
                : null;
        return new SourceField(
            name,
            type switch
            {
                "BOOLEAN" => "boolean",
                "TINYINT" or "SMALLINT" or "MEDIUMINT" or "INT" or "INTEGER" or "BIGINT" => "integer",
                "FLOAT" or "DOUBLE" or "REAL" or "NUMERIC" or "DECIMAL" or "DOUBLE PRECISION" => "real",
                "DATE" => "date",
                "DATETIME" or "TIMESTAMP" => "timestamp",
                "BLOB" => "binary",
                _ => "text",
            },
            length,
            null
        );
    }

    private static (int? Epsg, string? Text) SpatialReference(SqliteFile sqlite, long srsId)
    {
        if (srsId is 0 or -1)
            return (null, null);
        using var statement = sqlite.Prepare(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
        );
        statement.Bind(1, srsId);
        if (!statement.Step())
            return (null, null);
        var isEpsg = string.Equals(statement.TextOrNull(0), "EPSG", StringComparison.OrdinalIgnoreCase);
        var definition = statement.TextOrNull(2);
        if (string.IsNullOrWhiteSpace(definition) || definition.StartsWith("undefined", StringComparison.OrdinalIgnoreCase))
            definition = null;
        return (isEpsg && statement.Int64(1) is > 0 and < int.MaxValue and var epsg ? (int)epsg : null, definition);
    }
}
