using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>The normalised GeoPackage of a stored layer: its tables, how they are written and read.</summary>
/// <remarks>
/// Table <c>features</c>: <c>fid</c> = number, <c>geom</c> multipolygon in EPSG:4490, <c>source_row</c>, <c>area_m2</c>, the fields of
/// the contract, <c>source</c> = all original columns as JSON. Table <c>defects</c>: what was found. Both open in QGIS.
/// </remarks>
internal static class LayerTable
{
    public const string Features = "features";
    public const string Defects = "defects";

    /// <summary>Places of the columns that come before the contract fields in <see cref="FeatureColumns"/>.</summary>
    private const int FirstField = 4;

    private static readonly string[] NumberFields = ["area", "kcxs"];
    private static readonly string FeatureColumns =
        "fid, geom, source_row, area_m2, " + string.Concat(FieldMap.FieldNames.Select(name => $"\"{name}\", ")) + "source";

    private static readonly GeometryFactory Factory = new(
        new PrecisionModel(),
        4490,
        new PackedCoordinateSequenceFactory(PackedCoordinateSequenceFactory.PackedType.Double)
    );

    public static FieldPlaces Places { get; } = new(FieldMap.FieldNames);

    /// <summary>True for fields stored as numbers; all others are text.</summary>
    public static bool IsNumber(string field) => NumberFields.Contains(field);

    public static void Create(SqliteFile file)
    {
        GeoPackageSchema.Create(file);
        GeoPackageSchema.CreateFeatureTable(
            file,
            Features,
            [
                "source_row INTEGER NOT NULL",
                "area_m2 DOUBLE NOT NULL",
                .. FieldMap.FieldNames.Select(name => $"\"{name}\" {(IsNumber(name) ? "DOUBLE" : "TEXT")}"),
                "source TEXT",
            ]
        );
        file.Execute(
            $"CREATE TABLE {Defects} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, rule TEXT NOT NULL, hard BOOLEAN NOT NULL, kind TEXT NOT NULL, "
                + "source_row INTEGER, number INTEGER, zh TEXT NOT NULL, en TEXT NOT NULL, "
                + "longitude DOUBLE, latitude DOUBLE, area_before DOUBLE, area_after DOUBLE)"
        );
    }

    /// <summary>The root page of the empty table of features.</summary>
    public static long FeaturesRoot(SqliteFile file)
    {
        using var statement = file.Prepare("SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?");
        statement.Bind(1, Features);
        return statement.Step() ? statement.Int64(0) : throw new InvalidOperationException("the table was not created");
    }

