using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Tests.Web.SampleDistricts;
using Weipian.Web.Acts;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.Security;

/// <summary>After a year of hostile texts: no other unit or body did what was not its own, no page holds a raw mark, no sheet a formula,
/// and a rare name is a name everywhere.</summary>
[Collection("played village")]
public sealed partial class HostileTextTests(HostileTextYear played) : IClassFixture<HostileTextYear>
{
    private readonly YearOffice office = played.Office;

    [Fact]
    public void What_a_unit_or_a_body_does_for_itself_is_refused_to_every_other()
    {
        Assert.True(played.Tame.Distinct().Count() < 8, string.Join(' ', played.Tame.Distinct()));
        Assert.True(played.Foreign.Count > 100, $"{played.Foreign.Count}");
        // The unit is that of the seat, whatever the request says: each town appeals about itself.
        var taken = played
            .Foreign.Where(h => !h.IsRefused && h.Act != "appeal-evaluation")
            .Select(h => $"{h.Act} {h.Harm}: {h.Status}")
            .Distinct()
            .Order()
            .ToList();
        Assert.True(taken.Count == 0, string.Join('\n', taken));
        Assert.True(played.Foreign.Where(h => h.Status == 403 || h.Status == 404).Select(h => h.Act).Distinct().Count() > 5);
    }

