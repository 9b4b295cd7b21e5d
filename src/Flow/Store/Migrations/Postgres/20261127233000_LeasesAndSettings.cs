using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Postgres;

/// <summary>Passing state outside the model and the journal: who judges which patch now, and how a seat likes its screens.</summary>
[DbContext(typeof(PostgresStore))]
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
                patch_id = table.Column<string>(type: "text", nullable: false),
                holder = table.Column<string>(type: "text", nullable: false),
                until_ms = table.Column<long>(type: "bigint", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_review_lease", x => x.patch_id)
        );
        migrationBuilder.CreateTable(
            name: "seat_setting",
            columns: table => new
            {
                login = table.Column<string>(type: "text", nullable: false),
                name = table.Column<string>(type: "text", nullable: false),
                value = table.Column<string>(type: "text", nullable: false),
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
