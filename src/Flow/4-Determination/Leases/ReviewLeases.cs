using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Who has a patch open to judge it, and until when; the others see it and cannot sign.</summary>
/// <param name="PatchId">The patch; for a blind reading the verdict that is read, which no list of patches shows.</param>
/// <param name="Holder">Login of the seat.</param>
/// <param name="Until">UTC; from this instant on it holds nobody back.</param>
public sealed record ReviewLease(Guid PatchId, string Holder, DateTime Until);

/// <summary>The lock of a patch while somebody judges it: taken by opening, renewed by working, gone by leaving or by time.</summary>
/// <remarks>
/// A lock is passing state and no fact: it stands in a table of its own that changes, outside the journal and outside what is verified, and
/// says nothing about the past (decision record 0100). It lies in the database, so that it holds between processes and between nodes. Acts
/// that sign ask it inside their transaction.
/// </remarks>
public static class ReviewLeases
{
    /// <summary>No lock is longer: what stands further ahead was written before somebody set the clock back, and holds nobody.</summary>
    public static readonly TimeSpan SpanMax = TimeSpan.FromHours(1);

    /// <summary>Takes or renews the lock of a patch. The answer names who has it: the actor, or the seat that was there first.</summary>
    /// <param name="span">How long from now; at most <see cref="SpanMax"/>.</param>
    public static async Task<ReviewLease> TakeAsync(
        WeipianStore store,
        Actor actor,
        Guid patch,
        TimeSpan span,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span, SpanMax);
        await using var db = store.Read();
        var (id, now) = (patch.ToString("D"), Now(store));
        var (until, beyond) = (now + (long)span.TotalMilliseconds, now + (long)SpanMax.TotalMilliseconds);
        // One statement, so that of two who come at once one has it.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO review_lease (patch_id, holder, until_ms) VALUES ({id}, {actor.Login}, {until})
            ON CONFLICT (patch_id) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms
            WHERE review_lease.holder = excluded.holder OR review_lease.until_ms <= {now} OR review_lease.until_ms > {beyond}
            """,
            stop
        );
        var held = await OfAsync(db, id, now, stop);
        return held is null ? new(patch, actor.Login, Instant(until)) : Read(held);
    }

    /// <summary>Gives the lock back; does nothing when another seat has it.</summary>
    public static async Task ReleaseAsync(WeipianStore store, Actor actor, Guid patch, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = store.Read();
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM review_lease WHERE patch_id = {patch.ToString("D")} AND holder = {actor.Login}",
            stop
        );
    }

    /// <summary>The locks that hold now.</summary>
    public static async Task<IReadOnlyList<ReviewLease>> LiveAsync(WeipianStore store, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        var now = Now(store);
        var beyond = now + (long)SpanMax.TotalMilliseconds;
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                SELECT patch_id AS "Patch", holder AS "Holder", until_ms AS "Until" FROM review_lease
                WHERE until_ms > {now} AND until_ms <= {beyond}
                """
            )
            .ToListAsync(stop);
        return [.. rows.Select(Read)];
    }

    /// <summary>Refuses an act on a patch that another seat is judging now.</summary>
    /// <exception cref="Problem"><c>determination.locked-by-other</c></exception>
    internal static async Task RequireFreeAsync(ActScope act, Guid patch, string parcel, CancellationToken stop)
    {
        var held = await OfAsync(act.Db, patch.ToString("D"), Now(act.Store), stop);
        if (held is not null && held.Holder != act.By.Login)
            throw Problem.Determination.LockedByOther(
                parcel,
                held.Holder,
                TimeZoneInfo.ConvertTime(new DateTimeOffset(Instant(held.Until)), ChinaTime.Zone)
            );
    }

    private static async Task<Row?> OfAsync(StoreContext db, string patch, long now, CancellationToken stop)
    {
        var beyond = now + (long)SpanMax.TotalMilliseconds;
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                SELECT patch_id AS "Patch", holder AS "Holder", until_ms AS "Until" FROM review_lease
                WHERE patch_id = {patch} AND until_ms > {now} AND until_ms <= {beyond}
                """
            )
            .ToListAsync(stop);
        return rows.SingleOrDefault();
    }

    private static long Now(WeipianStore store) => store.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static DateTime Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private static ReviewLease Read(Row row) => new(Guid.Parse(row.Patch), row.Holder, Instant(row.Until));

    private sealed record Row(string Patch, string Holder, long Until);
}
