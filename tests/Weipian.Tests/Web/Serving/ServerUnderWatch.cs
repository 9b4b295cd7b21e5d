using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Verbs;

namespace Weipian.Tests.Web.Serving;

/// <summary>An installation without patches and the server as a process, with settings as an administrator gives them.</summary>
public sealed class ServerUnderWatch : IAsyncDisposable
{
    public const string Password = "Wangcun-2019-spring";
    private readonly TemporaryFolder folder = new();
    private readonly List<string> lines = [];
    private Process? server;
    private Task said = Task.CompletedTask;

    public DataFolder Data => new(folder.File("data"));

    public string File(string name) => folder.File(name);

    public Uri Address { get; private set; } = null!;

    /// <summary>What the server wrote on its standard output so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public Process Server => server!;

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var asked = new TcpListener(IPAddress.Loopback, 0);
        asked.Start();
        return ((IPEndPoint)asked.LocalEndpoint).Port;
    }

    public async Task InstallAsync()
    {
        await Weipian.Flow.Intake.InitialiseDistrict.Handle(Data, new(Installations.Zhoucun));
        using var store = WeipianStore.Open(Data);
        foreach (var login in new[] { "administrator", "district-officer" })
            await SetSeatPassword.Handle(store, Actor.Machine, new(login, Password, MustChange: false, "test"));
    }

    public async Task StartAsync(params (string Name, string Value)[] settings)
    {
        var command = WeipianProcess.Command("serve", "--data", Data.Path, "--urls", "http://127.0.0.1:0");
        foreach (var (name, value) in settings)
            command.Environment[name] = value;
        server = Process.Start(command)!;
        var errors = server.StandardError.ReadToEndAsync();
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (lines)
                lines.Add(line);
            if (!line.StartsWith("listening on ", StringComparison.Ordinal))
                continue;
            // The further address is that of the metrics.
            Address = new Uri(line["listening on ".Length..]);
            said = ReadOnAsync(server);
            return;
        }
        throw new InvalidOperationException($"the server did not start: {await errors}");
    }

    /// <summary>As a supervisor stops it.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{server!.Id}"]))
            await kill.WaitForExitAsync();
        await server.WaitForExitAsync();
        await said;
        return server.ExitCode;
    }

    public async Task<HttpClient> SignedInAsync(string login)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        var browser = new HttpClient(handler) { BaseAddress = Address };
        using var answer = await OfficeProgram.SignInAsync(browser, login, Password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    private async Task ReadOnAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            lock (lines)
                lines.Add(line);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false })
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
        server?.Dispose();
        folder.Dispose();
    }
}
