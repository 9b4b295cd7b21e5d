using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weipian.Flow.Store;

[assembly: AssemblyFixture(typeof(Weipian.BrowserTests.Office))]

namespace Weipian.BrowserTests;

/// <summary>The program as a user starts it: a sample made by the command line, served by a process of its own on a free port.</summary>
public partial class Office : IAsyncDisposable
{
    private readonly Chromium chromium = new();
    private readonly string folder = Directory.CreateTempSubdirectory("weipian-browser-").FullName;
    private readonly SemaphoreSlim turn = new(1, 1);
    private Process? server;

    /// <summary>The installation; for what comes into it before it is served.</summary>
    protected DataFolder Data => new(folder);

    private Uri? address;
    private readonly Dictionary<string, string> sessions = new(StringComparer.Ordinal);
    private Dictionary<string, string> passwords = [];

    /// <summary>A page in which a seat has signed in, and what its browser complained about.</summary>
    /// <remarks>A seat signs in once; later browsers carry its cookies, because one address may not try without end.</remarks>
    /// <param name="through">Another way to the office than straight; cookies know no ports.</param>
    public async Task<Visitor> SignInAsync(
        string login,
        int width = 1440,
        int height = 900,
        string? language = null,
        bool touch = false,
        Uri? through = null
    )
    {
        await StartAsync();
        if (!sessions.TryGetValue(login, out var session))
        {
            await using var door = await NobodyAsync();
            await EnterAsync(door.Page, login, passwords[login]);
            sessions[login] = session = await door.Page.Context.StorageStateAsync();
        }
        var visitor = new Visitor(await PageAsync(width, height, touch, session, through));
        await visitor.Page.GotoAsync("/password");
        if (language is not null)
            await visitor.Page.ClickAsync($"button[name=to][value='{language}']");
        return visitor;
    }

    /// <summary>A page of a seat, or of somebody who has not signed in, in a language.</summary>
    /// <param name="login"><c>null</c> for somebody who has not signed in.</param>
    public async Task<Visitor> VisitorAsync(string? login, int width, int height, string? language)
    {
        if (login is not null)
            return await SignInAsync(login, width, height, language);
        var visitor = new Visitor(await PageAsync(width, height, touch: false, session: null));
        await visitor.Page.GotoAsync("/sign-in");
        if (language is not null)
            await visitor.Page.ClickAsync($"button[name=to][value='{language}']");
        return visitor;
    }

    /// <summary>Where the office listens.</summary>
    public async Task<Uri> AddressAsync()
    {
        await StartAsync();
        return address!;
    }

    /// <summary>A page of a browser that has not signed in.</summary>
    public async Task<Visitor> NobodyAsync() => new(await PageAsync(1440, 900, touch: false, session: null));

    /// <summary>Fills the form of the door.</summary>
    public static async Task EnterAsync(IPage page, string login, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name=login]", login);
        await page.FillAsync("[name=password]", password);
        await page.ClickAsync("form.enter button");
        // Whether the page is there the page is asked: under load the word of its event was lost once.
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    private async Task<IPage> PageAsync(int width, int height, bool touch, string? session, Uri? through = null)
    {
        var browser = await chromium.BrowserAsync();
        await StartAsync();
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = (through ?? address!).ToString(),
                ViewportSize = new ViewportSize { Width = width, Height = height },
                HasTouch = touch,
                TimezoneId = "Asia/Shanghai",
                StorageState = session,
            }
        );
        return await context.NewPageAsync();
    }

    private async Task StartAsync()
    {
        await turn.WaitAsync();
        try
        {
            if (server is not null)
                return;
            await FillAsync();
            server = Start("serve", "--urls", "http://127.0.0.1:0");
            address = await ListeningAsync(server);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Size of the sample that is made.</summary>
    protected virtual string Sample => Environment.GetEnvironmentVariable("WEIPIAN_BROWSER_SAMPLE") ?? "village";

    /// <summary>How far the year of the sample is played; not at all where nothing is said.</summary>
    protected virtual IReadOnlyList<string> Played => [];

    /// <summary>Passwords of the sample are random; the file of the installation holds them.</summary>
    protected virtual async Task FillAsync()
    {
        if (Environment.GetEnvironmentVariable("WEIPIAN_BROWSER_DATA") is { Length: > 0 } data)
            Copy(data, folder);
        else
            await RunAsync(["sample", "--size", Sample, .. Played]);
        passwords = (await File.ReadAllLinesAsync(Path.Combine(folder, "sample-seats.txt")))
            .Select(line => Seat().Match(line))
            .Where(m => m.Success)
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
    }

    /// <summary>The folder that is looked at stays as it is.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var below in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, below)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
    }

    protected async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"weipian {string.Join(' ', arguments)}: {process.ExitCode}\n{await output}\n{await errors}");
        return await output;
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "weipian.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(folder);
        return Process.Start(start)!;
    }

    private static async Task<Uri> ListeningAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (Listening().Match(line) is { Success: true } match)
            {
                // The rest is read and dropped, so that the server never waits for somebody to read.
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return new Uri(match.Groups[1].Value);
            }
        throw new InvalidOperationException("the server ended: " + await process.StandardError.ReadToEndAsync());
    }

    [GeneratedRegex(@"listening on (http\S+)")]
    private static partial Regex Listening();

    /// <summary>A login and its password, in the first two columns.</summary>
    [GeneratedRegex(@"^\s*([a-z][a-z-]+)\s+(\S+)")]
    private static partial Regex Seat();

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        if (server is { HasExited: false })
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
        server?.Dispose();
        turn.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A page and what its browser complained about: errors of scripts, of the console, of the content security policy, of
/// files.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>The office itself, what a page carries within it, and what it made of files of the person: a photograph before it is
    /// sent.</summary>
    private static readonly string[] Own = ["http://127.0.0.1", "data:", "blob:http://127.0.0.1"];

    private readonly List<string> complaints = [];

    public Visitor(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add($"{message.Type}: {message.Text}");
        };
        page.RequestFailed += (_, request) =>
        {
            // A page that is left breaks off what it was still loading.
            if (request.Failure != "net::ERR_ABORTED")
                complaints.Add($"{request.Url}: {request.Failure}");
        };
        page.Request += (_, request) =>
        {
            if (!Own.Any(own => request.Url.StartsWith(own, StringComparison.Ordinal)))
                complaints.Add($"asked another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser complained about so far.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>Nothing was complained about so far.</summary>
    public void Forget() => complaints.Clear();

    /// <summary>Fails when the browser complained about anything.</summary>
    public void HadNothingToComplain() => Assert.Empty(complaints);

    /// <summary>Fails when the browser complained about anything but requests that the network did not carry; forgets those.</summary>
    public void MissedTheNetworkAndNothingElse()
    {
        Assert.All(complaints, c => Assert.Contains("net::ERR_", c, StringComparison.Ordinal));
        complaints.Clear();
    }

    /// <summary>The interactive page is there: the circuit answers.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForFunctionAsync(
            """
            () => {
              if (document.querySelector('main[data-live=no]')) return false;
              const bench = document.querySelector('[data-keys]');
              if (!bench) return true;
              if (bench.dataset.keys !== 'ready') return false;
              const list = document.querySelector('.cards');
              if (!list) return true;
              // On a telephone the list is behind another pane, and a list that nobody sees draws no rows.
              if (list.offsetParent && !list.querySelector('.card')) return false;
              return document.querySelector('[data-map=before]').dataset.shown && document.querySelector('.dossier:not([hidden]) [data-number]');
            }
            """
        );
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
