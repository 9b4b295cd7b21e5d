using Prometheus;
using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Serving;

/// <summary>Figures of the installation for who watches it (Prometheus), at an address of its own.</summary>
/// <remarks>
/// <c>/metrics</c> answers only where <c>WEIPIAN_METRICS_URL</c> names a further address, and only there: it asks for no seat, so it is to
/// be an address that the office's network does not reach. Counts, times and states; nothing of any case or person.
/// </remarks>
public sealed partial class Gauges(OfficeBooks books, BackupDesk backups, ServerSettings settings, ILogger<Gauges> log) : IHostedService
{
    private readonly Gauge head = Metrics.CreateGauge("weipian_journal_entries", "Entries of the journal.");
    private readonly Gauge disk = Metrics.CreateGauge("weipian_disk_free_bytes", "Free space where the data folder is.");
    private readonly Gauge ready = Metrics.CreateGauge("weipian_ready", "1 when the node can do its work.");
    private readonly Gauge warnings = Metrics.CreateGauge("weipian_warnings", "Warnings of /healthz/ready.");
    private readonly Gauge drilled = Metrics.CreateGauge(
        "weipian_backup_verified_timestamp_seconds",
        "When a restored backup last proved to be whole, by the clock of the office; 0 for never."
    );

    private IDisposable? meters;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.MetricsUrl is null)
            return Task.CompletedTask;
        // From now on and not from the first question on: what was done before would be missing.
        Metrics.SuppressDefaultMetrics(new() { SuppressMeters = true });
        meters = MeterAdapter.StartListening(new() { InstrumentFilterPredicate = i => i.Meter.Name == StoreMeters.Name });
        var figures = Metrics.DefaultRegistry;
        figures.AddBeforeCollectCallback(CollectAsync);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        meters?.Dispose();
        return Task.CompletedTask;
    }

    private async Task CollectAsync(CancellationToken stop)
    {
        try
        {
            var readiness = await Health.OfAsync(books, backups, settings, TimeProvider.System.GetUtcNow(), stop);
            ready.Set(readiness.Reasons.Count == 0 ? 1 : 0);
            warnings.Set(readiness.Warnings.Count);
            disk.Set(readiness.DiskFreeMegabytes * 1024.0 * 1024.0);
            drilled.Set(readiness.VerifiedAt is { } at ? new DateTimeOffset(at).ToUnixTimeSeconds() : 0);
            head.Set(await books.SequenceAsync(stop));
        }
        catch (Exception closed) when (closed is System.Data.Common.DbException or IOException or ObjectDisposedException)
        {
            ready.Set(0);
            NotCollected(log, closed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the figures of the installation could not be collected")]
    private static partial void NotCollected(ILogger log, Exception why);
}

/// <summary>Where the figures are given.</summary>
public static class Watching
{
    /// <summary>Answers <c>/metrics</c> at its own address, where one is set, and nothing else there.</summary>
    public static void UseMetricsWhereAsked(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetRequiredService<ServerSettings>().MetricsUrl is not { } url)
            return;
        app.MapWhen(
            context => context.Connection.LocalPort == url.Port,
            there =>
            {
                there.UseMetricServer("/metrics");
                there.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            }
        );
    }
}
