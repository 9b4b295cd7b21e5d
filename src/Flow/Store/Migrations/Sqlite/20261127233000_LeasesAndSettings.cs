using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Sqlite;

/// <summary>Passing state outside the model and the journal: who judges which patch now, and how a seat likes its screens.</summary>
[DbContext(typeof(SqliteStore))]
[Migration("20261127233000_LeasesAndSettings")]
public sealed class LeasesAndSettings : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "review_lease",
            columns: table => new
            {
                patch_id = table.Column<string>(type: "TEXT", nullable: false),
                holder = table.Column<string>(type: "TEXT", nullable: false),
                until_ms = table.Column<long>(type: "INTEGER", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_review_lease", x => x.patch_id)
        );
        migrationBuilder.CreateTable(
            name: "seat_setting",
            columns: table => new
            {
                login = table.Column<string>(type: "TEXT", nullable: false),
                name = table.Column<string>(type: "TEXT", nullable: false),
                value = table.Column<string>(type: "TEXT", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_seat_setting", x => new { x.login, x.name })
        );
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "review_lease");
        migrationBuilder.DropTable(name: "seat_setting");
    }
}
