using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Weipian.Flow.Store;

namespace Weipian.Web.Serving;

/// <summary>The web server: the office's pages, the API and the static files, from one process.</summary>
/// <remarks>
/// Listens where it is told and nowhere else; the command line's default is the loopback. Nothing is fetched from other hosts.
/// Static files come from beside the program, so it may be started from any working directory.
/// </remarks>
public static class WebServer
{
    /// <summary>How long what is under way may take when the server is told to stop; the process waits a little longer.</summary>
    internal static readonly TimeSpan StopMax = TimeSpan.FromSeconds(20);

    /// <summary>Serves until <paramref name="stop"/> is set, or SIGTERM or Ctrl-C arrives.</summary>
    /// <param name="urls">Addresses to listen on, separated by semicolons; port 0 takes a free one.</param>
    /// <param name="data">An initialised data folder.</param>
    /// <returns>0 after an orderly stop.</returns>
    /// <exception cref="Problem">When the data folder is not initialised or the address is taken.</exception>
    public static async Task<int> RunAsync(string urls, DataFolder data, CancellationToken stop)
    {
        await using var app = Build(urls, data, logged: true);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException taken) when (taken.InnerException is not null)
        {
            throw Problem.Web.AddressTaken(urls);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop before it answered: as orderly as later.
            return 0;
        }
        foreach (var address in AddressesOf(app))
            await Console.Out.WriteLineAsync($"listening on {address}");
        await Console.Out.FlushAsync(CancellationToken.None);
        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    /// <summary>The configured application, not started: for <see cref="RunAsync"/> and for tests.</summary>
    /// <param name="logged">True for the server that people use: JSON lines, traces, the address of the metrics.</param>
    public static WebApplication Build(string urls, DataFolder data, Action<IServiceCollection>? change = null, bool logged = false)
    {
        var settings = ServerSettings.Read(data);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ApplicationName = "weipian", ContentRootPath = AppContext.BaseDirectory }
        );
        // Without this the assets of packages are served in Development only.
        builder.WebHost.UseStaticWebAssets();
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        builder.WebHost.UseUrls(logged && settings.MetricsUrl is { } metrics ? [.. addresses, metrics.ToString()] : addresses);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.RequestBytesMax;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // It warns that the keys are not encrypted at rest; the folder is the owner's alone, like the database beside it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // A start that fails is told once, as a refusal in both languages.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        if (logged)
        {
            builder.AddServerLogs(settings);
            builder.Services.AddHostedService<SystemdNotice>();
        }
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopMax);
        builder.Services.AddOffice(data);
        change?.Invoke(builder.Services);
        var app = builder.Build();
        if (logged)
            app.UseRequestLines();
        app.UseOffice();
        return app;
    }

    private static IEnumerable<string> AddressesOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
}
