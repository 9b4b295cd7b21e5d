using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>What stands about the sign-in of a seat: its second factor, and whether its role has to have one.</summary>
public static class SeatSecurity
{
    /// <summary>The second factor in force; <c>null</c> for none.</summary>
    public static Task<SecondFactor?> FactorOfAsync(StoreContext db, string login, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db
            .SecondFactors.Where(f => f.SeatLogin == login && !db.SecondFactorEnds.Any(e => e.FactorId == f.Id))
            .SingleOrDefaultAsync(stop);
    }

    /// <summary>Whether a role has to have a second factor: the last rule counts, none is no.</summary>
    public static async Task<bool> IsRequiredAsync(StoreContext db, string role, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var last = await db.SecondFactorRules.Where(r => r.Role == role).OrderByDescending(r => r.At).FirstOrDefaultAsync(stop);
        return last?.IsRequired == true;
    }

    /// <summary>Sessions that nobody has ended, newest first.</summary>
    public static IQueryable<SeatSession> OpenSessions(StoreContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.SeatSessions.Where(s => !db.SessionEnds.Any(e => e.SessionId == s.Id)).OrderByDescending(s => s.OpenedAt);
    }

    /// <summary>Devices that are still trusted.</summary>
    public static IQueryable<DeviceKey> TrustedDevices(StoreContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.DeviceKeys.Where(d => !db.DeviceKeyEnds.Any(e => e.DeviceKeyId == d.Id)).OrderBy(d => d.At);
    }
}
