using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Sqlite;

/// <summary>Files that stand sealed among the blobs.</summary>
[DbContext(typeof(SqliteStore))]
[Migration("20261128025000_SealedFiles")]
public sealed class SealedFiles : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "sealed_file",
            columns: table => new
            {
                id = table.Column<Guid>(type: "TEXT", nullable: false),
                sha256 = table.Column<string>(type: "TEXT", nullable: false),
                sealed_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                kind = table.Column<string>(type: "TEXT", nullable: false),
                key_sealed = table.Column<string>(type: "TEXT", nullable: false),
                by = table.Column<string>(type: "TEXT", nullable: false),
                at = table.Column<string>(type: "TEXT", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_sealed_file", x => x.id)
        );
        migrationBuilder.CreateIndex(name: "IX_sealed_file_sha256", table: "sealed_file", column: "sha256", unique: true);
        foreach (var table in Guards.FilesAppendOnly)
            migrationBuilder.GuardSqlite(table);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "sealed_file");
}
