using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NetTopologySuite.Geometries;

#nullable disable

namespace Weipian.Flow.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Beginning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase().Annotation("Npgsql:PostgresExtension:postgis", ",,");

            migrationBuilder.CreateTable(
                name: "comparison_area",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    layer_version_id = table.Column<string>(type: "text", nullable: false),
                    feature_number = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    area_square_metres = table.Column<double>(type: "double precision", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comparison_area", x => new { x.run_id, x.ordinal });
                }
            );

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    plan_id = table.Column<string>(type: "text", nullable: false),
                    plan_sha256 = table.Column<string>(type: "text", nullable: false),
                    plan_file_name = table.Column<string>(type: "text", nullable: false),
                    initialised_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_installation", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    prev = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journal", x => x.seq);
                }
            );

            migrationBuilder.CreateTable(
                name: "layer_version",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    as_of = table.Column<DateOnly>(type: "date", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    original_sha256 = table.Column<string>(type: "text", nullable: false),
                    original_name = table.Column<string>(type: "text", nullable: false),
                    code_standard = table.Column<string>(type: "text", nullable: false),
                    feature_count = table.Column<long>(type: "bigint", nullable: false),
                    refused_count = table.Column<long>(type: "bigint", nullable: false),
                    area_square_metres = table.Column<double>(type: "double precision", nullable: false),
                    crs_epsg = table.Column<int>(type: "integer", nullable: false),
                    crs_statement_zh = table.Column<string>(type: "text", nullable: false),
                    crs_statement_en = table.Column<string>(type: "text", nullable: false),
                    assumed = table.Column<bool>(type: "boolean", nullable: false),
                    replaces_id = table.Column<string>(type: "text", nullable: true),
                    defects_json = table.Column<string>(type: "text", nullable: false),
                    options_json = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_layer_version", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "programme",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    quarter = table.Column<int>(type: "integer", nullable: true),
                    name_zh = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_programme", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "seat",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    login = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    post_zh = table.Column<string>(type: "text", nullable: false),
                    post_en = table.Column<string>(type: "text", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    must_change = table.Column<bool>(type: "boolean", nullable: false),
                    disabled = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seat", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "comparison_run",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<string>(type: "text", nullable: false),
                    ran_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    convention = table.Column<string>(type: "text", nullable: false),
                    engine_version = table.Column<string>(type: "text", nullable: false),
                    layer_versions_json = table.Column<string>(type: "text", nullable: false),
                    patch_count = table.Column<int>(type: "integer", nullable: false),
                    result_sha256 = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comparison_run", x => x.id);
                    table.ForeignKey(
                        name: "FK_comparison_run_programme_programme_id",
                        column: x => x.programme_id,
                        principalTable: "programme",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "import_batch",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    file_sha256 = table.Column<string>(type: "text", nullable: false),
                    imported_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    options_json = table.Column<string>(type: "text", nullable: false),
                    crs_epsg = table.Column<int>(type: "integer", nullable: false),
                    crs_statement_zh = table.Column<string>(type: "text", nullable: false),
                    crs_statement_en = table.Column<string>(type: "text", nullable: false),
                    assumed = table.Column<bool>(type: "boolean", nullable: false),
                    source_count = table.Column<int>(type: "integer", nullable: false),
                    taken_count = table.Column<int>(type: "integer", nullable: false),
                    refused_count = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_batch", x => x.id);
                    table.ForeignKey(
                        name: "FK_import_batch_programme_programme_id",
                        column: x => x.programme_id,
                        principalTable: "programme",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "import_finding",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    row = table.Column<long>(type: "bigint", nullable: false),
                    patch_number = table.Column<string>(type: "text", nullable: true),
                    rule = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    hard = table.Column<bool>(type: "boolean", nullable: false),
                    zh = table.Column<string>(type: "text", nullable: false),
                    en = table.Column<string>(type: "text", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_finding", x => x.id);
                    table.ForeignKey(
                        name: "FK_import_finding_import_batch_batch_id",
                        column: x => x.batch_id,
                        principalTable: "import_batch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "patch",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<DateOnly>(type: "date", nullable: true),
                    after = table.Column<DateOnly>(type: "date", nullable: true),
                    issued_area_square_metres = table.Column<double>(type: "double precision", nullable: true),
                    area_square_metres = table.Column<double>(type: "double precision", nullable: false),
                    geometry = table.Column<MultiPolygon>(type: "geometry(MultiPolygon,4490)", nullable: false),
                    west = table.Column<double>(type: "double precision", nullable: false),
                    south = table.Column<double>(type: "double precision", nullable: false),
                    east = table.Column<double>(type: "double precision", nullable: false),
                    north = table.Column<double>(type: "double precision", nullable: false),
                    county = table.Column<string>(type: "text", nullable: true),
                    issued_unit = table.Column<string>(type: "text", nullable: true),
                    change = table.Column<string>(type: "text", nullable: true),
                    attributes_json = table.Column<string>(type: "text", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_row = table.Column<long>(type: "bigint", nullable: false),
                    cluster = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_patch", x => x.id);
                    table.ForeignKey(
                        name: "FK_patch_import_batch_batch_id",
                        column: x => x.batch_id,
                        principalTable: "import_batch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_patch_programme_programme_id",
                        column: x => x.programme_id,
                        principalTable: "programme",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "parcel",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    geometry = table.Column<MultiPolygon>(type: "geometry(MultiPolygon,4490)", nullable: false),
                    area_square_metres = table.Column<double>(type: "double precision", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "double precision", nullable: false),
                    permanent_farmland_square_metres = table.Column<double>(type: "double precision", nullable: false),
                    areas_json = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    superseded_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_parcel", x => x.id);
                    table.ForeignKey(
                        name: "FK_parcel_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "patch_link",
                columns: table => new
                {
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    earlier_patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    share_of_smaller = table.Column<double>(type: "double precision", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_patch_link", x => new { x.patch_id, x.earlier_patch_id });
                    table.ForeignKey(
                        name: "FK_patch_link_patch_earlier_patch_id",
                        column: x => x.earlier_patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_patch_link_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "patch_unit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    statutory_unit = table.Column<string>(type: "text", nullable: false),
                    responsible_unit = table.Column<string>(type: "text", nullable: true),
                    area_square_metres = table.Column<double>(type: "double precision", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "uuid", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_patch_unit", x => x.id);
                    table.ForeignKey(
                        name: "FK_patch_unit_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "visit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    visited_on = table.Column<DateOnly>(type: "date", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    form_json = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "uuid", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_visit", x => x.id);
                    table.ForeignKey(
                        name: "FK_visit_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "determination",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    parcel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    basis_zh = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    seal_json = table.Column<string>(type: "text", nullable: false),
                    seal_sha256 = table.Column<string>(type: "text", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "uuid", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_determination", x => x.id);
                    table.ForeignKey(
                        name: "FK_determination_parcel_parcel_id",
                        column: x => x.parcel_id,
                        principalTable: "parcel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "proposal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_id = table.Column<string>(type: "text", nullable: false),
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parcel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    derivation_json = table.Column<string>(type: "text", nullable: false),
                    inputs_sha256 = table.Column<string>(type: "text", nullable: false),
                    law_book_sha256 = table.Column<string>(type: "text", nullable: false),
                    proposed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_proposal", x => x.id);
                    table.ForeignKey(
                        name: "FK_proposal_parcel_parcel_id",
                        column: x => x.parcel_id,
                        principalTable: "parcel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "evidence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    visit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    patch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evidence", x => x.id);
                    table.ForeignKey(
                        name: "FK_evidence_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_evidence_visit_visit_id",
                        column: x => x.visit_id,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "confirmation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    determination_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    reason_code = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_confirmation", x => x.id);
                    table.ForeignKey(
                        name: "FK_confirmation_determination_determination_id",
                        column: x => x.determination_id,
                        principalTable: "determination",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_comparison_area_run_id_patch_id",
                table: "comparison_area",
                columns: new[] { "run_id", "patch_id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_comparison_run_programme_id_ran_at",
                table: "comparison_run",
                columns: new[] { "programme_id", "ran_at" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_confirmation_determination_id",
                table: "confirmation",
                column: "determination_id",
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_determination_parcel_id", table: "determination", column: "parcel_id");

            migrationBuilder.CreateIndex(name: "IX_determination_patch_id", table: "determination", column: "patch_id");

            migrationBuilder.CreateIndex(name: "IX_evidence_patch_id", table: "evidence", column: "patch_id");

            migrationBuilder.CreateIndex(name: "IX_evidence_visit_id", table: "evidence", column: "visit_id");

            migrationBuilder.CreateIndex(name: "IX_import_batch_programme_id", table: "import_batch", column: "programme_id");

            migrationBuilder.CreateIndex(
                name: "IX_import_finding_batch_id_ordinal",
                table: "import_finding",
                columns: new[] { "batch_id", "ordinal" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_journal_prev", table: "journal", column: "prev", unique: true);

            migrationBuilder.CreateIndex(name: "IX_journal_subject_seq", table: "journal", columns: new[] { "subject", "seq" });

            migrationBuilder.CreateIndex(name: "IX_layer_version_role_as_of", table: "layer_version", columns: new[] { "role", "as_of" });

            migrationBuilder.CreateIndex(name: "IX_parcel_patch_id_ordinal", table: "parcel", columns: new[] { "patch_id", "ordinal" });

            migrationBuilder.CreateIndex(name: "IX_patch_batch_id", table: "patch", column: "batch_id");

            migrationBuilder
                .CreateIndex(name: "IX_patch_geometry", table: "patch", column: "geometry")
                .Annotation("Npgsql:IndexMethod", "gist");

            migrationBuilder.CreateIndex(
                name: "IX_patch_programme_id_number",
                table: "patch",
                columns: new[] { "programme_id", "number" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_patch_link_earlier_patch_id", table: "patch_link", column: "earlier_patch_id");

            migrationBuilder.CreateIndex(name: "IX_patch_unit_patch_id", table: "patch_unit", column: "patch_id");

            migrationBuilder.CreateIndex(name: "IX_patch_unit_responsible_unit", table: "patch_unit", column: "responsible_unit");

            migrationBuilder.CreateIndex(name: "IX_proposal_parcel_id", table: "proposal", column: "parcel_id");

            migrationBuilder.CreateIndex(name: "IX_proposal_patch_id", table: "proposal", column: "patch_id");

            migrationBuilder.CreateIndex(
                name: "IX_proposal_programme_id_proposed_at",
                table: "proposal",
                columns: new[] { "programme_id", "proposed_at" }
            );

            migrationBuilder.CreateIndex(name: "IX_seat_login", table: "seat", column: "login", unique: true);

            migrationBuilder.CreateIndex(name: "IX_visit_patch_id", table: "visit", column: "patch_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "comparison_area");

            migrationBuilder.DropTable(name: "comparison_run");

            migrationBuilder.DropTable(name: "confirmation");

            migrationBuilder.DropTable(name: "evidence");

            migrationBuilder.DropTable(name: "import_finding");

            migrationBuilder.DropTable(name: "installation");

            migrationBuilder.DropTable(name: "journal");

            migrationBuilder.DropTable(name: "layer_version");

            migrationBuilder.DropTable(name: "patch_link");

            migrationBuilder.DropTable(name: "patch_unit");

            migrationBuilder.DropTable(name: "proposal");

            migrationBuilder.DropTable(name: "seat");

            migrationBuilder.DropTable(name: "determination");

            migrationBuilder.DropTable(name: "visit");

            migrationBuilder.DropTable(name: "parcel");

            migrationBuilder.DropTable(name: "patch");

            migrationBuilder.DropTable(name: "import_batch");

            migrationBuilder.DropTable(name: "programme");
        }
    }
}
