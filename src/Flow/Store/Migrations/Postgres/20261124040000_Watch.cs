using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Postgres;

/// <summary>The guards over the first tables.</summary>
[DbContext(typeof(PostgresStore))]
[Migration("20261124040000_Watch")]
public sealed class Watch : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.ChainPostgres();
        foreach (var table in Guards.FirstAppendOnly)
            migrationBuilder.GuardPostgres(table);
        migrationBuilder.GuardPostgres("seat", Guards.SeatFrozen);
        migrationBuilder.GuardPostgres("parcel", Guards.ParcelFrozen);
        migrationBuilder.SetOncePostgres("parcel", "superseded_by_id");
    }
}