    [Fact]
    public async Task No_seat_of_another_unit_reads_what_is_about_a_unit()
    {
        var wrong = new List<string>();
        foreach (var (path, unit) in await MattersAsync())
        {
            var other = office.Store.Plan.Seats.First(s => s.Role == PlanRoles.Town && s.Unit != unit && !IsBeside(path, s.Unit));
            using var answer = await (await office.BrowserAsync(other.Login)).GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK && text.Contains("weipian()", StringComparison.Ordinal))
                wrong.Add($"{other.Login} reads {path} of {unit}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData(PlanRoles.Town)]
    [InlineData(PlanRoles.DistrictOfficer)]
    [InlineData(PlanRoles.DistrictReviewer)]
    [InlineData(PlanRoles.OfficeHead)]
    [InlineData(PlanRoles.Government)]
    [InlineData(PlanRoles.Finance)]
    [InlineData(PlanRoles.Discipline)]
    [InlineData(PlanRoles.Department)]
    [InlineData(PlanRoles.Administrator)]
    [InlineData(PlanRoles.PermitDesk)]
    public async Task No_page_holds_a_raw_mark_of_a_text(string role)
    {
        var wrong = new List<string>();
        var marked = 0;
        foreach (var seat in office.Store.Plan.Seats.Where(s => s.Role == role).Take(3))
        {
            var browser = await office.BrowserAsync(seat.Login);
            foreach (var path in await PathsAsync(role))
            {
                using var answer = await browser.GetAsync(path);
                if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                    continue;
                var page = await answer.Content.ReadAsStringAsync();
                if ((int)answer.StatusCode >= 500)
                    wrong.Add($"{seat.Login} {path}: {answer.StatusCode}");
                if (page.Contains(HostileTexts.Script, StringComparison.Ordinal) || page.Contains("\"onfocus=", StringComparison.Ordinal))
                    wrong.Add($"{seat.Login} {path}: raw");
                if (page.Contains(HostileTexts.EscapedScript, StringComparison.Ordinal))
                    marked++;
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        var sees = role is not (PlanRoles.Administrator or PlanRoles.PermitDesk or PlanRoles.Department);
        Assert.True(!sees || marked > 0, $"{role} saw no text at all");
    }

    [Fact]
    public async Task Every_page_is_without_inline_script_and_every_form_has_its_token()
    {
        var wrong = new List<string>();
        var forms = 0;
        foreach (var (login, role) in new[] { ("office-head", PlanRoles.OfficeHead), ("administrator", PlanRoles.Administrator) })
        foreach (var path in await PathsAsync(role))
        {
            using var answer = await (await office.BrowserAsync(login)).GetAsync(path);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var page = await answer.Content.ReadAsStringAsync();
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            if (!policy.Contains("script-src 'self'", StringComparison.Ordinal) || policy.Contains("unsafe-eval", StringComparison.Ordinal))
                wrong.Add($"{path}: {policy}");
            if (InlineScript().IsMatch(page) || Handler().IsMatch(page) || page.Contains("javascript:", StringComparison.OrdinalIgnoreCase))
                wrong.Add($"{path}: inline script");
            foreach (Match form in PostForm().Matches(page))
            {
                forms++;
                if (!form.Value.Contains("__RequestVerificationToken", StringComparison.Ordinal))
                    wrong.Add($"{path}: a form without a token");
            }
        }
        Assert.True(forms > 50, $"{forms}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task No_exported_sheet_begins_a_cell_with_a_formula()
    {
        await using var db = office.Store.Read();
        var export = await db.CreditSteps.Where(s => s.Kind == "exported").Select(s => s.NoteZh).FirstAsync();
        var browser = await office.BrowserAsync("office-head");
        var csv = await browser.GetStringAsync("/api/credit/exports/" + export);
        Assert.Contains("weipian()", csv, StringComparison.Ordinal);
        Assert.Contains(HostileTexts.RareHan[..2], csv, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)(^|,)\"?[=+@\t\r-]", csv);
        var hostile = 0;
        foreach (var kind in new[] { "case-ledger", "patch-list", "historic-backlog", "remaining-ledger" })
        {
            var made = await MakeReport.Handle(
                office.Store,
                new("district-officer", PlanRoles.DistrictOfficer),
                new(kind, ["2019-q1", "2019-q2"], office.Store.Today, null, "test"),
                office.Services.GetRequiredService<ActHall>().Reports
            );
            hostile += await HostileCellsAsync(await browser.GetByteArrayAsync($"/api/reports/{made.ReportId}/copy"));
        }
        Assert.True(hostile > 0, "no sheet held a hostile text");
    }

    /// <summary>Cells with a hostile text, all of which have to be strings; no formula holds one.</summary>
    private static async Task<int> HostileCellsAsync(byte[] workbook)
    {
        var hostile = 0;
        using var file = new ZipArchive(new MemoryStream(workbook));
        foreach (var part in file.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)))
        {
            await using var stream = await part.OpenAsync();
            var cells = (await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None))
                .Descendants()
                .Where(e => e.Name.LocalName == "c")
                .ToList();
            foreach (var cell in cells.Where(c => c.Value.Contains("weipian()", StringComparison.Ordinal)))
            {
                hostile++;
                Assert.Contains(cell.Attribute("t")?.Value, new[] { "inlineStr", "s", "str" });
                Assert.DoesNotContain(cell.Elements(), e => e.Name.LocalName == "f");
            }
        }
        return hostile;
    }

    [Fact]
    public async Task A_rare_name_is_a_name_in_the_database_on_the_page_in_word_and_in_pdf()
    {
        await using var db = office.Store.Read();
        var violation = await (
            from link in db.ViolationParties
            join v in db.Violations on link.ViolationId equals v.Id
            join party in db.Parties on link.PartyId equals party.Id
            where party.Kind == "person" || party.Kind == "unit"
            orderby v.Number
            select new { v.Number, party.LabelZh }
        ).FirstAsync();
        Assert.StartsWith("𠮷", violation.LabelZh, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', violation.LabelZh);
        var browser = await office.BrowserAsync("district-officer");
        Assert.Contains(
            violation.LabelZh[..2],
            WebUtility.HtmlDecode(await browser.GetStringAsync($"/violations/{violation.Number}")),
            StringComparison.Ordinal
        );
        var named = (await db.OpenAsync(await db.IssuedDocuments.OrderBy(d => d.Number).ToListAsync()))
            .First(d => d.FieldsJson.Contains("weipian()", StringComparison.Ordinal))
            .Row;
        using var word = new ZipArchive(new MemoryStream(await browser.GetByteArrayAsync($"/api/documents/{named.Id}.docx")));
        using var reader = new StreamReader(word.GetEntry("word/document.xml")!.Open());
        Assert.Contains("𠮷𤭢", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        using var pdf = PdfDocument.Open(await browser.GetByteArrayAsync($"/api/documents/{named.Id}.pdf"));
        var text = string.Concat(pdf.GetPages().Select(p => p.Text));
        Assert.True(
            text.Contains("𠮷", StringComparison.Ordinal) || text.Contains("[U+20BB7]", StringComparison.Ordinal),
            "the rare character is neither drawn nor named"
        );
    }

    [Fact]
    public async Task A_year_of_hostile_texts_verifies() => Assert.Empty((await VerifyStore.Handle(office.Store)).Findings);

    /// <summary>Pages of the role, with the ids of what there is; ids are limited to the first of each kind.</summary>
    private async Task<IReadOnlyList<string>> PathsAsync(string role)
    {
        var paths = AccessMatrix
            .Rows.Where(r => r.Kind == "page" && r.Roles.ContainsKey(role) && !r.Name.Contains('{', StringComparison.Ordinal))
            .Select(r => r.Name)
            .ToList();
        paths.AddRange((await MattersAsync()).Select(m => m.Path));
        await using var db = office.Store.Read();
        paths.AddRange((await db.Interviews.Select(i => i.Id).ToListAsync()).Select(id => $"/interviews/{id}"));
        paths.AddRange((await db.Reports.OrderBy(r => r.At).Take(6).Select(r => r.Id).ToListAsync()).Select(id => $"/reports/{id}"));
        return paths;
    }

    /// <summary>What is about a unit: its address and the unit.</summary>
    private async Task<IReadOnlyList<(string Path, string? Unit)>> MattersAsync()
    {
        await using var db = office.Store.Read();
        var violations = await db.ViolationsInForce().OrderBy(v => v.Number).ToListAsync();
        var unit = violations.ToDictionary(v => v.Id, v => v.Unit);
        var matters = violations.Take(12).Select(v => ($"/violations/{v.Number}", (string?)v.Unit)).ToList();
        foreach (var measure in await db.Measures.OrderBy(m => m.At).Take(12).ToListAsync())
            matters.Add(($"/measures/{measure.Id}", unit.GetValueOrDefault(measure.ViolationId)));
        foreach (var entry in await db.LedgerEntries.OrderBy(m => m.At).Take(12).ToListAsync())
            matters.Add(($"/ledger/{entry.Id}", unit.GetValueOrDefault(entry.ViolationId)));
        foreach (var document in await db.IssuedDocuments.OrderBy(d => d.Number).Take(40).ToListAsync())
            if (unit.TryGetValue(document.SubjectId, out var of))
                matters.Add(($"/api/documents/{document.Id}.docx", of));
        return [.. matters.Where(m => m.Item2 is not null)];
    }

    /// <summary>A place that is another unit's as well.</summary>
    private static bool IsBeside(string path, string? unit) => path.Length == 0 && unit is null;

    [GeneratedRegex("<script(?![^>]*\\bsrc=)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<[a-z](?:\"[^\"]*\"|'[^']*'|[^>\"'])*\\son[a-z]+\\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex PostForm();
}
