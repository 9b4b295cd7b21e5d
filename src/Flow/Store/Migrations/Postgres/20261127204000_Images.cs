using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Postgres;

/// <summary>The catalogue of images.</summary>
[DbContext(typeof(PostgresStore))]
[Migration("20261127204000_Images")]
public sealed class Images : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "image",
            columns: table => new
            {
                id = table.Column<string>(type: "text", nullable: false),
                acquired_on = table.Column<DateOnly>(type: "date", nullable: false),
                sensor = table.Column<string>(type: "text", nullable: true),
                file_name = table.Column<string>(type: "text", nullable: false),
                west = table.Column<double>(type: "double precision", nullable: false),
                south = table.Column<double>(type: "double precision", nullable: false),
                east = table.Column<double>(type: "double precision", nullable: false),
                north = table.Column<double>(type: "double precision", nullable: false),
                resolution_metres = table.Column<double>(type: "double precision", nullable: false),
                bands = table.Column<int>(type: "integer", nullable: false),
                crs_epsg = table.Column<int>(type: "integer", nullable: false),
                sheet_json = table.Column<string>(type: "text", nullable: false),
                added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                by = table.Column<string>(type: "text", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_image", x => x.id)
        );
        migrationBuilder.CreateIndex(name: "IX_image_acquired_on", table: "image", column: "acquired_on");
        migrationBuilder.GuardPostgres("image");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "image");
}
