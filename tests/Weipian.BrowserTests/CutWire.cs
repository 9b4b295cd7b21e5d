using System.Net;
using System.Net.Sockets;

namespace Weipian.BrowserTests;

/// <summary>A wire between a browser and the office that can be cut and joined again.</summary>
public sealed class CutWire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri office;
    private readonly CancellationTokenSource gone = new();
    private readonly List<TcpClient> open = [];
    private readonly Task accepting;
    private volatile bool isCut;

    public CutWire(Uri office)
    {
        this.office = office;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>What is on the wire is lost, and nothing comes through.</summary>
    public void Cut()
    {
        isCut = true;
        lock (open)
        {
            foreach (var client in open)
                client.Close();
            open.Clear();
        }
    }

    public void Join() => isCut = false;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await listener.AcceptTcpClientAsync(gone.Token);
                if (isCut)
                    browser.Close();
                else
                    _ = CarryAsync(browser);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            listener.Stop();
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, office.Port, gone.Token);
            lock (open)
                open.AddRange([browser, server]);
            var (there, back) = (browser.GetStream(), server.GetStream());
            await Task.WhenAny(there.CopyToAsync(back, gone.Token), back.CopyToAsync(there, gone.Token));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The wire was cut: that is what it is for.
            _ = cut;
        }
        finally
        {
            browser.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        Cut();
        await accepting;
        gone.Dispose();
        listener.Dispose();
    }
}
