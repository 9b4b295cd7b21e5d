using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Law;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Security;

/// <summary>Somebody wrote the number of a person into a text: the row keeps it, nobody is shown it. There is no such person.</summary>
public sealed class PersonalTextTests(OfficeProgram office)
{
    private const string Number = "11010519491231002X";
    private const string Phone = "13812345678";
    private const string Reason = $"当事人 {Number}，电话 {Phone}";
    private const string Shown = "1＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊，电话 1＊＊＊＊＊＊＊＊＊＊";

    /// <summary>A refused seat that follows a link in a browser reads a sentence in its language, a program the code.</summary>
    [Fact]
    public async Task A_refusal_of_a_followed_link_is_a_page_in_the_language_of_the_reader()
    {
        using var browser = await office.SignedInAsync("town-wangcun");
        var address = $"/api/patches/{Guid.NewGuid()}/evidence/{Guid.NewGuid()}";
        using (var program = await browser.GetAsync(address))
            Assert.Equal("application/problem+json", program.Content.Headers.ContentType!.MediaType);
        using var followed = new HttpRequestMessage(HttpMethod.Get, address);
        followed.Headers.Add("Sec-Fetch-Mode", "navigate");
        using var page = await browser.SendAsync(followed);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("可见范围", WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_answer_or_export_of_the_journal_shows_it()
    {
        var subject = await WriteAsync();
        using var browser = await office.SignedInAsync("district-reviewer");
        foreach (var address in new[] { $"/journal?subject={subject}", $"/api/journal.csv?subject={subject}", "/api/journal?limit=1000" })
        {
            var text = WebUtility.HtmlDecode(await browser.GetStringAsync(address));
            Assert.True(!text.Contains(Number, StringComparison.Ordinal) && !text.Contains(Phone, StringComparison.Ordinal), address);
        }
        Assert.Contains(Shown, await browser.GetStringAsync($"/api/journal.csv?subject={subject}"), StringComparison.Ordinal);
        using var workbook = new ZipArchive(new MemoryStream(await browser.GetByteArrayAsync($"/api/journal.xlsx?subject={subject}")));
        using var sheet = new StreamReader(workbook.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains(Shown, await sheet.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_row_stays_as_it_was_written_and_the_journal_sound()
    {
        var subject = await WriteAsync();
        var store = await StoreAsync();
        await using var raw = store.Read();
        Assert.Equal(Reason, await raw.Journal.Where(j => j.Subject == subject).Select(j => j.Reason).SingleAsync());
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    /// <summary>An entity, a part of one, a part under another name, two joined, and without waiting.</summary>
    [Fact]
    public async Task Every_way_to_read_for_people_covers_it()
    {
        var subject = await WriteAsync();
        await using var db = (await StoreAsync()).ReadForPeople(RealLaw.Book.Verdicts.PersonalTexts);
        var asked = db.Journal.Where(j => j.Subject == subject);
        var joined = asked.Join(db.Journal, j => j.Seq, k => k.Seq, (j, k) => new { First = j.Reason, Second = k.Reason });
        string[] read =
        [
            (await asked.SingleAsync()).Reason,
            await asked.Select(j => j.Reason).SingleAsync(),
            (await asked.Select(j => new { Why = j.Reason }).SingleAsync()).Why,
            (await joined.SingleAsync()).Second,
            asked.AsEnumerable().Single().Reason,
            (await asked.GroupBy(j => j.Reason).Select(g => g.Key).ToListAsync()).Single(),
        ];
        Assert.All(read, text => Assert.EndsWith(Shown, text, StringComparison.Ordinal));
    }

    /// <summary>A column is covered unless its name says that it holds no words.</summary>
    [Fact]
    public async Task Every_column_of_words_is_covered()
    {
        await using var db = (await StoreAsync()).Read();
        var texts = db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string)).ToList();
        var words = texts.Where(p => p.Name.EndsWith("Zh", StringComparison.Ordinal) || p.Name is "Reason" or "FormJson" or "DetailsJson");
        Assert.All(words, p => Assert.True(PersonalTextReader.HoldsWords(p.GetColumnName()), p.Name));
        foreach (var kept in new[] { "file_sha256", "FileSha256", "number", "number0", "PatchNumber", "patch_id", "by_login", "seal_json" })
            Assert.False(PersonalTextReader.HoldsWords(kept), kept);
    }

    [Fact]
    public async Task The_page_carries_what_a_browser_warns_of_and_only_to_who_signed_in()
    {
        using var nobody = await office.NobodyAsync();
        Assert.DoesNotContain("data-personal=", await nobody.GetStringAsync("/sign-in"), StringComparison.Ordinal);
        using var browser = await office.SignedInAsync("town-wangcun");
        Assert.Contains("data-personal=\"[{", await browser.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync()
    {
        var subject = $"personal-{Guid.NewGuid():N}";
        await (await StoreAsync()).ActAsync(FilledStore.Officer, "compare-programme", subject, Reason, _ => Task.FromResult(0));
        return subject;
    }

    private async Task<WeipianStore> StoreAsync() => ((OfficeBooks)(await office.ServicesAsync()).GetService(typeof(OfficeBooks))!).Store;
}
