using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weipian.Flow.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TakenBackSignatures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_confirmation_determination_id", table: "confirmation");

            migrationBuilder.CreateTable(
                name: "confirmation_withdrawal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    confirmation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_confirmation_withdrawal", x => x.id);
                    table.ForeignKey(
                        name: "FK_confirmation_withdrawal_confirmation_confirmation_id",
                        column: x => x.confirmation_id,
                        principalTable: "confirmation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateIndex(name: "IX_confirmation_determination_id", table: "confirmation", column: "determination_id");

            migrationBuilder.CreateIndex(
                name: "IX_confirmation_withdrawal_confirmation_id",
                table: "confirmation_withdrawal",
                column: "confirmation_id",
                unique: true
            );
            foreach (var table in Guards.TakenBackAppendOnly)
                migrationBuilder.GuardSqlite(table);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "confirmation_withdrawal");

            migrationBuilder.DropIndex(name: "IX_confirmation_determination_id", table: "confirmation");

            migrationBuilder.CreateIndex(
                name: "IX_confirmation_determination_id",
                table: "confirmation",
                column: "determination_id",
                unique: true
            );
        }
    }
}
