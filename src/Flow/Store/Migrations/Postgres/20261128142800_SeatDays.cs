using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Weipian.Flow.Store.Migrations.Postgres;

/// <summary>What a seat signed on a day is found without reading every verdict.</summary>
[DbContext(typeof(PostgresStore))]
[Migration("20261128142800_SeatDays")]
public sealed class SeatDays : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(
            name: "IX_determination_decided_by_decided_at",
            table: "determination",
            columns: ["decided_by", "decided_at"]
        );
        migrationBuilder.CreateIndex(name: "IX_confirmation_by_at", table: "confirmation", columns: ["by", "at"]);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(name: "IX_determination_decided_by_decided_at", table: "determination");
        migrationBuilder.DropIndex(name: "IX_confirmation_by_at", table: "confirmation");
    }
}
