using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weipian.Flow.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Batches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "attached_document",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: true),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attached_document", x => x.id);
                    table.ForeignKey(
                        name: "FK_attached_document_attached_document_supersedes_id",
                        column: x => x.supersedes_id,
                        principalTable: "attached_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_attached_document_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "verdict_batch",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    snapshot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parcels = table.Column<int>(type: "INTEGER", nullable: false),
                    kept_back = table.Column<int>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_verdict_batch", x => x.id);
                    table.ForeignKey(
                        name: "FK_verdict_batch_snapshot_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "verdict_batch_item",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parcel_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    determination_id = table.Column<Guid>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_verdict_batch_item", x => new { x.batch_id, x.parcel_id });
                    table.ForeignKey(
                        name: "FK_verdict_batch_item_determination_determination_id",
                        column: x => x.determination_id,
                        principalTable: "determination",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_verdict_batch_item_parcel_parcel_id",
                        column: x => x.parcel_id,
                        principalTable: "parcel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_verdict_batch_item_verdict_batch_batch_id",
                        column: x => x.batch_id,
                        principalTable: "verdict_batch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateIndex(name: "IX_attached_document_patch_id", table: "attached_document", column: "patch_id");

            migrationBuilder.CreateIndex(name: "IX_attached_document_supersedes_id", table: "attached_document", column: "supersedes_id");

            migrationBuilder.CreateIndex(
                name: "IX_verdict_batch_programme_id_ordinal",
                table: "verdict_batch",
                columns: new[] { "programme_id", "ordinal" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_verdict_batch_snapshot_id", table: "verdict_batch", column: "snapshot_id");

            migrationBuilder.CreateIndex(
                name: "IX_verdict_batch_item_determination_id",
                table: "verdict_batch_item",
                column: "determination_id"
            );

            migrationBuilder.CreateIndex(name: "IX_verdict_batch_item_parcel_id", table: "verdict_batch_item", column: "parcel_id");
            foreach (var table in Guards.BatchAppendOnly)
                migrationBuilder.GuardSqlite(table);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "attached_document");

            migrationBuilder.DropTable(name: "verdict_batch_item");

            migrationBuilder.DropTable(name: "verdict_batch");
        }
    }
}
