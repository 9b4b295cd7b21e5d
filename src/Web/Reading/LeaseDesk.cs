using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Serving;

namespace Weipian.Web.Reading;

/// <summary>Locks of patches as pages take, show and give them back.</summary>
/// <remarks>Pages of this process hear of changes within a third of a second; other nodes read the table every few seconds.</remarks>
public sealed class LeaseDesk(OfficeBooks books, WorkbenchLimits limits)
{
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(300);

    private readonly Lock telling = new();
    private Task<IReadOnlyDictionary<Guid, ReviewLease>>? recent;
    private long readAt;
    private int waiting;

    /// <summary>Somebody took or gave back a lock here, a moment ago.</summary>
    public event EventHandler? Changed;

    /// <summary>How often a page looks for the locks of other nodes, and renews its own.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(5);

    public TimeSpan Span => limits.LockSpan;

    /// <summary>Takes or renews; the answer names who has it.</summary>
    public async Task<ReviewLease> TakeAsync(Actor by, Guid patch, CancellationToken stop = default)
    {
        var lease = await ReviewLeases.TakeAsync(books.Store, by, patch, limits.LockSpan, stop);
        Tell();
        return lease;
    }

    public async Task ReleaseAsync(Actor by, Guid patch, CancellationToken stop = default)
    {
        await ReviewLeases.ReleaseAsync(books.Store, by, patch, stop);
        Tell();
    }

    /// <summary>The locks that hold now, by patch.</summary>
    public async Task<IReadOnlyDictionary<Guid, ReviewLease>> LiveAsync(CancellationToken stop = default) =>
        (await ReviewLeases.LiveAsync(books.Store, stop)).ToDictionary(l => l.PatchId);

    /// <summary>Locks as of a moment ago, for lists: a hundred open pages ask the table once and not a hundred times.</summary>
    public Task<IReadOnlyDictionary<Guid, ReviewLease>> RecentAsync()
    {
        lock (telling)
        {
            if (recent is null || Environment.TickCount64 - readAt > Together.TotalMilliseconds)
                (recent, readAt) = (LiveAsync(), Environment.TickCount64);
            return recent;
        }
    }

    /// <summary>Tells the pages once of all that changed within a moment.</summary>
    private void Tell()
    {
        if (Interlocked.Exchange(ref waiting, 1) == 1)
            return;
        _ = Task.Run(async () =>
        {
            await Task.Delay(Together);
            Volatile.Write(ref waiting, 0);
            lock (telling)
                recent = null;
            Changed?.Invoke(this, EventArgs.Empty);
        });
    }

    /// <summary>What is left of a lock, in whole seconds, never below zero.</summary>
    public int SecondsLeft(ReviewLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return (int)Math.Max(0, Math.Ceiling((lease.Until - books.Store.Clock.GetUtcNow().UtcDateTime).TotalSeconds));
    }
}
