using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Postgres;

/// <summary>Indexes over the columns that lists of violations and the start pages ask by.</summary>
[DbContext(typeof(PostgresStore))]
[Migration("20261127073000_Quick")]
public sealed class Quick : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(name: "IX_determination_supersedes_id", table: "determination", column: "supersedes_id");
        migrationBuilder.CreateIndex(name: "IX_parcel_superseded_by_id", table: "parcel", column: "superseded_by_id");
        migrationBuilder.CreateIndex(name: "IX_patch_unit_supersedes_id", table: "patch_unit", column: "supersedes_id");
        migrationBuilder.CreateIndex(name: "IX_signature_subject_id", table: "signature", column: "subject_id");
        migrationBuilder.CreateIndex(name: "IX_visit_supersedes_id", table: "visit", column: "supersedes_id");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(name: "IX_determination_supersedes_id", table: "determination");
        migrationBuilder.DropIndex(name: "IX_parcel_superseded_by_id", table: "parcel");
        migrationBuilder.DropIndex(name: "IX_patch_unit_supersedes_id", table: "patch_unit");
        migrationBuilder.DropIndex(name: "IX_signature_subject_id", table: "signature");
        migrationBuilder.DropIndex(name: "IX_visit_supersedes_id", table: "visit");
    }
}
