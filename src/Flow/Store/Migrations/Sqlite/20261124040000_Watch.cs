using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Sqlite;

/// <summary>The guards over the first tables, and the spatial index.</summary>
[DbContext(typeof(SqliteStore))]
[Migration("20261124040000_Watch")]
public sealed class Watch : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.ChainSqlite();
        migrationBuilder.IndexPatchesSqlite();
        foreach (var table in Guards.FirstAppendOnly)
            migrationBuilder.GuardSqlite(table);
        migrationBuilder.GuardSqlite("seat", Guards.SeatFrozen);
        migrationBuilder.GuardSqlite("parcel", Guards.ParcelFrozen);
        migrationBuilder.SetOnceSqlite("parcel", "superseded_by_id");
    }
}
