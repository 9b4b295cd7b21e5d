using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Writes GeoPackages that QGIS and GDAL open: one or more polygon layers with R-tree.</summary>
/// <remarks>Written beside the target and renamed at <see cref="Complete"/>; disposing without it leaves nothing.</remarks>
public sealed class GeoPackageWriter : IDisposable
{
    private readonly UnfinishedFile unfinished;
    private readonly SqliteFile file;

    private GeoPackageWriter(UnfinishedFile unfinished)
    {
        this.unfinished = unfinished;
        file = SqliteFile.Create(unfinished.Path);
        file.Execute("BEGIN");
        GeoPackageSchema.Create(file);
    }

    public static GeoPackageWriter Create(string path) => new(new UnfinishedFile(path));

    /// <summary>Adds a layer.</summary>
    /// <param name="ringsAsGiven">True does not close rings: for files with true defects.</param>
    /// <returns>Features written.</returns>
    public long Layer(
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features,
        CoordinateSystem crs,
        bool ringsAsGiven = false
    )
    {
        ArgumentNullException.ThrowIfNull(crs);
        ArgumentNullException.ThrowIfNull(features);
        var names = FieldPlaces.Distinct(["fid", "geom", .. fields.Select(field => field.Name)]).Skip(2).ToList();
        GeoPackageSchema.CreateFeatureTable(file, name, fields.Select((field, i) => $"{SqliteFile.Quoted(names[i])} {ColumnType(field)}"));
        var columns = string.Concat(names.Select(column => $", {SqliteFile.Quoted(column)}"));
        var places = string.Concat(Enumerable.Repeat(", ?", names.Count));
        using var insert = file.Prepare($"INSERT INTO {SqliteFile.Quoted(name)} (fid, geom{columns}) VALUES (?, ?{places})");
        var blob = new GeometryBlobWriter();
        var tree = new PackedTree();
        var extent = Extent.Empty;
        var written = 0L;
        foreach (var feature in features)
        {
            insert.Bind(1, ++written);
            if (feature.Polygons.Count == 0)
                insert.BindNull(2);
            else
            {
                insert.Bind(2, blob.Write(ringsAsGiven ? feature.Polygons : Closed(feature.Polygons), crs.Epsg));
                if (!blob.Extent.IsEmpty)
                    tree.Add(written, blob.Extent);
                extent = extent.Including(blob.Extent);
            }
            for (var i = 0; i < fields.Count; i++)
                insert.BindValue(3 + i, feature.Values[i]);
            insert.Run();
        }
        GeoPackageSchema.Register(file, name, crs, extent, tree);
        return written;
    }

    /// <summary>Closes the file and puts it in place.</summary>
    public void Complete()
    {
        file.Execute("COMMIT");
        file.Dispose();
        unfinished.Complete();
    }

    public void Dispose()
    {
        file.Dispose();
        unfinished.Dispose();
    }

    /// <summary>A GeoPackage of one layer.</summary>
    public static long Write(
        string path,
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features,
        CoordinateSystem crs,
        bool ringsAsGiven = false
    )
    {
        using var writer = Create(path);
        var written = writer.Layer(name, fields, features, crs, ringsAsGiven);
        writer.Complete();
        return written;
    }

    private static List<WrittenPolygon> Closed(IReadOnlyList<WrittenPolygon> polygons) =>
        [.. polygons.Select(polygon => new WrittenPolygon(Rings.Closed(polygon.Shell), [.. polygon.Holes.Select(Rings.Closed)]))];

    private static string ColumnType(WrittenField field) =>
        field.Type switch
        {
            "integer" => "INTEGER",
            "real" => "DOUBLE",
            "date" => "DATE",
            "boolean" => "BOOLEAN",
            _ => field.Length is { } length ? $"TEXT({length})" : "TEXT",
        };
}
