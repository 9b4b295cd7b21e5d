using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Verbs;

namespace Weipian.Tests.Web.Serving;

/// <summary>The server is killed at random instants while several seats act over HTTP, and started again on the same data: every act that
/// was acknowledged is there, none is there by half or twice, and the chain is whole.</summary>
/// <remarks>A killed process is not a cut of the current: what the operating system still held in memory survives it. That the database
/// and the files are flushed to the disk before an act is acknowledged is asked below.</remarks>
public sealed class PowerCutTests : IAsyncLifetime
{
    private const string Password = "Wangcun-2019-spring";
    private const string Officer = "district-officer";
    private const string Head = "office-head";
    private const string Town = "town-wangcun";

    private readonly TemporaryFolder folder = new();
    private readonly CookieContainer[] cookies = [new(), new(), new(), new()];
    private readonly string[] seats = [Officer, Head, Town, Officer];
    private readonly ConcurrentDictionary<string, byte> acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> sent = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> refused = new();
    private IReadOnlyList<Guid> patches = [];

    private DataFolder Data => new(folder.Path);

    public async ValueTask InitializeAsync()
    {
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        await FilledStore.FillAsync(store, "2019-q1");
        foreach (var login in seats.Distinct())
            await SetSeatPassword.Handle(store, Actor.Machine, new(login, Password, MustChange: false, "test"));
        await using var db = store.Read();
        patches = await db.Patches.OrderBy(p => p.Number).Select(p => p.Id).ToListAsync();
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_server_that_is_killed_under_load_loses_no_acknowledged_act_and_leaves_no_half_of_one()
    {
        var deaths = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 20 : 300;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        var before = 0;
        var withoutAct = 0;
        for (var death = 0; death < deaths; death++)
        {
            // Every tenth dies on its way up, every fifth before or in its first acts, the others somewhere in the middle of them.
            var moment =
                death % 10 == 9 ? Moment.OnItsWayUp
                : death % 5 == 3 ? Moment.Early
                : Moment.AtWork;
            var alive = TimeSpan.FromMilliseconds(moment == Moment.OnItsWayUp ? chance.Next(100, 1500) : chance.Next(1, 400));
            await LiveAndDieAsync(moment, alive);
            Assert.True(refused.IsEmpty, $"seed {seed}, death {death}: {string.Join("; ", refused)}");
            withoutAct += acknowledged.Count == before ? 1 : 0;
            before = acknowledged.Count;
            await WholeAsync($"seed {seed}, death {death} after {alive.TotalMilliseconds} ms");
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{deaths} deaths, {acknowledged.Count} acts acknowledged of {sent.Count} sent, {withoutAct} deaths before any"
        );
        Assert.True(withoutAct < deaths / 2, $"seed {seed}: {withoutAct} of {deaths} deaths came before any act");
        // What was left open at a death is sent again, as a person would: done now, or refused because it was done.
        await SendAgainAsync();
        await WholeAsync($"seed {seed}, sent again");
    }

    [Fact]
    public async Task The_database_is_asked_to_flush_every_commit_to_the_disk()
    {
        using var store = WeipianStore.Open(Data);
        await using var db = store.Read();
        Assert.Equal("wal", (await db.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync()).Single());
        // 2 is FULL: the log is flushed at every commit, not only at a checkpoint.
        Assert.Equal(2, (await db.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync()).Single());
    }

    private enum Moment
    {
        OnItsWayUp,
        Early,
        AtWork,
    }

    private async Task LiveAndDieAsync(Moment moment, TimeSpan alive)
    {
        using var server = Process.Start(WeipianProcess.Command("serve", "--data", folder.Path, "--urls", "http://127.0.0.1:0"))!;
        var errors = server.StandardError.ReadToEndAsync();
        if (moment == Moment.OnItsWayUp)
        {
            await Task.Delay(alive);
            server.Kill();
            await server.WaitForExitAsync();
            return;
        }
        var address = await AddressAsync(server) ?? throw new InvalidOperationException($"the server did not start: {await errors}");
        var silence = HeardToItsEndAsync(server);
        var browsers = await Task.WhenAll(Enumerable.Range(0, seats.Length).Select(seat => SignedInAsync(address, seat)));
        using var over = new CancellationTokenSource();
        var work = browsers.Select((browser, seat) => ActAsync(browser, seat, over.Token)).ToList();
        var before = acknowledged.Count;
        while (moment == Moment.AtWork && acknowledged.Count == before && refused.IsEmpty && work.Exists(w => !w.IsCompleted))
            await Task.Delay(5);
        await Task.Delay(alive);
        server.Kill();
        await over.CancelAsync();
        await Task.WhenAll(work);
        await server.WaitForExitAsync();
        await silence;
        foreach (var browser in browsers)
            browser.Dispose();
    }

    private static async Task<Uri?> AddressAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("listening on ", StringComparison.Ordinal))
                return new Uri(line["listening on ".Length..]);
        return null;
    }

    /// <summary>Reads what a server says until it ends: who is heard by nobody stands still when the pipe is full.</summary>
    private static async Task HeardToItsEndAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is not null) { }
    }

    /// <summary>A session outlives the server: who signed in once acts on after a restart.</summary>
    private async Task<HttpClient> SignedInAsync(Uri address, int seat)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies[seat] };
        var browser = new HttpClient(handler) { BaseAddress = address };
        if (cookies[seat].GetCookies(address)["weipian-seat"] is not null)
            return browser;
        using var answer = await OfficeProgram.SignInAsync(browser, seats[seat], Password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    private async Task ActAsync(HttpClient browser, int seat, CancellationToken over)
    {
        for (var n = 0; !over.IsCancellationRequested; n++)
        {
            var mark = $"{seat}-{Guid.NewGuid():N}";
            sent[mark] = 0;
            try
            {
                using var answer = await browser.SendAsync(RequestOf(seat, mark), over);
                if (answer.IsSuccessStatusCode)
                    acknowledged[mark] = 0;
                else
                    refused.Enqueue($"{seats[seat]}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(over)}");
            }
            catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException or IOException)
            {
                return;
            }
        }
    }

    /// <summary>A record, a notice, or a visit with a file, which goes among the blobs before the act commits.</summary>
    private HttpRequestMessage RequestOf(int seat, string mark)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "");
        message.Headers.Add("Idempotency-Key", mark);
        message.RequestUri = new Uri(
            seat == 2 ? "/api/visits"
                : seat == 1 ? "/api/acts/notify-posts"
                : "/api/acts/keep-record",
            UriKind.Relative
        );
        message.Content = seat switch
        {
            1 => JsonContent.Create(
                new
                {
                    post = "members",
                    textZh = mark,
                    reason = "断电试验",
                }
            ),
            2 => Visit(mark),
            _ => JsonContent.Create(
                new
                {
                    kind = "training",
                    on = "2026-01-05",
                    titleZh = mark,
                    textZh = "断电试验",
                    reason = "断电试验",
                }
            ),
        };
        return message;
    }

    private MultipartFormDataContent Visit(string mark)
    {
        var visit = new
        {
            patchId = patches[sent.Count % patches.Count],
            visitedOn = "2026-01-05",
            answers = new { },
            files = new[] { new { name = mark + ".pdf" } },
            reason = mark,
        };
        var content = new MultipartFormDataContent { { new StringContent(JsonSerializer.Serialize(visit)), "visit" } };
        var file = new ByteArrayContent(FileOf(mark));
        file.Headers.ContentType = new("application/pdf");
        content.Add(file, "file", mark + ".pdf");
        return content;
    }

    private static byte[] FileOf(string mark) => [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes(mark), .. new byte[20_000]];

    /// <summary>Everything verifies; what was acknowledged is there once, what was sent at most once, a visit never without its
    /// file.</summary>
    private async Task WholeAsync(string at)
    {
        using var store = WeipianStore.Open(Data);
        var report = await VerifyStore.Handle(store);
        Assert.True(report.IsSound, $"{at}: {string.Join("; ", report.Findings)}");
        await using var db = store.Read();
        var records = await db.OfficeRecords.Select(r => r.TitleZh).ToListAsync();
        var notices = await db.Notices.Where(n => n.SubjectKind == "group-notice").Select(n => new { n.SubjectId, n.TextZh }).ToListAsync();
        var members = notices.GroupBy(n => n.SubjectId).Select(g => (g.First().TextZh, Count: g.Count())).ToList();
        var visits = await db.Journal.Where(j => j.Act == "record-visit").Select(j => j.Reason).ToListAsync();
        var there = records.Concat(members.Select(m => m.TextZh)).Concat(visits).CountBy(mark => mark).ToDictionary(StringComparer.Ordinal);
        Assert.Empty(acknowledged.Keys.Where(mark => !there.ContainsKey(mark)).Select(mark => $"{at}: {mark} is lost"));
        Assert.Empty(sent.Keys.Where(mark => there.GetValueOrDefault(mark) > 1).Select(mark => $"{at}: {mark} was done twice"));
        Assert.True(members.Select(m => m.Count).Distinct().Count() <= 1, $"{at}: a notice reached some of its posts only");
        foreach (var mark in visits.Where(sent.ContainsKey))
            Assert.Equal(BlobState.Sound, store.Blobs.StateOf(Convert.ToHexStringLower(SHA256.HashData(FileOf(mark)))));
    }

    private async Task SendAgainAsync()
    {
        using var server = Process.Start(WeipianProcess.Command("serve", "--data", folder.Path, "--urls", "http://127.0.0.1:0"))!;
        var errors = server.StandardError.ReadToEndAsync();
        var address = await AddressAsync(server) ?? throw new InvalidOperationException($"the server did not start: {await errors}");
        var silence = HeardToItsEndAsync(server);
        foreach (var mark in sent.Keys.Where(m => !acknowledged.ContainsKey(m) && m[0] != '2'))
        {
            var seat = mark[0] - '0';
            using var browser = await SignedInAsync(address, seat);
            using var answer = await browser.SendAsync(RequestOf(seat, mark));
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode || body.Contains("chain.already-done", StringComparison.Ordinal), body);
            acknowledged[mark] = 0;
        }
        server.Kill();
        await server.WaitForExitAsync();
        await silence;
    }
}
