using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weipian.Flow.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReviewGuards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "proposal_look",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    parcel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_proposal_look", x => x.id);
                    table.ForeignKey(
                        name: "FK_proposal_look_parcel_parcel_id",
                        column: x => x.parcel_id,
                        principalTable: "parcel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "review_guard",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seed_hex = table.Column<string>(type: "text", nullable: false),
                    known_per_mille = table.Column<int>(type: "integer", nullable: false),
                    second_per_mille = table.Column<int>(type: "integer", nullable: false),
                    hidden_per_mille = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_review_guard", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "training_answer",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ground = table.Column<string>(type: "text", nullable: false),
                    exercise = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<int>(type: "integer", nullable: false),
                    points_max = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_answer", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "training_step",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_step", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "blind_reading",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    guard_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    parcel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    determination_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference_code = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    proposed_code = table.Column<string>(type: "text", nullable: true),
                    proposal_shown = table.Column<bool>(type: "boolean", nullable: false),
                    basis_zh = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blind_reading", x => x.id);
                    table.ForeignKey(
                        name: "FK_blind_reading_determination_determination_id",
                        column: x => x.determination_id,
                        principalTable: "determination",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_blind_reading_parcel_parcel_id",
                        column: x => x.parcel_id,
                        principalTable: "parcel",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_blind_reading_review_guard_guard_id",
                        column: x => x.guard_id,
                        principalTable: "review_guard",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_blind_reading_determination_id_by",
                table: "blind_reading",
                columns: new[] { "determination_id", "by" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_blind_reading_guard_id", table: "blind_reading", column: "guard_id");

            migrationBuilder.CreateIndex(name: "IX_blind_reading_parcel_id", table: "blind_reading", column: "parcel_id");

            migrationBuilder.CreateIndex(
                name: "IX_proposal_look_parcel_id_by",
                table: "proposal_look",
                columns: new[] { "parcel_id", "by" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_training_answer_by_exercise",
                table: "training_answer",
                columns: new[] { "by", "exercise" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_training_step_by_step",
                table: "training_step",
                columns: new[] { "by", "step" },
                unique: true
            );
            foreach (var table in Guards.ReviewAppendOnly)
                migrationBuilder.GuardPostgres(table);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "blind_reading");

            migrationBuilder.DropTable(name: "proposal_look");

            migrationBuilder.DropTable(name: "training_answer");

            migrationBuilder.DropTable(name: "training_step");

            migrationBuilder.DropTable(name: "review_guard");
        }
    }
}
