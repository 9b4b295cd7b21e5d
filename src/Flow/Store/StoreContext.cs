using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetTopologySuite.Geometries;
using Weipian.Flow.Comparison;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Verification;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>What people do, as one model on two databases (SQLite, PostgreSQL with PostGIS).</summary>
/// <remarks>
/// Read freely; write only inside <see cref="WeipianStore.ActAsync"/>, which appends the journal entry in the same transaction.
/// Tables and columns are the snake_case of classes and properties. Rows are never removed; values never change, except the password of a
/// seat and the successor of a parcel. Triggers in the database say so too.
/// </remarks>
public abstract partial class StoreContext(DbContextOptions options) : DbContext(options)
{
    private ActScope? act;

    /// <summary>What is read for people is covered by it (<see cref="PersonalTextReader"/>); null: as it was written.</summary>
    internal PersonalMask? Covered { get; init; }

    public DbSet<Installation> Installations => Set<Installation>();
    public DbSet<Seat> Seats => Set<Seat>();
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<LayerVersion> LayerVersions => Set<LayerVersion>();
    public DbSet<Image> Images => Set<Image>();
    public DbSet<ImportBatch> ImportBatches => Set<ImportBatch>();
    public DbSet<ImportFinding> ImportFindings => Set<ImportFinding>();
    public DbSet<Patch> Patches => Set<Patch>();
    public DbSet<PatchUnit> PatchUnits => Set<PatchUnit>();
    public DbSet<PatchLink> PatchLinks => Set<PatchLink>();
    public DbSet<ComparisonRun> ComparisonRuns => Set<ComparisonRun>();
    public DbSet<ComparisonArea> ComparisonAreas => Set<ComparisonArea>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Evidence> Evidence => Set<Evidence>();
    public DbSet<Parcel> Parcels => Set<Parcel>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<Determination> Determinations => Set<Determination>();

    /// <summary>The second signatures that stand: what its person took back is left out wherever this is read, unless a reader asks for
    /// everything (<c>IgnoreQueryFilters</c>).</summary>
    public DbSet<Confirmation> Confirmations => Set<Confirmation>();
    public DbSet<ConfirmationWithdrawal> ConfirmationWithdrawals => Set<ConfirmationWithdrawal>();

    /// <summary>Takes the lock under which one act at a time reads the last link of the chain and appends to it.</summary>
    internal abstract Task LockJournalAsync(CancellationToken stop);

    /// <summary>Patches whose box meets the box given in degrees; a superset of those that really meet it.</summary>
    public abstract IQueryable<Patch> PatchesNear(Envelope degrees);

    internal void BeginAct(ActScope begun) => act = begun;

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        BeforeSaving();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        BeforeSaving();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private void BeforeSaving()
    {
        if (act is null)
            throw new InvalidOperationException("rows are written inside an act only, so that the journal tells of them");
        foreach (var entry in ChangeTracker.Entries<Patch>())
            if (entry.State == EntityState.Added)
                entry.Entity.TakeBox();
        act.KeepChanges();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        MapRecords(modelBuilder);
        MapIntake(modelBuilder);
        MapComparison(modelBuilder);
        MapVerdicts(modelBuilder);
        MapChain(modelBuilder);
        MapPeople(modelBuilder);
        MapGuards(modelBuilder);
        modelBuilder.Entity<Confirmation>().HasQueryFilter(c => !ConfirmationWithdrawals.Any(w => w.ConfirmationId == c.Id));
        NameInSnakeCase(modelBuilder.Model);
    }

    private static void MapRecords(ModelBuilder model)
    {
        model.Entity<Installation>().Property(i => i.Id).ValueGeneratedNever();
        model.Entity<Seat>(seat =>
        {
            seat.Property(s => s.Id).ValueGeneratedNever();
            seat.HasIndex(s => s.Login).IsUnique();
        });
        model.Entity<JournalEntry>(journal =>
        {
            journal.ToTable("journal");
            journal.HasKey(j => j.Seq);
            journal.Property(j => j.Seq).ValueGeneratedNever();
            journal.HasIndex(j => j.Prev).IsUnique();
            journal.HasIndex(j => new { j.Subject, j.Seq });
        });
    }

