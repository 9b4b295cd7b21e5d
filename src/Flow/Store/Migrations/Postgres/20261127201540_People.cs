using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weipian.Flow.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "device_key",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seat_login = table.Column<string>(type: "text", nullable: false),
                    name_zh = table.Column<string>(type: "text", nullable: false),
                    public_key = table.Column<string>(type: "text", nullable: false),
                    key_sha256 = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_key", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "group_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    post = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    basis_zh = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_group_change", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "membership",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_zh = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    basis_zh = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_membership", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "sealed_identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    party_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body_sealed = table.Column<string>(type: "text", nullable: false),
                    name_blind = table.Column<string>(type: "text", nullable: false),
                    number_blind = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sealed_identity", x => x.id);
                    table.ForeignKey(
                        name: "FK_sealed_identity_party_party_id",
                        column: x => x.party_id,
                        principalTable: "party",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "seat_session",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seat_login = table.Column<string>(type: "text", nullable: false),
                    proof = table.Column<string>(type: "text", nullable: false),
                    device = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seat_session", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "second_factor",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seat_login = table.Column<string>(type: "text", nullable: false),
                    secret_sealed = table.Column<string>(type: "text", nullable: false),
                    secret_sha256 = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_second_factor", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "second_factor_rule",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    is_required = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_second_factor_rule", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "second_factor_use",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    factor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mark = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_second_factor_use", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "device_key_end",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_device_key_end", x => x.id);
                    table.ForeignKey(
                        name: "FK_device_key_end_device_key_device_key_id",
                        column: x => x.device_key_id,
                        principalTable: "device_key",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "membership_end",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    membership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    basis_zh = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_membership_end", x => x.id);
                    table.ForeignKey(
                        name: "FK_membership_end_membership_membership_id",
                        column: x => x.membership_id,
                        principalTable: "membership",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "session_end",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_end", x => x.id);
                    table.ForeignKey(
                        name: "FK_session_end_seat_session_session_id",
                        column: x => x.session_id,
                        principalTable: "seat_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "recovery_code",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    factor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_sha256 = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recovery_code", x => x.id);
                    table.ForeignKey(
                        name: "FK_recovery_code_second_factor_factor_id",
                        column: x => x.factor_id,
                        principalTable: "second_factor",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "second_factor_end",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    factor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_second_factor_end", x => x.id);
                    table.ForeignKey(
                        name: "FK_second_factor_end_second_factor_factor_id",
                        column: x => x.factor_id,
                        principalTable: "second_factor",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateIndex(name: "IX_device_key_key_sha256", table: "device_key", column: "key_sha256", unique: true);

            migrationBuilder.CreateIndex(name: "IX_device_key_end_device_key_id", table: "device_key_end", column: "device_key_id");

            migrationBuilder.CreateIndex(name: "IX_membership_kind_subject", table: "membership", columns: new[] { "kind", "subject" });

            migrationBuilder.CreateIndex(name: "IX_membership_end_membership_id", table: "membership_end", column: "membership_id");

            migrationBuilder.CreateIndex(name: "IX_recovery_code_factor_id", table: "recovery_code", column: "factor_id");

            migrationBuilder.CreateIndex(name: "IX_sealed_identity_name_blind", table: "sealed_identity", column: "name_blind");

            migrationBuilder.CreateIndex(name: "IX_sealed_identity_number_blind", table: "sealed_identity", column: "number_blind");

            migrationBuilder.CreateIndex(name: "IX_sealed_identity_party_id", table: "sealed_identity", column: "party_id");

            migrationBuilder.CreateIndex(name: "IX_seat_session_seat_login", table: "seat_session", column: "seat_login");

            migrationBuilder.CreateIndex(name: "IX_second_factor_seat_login", table: "second_factor", column: "seat_login");

            migrationBuilder.CreateIndex(name: "IX_second_factor_end_factor_id", table: "second_factor_end", column: "factor_id");

            migrationBuilder.CreateIndex(
                name: "IX_second_factor_use_factor_id_mark",
                table: "second_factor_use",
                columns: new[] { "factor_id", "mark" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_session_end_session_id", table: "session_end", column: "session_id");
            foreach (var table in Guards.PeopleAppendOnly)
                migrationBuilder.GuardPostgres(table);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "device_key_end");

            migrationBuilder.DropTable(name: "group_change");

            migrationBuilder.DropTable(name: "membership_end");

            migrationBuilder.DropTable(name: "recovery_code");

            migrationBuilder.DropTable(name: "sealed_identity");

            migrationBuilder.DropTable(name: "second_factor_end");

            migrationBuilder.DropTable(name: "second_factor_rule");

            migrationBuilder.DropTable(name: "second_factor_use");

            migrationBuilder.DropTable(name: "session_end");

            migrationBuilder.DropTable(name: "device_key");

            migrationBuilder.DropTable(name: "membership");

            migrationBuilder.DropTable(name: "second_factor");

            migrationBuilder.DropTable(name: "seat_session");
        }
    }
}
