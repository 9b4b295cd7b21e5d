using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Tests.Web.Determination;

/// <summary>What the guards keep from a seat is not in what the server sends: neither in the answers of the API nor in the page.</summary>
[Requirement("R16")]
public sealed class GuardVeilTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    private static readonly Actor Head = new("office-head", "office-head");

    [Fact]
    public async Task A_hidden_proposal_is_sent_only_after_both_images_and_a_first_verdict_only_after_the_reading()
    {
        await GuardAsync();
        using var officer = await at.Office.SignedInAsync("district-officer");
        using var reviewer = await at.Office.SignedInAsync("district-reviewer");
        var (patch, number, parcel) = await OpenAsync(officer);

        // Hidden from the officer, shown to the reviewer, for whom nothing is hidden.
        Assert.Null(await TextAsync(officer, patch, "proposed"));
        var proposed = (await TextAsync(reviewer, patch, "proposed"))!;
        Assert.DoesNotContain("class=\"proposal\"", await PageAsync(officer, number), StringComparison.Ordinal);
        Assert.Equal("determination.proposal-hidden", await CodeAsync(officer, $"/api/patches/{patch}/parcels/{parcel}/what-would-change"));
        Assert.Equal("web.not-allowed", await PostAsync(reviewer, "/api/acts/look-at-images", new { parcelId = parcel }));
        Assert.Null(await PostAsync(officer, "/api/acts/look-at-images", new { parcelId = parcel }));
        Assert.Equal(proposed, await TextAsync(officer, patch, "proposed"));
        Assert.Contains("class=\"proposal\"", await PageAsync(officer, number), StringComparison.Ordinal);

        var states = await StatesAsync(reviewer);
        Assert.Null(
            await PostAsync(
                officer,
                $"/api/patches/{patch}/parcels/{parcel}/determination",
                new { code = proposed, reason = "只有作者知道的依据" }
            )
        );
        Assert.Equal(proposed, await TextAsync(officer, patch, "code"));
        Assert.Null(await TextAsync(reviewer, patch, "code"));
        Assert.Equal(states, await StatesAsync(reviewer));
        Assert.NotEqual(states, await StatesAsync(officer));
        Assert.DoesNotContain("只有作者知道的依据", await PageAsync(reviewer, number), StringComparison.Ordinal);
        await JournalAsync(reviewer, shown: false);
        await JournalAsync(officer, shown: null);
        Assert.Equal("determination.reading-due", await ConfirmAsync(reviewer, patch, parcel));
        var verdict = Guid.Parse((await TextAsync(reviewer, patch, "determinationId"))!);
        Assert.Equal("determination.own-reading", await ReadAsync(officer, verdict, proposed));
        Assert.Null(await ReadAsync(reviewer, verdict, proposed));
        Assert.Equal(proposed, await TextAsync(reviewer, patch, "code"));
        Assert.NotEqual(states, await StatesAsync(reviewer));
        Assert.Contains("只有作者知道的依据", await PageAsync(reviewer, number), StringComparison.Ordinal);
        await JournalAsync(reviewer, shown: true);
        Assert.Null(await ConfirmAsync(reviewer, patch, parcel));
    }

    [Theory]
    [InlineData("town-wangcun", "/readings")]
    [InlineData("finance", "/readings")]
    [InlineData("administrator", "/review-figures")]
    public async Task Seats_that_sign_nothing_have_neither_readings_nor_figures(string login, string page)
    {
        using var seat = await at.Office.SignedInAsync(login);
        using var answer = await seat.GetAsync(page);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task GuardAsync()
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await store.ActAsync(
            Head,
            SetReviewGuards.Act,
            "review-guards",
            "全部抽取",
            act =>
            {
                act.Db.Add(
                    new ReviewGuard
                    {
                        Id = act.NewId(),
                        SeedHex = new string('3', 64),
                        KnownPerMille = 0,
                        SecondPerMille = 1000,
                        HiddenPerMille = 1000,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                return Task.FromResult(0);
            }
        );
    }

    /// <summary>A patch of one parcel whose proposal is a verdict.</summary>
    private async Task<(Guid Patch, string Number, Guid Parcel)> OpenAsync(HttpClient officer)
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var proposals = await db.Proposals.Where(p => p.Code != "D0" && p.Code != "MD0").ToListAsync();
        foreach (var proposal in proposals.OrderBy(p => p.PatchId))
            if (await db.Parcels.CountAsync(p => p.PatchId == proposal.PatchId && p.SupersededById == null) == 1)
                return (
                    proposal.PatchId,
                    await db.Patches.Where(p => p.Id == proposal.PatchId).Select(p => p.Number).SingleAsync(),
                    proposal.ParcelId
                );
        throw new InvalidOperationException($"no patch of one parcel is proposed for {officer.BaseAddress}");
    }

    private static async Task<string?> TextAsync(HttpClient seat, Guid patch, string field)
    {
        var answer = await seat.GetFromJsonAsync<JsonElement>($"/api/patches/{patch}");
        return answer.GetProperty("parcels")[0].GetProperty(field).GetString();
    }

    /// <summary>How many patches of each state the map shows the seat.</summary>
    private static async Task<string> StatesAsync(HttpClient seat)
    {
        var map = await seat.GetFromJsonAsync<JsonElement>($"/api/programmes/{DeterminationOffice.Programme}/map");
        return map.GetProperty("counts").GetRawText();
    }

    /// <summary>The basis in every form of the journal, and whether a search finds it.</summary>
    /// <param name="shown">Null for a seat that has no journal.</param>
    private static async Task JournalAsync(HttpClient seat, bool? shown)
    {
        const string Basis = "只有作者知道的依据";
        var find = Uri.EscapeDataString(Basis);
        var last = shown is null ? 0 : (await seat.GetFromJsonAsync<JsonElement>("/api/journal?limit=1")).GetProperty("head").GetInt64();
        string[] addresses =
        [
            $"/api/journal?after={Math.Max(0, last - 100)}",
            "/api/journal.csv?act=decide-verdict",
            $"/api/journal.csv?find={find}",
        ];
        foreach (var address in addresses)
        {
            using var answer = await seat.GetAsync(address);
            if (shown is not { } isShown)
            {
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
                continue;
            }
            var text = System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync());
            Assert.True(text.Contains(Basis, StringComparison.Ordinal) == isShown, address);
        }
        if (shown is { } may)
        {
            using var book = new System.IO.Compression.ZipArchive(
                new MemoryStream(await seat.GetByteArrayAsync("/api/journal.xlsx?act=decide-verdict"))
            );
            using var sheet = new StreamReader(book.GetEntry("xl/worksheets/sheet1.xml")!.Open());
            Assert.Equal(may, (await sheet.ReadToEndAsync()).Contains(Basis, StringComparison.Ordinal));
        }
    }

    private static Task<string> PageAsync(HttpClient seat, string number) =>
        seat.GetStringAsync($"/patches/{Uri.EscapeDataString(number)}?programme={DeterminationOffice.Programme}");

    private static Task<string?> ConfirmAsync(HttpClient seat, Guid patch, Guid parcel) =>
        PostAsync(seat, $"/api/patches/{patch}/parcels/{parcel}/confirmation", new { outcome = "confirmed", reason = "同意" });

    private static Task<string?> ReadAsync(HttpClient seat, Guid verdict, string code) =>
        PostAsync(
            seat,
            "/api/acts/give-reading",
            new
            {
                determinationId = verdict,
                code,
                basisZh = "按影像判读",
            }
        );

    private static async Task<string?> CodeAsync(HttpClient seat, string address)
    {
        using var answer = await seat.GetAsync(address);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }

    /// <summary>The code of the refusal; null where it was done.</summary>
    private static async Task<string?> PostAsync(HttpClient seat, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await seat.SendAsync(request);
        return answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }
}
