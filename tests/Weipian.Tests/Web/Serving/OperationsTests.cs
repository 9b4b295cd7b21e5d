using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Verbs;
using Weipian.Web.Reading;
using Weipian.Web.Serving;

namespace Weipian.Tests.Web.Serving;

/// <summary>What whoever runs the server relies on: settings that are understood or refused, a stop that loses nothing, a full disk that
/// harms nothing, and what can be watched.</summary>
public sealed class OperationsTests : IAsyncLifetime
{
    private readonly ServerUnderWatch watched = new();

    public async ValueTask InitializeAsync() => await watched.InstallAsync();

    public ValueTask DisposeAsync() => watched.DisposeAsync();

    [Theory]
    [InlineData("WEIPIAN_BACKUP_AT=half past two")]
    [InlineData("WEIPIAN_BACKUP_AT=25:00")]
    [InlineData("WEIPIAN_BACKUP_KEEP=7,5")]
    [InlineData("WEIPIAN_LOG_MB_MAX=-1")]
    [InlineData("WEIPIAN_DISK_FREE_MB_MIN=much")]
    [InlineData("WEIPIAN_METRICS_URL=127.0.0.1:9")]
    [InlineData("BACKUP_AT=02:30")]
    [InlineData("a line")]
    public async Task A_setting_that_is_not_understood_stops_the_start(string line)
    {
        var file = watched.File("weipian.settings");
        await File.WriteAllTextAsync(file, $"# ours\n\n{line}\n");
        var command = WeipianProcess.Command("serve", "--data", watched.Data.Path, "--urls", "http://127.0.0.1:0");
        command.Environment["WEIPIAN_SETTINGS"] = file;
        var ended = await WeipianProcess.Run(command);
        Assert.NotEqual(0, ended.Status);
        Assert.Contains("web.bad-setting", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("listening", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_settings_says_what_the_environment_does_not()
    {
        var read = SettingsFile.Parse(["# a comment", "", "WEIPIAN_BACKUP_AT=02:30", "WEIPIAN_BACKUP_KEEP=\"3, 2, 1\""]);
        var settings = ServerSettings.Read(watched.Data, name => read.FirstOrDefault(s => s.Name == name).Value);
        Assert.Equal(new TimeOnly(2, 30), settings.BackupAt);
        Assert.Equal(new BackupShelf.Retention(3, 2, 1), settings.BackupsKept);
        Assert.Equal(watched.Data.Backups, settings.BackupFolder);
        Assert.Null(settings.MetricsUrl);
    }

    /// <summary>What is set is written down where it is looked for, and nothing is written down that is not set.</summary>
    [Fact]
    public void Every_setting_stands_in_the_manual_and_in_the_example()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var example = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "weipian.settings"));
        Assert.All(SettingsFile.Names, name => Assert.Contains($"`{name}`", manual, StringComparison.Ordinal));
        Assert.All(SettingsFile.Names, name => Assert.Contains($"{name}=", example, StringComparison.Ordinal));
        var named = System.Text.RegularExpressions.Regex.Matches(
            example,
            "^#?(?<name>WEIPIAN_[A-Z0-9_]+)=",
            System.Text.RegularExpressions.RegexOptions.Multiline
        );
        Assert.Empty(named.Select(m => m.Groups["name"].Value).Except(SettingsFile.Names));
        // Uncommented as it stands, it is understood.
        Assert.NotEmpty(
            SettingsFile.Parse(example.Split('\n').Select(l => l.StartsWith("#WEIPIAN", StringComparison.Ordinal) ? l[1..] : l))
        );
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_begun_and_everything_can_be_read()
    {
        await watched.StartAsync(("WEIPIAN_DISK_FREE_MB_MIN", "900000000"));
        using var officer = await watched.SignedInAsync("district-officer");
        var answer = await RecordAsync(officer, "full");
        Assert.Equal((HttpStatusCode)507, answer.Status);
        Assert.Contains("store.disk-low", answer.Body, StringComparison.Ordinal);
        using (var page = await officer.GetAsync("/board"))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using (var ready = await officer.GetAsync("/healthz/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            var said = await ready.Content.ReadFromJsonAsync<Health.Readiness>();
            Assert.Equal(("not-ready", "disk-low"), (said!.Status, Assert.Single(said.Reasons)));
        }
        using var live = await officer.GetAsync("/healthz/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var store = WeipianStore.Open(watched.Data);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_is_named()
    {
        using var books = new OfficeBooks(watched.Data, TimeProvider.System);
        var desk = new BackupDesk(books);
        var settings = ServerSettings.Read(watched.Data, _ => null);
        var before = await Health.OfAsync(books, desk, settings, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Assert.Equal(("ready", "never-verified"), (before.Status, Assert.Single(before.Warnings)));
        Tampering.Run(watched.Data.Database, "ALTER TABLE journal RENAME TO journal_gone");
        var after = await Health.OfAsync(books, desk, settings, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Assert.Equal(("not-ready", "database-unreadable"), (after.Status, Assert.Single(after.Reasons)));
    }

    /// <summary>Whoever is told to stop finishes what it began: no act is committed that nobody was told of.</summary>
    [Fact]
    public async Task A_server_that_is_told_to_stop_answers_every_act_that_it_began()
    {
        await watched.StartAsync();
        using var officer = await watched.SignedInAsync("district-officer");
        var acknowledged = new ConcurrentDictionary<string, byte>();
        var odd = new ConcurrentQueue<string>();
        async Task WorkAsync()
        {
            while (true)
            {
                var mark = Guid.NewGuid().ToString("N");
                try
                {
                    var (status, body) = await RecordAsync(officer, mark);
                    if (status == HttpStatusCode.OK)
                        acknowledged[mark] = 0;
                    else
                        odd.Enqueue($"{status} {body}");
                }
                catch (HttpRequestException)
                {
                    return; // It listens no more.
                }
            }
        }
        var work = Enumerable.Range(0, 4).Select(_ => WorkAsync()).ToList();
        while (acknowledged.Count < 8)
            await Task.Delay(5);
        Assert.Equal(0, await watched.TerminateAsync());
        await Task.WhenAll(work);
        Assert.Empty(odd);
        using var store = WeipianStore.Open(watched.Data);
        await using var db = store.Read();
        Assert.Equal(acknowledged.Keys.Order(), (await db.OfficeRecords.Select(r => r.TitleZh).ToListAsync()).Order());
    }

    [Fact]
    public async Task Figures_lines_and_traces_tell_of_the_work_and_of_no_person()
    {
        var port = ServerUnderWatch.FreePort();
        using var collector = new HttpListener();
        var traces = ServerUnderWatch.FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{traces}/");
        collector.Start();
        var trace = ReceiveAsync(collector);
        await watched.StartAsync(
            ("WEIPIAN_METRICS_URL", $"http://127.0.0.1:{port}"),
            ("WEIPIAN_OTLP_ENDPOINT", $"http://127.0.0.1:{traces}"),
            ("WEIPIAN_LOG_FOLDER", watched.File("logs")),
            ("WEIPIAN_LOG_MB_MAX", "0")
        );
        using var officer = await watched.SignedInAsync("district-officer");
        Assert.Equal(HttpStatusCode.OK, (await RecordAsync(officer, "张三的名字")).Status);
        for (var i = 0; i < 200; i++)
            using (await officer.GetAsync($"/health?name=张三{i}")) { }
        using (var page = await officer.GetAsync("/metrics"))
            Assert.NotEqual("text/plain", page.Content.Headers.ContentType?.MediaType);
        using var scraper = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var figures = await scraper.GetStringAsync("/metrics");
        using (var store = WeipianStore.Open(watched.Data))
        await using (var db = store.Read())
            Assert.Contains($"weipian_journal_entries {await db.Journal.CountAsync()}\n", figures, StringComparison.Ordinal);
        Assert.Matches("weipian_disk_free_bytes [1-9]", figures);
        Assert.Matches("weipian_store_acts\\{act=\"keep-record\",outcome=\"done\"\\} 1", figures);
        Assert.Contains("weipian_ready 1", figures, StringComparison.Ordinal);
        using (var other = await scraper.GetAsync("/"))
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal("/v1/traces", await trace.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(0, await watched.TerminateAsync());
        var lines = watched.Lines.Where(l => !l.StartsWith("listening on ", StringComparison.Ordinal)).ToList();
        Assert.Contains(lines, l => JsonDocument.Parse(l).RootElement.TryGetProperty("StatusCode", out _));
        Assert.DoesNotContain("张三", string.Join('\n', lines) + figures, StringComparison.Ordinal);
        // Eight files of the least size there is, and a line over.
        var files = new DirectoryInfo(watched.File("logs")).GetFiles();
        Assert.InRange(files.Length, 2, 8);
        Assert.True(files.Sum(f => f.Length) < 8 * 6000, $"{files.Sum(f => f.Length)} bytes");
    }

    [Theory]
    [InlineData("2026-03-10T02:29", null, true)] // never one
    [InlineData("2026-03-10T02:29", "2026-03-09T02:31", false)]
    [InlineData("2026-03-10T02:30", "2026-03-09T02:31", true)] // the hour came
    [InlineData("2026-03-10T02:31", "2026-03-10T02:30", false)]
    [InlineData("2026-03-12T14:00", "2026-03-10T02:31", true)] // it was off for two days
    public void A_backup_is_due_when_none_is_younger_than_the_hour(string now, string? last, bool due)
    {
        var at = new TimeOnly(2, 30);
        Assert.Equal(due, BackupWatch.IsDue(at, InChina(now), last is null ? null : InChina(last)));
        Assert.True(BackupWatch.Next(at, InChina(now)) > InChina(now));
    }

    [Fact]
    public async Task The_daily_backup_is_made_tried_and_recorded_and_the_shelf_is_cleared_only_after_it()
    {
        using var books = new OfficeBooks(watched.Data, TimeProvider.System);
        string[] old = [BackupShelf.Name(new(2025, 1, 1), 1), BackupShelf.Name(new(2025, 1, 2), 2)];
        Directory.CreateDirectory(watched.Data.Backups);
        foreach (var name in old)
        {
            await File.WriteAllTextAsync(Path.Combine(watched.Data.Backups, name), "old");
            File.SetLastWriteTimeUtc(Path.Combine(watched.Data.Backups, name), new DateTime(2025, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        }
        var settings = ServerSettings.Read(watched.Data, _ => null) with { BackupAt = new(2, 30), BackupsKept = new(1, 0, 0) };
        using var watch = new BackupWatch(books, settings, NullLogger<BackupWatch>.Instance);
        var now = TimeProvider.System.GetUtcNow();

        // A blob that went bad: it fails, says so, clears nothing, and waits an hour.
        var blob = books.Store.Blobs.PathOf(books.Store.Blobs.Addresses().First());
        var bytes = await File.ReadAllBytesAsync(blob);
        await File.WriteAllBytesAsync(blob, [.. bytes, 0]);
        Assert.Equal("store.blob-damaged", (await watch.LookAsync(now, CancellationToken.None))!.Failure?.Code);
        Assert.Null(await watch.LookAsync(now.AddMinutes(59), CancellationToken.None));
        Assert.Equal(old, BackupShelf.In(watched.Data.Backups).Select(b => Path.GetFileName(b.Path)).Order());
        var failed = await new BackupDesk(books).LatestAsync(1);
        Assert.Equal(RecordBackup.Failed, failed[0].Kind);
        Assert.Contains(Path.GetFileName(blob), failed[0].Detail, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(blob, bytes);
        var drilled = await watch.LookAsync(now.AddMinutes(61), CancellationToken.None);
        Assert.Null(drilled!.Failure);
        Assert.Equal(drilled.Made!.Path, Assert.Single(BackupShelf.In(watched.Data.Backups)).Path);
        Assert.Null(await watch.LookAsync(now.AddMinutes(62), CancellationToken.None));
        Assert.Equal(RecordBackup.Drilled, (await new BackupDesk(books).LatestAsync(1))[0].Kind);
    }

    private static DateTimeOffset InChina(string moment) =>
        new(DateTime.ParseExact(moment, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static async Task<string> ReceiveAsync(HttpListener collector)
    {
        var call = await collector.GetContextAsync();
        call.Response.StatusCode = 200;
        call.Response.Close();
        return call.Request.Url!.AbsolutePath;
    }

    private static async Task<(HttpStatusCode Status, string Body)> RecordAsync(HttpClient officer, string title)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/acts/keep-record")
        {
            Content = JsonContent.Create(
                new
                {
                    kind = "training",
                    on = "2026-01-05",
                    titleZh = title,
                    textZh = "运行试验",
                    reason = "运行试验",
                }
            ),
        };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await officer.SendAsync(message);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
