using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Sqlite;

/// <summary>Sealed texts under newer keys.</summary>
[DbContext(typeof(SqliteStore))]
[Migration("20261127231300_Reseals")]
public sealed class Reseals : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "reseal",
            columns: table => new
            {
                id = table.Column<Guid>(type: "TEXT", nullable: false),
                of_table = table.Column<string>(type: "TEXT", nullable: false),
                row_id = table.Column<Guid>(type: "TEXT", nullable: false),
                text_sealed = table.Column<string>(type: "TEXT", nullable: false),
                name_blind = table.Column<string>(type: "TEXT", nullable: true),
                number_blind = table.Column<string>(type: "TEXT", nullable: true),
                by = table.Column<string>(type: "TEXT", nullable: false),
                at = table.Column<string>(type: "TEXT", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_reseal", x => x.id)
        );
        migrationBuilder.CreateIndex(name: "IX_reseal_name_blind", table: "reseal", column: "name_blind");
        migrationBuilder.CreateIndex(name: "IX_reseal_number_blind", table: "reseal", column: "number_blind");
        migrationBuilder.CreateIndex(name: "IX_reseal_row_id", table: "reseal", column: "row_id");
        foreach (var table in Guards.ResealAppendOnly)
            migrationBuilder.GuardSqlite(table);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "reseal");
}
