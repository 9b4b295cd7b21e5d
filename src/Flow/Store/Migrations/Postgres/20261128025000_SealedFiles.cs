using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Postgres;

/// <summary>Files that stand sealed among the blobs.</summary>
[DbContext(typeof(PostgresStore))]
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
                id = table.Column<Guid>(type: "uuid", nullable: false),
                sha256 = table.Column<string>(type: "text", nullable: false),
                sealed_sha256 = table.Column<string>(type: "text", nullable: false),
                kind = table.Column<string>(type: "text", nullable: false),
                key_sealed = table.Column<string>(type: "text", nullable: false),
                by = table.Column<string>(type: "text", nullable: false),
                at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_sealed_file", x => x.id)
        );
        migrationBuilder.CreateIndex(name: "IX_sealed_file_sha256", table: "sealed_file", column: "sha256", unique: true);
        foreach (var table in Guards.FilesAppendOnly)
            migrationBuilder.GuardPostgres(table);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "sealed_file");
}
