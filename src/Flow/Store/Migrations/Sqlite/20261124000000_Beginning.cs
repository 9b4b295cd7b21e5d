using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weipian.Flow.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Beginning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "comparison_area",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    layer_version_id = table.Column<string>(type: "TEXT", nullable: false),
                    feature_number = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
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
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    plan_id = table.Column<string>(type: "TEXT", nullable: false),
                    plan_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    plan_file_name = table.Column<string>(type: "TEXT", nullable: false),
                    initialised_at = table.Column<string>(type: "TEXT", nullable: false),
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
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    act = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    prev = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
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
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    as_of = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    original_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    original_name = table.Column<string>(type: "TEXT", nullable: false),
                    code_standard = table.Column<string>(type: "TEXT", nullable: false),
                    feature_count = table.Column<long>(type: "INTEGER", nullable: false),
                    refused_count = table.Column<long>(type: "INTEGER", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    crs_epsg = table.Column<int>(type: "INTEGER", nullable: false),
                    crs_statement_zh = table.Column<string>(type: "TEXT", nullable: false),
                    crs_statement_en = table.Column<string>(type: "TEXT", nullable: false),
                    assumed = table.Column<bool>(type: "INTEGER", nullable: false),
                    replaces_id = table.Column<string>(type: "TEXT", nullable: true),
                    defects_json = table.Column<string>(type: "TEXT", nullable: false),
                    options_json = table.Column<string>(type: "TEXT", nullable: false),
                    added_at = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
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
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    quarter = table.Column<int>(type: "INTEGER", nullable: true),
                    name_zh = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    login = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: true),
                    post_zh = table.Column<string>(type: "TEXT", nullable: false),
                    post_en = table.Column<string>(type: "TEXT", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: false),
                    must_change = table.Column<bool>(type: "INTEGER", nullable: false),
                    disabled = table.Column<bool>(type: "INTEGER", nullable: false),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    ran_at = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    convention = table.Column<string>(type: "TEXT", nullable: false),
                    engine_version = table.Column<string>(type: "TEXT", nullable: false),
                    layer_versions_json = table.Column<string>(type: "TEXT", nullable: false),
                    patch_count = table.Column<int>(type: "INTEGER", nullable: false),
                    result_sha256 = table.Column<string>(type: "TEXT", nullable: false),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    file_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    imported_at = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    options_json = table.Column<string>(type: "TEXT", nullable: false),
                    crs_epsg = table.Column<int>(type: "INTEGER", nullable: false),
                    crs_statement_zh = table.Column<string>(type: "TEXT", nullable: false),
                    crs_statement_en = table.Column<string>(type: "TEXT", nullable: false),
                    assumed = table.Column<bool>(type: "INTEGER", nullable: false),
                    source_count = table.Column<int>(type: "INTEGER", nullable: false),
                    taken_count = table.Column<int>(type: "INTEGER", nullable: false),
                    refused_count = table.Column<int>(type: "INTEGER", nullable: false),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    batch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    row = table.Column<long>(type: "INTEGER", nullable: false),
                    patch_number = table.Column<string>(type: "TEXT", nullable: true),
                    rule = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    hard = table.Column<bool>(type: "INTEGER", nullable: false),
                    zh = table.Column<string>(type: "TEXT", nullable: false),
                    en = table.Column<string>(type: "TEXT", nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    before = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    after = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    issued_area_square_metres = table.Column<double>(type: "REAL", nullable: true),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    geometry = table.Column<byte[]>(type: "BLOB", nullable: false),
                    west = table.Column<double>(type: "REAL", nullable: false),
                    south = table.Column<double>(type: "REAL", nullable: false),
                    east = table.Column<double>(type: "REAL", nullable: false),
                    north = table.Column<double>(type: "REAL", nullable: false),
                    county = table.Column<string>(type: "TEXT", nullable: true),
                    issued_unit = table.Column<string>(type: "TEXT", nullable: true),
                    change = table.Column<string>(type: "TEXT", nullable: true),
                    attributes_json = table.Column<string>(type: "TEXT", nullable: false),
                    batch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    source_row = table.Column<long>(type: "INTEGER", nullable: false),
                    cluster = table.Column<string>(type: "TEXT", nullable: true),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    geometry = table.Column<byte[]>(type: "BLOB", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    permanent_farmland_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    areas_json = table.Column<string>(type: "TEXT", nullable: false),
                    made_at = table.Column<string>(type: "TEXT", nullable: false),
                    superseded_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
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
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    earlier_patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    share_of_smaller = table.Column<double>(type: "REAL", nullable: false),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    statutory_unit = table.Column<string>(type: "TEXT", nullable: false),
                    responsible_unit = table.Column<string>(type: "TEXT", nullable: true),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "TEXT", nullable: true),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visited_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    form_json = table.Column<string>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<string>(type: "TEXT", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "TEXT", nullable: true),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parcel_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    basis_zh = table.Column<string>(type: "TEXT", nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", nullable: false),
                    decided_at = table.Column<string>(type: "TEXT", nullable: false),
                    seal_json = table.Column<string>(type: "TEXT", nullable: false),
                    seal_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "TEXT", nullable: true),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parcel_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    derivation_json = table.Column<string>(type: "TEXT", nullable: false),
                    inputs_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    law_book_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_at = table.Column<string>(type: "TEXT", nullable: false),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visit_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    added_at = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    determination_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    reason_code = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
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
