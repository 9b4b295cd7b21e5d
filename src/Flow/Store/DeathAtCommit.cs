using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weipian.Flow.Store;

/// <summary>Ends the process at the commit of an act, as a power cut would: right before the database commits it, or right after and before
/// anything outside the database knows of it.</summary>
/// <remarks>
/// For tests, and there only where <see cref="Setting"/> is set: <c>before:open-case-file after:set-clock</c>. The first act that is named
/// for a moment ends the process in it. Without the setting nothing listens.
/// </remarks>
internal sealed class DeathAtCommit : DbTransactionInterceptor
{
    public const string Setting = "WEIPIAN_TEST_DIE_AT";

    private readonly HashSet<string> moments;

    private DeathAtCommit(string moments) =>
        this.moments = moments.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>One listener where the setting is set, none elsewhere.</summary>
    public static IReadOnlyList<IInterceptor> Asked { get; } =
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } moments ? [new DeathAtCommit(moments)] : [];

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        Come("before", eventData);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Come("after", eventData);
        return Task.CompletedTask;
    }

    private void Come(string moment, DbContextEventData eventData)
    {
        var entry = eventData.Context?.ChangeTracker.Entries<JournalEntry>().SingleOrDefault();
        if (entry is null || !moments.Contains($"{moment}:{entry.Entity.Act}"))
            return;
        Console.Error.WriteLine($"died {moment}:{entry.Entity.Act}");
        Console.Error.Flush();
        using var self = Process.GetCurrentProcess();
        self.Kill();
        throw new UnreachableException();
    }
}
