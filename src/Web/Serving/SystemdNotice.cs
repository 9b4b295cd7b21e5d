using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Weipian.Web.Serving;

/// <summary>
/// Tells the manager of services when the server answers, when it begins to stop, and that it is alive (sd_notify(3)): one datagram to the
/// socket that <c>NOTIFY_SOCKET</c> names. Without it nothing is told.
/// </summary>
public sealed class SystemdNotice(IHostApplicationLifetime life, ILogger<SystemdNotice> log) : IHostedService, IDisposable
{
    private readonly string? socket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
    private Timer? alive;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(socket))
            return Task.CompletedTask;
        life.ApplicationStarted.Register(() => Tell("READY=1"));
        life.ApplicationStopping.Register(() => Tell("STOPPING=1"));
        if (Interval(Environment.GetEnvironmentVariable("WATCHDOG_USEC")) is { } interval)
            alive = new Timer(_ => Tell("WATCHDOG=1"), null, interval, interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => alive?.Dispose();

    /// <summary>Half of what the manager waits for; <c>null</c> where it does not.</summary>
    /// <param name="microseconds">As <c>WATCHDOG_USEC</c> says it.</param>
    public static TimeSpan? Interval(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0
            ? TimeSpan.FromMicroseconds(given / 2.0)
            : null;

    private void Tell(string state)
    {
        try
        {
            using var to = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An address of the abstract kind is written with @ and begins with a zero.
            var address = socket![0] == '@' ? '\0' + socket[1..] : socket;
            to.SendTo(Encoding.ASCII.GetBytes(state), new UnixDomainSocketEndPoint(address));
        }
        catch (SocketException gone)
        {
            log.LogWarning(gone, "The manager of services was not told {State}", state);
        }
    }
}
