using Weipian.Web.Reading;

namespace Weipian.Web.Serving;

/// <summary>Whether this node lives and whether it can serve: for a load balancer and a supervisor, without telling a stranger anything of
/// the work.</summary>
/// <remarks>
/// <c>/healthz/live</c>: the process answers; where it does not, restart it. <c>/healthz/ready</c>: it can do its work; where it cannot,
/// the reasons are named, and a restart does not help. A ready node may have warnings. <c>/health</c> is the older short form.
/// </remarks>
public static class Health
{
    /// <summary>A daily backup that did not prove whole for so long is overdue.</summary>
    private static readonly TimeSpan BackupSpan = TimeSpan.FromHours(26);

    /// <param name="Status"><c>ready</c> or <c>not-ready</c>.</param>
    /// <param name="Reasons">Why it is not ready.</param>
    /// <param name="Warnings">What needs a person and stops nobody yet.</param>
    /// <param name="VerifiedAt">When a restored backup last proved journal, rows and files to be whole; UTC.</param>
    public sealed record Readiness(
        string Status,
        IReadOnlyList<string> Reasons,
        IReadOnlyList<string> Warnings,
        DateTime? VerifiedAt,
        long DiskFreeMegabytes
    );

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health", Handle).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/healthz", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/healthz/live", () => TypedResults.Json(new { status = "live" })).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Handle(OfficeBooks books, CancellationToken stop) =>
        await books.CanReadAsync(stop)
            ? TypedResults.Json(new { status = "ok" })
            : TypedResults.Json(new { status = "store-unreadable" }, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ReadyAsync(OfficeBooks books, BackupDesk backups, ServerSettings settings, CancellationToken stop)
    {
        var readiness = await OfAsync(books, backups, settings, TimeProvider.System.GetUtcNow(), stop);
        return TypedResults.Json(readiness, statusCode: readiness.Reasons.Count == 0 ? 200 : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Looks at the database, the disk and the last trial of a backup.</summary>
    public static async Task<Readiness> OfAsync(
        OfficeBooks books,
        BackupDesk backups,
        ServerSettings settings,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(backups);
        ArgumentNullException.ThrowIfNull(settings);
        var (reasons, warnings) = (new List<string>(), new List<string>());
        var free = books.Store.DiskFreeBytes;
        if (free < settings.DiskFreeBytesMin)
            reasons.Add("disk-low");
        else if (free < 2 * settings.DiskFreeBytesMin)
            warnings.Add("disk-nearly-low");
        DateTime? verified = null;
        if (!await books.CanReadAsync(stop))
            reasons.Add("database-unreadable");
        else
        {
            if (!await books.Store.CanWriteAsync(stop))
                reasons.Add("database-not-writable");
            verified = await backups.LastDrilledAsync(stop);
            if (await backups.LatestAsync(1, stop) is [{ Kind: Flow.Store.RecordBackup.Failed }])
                warnings.Add("backup-failed");
            if (verified is null)
                warnings.Add("never-verified");
            else if (settings.BackupAt is not null && books.Store.Clock.GetUtcNow() - verified > BackupSpan)
                warnings.Add("backup-overdue");
        }
        return new(reasons.Count == 0 ? "ready" : "not-ready", reasons, warnings, verified, free / (1024 * 1024));
    }
}