    /// <summary>After <see cref="BulkTable"/> has filled the features: the greatest number that was given.</summary>
    public static void SetLastNumber(SqliteFile file, long number)
    {
        if (number == 0)
            return;
        using var insert = file.Prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)");
        insert.Bind(1, Features);
        insert.Bind(2, number);
        insert.Run();
    }

    public static void WriteDefects(SqliteFile file, IEnumerable<LayerDefect> defects)
    {
        using var insert = file.Prepare(
            $"INSERT INTO {Defects} (rule, hard, kind, source_row, number, zh, en, longitude, latitude, area_before, area_after) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        );
        foreach (var defect in defects)
        {
            object?[] values =
            [
                defect.Rule,
                defect.Hard,
                defect.Kind,
                defect.SourceRow,
                defect.Number,
                defect.Zh,
                defect.En,
                defect.Longitude,
                defect.Latitude,
                defect.AreaBefore,
                defect.AreaAfter,
            ];
            for (var i = 0; i < values.Length; i++)
                insert.BindValue(1 + i, values[i]);
            insert.Run();
        }
    }

    public static List<LayerDefect> ReadDefects(SqliteFile file)
    {
        using var statement = file.Prepare(
            $"SELECT rule, hard, kind, source_row, number, zh, en, longitude, latitude, area_before, area_after FROM {Defects} ORDER BY fid"
        );
        double? Real(int column) => statement.IsNull(column) ? null : statement.Double(column);
        long? Whole(int column) => statement.IsNull(column) ? null : statement.Int64(column);
        var defects = new List<LayerDefect>();
        while (statement.Step())
            defects.Add(
                new LayerDefect(
                    statement.Text(0),
                    statement.Int64(1) == 1,
                    statement.Text(2),
                    Whole(3),
                    Whole(4),
                    statement.Text(5),
                    statement.Text(6),
                    Real(7),
                    Real(8),
                    Real(9),
                    Real(10)
                )
            );
        return defects;
    }

    /// <summary>All features, those of a box (found by the R-tree, then checked), or the one of a number, in order of number.</summary>
    public static SqliteStatement PrepareRead(SqliteFile file, Extent? within, long? number)
    {
        var where =
            number is not null ? "WHERE fid = ?"
            : within is not null
                ? $"WHERE fid IN (SELECT id FROM rtree_{Features}_geom WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?)"
            : "";
        var statement = file.Prepare($"SELECT {FeatureColumns} FROM {Features} {where} ORDER BY fid");
        if (number is { } one)
            statement.Bind(1, one);
        else if (within is { } box)
        {
            statement.Bind(1, box.MaxX);
            statement.Bind(2, box.MinX);
            statement.Bind(3, box.MaxY);
            statement.Bind(4, box.MinY);
        }
        return statement;
    }

    /// <summary>The feature at which a statement of <see cref="PrepareRead"/> stands.</summary>
    public static StoredFeature Read(SqliteStatement statement)
    {
        var values = new object?[FieldMap.FieldNames.Count];
        for (var i = 0; i < values.Length; i++)
            if (!statement.IsNull(FirstField + i))
                values[i] = IsNumber(FieldMap.FieldNames[i]) ? statement.Double(FirstField + i) : statement.Text(FirstField + i);
        return new StoredFeature(
            statement.Int64(0),
            statement.Int64(2),
            Geometry(statement),
            statement.Double(3),
            new FeatureValues(Places, values),
            statement.TextOrNull(FirstField + values.Length) ?? "{}"
        );
    }

    /// <summary>What the kernel needs of the feature at which a statement stands.</summary>
    public static (long Number, string Code, MultiPolygon Geometry, double Area) ReadForKernel(SqliteStatement statement)
    {
        var code = FirstField + Places.Of("code");
        return (statement.Int64(0), statement.TextOrNull(code) ?? "", Geometry(statement), statement.Double(3));
    }

    /// <summary>The content of the feature at which a statement stands, in the form that gives the id.</summary>
    public static void Append(LayerContent content, SqliteStatement statement)
    {
        content.Number(statement.Int64(0));
        content.Number(statement.Int64(2));
        content.Number(statement.Double(3));
        content.Bytes(GeometryBlob.Wkb(statement.Blob(1)));
        for (var i = 0; i < FieldMap.FieldNames.Count; i++)
            if (statement.IsNull(FirstField + i))
                content.Null();
            else if (IsNumber(FieldMap.FieldNames[i]))
                content.Number((double?)statement.Double(FirstField + i));
            else
                content.Bytes(statement.Blob(FirstField + i));
        content.Bytes(statement.Blob(FirstField + FieldMap.FieldNames.Count));
    }

    /// <summary>The row of a feature, in the order of <see cref="FeatureColumns"/>; its number is the key of the table.</summary>
    public static void WriteRecord(
        SqliteRecord record,
        ReadOnlySpan<byte> blob,
        long sourceRow,
        double area,
        object?[] fields,
        ReadOnlySpan<byte> json
    )
    {
        record.Begin();
        record.Null();
        record.Blob(blob);
        record.Integer(sourceRow);
        record.Real(area);
        foreach (var field in fields)
            switch (field)
            {
                case byte[] text:
                    record.Text(text);
                    break;
                case double real:
                    record.Real(real);
                    break;
                default:
                    record.Null();
                    break;
            }
        record.Text(json);
    }

    /// <summary>Stores and hashes a prepared feature.</summary>
    public static void Insert(BulkTable table, LayerContent content, long number, NormalisedFeature feature)
    {
        table.Add(number, feature.Record);
        content.Number(number);
        content.Number(feature.SourceRow);
        content.Number(feature.Placed.AreaSquareMetres);
        content.Bytes(feature.Wkb);
        foreach (var field in feature.Fields)
            switch (field)
            {
                case byte[] text:
                    content.Bytes(text);
                    break;
                case double real:
                    content.Number((double?)real);
                    break;
                default:
                    content.Null();
                    break;
            }
        content.Bytes(feature.SourceJson);
    }

    private static MultiPolygon Geometry(SqliteStatement statement) => GeometryBlob.ReadStored(statement.Blob(1), Factory);
}
