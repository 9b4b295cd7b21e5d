using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;

namespace Weipian.Flow.Store;

/// <summary>The store of a province: PostgreSQL with PostGIS, any number of nodes.</summary>
public sealed class PostgresStore(DbContextOptions<PostgresStore> options) : StoreContext(options)
{
    // Any number does, as long as nothing else in the database takes the same advisory lock.
    private const long JournalLock = 0x57_45_49_50_49_41_4E;

    /// <summary>Options for a connection string of Npgsql.</summary>
    public static DbContextOptions<PostgresStore> Options(string connection) =>
        new DbContextOptionsBuilder<PostgresStore>()
            .UseNpgsql(connection, npgsql => npgsql.UseNetTopologySuite())
            .AddInterceptors([PersonalTextReader.Instance, .. DeathAtCommit.Asked])
            .Options;

    // READ COMMITTED: the statement after the lock sees the last link. The lock ends with the transaction.
    internal override Task LockJournalAsync(CancellationToken stop) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({JournalLock})", stop);

    /// <inheritdoc/>
    public override IQueryable<Patch> PatchesNear(Envelope degrees)
    {
        var box = NtsGeometryServices.Instance.CreateGeometryFactory(Wkb.Srid).ToGeometry(degrees);
        return Patches.Where(p => p.Geometry.Intersects(box));
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasPostgresExtension("postgis");
        modelBuilder.Entity<Patch>().HasIndex(p => p.Geometry).HasMethod("gist");
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<CheckedInstant>();
        configurationBuilder.Properties<MultiPolygon>().HaveColumnType("geometry(MultiPolygon,4490)");
    }
}

/// <summary>For <c>dotnet ef</c> only; no server is asked.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresStore>
{
    public PostgresStore CreateDbContext(string[] args) => new(PostgresStore.Options("Host=localhost;Database=design-time"));
}
