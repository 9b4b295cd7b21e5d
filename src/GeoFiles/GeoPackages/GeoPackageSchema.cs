using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>The tables every GeoPackage has, and those of one feature layer (OGC 12-128, version 1.2).</summary>
internal static class GeoPackageSchema
{
    // A fixed time: a layer is known by its content, and the same content shall give the same file.
    private const string LastChange = "2000-01-01T00:00:00.000Z";

    public static void Create(SqliteFile file)
    {
        file.Execute("PRAGMA application_id = 1196444487"); // "GPKG"
        file.Execute("PRAGMA user_version = 10200");
        file.Execute(
            """
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
              organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
            CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
              description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
              min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
              CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
            CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
              srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
              CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
              CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
              CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
            CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
              scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
            INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
            """
        );
        AddSpatialReference(file, CoordinateSystem.FromEpsg(4326));
    }

    public static void AddSpatialReference(SqliteFile file, CoordinateSystem crs)
    {
        using var insert = file.Prepare("INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)");
        insert.Bind(1, ProjectionText.Name(crs));
        insert.Bind(2, crs.Epsg);
        insert.Bind(3, crs.Epsg);
        insert.Bind(4, ProjectionText.Ogc(crs));
        insert.Run();
    }

    /// <param name="columns">Column definitions after <c>fid</c> and <c>geom</c>, already quoted.</param>
    public static void CreateFeatureTable(SqliteFile file, string table, IEnumerable<string> columns) =>
        file.Execute(
            $"CREATE TABLE {SqliteFile.Quoted(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON"
                + string.Concat(columns.Select(column => $", {column}"))
                + ")"
        );

    /// <summary>Registers a filled feature table: contents with extent, geometry column, the R-tree and the triggers that keep
    /// it.</summary>
    public static void Register(SqliteFile file, string table, CoordinateSystem crs, Extent extent, PackedTree tree)
    {
        AddSpatialReference(file, crs);
        using (var insert = file.Prepare("INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, ?)"))
        {
            insert.Bind(1, table);
            insert.Bind(2, table);
            insert.Bind(3, LastChange);
            double[] box = [extent.MinX, extent.MinY, extent.MaxX, extent.MaxY];
            for (var i = 0; i < 4; i++)
                if (extent.IsEmpty)
                    insert.BindNull(4 + i);
                else
                    insert.Bind(4 + i, box[i]);
            insert.Bind(8, crs.Epsg);
            insert.Run();
        }
        using (var insert = file.Prepare("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)"))
        {
            insert.Bind(1, table);
            insert.Bind(2, crs.Epsg);
            insert.Run();
        }
        tree.Write(file, table, "geom");
        using (var insert = file.Prepare("INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', ?, 'write-only')"))
        {
            insert.Bind(1, table);
            insert.Bind(2, "http://www.geopackage.org/spec120/#extension_rtree");
            insert.Run();
        }
        foreach (var trigger in TreeTriggers(table))
            file.Execute(trigger);
    }

    /// <summary>Registers a table without geometry, so that programs show it.</summary>
    public static void RegisterAttributes(SqliteFile file, string table)
    {
        using var insert = file.Prepare("INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, '', ?, NULL, NULL, NULL, NULL, 0)");
        insert.Bind(1, table);
        insert.Bind(2, table);
        insert.Bind(3, LastChange);
        insert.Run();
    }

    /// <summary>The triggers that the R-tree extension prescribes; programs that edit a copy of the file need them.</summary>
    private static IEnumerable<string> TreeTriggers(string table)
    {
        var t = SqliteFile.Quoted(table);
        var tree = SqliteFile.Quoted($"rtree_{table}_geom");
        string Named(string ending) => SqliteFile.Quoted($"rtree_{table}_geom_{ending}");
        const string Filled = "NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)";
        var put =
            $"INSERT OR REPLACE INTO {tree} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));";
        yield return $"CREATE TRIGGER {Named("insert")} AFTER INSERT ON {t} WHEN ({Filled}) BEGIN {put} END";
        yield return $"CREATE TRIGGER {Named("update1")} AFTER UPDATE OF geom ON {t} WHEN OLD.fid = NEW.fid AND ({Filled}) BEGIN {put} END";
        yield return $"CREATE TRIGGER {Named("update2")} AFTER UPDATE OF geom ON {t} WHEN OLD.fid = NEW.fid AND "
            + $"(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM {tree} WHERE id = OLD.fid; END";
        yield return $"CREATE TRIGGER {Named("update3")} AFTER UPDATE ON {t} WHEN OLD.fid != NEW.fid AND ({Filled}) "
            + $"BEGIN DELETE FROM {tree} WHERE id = OLD.fid; {put} END";
        yield return $"CREATE TRIGGER {Named("update4")} AFTER UPDATE ON {t} WHEN OLD.fid != NEW.fid AND "
            + $"(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM {tree} WHERE id IN (OLD.fid, NEW.fid); END";
        yield return $"CREATE TRIGGER {Named("delete")} AFTER DELETE ON {t} WHEN OLD.geom NOT NULL BEGIN DELETE FROM {tree} WHERE id = OLD.fid; END";
    }
}
