namespace Weipian.GeoFiles;

/// <summary>A GeoPackage of a user: finds its feature layers. The file is read as data only; views and virtual tables are not
/// read.</summary>
internal static class GeoPackageFile
{
    private const int LayersMax = 1000;

    /// <summary>A damaged tree can lead back to itself; listing a thousand layers takes far fewer steps.</summary>
    private const int CatalogueStepsMax = 10_000_000;

    /// <summary>The feature layers, and what is odd about the file.</summary>
    /// <exception cref="Problem">files.*</exception>
    /// <param name="closedLines">Lines that end where they begin count as polygons, as in drawings.</param>
    public static (IReadOnlyList<SourceLayer> Layers, IReadOnlyList<FileDefect> Defects) Open(
        FilePart file,
        string? orderedEncoding,
        bool closedLines = false
    )
    {
        RefuseUnmergedLog(file);
        return Guarded(
            file,
            () =>
            {
                using var sqlite = SqliteFile.OpenImmutable(file.Path);
                sqlite.LimitSteps(CatalogueStepsMax);
                var tables = Tables(sqlite);
                if (!tables.ContainsKey("gpkg_contents") || !tables.ContainsKey("gpkg_geometry_columns"))
                    throw Problem.Files.NotGeoPackage(file.Name, Listed(tables.Keys));
                return Layers(file, sqlite, tables, orderedEncoding, closedLines);
            }
        );
    }

    /// <summary>Runs a reading and turns what SQLite says into a refusal that names the file.</summary>
    /// <exception cref="Problem">files.damaged-geopackage</exception>
    public static T Guarded<T>(FilePart file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteFault fault)
        {
            throw Problem.Files.DamagedGeoPackage(file.Name, fault.Message);
        }
    }

    /// <summary>With a write-ahead log beside it, the main file alone is not the whole content.</summary>
    private static void RefuseUnmergedLog(FilePart file)
    {
        const int WriteVersionPlace = 18;
        var head = file.Head(100);
        var log = new FileInfo(file.Path + "-wal");
        if (head.Length > WriteVersionPlace && head[WriteVersionPlace] == 2 && log.Exists && log.Length > 0)
            throw Problem.Files.GeoPackageInUse(file.Name);
    }

    private static (IReadOnlyList<SourceLayer>, IReadOnlyList<FileDefect>) Layers(
        FilePart file,
        SqliteFile sqlite,
        Dictionary<string, bool> tables,
        string? orderedEncoding,
        bool closedLines
    )
    {
        var (layers, defects) = (new List<SourceLayer>(), new List<FileDefect>());
        using var statement = sqlite.Prepare(
            "SELECT c.table_name, g.column_name, g.srs_id, c.min_x, c.min_y, c.max_x, c.max_y FROM gpkg_contents c "
                + $"JOIN gpkg_geometry_columns g ON g.table_name = c.table_name WHERE c.data_type = 'features' ORDER BY c.rowid LIMIT {LayersMax}"
        );
        while (statement.Step())
        {
            var name = statement.Text(0);
            if (!tables.TryGetValue(name, out var isPlainTable))
                defects.Add(Soft($"登记的图层“{name}”没有对应的表", $"the layer “{name}” is registered but has no table"));
            else if (!isPlainTable)
                defects.Add(
                    Soft($"图层“{name}”是视图或虚拟表，未读取", $"the layer “{name}” is a view or a virtual table and was not read")
                );
            else
                layers.Add(
                    new GeoPackageLayer(
                        file,
                        sqlite,
                        name,
                        statement.Text(1),
                        statement.Int64(2),
                        Stated(statement),
                        orderedEncoding,
                        closedLines
                    )
                );
        }
        if (layers.Count == 0)
            throw Problem.Files.GeoPackageWithoutLayers(file.Name);
        return (layers, defects);
    }

    private static double[]? Stated(SqliteStatement statement) =>
        Enumerable.Range(3, 4).Any(statement.IsNull) ? null : [.. Enumerable.Range(3, 4).Select(statement.Double)];

    /// <summary>Names of tables and views; true for plain tables.</summary>
    private static Dictionary<string, bool> Tables(SqliteFile sqlite)
    {
        var tables = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        using var statement = sqlite.Prepare("SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view')");
        while (statement.Step())
        {
            var sql = statement.TextOrNull(2) ?? "";
            tables[statement.Text(0)] =
                statement.Text(1) == "table" && !sql.TrimStart().StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase);
        }
        return tables;
    }

    private static string Listed(IEnumerable<string> names)
    {
        var shown = names.Order(StringComparer.Ordinal).Take(8).ToList();
        return shown.Count == 0 ? "-" : string.Join(", ", shown);
    }

    private static FileDefect Soft(string zh, string en) => new("1201", false, null, zh, en);
}
