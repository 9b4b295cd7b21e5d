using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;

namespace Weipian.Flow.Store;

/// <summary>The tables of guards and of training: read by no stage of the work. All append-only.</summary>
public abstract partial class StoreContext
{
    public DbSet<ReviewGuard> ReviewGuards => Set<ReviewGuard>();
    public DbSet<BlindReading> BlindReadings => Set<BlindReading>();
    public DbSet<ProposalLook> ProposalLooks => Set<ProposalLook>();
    public DbSet<TrainingAnswer> TrainingAnswers => Set<TrainingAnswer>();
    public DbSet<TrainingStep> TrainingSteps => Set<TrainingStep>();

    private static void MapGuards(ModelBuilder model)
    {
        model.Entity<ReviewGuard>().Property(r => r.Id).ValueGeneratedNever();
        model.Entity<BlindReading>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<BlindReading, ReviewGuard>(row, nameof(BlindReading.GuardId));
            To<BlindReading, Parcel>(row, nameof(BlindReading.ParcelId));
            To<BlindReading, Determination>(row, nameof(BlindReading.DeterminationId));
            row.HasIndex(r => new { r.DeterminationId, r.By }).IsUnique();
        });
        model.Entity<ProposalLook>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<ProposalLook, Parcel>(row, nameof(ProposalLook.ParcelId));
            row.HasIndex(r => new { r.ParcelId, r.By }).IsUnique();
        });
        model.Entity<TrainingAnswer>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new { r.By, r.Exercise });
        });
        model.Entity<TrainingStep>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new { r.By, r.Step }).IsUnique();
        });
    }
}
