using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;

namespace Weipian.Flow.Store;

/// <summary>The store of one machine: SQLite in the data folder.</summary>
public sealed class SqliteStore(DbContextOptions<SqliteStore> options) : StoreContext(options)
{
    /// <summary>Options for a database file; the file need not exist.</summary>
    public static DbContextOptions<SqliteStore> Options(string path) =>
        new DbContextOptionsBuilder<SqliteStore>()
            .UseSqlite(ConnectionString(path))
            .AddInterceptors([Pragmas.Instance, PersonalTextReader.Instance, .. DeathAtCommit.Asked])
            .Options;

    // Seconds until a writer gives up waiting for another; 0 would mean for ever (Microsoft.Data.Sqlite).
    internal static string ConnectionString(string path) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = 30,
            ForeignKeys = true,
        }.ConnectionString;

    // BEGIN IMMEDIATE is what EF begins with on SQLite: the transaction itself is the lock.
    internal override Task LockJournalAsync(CancellationToken stop) => Task.CompletedTask;

    /// <inheritdoc/>
    public override IQueryable<Patch> PatchesNear(Envelope degrees)
    {
        ArgumentNullException.ThrowIfNull(degrees);
        return Patches.FromSql(
            $"""
            SELECT p.* FROM patch AS p JOIN patch_box AS b ON b.patch_id = p.id
            WHERE b.west <= {degrees.MaxX} AND b.east >= {degrees.MinX} AND b.south <= {degrees.MaxY} AND b.north >= {degrees.MinY}
            """
        );
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<InstantToText>();
        configurationBuilder.Properties<MultiPolygon>().HaveConversion<MultiPolygonToWkb, MultiPolygonComparer>().HaveColumnType("BLOB");
    }

    /// <summary>Settings that SQLite keeps per connection.</summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static Pragmas Instance { get; } = new();

        // FULL: an acknowledged act survives a power cut, not only a crash of the process.
        private const string Text =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>For <c>dotnet ef</c> only.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteStore>
{
    public SqliteStore CreateDbContext(string[] args) => new(SqliteStore.Options("design-time.db"));
}
