using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Verbs;

namespace Weipian.Tests.Web.Serving;

/// <summary>The journal as an auditor reads it: asked for by seat, act, subject and days, taken away as a file, and its root for who
/// keeps it outside.</summary>
public sealed class JournalPagesTests(OfficeProgram office)
{
    [Theory]
    [InlineData("/journal")]
    [InlineData("/journal/root")]
    [InlineData("/api/journal.csv")]
    [InlineData("/api/journal.xlsx")]
    [InlineData("/api/journal/root")]
    public async Task Who_may_not_read_the_journal_gets_none_of_it_in_any_form(string address)
    {
        using var nobody = await office.NobodyAsync();
        using (var answer = await nobody.GetAsync(address))
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Found, HttpStatusCode.Unauthorized });
        foreach (var login in new[] { "town-wangcun", "district-officer", "finance", "administrator" })
        {
            using var browser = await office.SignedInAsync(login);
            using var answer = await browser.GetAsync(address);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{login}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_question_is_answered_by_the_entries_that_meet_all_of_it()
    {
        using var browser = await office.SignedInAsync("district-reviewer");
        var lines = await LinesAsync(browser, "act=import-patches&who=command-line");
        Assert.True(lines.Length > 1);
        Assert.All(lines[1..], line => Assert.Contains("\"command-line\",\"import-patches\"", line, StringComparison.Ordinal));
        Assert.Single(await LinesAsync(browser, "act=import-patches&who=nobody"));
        Assert.Single(await LinesAsync(browser, "to=2019-01-01"));
        Assert.Equal(await LinesAsync(browser, ""), await LinesAsync(browser, "from=2019-01-01&to=2099-01-01"));
        var one = Assert.Single((await LinesAsync(browser, "act=import-patches&subject=2019-q1"))[1..]);
        Assert.Contains("\"2019-q1\"", one, StringComparison.Ordinal);
        var page = await browser.GetStringAsync("/journal?act=import-patches&from=2019-01-01");
        Assert.Contains("/api/journal.csv?act=import-patches&amp;from=2019-01-01", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discipline_inspection_reads_its_own_entries_and_none_about_what_was_not_transferred_to_it()
    {
        var services = await office.ServicesAsync();
        var store = ((Weipian.Web.Reading.OfficeBooks)services.GetService(typeof(Weipian.Web.Reading.OfficeBooks))!).Store;
        await store.ActAsync(FilledStore.Officer, "compare-programme", "kept-from-discipline", "test", _ => Task.FromResult(0));
        using var browser = await office.SignedInAsync("discipline");
        var lines = await LinesAsync(browser, "");
        Assert.True(lines.Length > 1);
        Assert.All(lines[1..], line => Assert.Contains("\"discipline\"", line, StringComparison.Ordinal));
        Assert.Single(await LinesAsync(browser, "subject=kept-from-discipline"));
        var api = await browser.GetStringAsync("/api/journal?limit=1000");
        Assert.DoesNotContain("compare-programme", api, StringComparison.Ordinal);
        Assert.DoesNotContain("kept-from-discipline", api, StringComparison.Ordinal);
        var page = await browser.GetStringAsync("/journal");
        Assert.DoesNotContain("compare-programme", page, StringComparison.Ordinal);
        Assert.DoesNotContain("kept-from-discipline", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_row_of_a_copy_names_who_took_it_and_when()
    {
        using var browser = await office.SignedInAsync("district-reviewer");
        var lines = await LinesAsync(browser, "act=import-patches");
        Assert.EndsWith("水印", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Contains("district-reviewer", line.Split("\",\"")[^1], StringComparison.Ordinal));
        using var archive = new System.IO.Compression.ZipArchive(
            new MemoryStream(await browser.GetByteArrayAsync("/api/journal.xlsx?act=import-patches"))
        );
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains("district-reviewer", await sheet.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_are_asked_for_in_the_products_own_field()
    {
        using var browser = await office.SignedInAsync("district-reviewer");
        foreach (var address in new[] { "/journal", "/journal/root" })
        {
            var page = await browser.GetStringAsync(address);
            Assert.DoesNotContain("type=\"date\"", page, StringComparison.Ordinal);
            Assert.Contains("placeholder=\"2019-05-08\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_spreadsheet_would_take_for_a_formula_is_text()
    {
        var services = await office.ServicesAsync();
        var store = ((Weipian.Web.Reading.OfficeBooks)services.GetService(typeof(Weipian.Web.Reading.OfficeBooks))!).Store;
        var reason = "=cmd|' /C calc'!A0 \"x\", 𠮷";
        await store.ActAsync(FilledStore.Officer, "compare-programme", "csv", reason, _ => Task.FromResult(0));
        using var browser = await office.SignedInAsync("district-reviewer");
        var line = (await LinesAsync(browser, "subject=csv"))[1];
        Assert.Contains("\"'=cmd|' /C calc'!A0 \"\"x\"\", 𠮷\"", line, StringComparison.Ordinal);
        var file = Path.Combine(office.Data.Path, $"{Guid.NewGuid():N}.xlsx");
        await File.WriteAllBytesAsync(file, await browser.GetByteArrayAsync("/api/journal.xlsx?subject=csv"));
        using var archive = System.IO.Compression.ZipFile.OpenRead(file);
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync();
        Assert.Contains("=cmd|", xml, StringComparison.Ordinal);
        Assert.DoesNotMatch("<f>[^<]*cmd", xml);
    }

    [Fact]
    public async Task The_code_on_the_page_and_the_exported_line_are_the_root_and_verify_takes_them()
    {
        using var browser = await office.SignedInAsync("district-reviewer");
        var page = await browser.GetStringAsync("/journal/root");
        var exported = (await browser.GetStringAsync("/api/journal/root")).Trim().Split('\n');
        var line = exported[0];
        Assert.StartsWith("# ", exported[1], StringComparison.Ordinal);
        Assert.Contains("district-reviewer", exported[1], StringComparison.Ordinal);
        Assert.Contains(line, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        using (var missing = await browser.GetAsync("/api/journal/root?on=2001-01-01"))
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var file = Path.Combine(office.Data.Path, $"{Guid.NewGuid():N}.root.txt");
        await File.WriteAllTextAsync(file, string.Join('\n', exported));
        var verified = await WeipianProcess.Run("verify", "--root", file, "--data", office.Data.Path);
        Assert.True(verified.Status == 0, verified.Output + verified.Errors);
        await File.WriteAllTextAsync(file, line[..^1] + (line[^1] == '0' ? '1' : '0'));
        var wrong = await WeipianProcess.Run("verify", "--root", file, "--data", office.Data.Path);
        Assert.True(wrong.Status == 1 && wrong.Output.Contains("root-differs", StringComparison.Ordinal), wrong.Output + wrong.Errors);
    }

    [Fact]
    public async Task The_code_on_the_page_is_read_back_by_another_program()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zbarimg"), "zbarimg (zbar-tools) is not installed");
        using var browser = await office.SignedInAsync("district-reviewer");
        var page = await browser.GetStringAsync("/journal/root");
        var picture = Path.Combine(office.Data.Path, $"{Guid.NewGuid():N}.png");
        var base64 = Regex.Match(page, "data:image/png;base64,([A-Za-z0-9+/=&#;xB]+)\"").Groups[1].Value;
        await File.WriteAllBytesAsync(picture, Convert.FromBase64String(WebUtility.HtmlDecode(base64)));
        using var reader = Process.Start(
            new ProcessStartInfo("zbarimg", ["--raw", "-q", picture]) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        var read = (await reader.StandardOutput.ReadToEndAsync()).Trim();
        await reader.WaitForExitAsync();
        Assert.Equal(
            Assert.Single(JournalRoot.Parse("page", WebUtility.HtmlDecode(Regex.Match(page, "WEIPIAN-ROOT[^<\"]*").Value))).Text,
            read
        );
    }

    private static async Task<string[]> LinesAsync(HttpClient browser, string question)
    {
        var text = await browser.GetStringAsync("/api/journal.csv?" + question);
        return text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
