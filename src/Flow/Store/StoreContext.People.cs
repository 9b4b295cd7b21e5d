using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;

namespace Weipian.Flow.Store;

/// <summary>The tables of people: sessions, second factors, devices, memberships, and what identifies a party, sealed. All
/// append-only.</summary>
public abstract partial class StoreContext
{
    public DbSet<SeatSession> SeatSessions => Set<SeatSession>();
    public DbSet<SessionEnd> SessionEnds => Set<SessionEnd>();
    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();
    public DbSet<SecondFactorEnd> SecondFactorEnds => Set<SecondFactorEnd>();
    public DbSet<SecondFactorUse> SecondFactorUses => Set<SecondFactorUse>();
    public DbSet<SecondFactorRule> SecondFactorRules => Set<SecondFactorRule>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<DeviceKey> DeviceKeys => Set<DeviceKey>();
    public DbSet<DeviceKeyEnd> DeviceKeyEnds => Set<DeviceKeyEnd>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<MembershipEnd> MembershipEnds => Set<MembershipEnd>();
    public DbSet<GroupChange> GroupChanges => Set<GroupChange>();
    public DbSet<SealedIdentity> SealedIdentities => Set<SealedIdentity>();
    public DbSet<Reseal> Reseals => Set<Reseal>();
    public DbSet<SealedFile> SealedFiles => Set<SealedFile>();

    /// <summary>The folder of the installation: the keys of sealed texts lie there, outside the database.</summary>
    internal DataFolder? Folder { get; set; }

    private static void MapPeople(ModelBuilder model)
    {
        model.Entity<SeatSession>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.SeatLogin);
        });
        model.Entity<SessionEnd>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<SessionEnd, SeatSession>(row, nameof(SessionEnd.SessionId));
        });
        model.Entity<SecondFactor>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.SeatLogin);
        });
        model.Entity<SecondFactorEnd>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<SecondFactorEnd, SecondFactor>(row, nameof(SecondFactorEnd.FactorId));
        });
        model.Entity<SecondFactorUse>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new { r.FactorId, r.Mark }).IsUnique();
        });
        model.Entity<SecondFactorRule>().Property(r => r.Id).ValueGeneratedNever();
        model.Entity<RecoveryCode>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<RecoveryCode, SecondFactor>(row, nameof(RecoveryCode.FactorId));
        });
        MapDevicesAndPosts(model);
    }

    private static void MapDevicesAndPosts(ModelBuilder model)
    {
        model.Entity<DeviceKey>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.KeySha256).IsUnique();
        });
        model.Entity<DeviceKeyEnd>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<DeviceKeyEnd, DeviceKey>(row, nameof(DeviceKeyEnd.DeviceKeyId));
        });
        model.Entity<Membership>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new { r.Kind, r.Subject });
        });
        model.Entity<MembershipEnd>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<MembershipEnd, Membership>(row, nameof(MembershipEnd.MembershipId));
        });
        model.Entity<GroupChange>().Property(r => r.Id).ValueGeneratedNever();
        model.Entity<SealedIdentity>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<SealedIdentity, Party>(row, nameof(SealedIdentity.PartyId));
            row.HasIndex(r => r.NameBlind);
            row.HasIndex(r => r.NumberBlind);
        });
        model.Entity<Reseal>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.RowId);
            row.HasIndex(r => r.NameBlind);
            row.HasIndex(r => r.NumberBlind);
        });
        model.Entity<SealedFile>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.Sha256).IsUnique();
        });
    }
}
