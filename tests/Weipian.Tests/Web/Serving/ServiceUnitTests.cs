using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weipian.Tests.Web.Verbs;
using Weipian.Web.Serving;

namespace Weipian.Tests.Web.Serving;

/// <summary>What an installation is made of: the unit that starts the server, and the native libraries of every system.</summary>
public sealed partial class ServiceUnitTests : IAsyncLifetime
{
    private static readonly string Unit = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "weipian.service"));
    private readonly ServerUnderWatch watched = new();

    public async ValueTask InitializeAsync() => await watched.InstallAsync();

    public ValueTask DisposeAsync() => watched.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("-5")]
    public void Without_a_watch_nothing_is_told_again(string? microseconds) => Assert.Null(SystemdNotice.Interval(microseconds));

    [Fact]
    public void Twice_in_the_time_that_is_waited_it_says_that_it_is_alive() =>
        Assert.Equal(TimeSpan.FromSeconds(60), SystemdNotice.Interval("120000000"));

    /// <summary>It is compiled while it runs, and its own users keep it from everything but its data.</summary>
    [Fact]
    public void The_unit_says_what_the_program_does()
    {
        Assert.Contains("\nType=notify\n", Unit, StringComparison.Ordinal);
        Assert.DoesNotContain("\nMemoryDenyWriteExecute=", Unit, StringComparison.Ordinal);
        var settings = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "weipian.settings"));
        var data = Regex.Match(settings, "^WEIPIAN_DATA=(?<data>.+)$", RegexOptions.Multiline).Groups["data"].Value;
        Assert.Contains($"\nReadWritePaths={data}\n", Unit, StringComparison.Ordinal);
        Assert.Contains($"\nWorkingDirectory={data}\n", Unit, StringComparison.Ordinal);
        Assert.Contains("\nExecStart=/opt/weipian/weipian serve --urls ", Unit, StringComparison.Ordinal);
        Assert.Contains(
            "cp -r app /opt/weipian",
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_unit_is_one_that_systemd_reads()
    {
        var tool = Tool("systemd-analyze") ?? Missing("systemd-analyze is not on the path");
        var folder = Directory.CreateDirectory(watched.File("unit"));
        // The program is elsewhere here: everything else is verified as it stands.
        var file = Path.Combine(folder.FullName, "weipian.service");
        await File.WriteAllTextAsync(file, Unit.Replace("/opt/weipian/weipian", "/bin/true", StringComparison.Ordinal));
        var verified = await RunAsync(tool, "verify", "--man=no", file);
        Assert.True(verified.Status == 0 && !verified.Text.Contains("weipian.service", StringComparison.Ordinal), verified.Text);
        var exposure = (await RunAsync(tool, "security", "--offline=yes", "--no-pager", file)).Text;
        var level = double.Parse(Exposure().Match(exposure).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(level <= 2.0, $"exposure {level}");
    }

    /// <summary>The manager hears of it when it answers, while it lives, and when it begins to stop, in this order.</summary>
    [Fact]
    public async Task The_manager_of_services_is_told()
    {
        if (OperatingSystem.IsWindows())
            Missing("there is no systemd on Windows");
        // An address of a socket has little room.
        var address = Path.Combine(Path.GetTempPath(), $"w{Guid.NewGuid():N}"[..12]);
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(address));
        try
        {
            var command = WeipianProcess.Command("serve", "--data", watched.Data.Path, "--urls", "http://127.0.0.1:0");
            command.Environment["NOTIFY_SOCKET"] = address;
            command.Environment["WATCHDOG_USEC"] = "400000";
            command.RedirectStandardOutput = true;
            using var server = Process.Start(command)!;
            var told = new List<string>();
            while (told.Count(t => t == "WATCHDOG=1") < 2 || !told.Contains("READY=1"))
                told.Add(await HearAsync(manager));
            Process.Start("kill", ["-TERM", $"{server.Id}"])!.WaitForExit();
            while (told[^1] != "STOPPING=1")
                told.Add(await HearAsync(manager));
            await server.WaitForExitAsync();
            Assert.Equal(0, server.ExitCode);
            Assert.Equal(
                ["READY=1", "WATCHDOG=1", "STOPPING=1"],
                told.Distinct().OrderBy(t => t == "STOPPING=1").ThenByDescending(t => t[0] == 'R')
            );
        }
        finally
        {
            File.Delete(address);
        }
    }

    /// <summary>What the program calls in C: SQLite and Skia come with packages, libc with Linux.</summary>
    [Theory]
    [InlineData("linux-x64", "libe_sqlite3.so", "libSkiaSharp.so")]
    [InlineData("linux-arm64", "libe_sqlite3.so", "libSkiaSharp.so")]
    [InlineData("win-x64", "e_sqlite3.dll", "libSkiaSharp.dll")]
    public void Every_system_that_is_packed_for_has_its_native_libraries(string runtime, params string[] libraries)
    {
        Assert.Contains(runtime, File.ReadAllText(Path.Combine(Repository.Root, "deploy", "pack")), StringComparison.Ordinal);
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "Web", "obj", "project.assets.json")));
        var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
        var restored = assets
            .RootElement.GetProperty("targets")
            .EnumerateObject()
            .SelectMany(t => t.Value.EnumerateObject())
            .Where(l => l.Value.TryGetProperty("runtimeTargets", out _))
            .SelectMany(l =>
                l.Value.GetProperty("runtimeTargets").EnumerateObject().Select(f => Path.Combine(l.Name.ToLowerInvariant(), f.Name))
            );
        foreach (var library in libraries)
        {
            var found = restored.Where(f => f.EndsWith($"runtimes/{runtime}/native/{library}", StringComparison.Ordinal)).ToList();
            Assert.True(found.Count == 1, $"{runtime}: {library} {string.Join(' ', found)}");
            Assert.Contains(folders, folder => File.Exists(Path.Combine(folder, found[0])));
        }
    }

    private static async Task<string> HearAsync(Socket manager)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var buffer = new byte[256];
        var length = await manager.ReceiveAsync(buffer, SocketFlags.None, patience.Token);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private static string? Tool(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    private static string Missing(string why)
    {
        Assert.Skip(why);
        return why;
    }

    private static async Task<(int Status, string Text)> RunAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"exposure level for weipian\.service: ([0-9.]+)")]
    private static partial Regex Exposure();
}
