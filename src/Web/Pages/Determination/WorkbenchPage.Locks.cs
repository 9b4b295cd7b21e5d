using Microsoft.JSInterop;
using Weipian.Flow.Determinations;
using Weipian.Web.Reading;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Determination;

/// <summary>The part of the workbench that locks: the patch on screen, for as long as somebody works on it.</summary>
public sealed partial class WorkbenchPage
{
    /// <summary>A person who pages through patches locks none of them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim lockTurn = new(1, 1);
    private IReadOnlyDictionary<Guid, ReviewLease> others = new Dictionary<Guid, ReviewLease>();
    private ReviewLease? lease;
    private Guid? held;

    /// <summary>Cancelled when the page goes; kept apart from its source, which is disposed then.</summary>
    private CancellationToken leaving;

    protected override void OnInitialized() => leaving = ending.Token;

    /// <summary>Somebody else has the patch on screen open and was first.</summary>
    private bool IsHeldByOther => lease is { } l && l.PatchId == row?.Id && l.Holder != actor?.Login && Locks.SecondsLeft(l) > 0;

    private string LockWords =>
        lease is null ? ""
        : IsHeldByOther ? Say.T("lock.held-by", Books.SeatName(lease.Holder), OfficeBooks.Moment(lease.Until))
        : Say.T("lock.yours", OfficeBooks.Moment(lease.Until));

    /// <summary>Something on this patch waits for this seat: only then is it locked.</summary>
    private bool HasWork => row is not null && (row.Parcels.Any(IsOpenForMe) || correcting);

    /// <summary>Gives the patch before back and locks this one, once it stays on screen.</summary>
    private async Task HoldAsync(Guid patch)
    {
        lease = null;
        if (!RendererInfo.IsInteractive || (!mayDecide && !mayConfirm))
            return;
        try
        {
            await Task.Delay(Pause, leaving);
            await lockTurn.WaitAsync(leaving);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        try
        {
            if (held is { } before && before != row?.Id)
            {
                held = null;
                await Locks.ReleaseAsync(actor!, before);
            }
            if (row?.Id != patch || !HasWork)
                return;
            await TakeLockAsync(patch);
            StateHasChanged();
        }
        finally
        {
            lockTurn.Release();
        }
    }

    private async Task TakeLockAsync(Guid patch)
    {
        var taken = await Locks.TakeAsync(actor!, patch);
        var isMine = taken.Holder == actor!.Login;
        if (row?.Id != patch)
        {
            if (isMine && held != patch)
                await Locks.ReleaseAsync(actor, patch);
            return;
        }
        lease = taken;
        if (isMine)
            held = patch;
    }

    private async Task RenewAsync()
    {
        if (row is not null && (mayDecide || mayConfirm))
            await TakeLockAsync(row.Id);
    }

    /// <summary>Hears of locks of this process at once, and looks for those of other nodes every few seconds.</summary>
    private async Task WatchLocksAsync()
    {
        if (!mayDecide && !mayConfirm)
            return;
        Locks.Changed += OnLocksChanged;
        await ReadLocksAsync();
        _ = InvokeAsync(async () =>
        {
            using var timer = new PeriodicTimer(LeaseDesk.Every);
            try
            {
                while (await timer.WaitForNextTickAsync(leaving))
                    await TryKeepLockAsync();
            }
            catch (OperationCanceledException left)
            {
                Log.LogDebug(left, "The page is gone, and its lock with it");
            }
        });
    }

    private void OnLocksChanged(object? sender, EventArgs change) =>
        _ = InvokeAsync(async () =>
        {
            if (!leaving.IsCancellationRequested)
                await ReadLocksAsync();
        });

    /// <summary>A database that is busy for a moment takes no lock away: the next look comes soon.</summary>
    private async Task TryKeepLockAsync()
    {
        try
        {
            await KeepLockAsync();
        }
        catch (System.Data.Common.DbException fault)
        {
            Log.LogWarning(fault, "The locks could not be read");
        }
    }

    /// <summary>Renews while somebody works; takes over what nobody holds any more.</summary>
    private async Task KeepLockAsync()
    {
        if (row is { } shown && HasWork)
        {
            var left = lease is null ? 0 : Locks.SecondsLeft(lease);
            var isWorking = left > 0 && held == shown.Id && left < Locks.Span.TotalSeconds - 60 && await IdleAsync() < 60;
            var isFree = left == 0 && lease is not null && await IdleAsync() < 60;
            if (isWorking || isFree)
                await TakeLockAsync(shown.Id);
        }
        await ReadLocksAsync();
    }

    private async Task<double> IdleAsync()
    {
        try
        {
            return keys is null ? double.MaxValue : await keys.InvokeAsync<double>("idleSeconds", leaving);
        }
        catch (Exception away)
            when (away is JSException or JSDisconnectedException or InvalidOperationException or OperationCanceledException)
        {
            leaving.ThrowIfCancellationRequested();
            return double.MaxValue;
        }
    }

    private async Task ReadLocksAsync()
    {
        var all = await Locks.RecentAsync();
        var now = all.Where(l => l.Value.Holder != actor?.Login).ToDictionary(l => l.Key, l => l.Value);
        var isSame = now.Count == others.Count && now.All(l => others.TryGetValue(l.Key, out var was) && was == l.Value);
        if (!isSame)
            others = now;
        var wasHeld = IsHeldByOther;
        if (row is not null && now.TryGetValue(row.Id, out var foreign))
            lease = foreign;
        else if (lease is not null && lease.Holder != actor?.Login)
        {
            // The other one has gone on: whoever is still here takes over.
            lease = null;
            if (row is not null && HasWork)
                _ = HoldAsync(row.Id);
        }
        if (!isSame || wasHeld != IsHeldByOther)
            StateHasChanged();
    }

    private async Task LeaveLocksAsync()
    {
        Locks.Changed -= OnLocksChanged;
        await ending.CancelAsync();
        if (held is { } last && actor is not null)
            await Locks.ReleaseAsync(actor, last);
        ending.Dispose();
        lockTurn.Dispose();
    }
}
