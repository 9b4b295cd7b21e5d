using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Serving;

namespace Weipian.Web.Reading;

/// <summary>Locks of patches as pages take, show and give them back.</summary>
/// <remarks>Pages of this process hear of each change at once; those of other nodes read the table every few seconds.</remarks>
public sealed class LeaseDesk(OfficeBooks books, WorkbenchLimits limits)
{
    /// <summary>Somebody took or gave back a lock here.</summary>
    public event EventHandler? Changed;

    /// <summary>How often a page looks for the locks of other nodes, and renews its own.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(5);

    public TimeSpan Span => limits.LockSpan;

    /// <summary>Takes or renews; the answer names who has it.</summary>
    public async Task<ReviewLease> TakeAsync(Actor by, Guid patch, CancellationToken stop = default)
    {
        var lease = await ReviewLeases.TakeAsync(books.Store, by, patch, limits.LockSpan, stop);
        Changed?.Invoke(this, EventArgs.Empty);
        return lease;
    }

    public async Task ReleaseAsync(Actor by, Guid patch, CancellationToken stop = default)
    {
        await ReviewLeases.ReleaseAsync(books.Store, by, patch, stop);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>The locks that hold now, by patch.</summary>
    public async Task<IReadOnlyDictionary<Guid, ReviewLease>> LiveAsync(CancellationToken stop = default) =>
        (await ReviewLeases.LiveAsync(books.Store, stop)).ToDictionary(l => l.PatchId);

    /// <summary>What is left of a lock, in whole seconds, never below zero.</summary>
    public int SecondsLeft(ReviewLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return (int)Math.Max(0, Math.Ceiling((lease.Until - books.Store.Clock.GetUtcNow().UtcDateTime).TotalSeconds));
    }
}
