using System.Data.Common;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.Reading;

namespace Weipian.Web.Serving;

/// <summary>Makes a backup every day at the hour that is set, restores it to a scratch place and verifies it, and clears the shelf of what
/// is no longer kept.</summary>
/// <remarks>
/// Goes by the real clock, also in a sample that stands on another day. A server that was off at its hour makes up for it when it starts. A
/// failure stands in the journal, in a notice to the administrator, in the log, in the health answer and in the metrics; it is tried again
/// an hour later, and nothing leaves the shelf meanwhile.
/// </remarks>
public sealed partial class BackupWatch(OfficeBooks books, ServerSettings settings, ILogger<BackupWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    private DateTimeOffset notBefore = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.BackupAt is null)
            return;
        using var timer = new PeriodicTimer(Every);
        do await LookAsync(TimeProvider.System.GetUtcNow(), stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Whether a backup is due: the hour came, and none on the shelf is younger than that.</summary>
    /// <param name="last">When the newest backup was written; <c>null</c> where there is none.</param>
    public static bool IsDue(TimeOnly at, DateTimeOffset now, DateTimeOffset? last) => last is not { } made || made < LastHour(at, now);

    /// <summary>The next time the hour comes.</summary>
    public static DateTimeOffset Next(TimeOnly at, DateTimeOffset now) => LastHour(at, now.AddDays(1));

    /// <summary>Looks whether a backup is due, and makes it.</summary>
    /// <returns>What came of it; <c>null</c> when none was due.</returns>
    public async Task<DrillBackup.Drilled?> LookAsync(DateTimeOffset now, CancellationToken stop)
    {
        if (settings.BackupAt is not { } at || now < notBefore || !IsDue(at, now, LastMade()))
            return null;
        try
        {
            var request = new DrillBackup.Request(settings.BackupFolder, settings.BackupPassphrase, "定时备份演练 daily backup and trial");
            var drilled = await DrillBackup.Handle(books.Store, Actor.Machine, request, null, stop);
            if (drilled.Failure is { } failure)
                Fail(now, failure);
            else
                foreach (var gone in BackupShelf.Prune(settings.BackupFolder, settings.BackupsKept))
                    Cleared(log, gone);
            return drilled;
        }
        catch (Exception wrong) when (wrong is Problem or DbException or IOException or UnauthorizedAccessException)
        {
            // Not even the journal could be written.
            Fail(now, wrong);
            return null;
        }
    }

    private void Fail(DateTimeOffset now, Exception why)
    {
        notBefore = now + Again;
        Failed(log, why);
    }

    private DateTimeOffset? LastMade() =>
        BackupShelf.In(settings.BackupFolder) is [var newest, ..] ? new FileInfo(newest.Path).LastWriteTimeUtc : (DateTimeOffset?)null;

    private static DateTimeOffset LastHour(TimeOnly at, DateTimeOffset now)
    {
        var today = ChinaTime.DayOf(now).ToDateTime(at);
        var hour = new DateTimeOffset(today, ChinaTime.Zone.GetUtcOffset(today));
        return hour <= now ? hour : hour.AddDays(-1);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "the daily backup failed, or what it held did not verify")]
    private static partial void Failed(ILogger log, Exception why);

    [LoggerMessage(Level = LogLevel.Information, Message = "backup {Name} left the shelf")]
    private static partial void Cleared(ILogger log, string name);
}
