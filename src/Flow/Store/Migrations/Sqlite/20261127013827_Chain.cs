using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weipian.Flow.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Chain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "city_round",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    started_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_city_round", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "escalation_proposal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    measure = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    ground_id = table.Column<string>(type: "TEXT", nullable: false),
                    immediate = table.Column<bool>(type: "INTEGER", nullable: false),
                    figures_json = table.Column<string>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_proposal", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "evidence_place",
                columns: table => new
                {
                    evidence_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    bearing_degrees = table.Column<double>(type: "REAL", nullable: true),
                    accuracy_metres = table.Column<double>(type: "REAL", nullable: true),
                    taken_at = table.Column<string>(type: "TEXT", nullable: true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    distance_metres = table.Column<double>(type: "REAL", nullable: true),
                    looks_at_patch = table.Column<bool>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evidence_place", x => x.evidence_id);
                    table.ForeignKey(
                        name: "FK_evidence_place_evidence_evidence_id",
                        column: x => x.evidence_id,
                        principalTable: "evidence",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "hold_inquiry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    asked = table.Column<string>(type: "TEXT", nullable: false),
                    held = table.Column<bool>(type: "INTEGER", nullable: false),
                    answer_json = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hold_inquiry", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "issued_document",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    series = table.Column<string>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    serial = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    subject_kind = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    fields_json = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_issued_document", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    to_kind = table.Column<string>(type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    subject_kind = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    text_zh = table.Column<string>(type: "TEXT", nullable: false),
                    text_en = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "office_record",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    title_zh = table.Column<string>(type: "TEXT", nullable: false),
                    text_zh = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<string>(type: "TEXT", nullable: true),
                    seat_login = table.Column<string>(type: "TEXT", nullable: true),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    subject_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_office_record", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "party",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    nature_code = table.Column<string>(type: "TEXT", nullable: false),
                    label_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_party", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "received_verdict",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    patch_number = table.Column<string>(type: "TEXT", nullable: false),
                    parcel_number = table.Column<string>(type: "TEXT", nullable: false),
                    level = table.Column<string>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: true),
                    reason_code = table.Column<string>(type: "TEXT", nullable: true),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    file_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_received_verdict", x => x.id);
                    table.ForeignKey(
                        name: "FK_received_verdict_programme_programme_id",
                        column: x => x.programme_id,
                        principalTable: "programme",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "signature",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject_kind = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signature", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "snapshot",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    scope = table.Column<string>(type: "TEXT", nullable: false),
                    on_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    content_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_snapshot", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "spot_check",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    seed_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_seed = table.Column<string>(type: "TEXT", nullable: false),
                    population_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    population_json = table.Column<string>(type: "TEXT", nullable: false),
                    count_to_draw = table.Column<int>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spot_check", x => x.id);
                    table.ForeignKey(
                        name: "FK_spot_check_programme_programme_id",
                        column: x => x.programme_id,
                        principalTable: "programme",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "violation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: true),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    name_zh = table.Column<string>(type: "TEXT", nullable: false),
                    location_zh = table.Column<string>(type: "TEXT", nullable: false),
                    use_zh = table.Column<string>(type: "TEXT", nullable: false),
                    type_code = table.Column<string>(type: "TEXT", nullable: false),
                    started_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    is_new = table.Column<bool>(type: "INTEGER", nullable: false),
                    key_project = table.Column<bool>(type: "INTEGER", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    permanent_farmland_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    reserve_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    red_line_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    outside_urban_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    agricultural_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    supersedes_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_violation", x => x.id);
                    table.ForeignKey(
                        name: "FK_violation_programme_programme_id",
                        column: x => x.programme_id,
                        principalTable: "programme",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_violation_violation_supersedes_id",
                        column: x => x.supersedes_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "visit_assignment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: true),
                    supersedes_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_visit_assignment", x => x.id);
                    table.ForeignKey(
                        name: "FK_visit_assignment_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_visit_assignment_visit_assignment_supersedes_id",
                        column: x => x.supersedes_id,
                        principalTable: "visit_assignment",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "visit_return",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    reason_code = table.Column<string>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_visit_return", x => x.id);
                    table.ForeignKey(
                        name: "FK_visit_return_visit_visit_id",
                        column: x => x.visit_id,
                        principalTable: "visit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "government_decision",
                columns: table => new
                {
                    proposal_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_government_decision", x => x.proposal_id);
                    table.ForeignKey(
                        name: "FK_government_decision_escalation_proposal_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "escalation_proposal",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "interview",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    proposal_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    started_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    accept_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    rectify_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    persons_json = table.Column<string>(type: "TEXT", nullable: false),
                    demands_zh = table.Column<string>(type: "TEXT", nullable: false),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_interview", x => x.id);
                    table.ForeignKey(
                        name: "FK_interview_escalation_proposal_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "escalation_proposal",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_interview_issued_document_document_id",
                        column: x => x.document_id,
                        principalTable: "issued_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "party_identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    party_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name_zh = table.Column<string>(type: "TEXT", nullable: false),
                    identity_number = table.Column<string>(type: "TEXT", nullable: true),
                    address_zh = table.Column<string>(type: "TEXT", nullable: true),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    representative_zh = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_party_identity", x => x.id);
                    table.ForeignKey(
                        name: "FK_party_identity_party_party_id",
                        column: x => x.party_id,
                        principalTable: "party",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "deduction_sheet",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    snapshot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sheet_json = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deduction_sheet", x => x.id);
                    table.ForeignKey(
                        name: "FK_deduction_sheet_snapshot_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "evaluation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    period = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    snapshot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    opinion_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluation", x => x.id);
                    table.ForeignKey(
                        name: "FK_evaluation_snapshot_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "programme_acceptance",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    programme_id = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    snapshot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    opinion_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_programme_acceptance", x => x.id);
                    table.ForeignKey(
                        name: "FK_programme_acceptance_programme_programme_id",
                        column: x => x.programme_id,
                        principalTable: "programme",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_programme_acceptance_snapshot_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "report",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    scope = table.Column<string>(type: "TEXT", nullable: false),
                    on_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    snapshot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    file_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report", x => x.id);
                    table.ForeignKey(
                        name: "FK_report_snapshot_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "spot_check_draw",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    spot_check_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seed = table.Column<string>(type: "TEXT", nullable: false),
                    drawn_json = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spot_check_draw", x => x.id);
                    table.ForeignKey(
                        name: "FK_spot_check_draw_spot_check_spot_check_id",
                        column: x => x.spot_check_id,
                        principalTable: "spot_check",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "case_file",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    facts_verified_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    filed_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ground_zh = table.Column<string>(type: "TEXT", nullable: false),
                    source_zh = table.Column<string>(type: "TEXT", nullable: false),
                    officer_one = table.Column<string>(type: "TEXT", nullable: false),
                    officer_two = table.Column<string>(type: "TEXT", nullable: false),
                    late_reason_zh = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_file", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_file_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "city_result",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    city_round_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    remaining_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_city_result", x => x.id);
                    table.ForeignKey(
                        name: "FK_city_result_city_round_city_round_id",
                        column: x => x.city_round_id,
                        principalTable: "city_round",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_city_result_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "copy_notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    to_body = table.Column<string>(type: "TEXT", nullable: false),
                    sent_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    reply_by = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    request_zh = table.Column<string>(type: "TEXT", nullable: false),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_copy_notice", x => x.id);
                    table.ForeignKey(
                        name: "FK_copy_notice_issued_document_document_id",
                        column: x => x.document_id,
                        principalTable: "issued_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_copy_notice_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "credit_record",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    party_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ground_id = table.Column<string>(type: "TEXT", nullable: false),
                    basis_zh = table.Column<string>(type: "TEXT", nullable: false),
                    notice_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    objection_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credit_record", x => x.id);
                    table.ForeignKey(
                        name: "FK_credit_record_party_party_id",
                        column: x => x.party_id,
                        principalTable: "party",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_credit_record_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "decision_trace",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    post_zh = table.Column<string>(type: "TEXT", nullable: false),
                    what_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_decision_trace", x => x.id);
                    table.ForeignKey(
                        name: "FK_decision_trace_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "hold",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    set_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ground_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hold", x => x.id);
                    table.ForeignKey(
                        name: "FK_hold_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "integrity_finding",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    found_in = table.Column<string>(type: "TEXT", nullable: false),
                    found_in_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    found_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    facts_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_integrity_finding", x => x.id);
                    table.ForeignKey(
                        name: "FK_integrity_finding_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ledger_entry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    snapshot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    entered_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    remove_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    permanent_farmland_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    reopens_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    cause_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_entry", x => x.id);
                    table.ForeignKey(
                        name: "FK_ledger_entry_ledger_entry_reopens_id",
                        column: x => x.reopens_id,
                        principalTable: "ledger_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_ledger_entry_snapshot_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_ledger_entry_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "measure",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    ordered_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    details_json = table.Column<string>(type: "TEXT", nullable: false),
                    split_from_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measure", x => x.id);
                    table.ForeignKey(
                        name: "FK_measure_measure_split_from_id",
                        column: x => x.split_from_id,
                        principalTable: "measure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_measure_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "non_case_handling",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_non_case_handling", x => x.id);
                    table.ForeignKey(
                        name: "FK_non_case_handling_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "stop_notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    discovered_by = table.Column<string>(type: "TEXT", nullable: false),
                    discovered_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    served_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    stopped_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    reported_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    addressee_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stop_notice", x => x.id);
                    table.ForeignKey(
                        name: "FK_stop_notice_issued_document_document_id",
                        column: x => x.document_id,
                        principalTable: "issued_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_stop_notice_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_stop_notice_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    unit = table.Column<string>(type: "TEXT", nullable: true),
                    ground_id = table.Column<string>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    raised_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_supervision", x => x.id);
                    table.ForeignKey(
                        name: "FK_supervision_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "survey_link",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    list = table.Column<string>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parcel_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    layer_version_id = table.Column<string>(type: "TEXT", nullable: false),
                    feature_id = table.Column<long>(type: "INTEGER", nullable: false),
                    survey_key = table.Column<string>(type: "TEXT", nullable: false),
                    former_class = table.Column<string>(type: "TEXT", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_survey_link", x => x.id);
                    table.ForeignKey(
                        name: "FK_survey_link_parcel_parcel_id",
                        column: x => x.parcel_id,
                        principalTable: "parcel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_survey_link_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "transfer",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    to_body = table.Column<string>(type: "TEXT", nullable: false),
                    ground_zh = table.Column<string>(type: "TEXT", nullable: false),
                    sent_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfer", x => x.id);
                    table.ForeignKey(
                        name: "FK_transfer_issued_document_document_id",
                        column: x => x.document_id,
                        principalTable: "issued_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_transfer_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "violation_parcel",
                columns: table => new
                {
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parcel_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    determination_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    permanent_farmland_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_violation_parcel", x => new { x.violation_id, x.parcel_id });
                    table.ForeignKey(
                        name: "FK_violation_parcel_determination_determination_id",
                        column: x => x.determination_id,
                        principalTable: "determination",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_violation_parcel_parcel_parcel_id",
                        column: x => x.parcel_id,
                        principalTable: "parcel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_violation_parcel_patch_patch_id",
                        column: x => x.patch_id,
                        principalTable: "patch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_violation_parcel_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "violation_party",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    party_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    post_zh = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_violation_party", x => x.id);
                    table.ForeignKey(
                        name: "FK_violation_party_party_party_id",
                        column: x => x.party_id,
                        principalTable: "party",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_violation_party_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "accountability",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    interview_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    proposal_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    persons_json = table.Column<string>(type: "TEXT", nullable: false),
                    dossier_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    handed_over_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accountability", x => x.id);
                    table.ForeignKey(
                        name: "FK_accountability_escalation_proposal_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "escalation_proposal",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_accountability_interview_interview_id",
                        column: x => x.interview_id,
                        principalTable: "interview",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "interview_step",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    interview_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    commitment_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_interview_step", x => x.id);
                    table.ForeignKey(
                        name: "FK_interview_step_interview_interview_id",
                        column: x => x.interview_id,
                        principalTable: "interview",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_interview_step_interview_step_commitment_id",
                        column: x => x.commitment_id,
                        principalTable: "interview_step",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "evaluation_appeal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    evaluation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    indicator_id = table.Column<string>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    answers_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evaluation_appeal", x => x.id);
                    table.ForeignKey(
                        name: "FK_evaluation_appeal_evaluation_appeal_answers_id",
                        column: x => x.answers_id,
                        principalTable: "evaluation_appeal",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_evaluation_appeal_evaluation_evaluation_id",
                        column: x => x.evaluation_id,
                        principalTable: "evaluation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "submission",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    calendar_id = table.Column<string>(type: "TEXT", nullable: false),
                    recipient = table.Column<string>(type: "TEXT", nullable: false),
                    sent_at = table.Column<string>(type: "TEXT", nullable: false),
                    late_days = table.Column<int>(type: "INTEGER", nullable: false),
                    late_reason_zh = table.Column<string>(type: "TEXT", nullable: true),
                    snapshot_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    report_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submission", x => x.id);
                    table.ForeignKey(
                        name: "FK_submission_report_report_id",
                        column: x => x.report_id,
                        principalTable: "report",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_submission_snapshot_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "spot_check_result",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    spot_check_draw_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    checked_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spot_check_result", x => x.id);
                    table.ForeignKey(
                        name: "FK_spot_check_result_spot_check_draw_spot_check_draw_id",
                        column: x => x.spot_check_draw_id,
                        principalTable: "spot_check_draw",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "case_step",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_file_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    details_json = table.Column<string>(type: "TEXT", nullable: false),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    late_reason_zh = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_step", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_step_case_file_case_file_id",
                        column: x => x.case_file_id,
                        principalTable: "case_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_case_step_issued_document_document_id",
                        column: x => x.document_id,
                        principalTable: "issued_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "copy_notice_reply",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    copy_notice_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    replied_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    reply_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_copy_notice_reply", x => x.id);
                    table.ForeignKey(
                        name: "FK_copy_notice_reply_copy_notice_copy_notice_id",
                        column: x => x.copy_notice_id,
                        principalTable: "copy_notice",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "credit_step",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    credit_record_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credit_step", x => x.id);
                    table.ForeignKey(
                        name: "FK_credit_step_credit_record_credit_record_id",
                        column: x => x.credit_record_id,
                        principalTable: "credit_record",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "hold_lift",
                columns: table => new
                {
                    hold_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    lifted_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ground_zh = table.Column<string>(type: "TEXT", nullable: false),
                    cause_kind = table.Column<string>(type: "TEXT", nullable: false),
                    cause_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hold_lift", x => x.hold_id);
                    table.ForeignKey(
                        name: "FK_hold_lift_hold_hold_id",
                        column: x => x.hold_id,
                        principalTable: "hold",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ledger_closing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ledger_entry_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    acceptances_json = table.Column<string>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_by = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_closing", x => x.id);
                    table.ForeignKey(
                        name: "FK_ledger_closing_ledger_entry_ledger_entry_id",
                        column: x => x.ledger_entry_id,
                        principalTable: "ledger_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ledger_closing_proposal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ledger_entry_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    acceptances_json = table.Column<string>(type: "TEXT", nullable: false),
                    reason_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_closing_proposal", x => x.id);
                    table.ForeignKey(
                        name: "FK_ledger_closing_proposal_ledger_entry_ledger_entry_id",
                        column: x => x.ledger_entry_id,
                        principalTable: "ledger_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "hand_over",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    measure_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    violation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    list_json = table.Column<string>(type: "TEXT", nullable: false),
                    sent_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    receive_by = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_over", x => x.id);
                    table.ForeignKey(
                        name: "FK_hand_over_issued_document_document_id",
                        column: x => x.document_id,
                        principalTable: "issued_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_hand_over_measure_measure_id",
                        column: x => x.measure_id,
                        principalTable: "measure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_hand_over_violation_violation_id",
                        column: x => x.violation_id,
                        principalTable: "violation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "measure_report",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    measure_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    done_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    details_json = table.Column<string>(type: "TEXT", nullable: false),
                    evidence_json = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measure_report", x => x.id);
                    table.ForeignKey(
                        name: "FK_measure_report_measure_measure_id",
                        column: x => x.measure_id,
                        principalTable: "measure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "supervision_step",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    supervision_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: true),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_supervision_step", x => x.id);
                    table.ForeignKey(
                        name: "FK_supervision_step_issued_document_document_id",
                        column: x => x.document_id,
                        principalTable: "issued_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_supervision_step_supervision_supervision_id",
                        column: x => x.supervision_id,
                        principalTable: "supervision",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "transfer_step",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    transfer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfer_step", x => x.id);
                    table.ForeignKey(
                        name: "FK_transfer_step_transfer_transfer_id",
                        column: x => x.transfer_id,
                        principalTable: "transfer",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "accountability_step",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    accountability_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    sanction_code = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accountability_step", x => x.id);
                    table.ForeignKey(
                        name: "FK_accountability_step_accountability_accountability_id",
                        column: x => x.accountability_id,
                        principalTable: "accountability",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "hand_over_receipt",
                columns: table => new
                {
                    hand_over_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    received_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    condition_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_over_receipt", x => x.hand_over_id);
                    table.ForeignKey(
                        name: "FK_hand_over_receipt_hand_over_hand_over_id",
                        column: x => x.hand_over_id,
                        principalTable: "hand_over",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "measure_acceptance",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    measure_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    report_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    inspected_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    cultivated_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    classes_json = table.Column<string>(type: "TEXT", nullable: false),
                    checklist_json = table.Column<string>(type: "TEXT", nullable: false),
                    note_zh = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_measure_acceptance", x => x.id);
                    table.ForeignKey(
                        name: "FK_measure_acceptance_measure_measure_id",
                        column: x => x.measure_id,
                        principalTable: "measure",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_measure_acceptance_measure_report_report_id",
                        column: x => x.report_id,
                        principalTable: "measure_report",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateIndex(name: "IX_accountability_interview_id", table: "accountability", column: "interview_id");

            migrationBuilder.CreateIndex(name: "IX_accountability_proposal_id", table: "accountability", column: "proposal_id");

            migrationBuilder.CreateIndex(
                name: "IX_accountability_step_accountability_id",
                table: "accountability_step",
                column: "accountability_id"
            );

            migrationBuilder.CreateIndex(name: "IX_case_file_number", table: "case_file", column: "number", unique: true);

            migrationBuilder.CreateIndex(name: "IX_case_file_violation_id", table: "case_file", column: "violation_id", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_case_step_case_file_id_ordinal",
                table: "case_step",
                columns: new[] { "case_file_id", "ordinal" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_case_step_document_id", table: "case_step", column: "document_id");

            migrationBuilder.CreateIndex(
                name: "IX_city_result_city_round_id_violation_id",
                table: "city_result",
                columns: new[] { "city_round_id", "violation_id" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_city_result_violation_id", table: "city_result", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_copy_notice_document_id", table: "copy_notice", column: "document_id");

            migrationBuilder.CreateIndex(name: "IX_copy_notice_violation_id", table: "copy_notice", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_copy_notice_reply_copy_notice_id", table: "copy_notice_reply", column: "copy_notice_id");

            migrationBuilder.CreateIndex(name: "IX_credit_record_party_id", table: "credit_record", column: "party_id");

            migrationBuilder.CreateIndex(name: "IX_credit_record_violation_id", table: "credit_record", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_credit_step_credit_record_id", table: "credit_step", column: "credit_record_id");

            migrationBuilder.CreateIndex(name: "IX_decision_trace_violation_id", table: "decision_trace", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_deduction_sheet_snapshot_id", table: "deduction_sheet", column: "snapshot_id");

            migrationBuilder.CreateIndex(name: "IX_escalation_proposal_unit", table: "escalation_proposal", column: "unit");

            migrationBuilder.CreateIndex(name: "IX_evaluation_snapshot_id", table: "evaluation", column: "snapshot_id");

            migrationBuilder.CreateIndex(name: "IX_evaluation_appeal_answers_id", table: "evaluation_appeal", column: "answers_id");

            migrationBuilder.CreateIndex(name: "IX_evaluation_appeal_evaluation_id", table: "evaluation_appeal", column: "evaluation_id");

            migrationBuilder.CreateIndex(name: "IX_hand_over_document_id", table: "hand_over", column: "document_id");

            migrationBuilder.CreateIndex(name: "IX_hand_over_measure_id", table: "hand_over", column: "measure_id");

            migrationBuilder.CreateIndex(name: "IX_hand_over_violation_id", table: "hand_over", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_hold_violation_id", table: "hold", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_integrity_finding_unit", table: "integrity_finding", column: "unit");

            migrationBuilder.CreateIndex(name: "IX_integrity_finding_violation_id", table: "integrity_finding", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_interview_document_id", table: "interview", column: "document_id");

            migrationBuilder.CreateIndex(name: "IX_interview_proposal_id", table: "interview", column: "proposal_id", unique: true);

            migrationBuilder.CreateIndex(name: "IX_interview_unit", table: "interview", column: "unit");

            migrationBuilder.CreateIndex(name: "IX_interview_step_commitment_id", table: "interview_step", column: "commitment_id");

            migrationBuilder.CreateIndex(name: "IX_interview_step_interview_id", table: "interview_step", column: "interview_id");

            migrationBuilder.CreateIndex(
                name: "IX_issued_document_series_year_serial",
                table: "issued_document",
                columns: new[] { "series", "year", "serial" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_issued_document_subject_id", table: "issued_document", column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_closing_ledger_entry_id",
                table: "ledger_closing",
                column: "ledger_entry_id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_ledger_closing_proposal_ledger_entry_id",
                table: "ledger_closing_proposal",
                column: "ledger_entry_id"
            );

            migrationBuilder.CreateIndex(name: "IX_ledger_entry_number", table: "ledger_entry", column: "number", unique: true);

            migrationBuilder.CreateIndex(name: "IX_ledger_entry_reopens_id", table: "ledger_entry", column: "reopens_id");

            migrationBuilder.CreateIndex(name: "IX_ledger_entry_snapshot_id", table: "ledger_entry", column: "snapshot_id");

            migrationBuilder.CreateIndex(name: "IX_ledger_entry_violation_id", table: "ledger_entry", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_measure_split_from_id", table: "measure", column: "split_from_id");

            migrationBuilder.CreateIndex(name: "IX_measure_unit", table: "measure", column: "unit");

            migrationBuilder.CreateIndex(name: "IX_measure_violation_id", table: "measure", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_measure_acceptance_measure_id", table: "measure_acceptance", column: "measure_id");

            migrationBuilder.CreateIndex(
                name: "IX_measure_acceptance_report_id",
                table: "measure_acceptance",
                column: "report_id",
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_measure_report_measure_id", table: "measure_report", column: "measure_id");

            migrationBuilder.CreateIndex(name: "IX_non_case_handling_violation_id", table: "non_case_handling", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_notice_subject_id", table: "notice", column: "subject_id");

            migrationBuilder.CreateIndex(name: "IX_notice_to_kind_to", table: "notice", columns: new[] { "to_kind", "to" });

            migrationBuilder.CreateIndex(name: "IX_party_identity_party_id", table: "party_identity", column: "party_id");

            migrationBuilder.CreateIndex(
                name: "IX_programme_acceptance_programme_id",
                table: "programme_acceptance",
                column: "programme_id"
            );

            migrationBuilder.CreateIndex(name: "IX_programme_acceptance_snapshot_id", table: "programme_acceptance", column: "snapshot_id");

            migrationBuilder.CreateIndex(name: "IX_received_verdict_programme_id", table: "received_verdict", column: "programme_id");

            migrationBuilder.CreateIndex(name: "IX_report_snapshot_id", table: "report", column: "snapshot_id");

            migrationBuilder.CreateIndex(
                name: "IX_signature_subject_kind_subject_id_purpose",
                table: "signature",
                columns: new[] { "subject_kind", "subject_id", "purpose" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_spot_check_programme_id", table: "spot_check", column: "programme_id");

            migrationBuilder.CreateIndex(
                name: "IX_spot_check_draw_spot_check_id",
                table: "spot_check_draw",
                column: "spot_check_id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_spot_check_result_spot_check_draw_id",
                table: "spot_check_result",
                column: "spot_check_draw_id"
            );

            migrationBuilder.CreateIndex(name: "IX_stop_notice_document_id", table: "stop_notice", column: "document_id");

            migrationBuilder.CreateIndex(name: "IX_stop_notice_patch_id", table: "stop_notice", column: "patch_id");

            migrationBuilder.CreateIndex(name: "IX_stop_notice_violation_id", table: "stop_notice", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_submission_report_id", table: "submission", column: "report_id");

            migrationBuilder.CreateIndex(name: "IX_submission_snapshot_id", table: "submission", column: "snapshot_id");

            migrationBuilder.CreateIndex(name: "IX_supervision_violation_id", table: "supervision", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_supervision_step_document_id", table: "supervision_step", column: "document_id");

            migrationBuilder.CreateIndex(name: "IX_supervision_step_supervision_id", table: "supervision_step", column: "supervision_id");

            migrationBuilder.CreateIndex(name: "IX_survey_link_parcel_id", table: "survey_link", column: "parcel_id");

            migrationBuilder.CreateIndex(name: "IX_survey_link_violation_id", table: "survey_link", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_transfer_document_id", table: "transfer", column: "document_id");

            migrationBuilder.CreateIndex(name: "IX_transfer_violation_id", table: "transfer", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_transfer_step_transfer_id", table: "transfer_step", column: "transfer_id");

            migrationBuilder.CreateIndex(name: "IX_violation_number", table: "violation", column: "number", unique: true);

            migrationBuilder.CreateIndex(name: "IX_violation_programme_id", table: "violation", column: "programme_id");

            migrationBuilder.CreateIndex(name: "IX_violation_supersedes_id", table: "violation", column: "supersedes_id");

            migrationBuilder.CreateIndex(name: "IX_violation_unit", table: "violation", column: "unit");

            migrationBuilder.CreateIndex(
                name: "IX_violation_parcel_determination_id",
                table: "violation_parcel",
                column: "determination_id"
            );

            migrationBuilder.CreateIndex(name: "IX_violation_parcel_parcel_id", table: "violation_parcel", column: "parcel_id");

            migrationBuilder.CreateIndex(name: "IX_violation_parcel_patch_id", table: "violation_parcel", column: "patch_id");

            migrationBuilder.CreateIndex(name: "IX_violation_party_party_id", table: "violation_party", column: "party_id");

            migrationBuilder.CreateIndex(name: "IX_violation_party_violation_id", table: "violation_party", column: "violation_id");

            migrationBuilder.CreateIndex(name: "IX_visit_assignment_patch_id", table: "visit_assignment", column: "patch_id");

            migrationBuilder.CreateIndex(name: "IX_visit_assignment_supersedes_id", table: "visit_assignment", column: "supersedes_id");

            migrationBuilder.CreateIndex(name: "IX_visit_assignment_unit", table: "visit_assignment", column: "unit");

            migrationBuilder.CreateIndex(name: "IX_visit_return_visit_id", table: "visit_return", column: "visit_id");
            foreach (var table in Guards.ChainAppendOnly)
                migrationBuilder.GuardSqlite(table);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "accountability_step");

            migrationBuilder.DropTable(name: "case_step");

            migrationBuilder.DropTable(name: "city_result");

            migrationBuilder.DropTable(name: "copy_notice_reply");

            migrationBuilder.DropTable(name: "credit_step");

            migrationBuilder.DropTable(name: "decision_trace");

            migrationBuilder.DropTable(name: "deduction_sheet");

            migrationBuilder.DropTable(name: "evaluation_appeal");

            migrationBuilder.DropTable(name: "evidence_place");

            migrationBuilder.DropTable(name: "government_decision");

            migrationBuilder.DropTable(name: "hand_over_receipt");

            migrationBuilder.DropTable(name: "hold_inquiry");

            migrationBuilder.DropTable(name: "hold_lift");

            migrationBuilder.DropTable(name: "integrity_finding");

            migrationBuilder.DropTable(name: "interview_step");

            migrationBuilder.DropTable(name: "ledger_closing");

            migrationBuilder.DropTable(name: "ledger_closing_proposal");

            migrationBuilder.DropTable(name: "measure_acceptance");

            migrationBuilder.DropTable(name: "non_case_handling");

            migrationBuilder.DropTable(name: "notice");

            migrationBuilder.DropTable(name: "office_record");

            migrationBuilder.DropTable(name: "party_identity");

            migrationBuilder.DropTable(name: "programme_acceptance");

            migrationBuilder.DropTable(name: "received_verdict");

            migrationBuilder.DropTable(name: "signature");

            migrationBuilder.DropTable(name: "spot_check_result");

            migrationBuilder.DropTable(name: "stop_notice");

            migrationBuilder.DropTable(name: "submission");

            migrationBuilder.DropTable(name: "supervision_step");

            migrationBuilder.DropTable(name: "survey_link");

            migrationBuilder.DropTable(name: "transfer_step");

            migrationBuilder.DropTable(name: "violation_parcel");

            migrationBuilder.DropTable(name: "violation_party");

            migrationBuilder.DropTable(name: "visit_assignment");

            migrationBuilder.DropTable(name: "visit_return");

            migrationBuilder.DropTable(name: "accountability");

            migrationBuilder.DropTable(name: "case_file");

            migrationBuilder.DropTable(name: "city_round");

            migrationBuilder.DropTable(name: "copy_notice");

            migrationBuilder.DropTable(name: "credit_record");

            migrationBuilder.DropTable(name: "evaluation");

            migrationBuilder.DropTable(name: "hand_over");

            migrationBuilder.DropTable(name: "hold");

            migrationBuilder.DropTable(name: "ledger_entry");

            migrationBuilder.DropTable(name: "measure_report");

            migrationBuilder.DropTable(name: "spot_check_draw");

            migrationBuilder.DropTable(name: "report");

            migrationBuilder.DropTable(name: "supervision");

            migrationBuilder.DropTable(name: "transfer");

            migrationBuilder.DropTable(name: "interview");

            migrationBuilder.DropTable(name: "party");

            migrationBuilder.DropTable(name: "measure");

            migrationBuilder.DropTable(name: "spot_check");

            migrationBuilder.DropTable(name: "snapshot");

            migrationBuilder.DropTable(name: "escalation_proposal");

            migrationBuilder.DropTable(name: "issued_document");

            migrationBuilder.DropTable(name: "violation");
        }
    }
}
