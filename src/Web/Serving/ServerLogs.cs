using System.Diagnostics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Weipian.Flow.Store;

namespace Weipian.Web.Serving;

/// <summary>The log of the server: one JSON document on a line, on the standard output and in files that never grow beyond their limit;
/// and traces, where somebody takes them.</summary>
/// <remarks>A request is logged with its method, path, status and time, never with its query or body: they hold names.</remarks>
public static class ServerLogs
{
    /// <summary>Name of the log file; further ones get a number.</summary>
    public const string FileName = "weipian.jsonl";

    private const int Files = 8;
    private static readonly double SlowMilliseconds = TimeSpan.FromSeconds(5).TotalMilliseconds;

    /// <summary>Logs as JSON lines from now on.</summary>
    public static void AddServerLogs(this WebApplicationBuilder builder, ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.Services.AddSerilog(log =>
        {
            log.MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("System", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
                .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
                .Enrich.FromLogContext()
                .WriteTo.Console(new CompactJsonFormatter());
            if (settings.LogFolder is { } folder)
                log.WriteTo.File(
                    new CompactJsonFormatter(),
                    Path.Combine(folder, FileName),
                    // The oldest goes when another begins: together they stay within the limit.
                    fileSizeLimitBytes: Math.Max(settings.LogBytesMax / Files, 4096),
                    rollOnFileSizeLimit: true,
                    retainedFileCountLimit: Files
                );
        });
        if (settings.TracesEndpoint is { } endpoint)
            builder
                .Services.AddOpenTelemetry()
                .ConfigureResource(about => about.AddService("weipian"))
                .WithTracing(traces =>
                    traces
                        .AddSource(StoreMeters.Name)
                        .AddAspNetCoreInstrumentation()
                        .AddOtlpExporter(to =>
                        {
                            to.Protocol = OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf;
                            to.Endpoint = new Uri(endpoint, "/v1/traces");
                        })
                );
    }

    /// <summary>One line for each request that was answered.</summary>
    public static void UseRequestLines(this WebApplication app) =>
        app.UseSerilogRequestLogging(lines =>
        {
            lines.IncludeQueryInRequestPath = false;
            lines.GetLevel = (context, elapsed, fault) =>
                fault is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
                : elapsed > SlowMilliseconds && context.WebSockets.WebSocketRequestedProtocols.Count == 0 ? LogEventLevel.Warning
                : LogEventLevel.Information;
            lines.EnrichDiagnosticContext = (line, _) => line.Set("TraceId", Activity.Current?.TraceId.ToString());
        });
}