    private static void MapIntake(ModelBuilder model)
    {
        model.Entity<Programme>().Property(p => p.Id).ValueGeneratedNever();
        model.Entity<LayerVersion>(layer =>
        {
            layer.Property(l => l.Id).ValueGeneratedNever();
            layer.HasIndex(l => new { l.Role, l.AsOf });
        });
        model.Entity<Image>(image =>
        {
            image.Property(i => i.Id).ValueGeneratedNever();
            image.HasIndex(i => i.AcquiredOn);
        });
        model.Entity<ImportBatch>(batch =>
        {
            batch.Property(b => b.Id).ValueGeneratedNever();
            batch.HasOne<Programme>().WithMany().HasForeignKey(b => b.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ImportFinding>(finding =>
        {
            finding.Property(f => f.Id).ValueGeneratedNever();
            finding.HasIndex(f => new { f.BatchId, f.Ordinal }).IsUnique();
            finding.HasOne<ImportBatch>().WithMany().HasForeignKey(f => f.BatchId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Patch>(patch =>
        {
            patch.Property(p => p.Id).ValueGeneratedNever();
            patch.HasIndex(p => new { p.ProgrammeId, p.Number }).IsUnique();
            patch.HasIndex(p => p.BatchId);
            patch.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
            patch.HasOne<ImportBatch>().WithMany().HasForeignKey(p => p.BatchId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PatchUnit>(unit =>
        {
            unit.Property(u => u.Id).ValueGeneratedNever();
            unit.HasIndex(u => u.PatchId);
            unit.HasIndex(u => u.ResponsibleUnit);
            unit.HasIndex(u => u.SupersedesId);
            unit.HasOne<Patch>().WithMany().HasForeignKey(u => u.PatchId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PatchLink>(link =>
        {
            link.HasKey(l => new { l.PatchId, l.EarlierPatchId });
            link.HasIndex(l => l.EarlierPatchId);
            link.HasOne<Patch>().WithMany().HasForeignKey(l => l.PatchId).OnDelete(DeleteBehavior.Restrict);
            link.HasOne<Patch>().WithMany().HasForeignKey(l => l.EarlierPatchId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void MapComparison(ModelBuilder model)
    {
        model.Entity<ComparisonRun>(run =>
        {
            run.Property(r => r.Id).ValueGeneratedNever();
            run.HasIndex(r => new { r.ProgrammeId, r.RanAt });
            run.HasOne<Programme>().WithMany().HasForeignKey(r => r.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        });
        // No foreign keys on the rows of a run: they are many, written in one stroke, and their ids were read in the same transaction.
        model.Entity<ComparisonArea>(area =>
        {
            area.HasKey(a => new { a.RunId, a.Ordinal });
            area.HasIndex(a => new { a.RunId, a.PatchId });
        });
    }

    private static void MapVerdicts(ModelBuilder model)
    {
        model.Entity<Visit>(visit =>
        {
            visit.Property(v => v.Id).ValueGeneratedNever();
            visit.HasIndex(v => v.PatchId);
            visit.HasIndex(v => v.SupersedesId);
            visit.HasOne<Patch>().WithMany().HasForeignKey(v => v.PatchId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Evidence>(evidence =>
        {
            evidence.Property(e => e.Id).ValueGeneratedNever();
            evidence.HasIndex(e => e.PatchId);
            evidence.HasOne<Patch>().WithMany().HasForeignKey(e => e.PatchId).OnDelete(DeleteBehavior.Restrict);
            evidence.HasOne<Visit>().WithMany().HasForeignKey(e => e.VisitId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Parcel>(parcel =>
        {
            parcel.Property(p => p.Id).ValueGeneratedNever();
            parcel.HasIndex(p => new { p.PatchId, p.Ordinal });
            parcel.HasIndex(p => p.SupersededById);
            parcel.HasOne<Patch>().WithMany().HasForeignKey(p => p.PatchId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Proposal>(proposal =>
        {
            proposal.Property(p => p.Id).ValueGeneratedNever();
            proposal.HasIndex(p => p.PatchId);
            proposal.HasIndex(p => new { p.ProgrammeId, p.ProposedAt });
            proposal.HasOne<Parcel>().WithMany().HasForeignKey(p => p.ParcelId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Determination>(determination =>
        {
            determination.Property(d => d.Id).ValueGeneratedNever();
            determination.HasIndex(d => d.PatchId);
            determination.HasIndex(d => d.SupersedesId);
            determination.HasIndex(d => new { d.DecidedBy, d.DecidedAt });
            determination.HasOne<Parcel>().WithMany().HasForeignKey(d => d.ParcelId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Confirmation>(confirmation =>
        {
            confirmation.Property(c => c.Id).ValueGeneratedNever();
            confirmation.HasIndex(c => c.DeterminationId);
            confirmation.HasIndex(c => new { c.By, c.At });
            confirmation.HasOne<Determination>().WithMany().HasForeignKey(c => c.DeterminationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ConfirmationWithdrawal>(withdrawal =>
        {
            withdrawal.Property(w => w.Id).ValueGeneratedNever();
            withdrawal.HasIndex(w => w.ConfirmationId).IsUnique();
            withdrawal.HasOne<Confirmation>().WithMany().HasForeignKey(w => w.ConfirmationId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void NameInSnakeCase(IMutableModel model)
    {
        foreach (var entity in model.GetEntityTypes())
        {
            if (entity.ClrType != typeof(JournalEntry))
                entity.SetTableName(SnakeCase(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
        }
    }

    internal static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
