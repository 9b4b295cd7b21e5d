using System.Net;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Reports;

namespace Weipian.Tests.Web.Serving;

/// <summary>Issued documents over HTTP: who may read which, and that the file is the one that is rendered.</summary>
public sealed class DocumentEndpointTests(OfficeProgram office)
{
    [Theory]
    [InlineData("district-officer", HttpStatusCode.OK)]
    [InlineData("government", HttpStatusCode.OK)]
    [InlineData("town-wangcun", HttpStatusCode.OK)]
    [InlineData("town-nanjiao", HttpStatusCode.NotFound)]
    [InlineData("finance", HttpStatusCode.NotFound)]
    [InlineData("discipline", HttpStatusCode.NotFound)]
    [InlineData("administrator", HttpStatusCode.Forbidden)]
    [InlineData("permit-desk", HttpStatusCode.Forbidden)]
    public async Task A_document_opens_to_those_whom_its_subject_concerns(string login, HttpStatusCode expected)
    {
        var document = await IssueAsync();
        using var browser = await office.SignedInAsync(login);
        foreach (var form in (string[])["docx", "pdf"])
        {
            using var answer = await browser.GetAsync($"/api/documents/{document.Row.Id}.{form}");
            Assert.Equal(expected, answer.StatusCode);
            if (expected != HttpStatusCode.OK)
                continue;
            var file = await answer.Content.ReadAsByteArrayAsync();
            // A copy says who took it and when, and is otherwise the document.
            var mark = System.Text.Encoding.UTF8.GetString(
                Convert.FromBase64String(answer.Headers.GetValues("Weipian-Watermark").Single())
            );
            Assert.Contains(login, mark, StringComparison.Ordinal);
            Assert.Equal(form == "pdf" ? ReadBack.Library.Pdf(document, mark) : ReadBack.Library.Word(document, mark), file);
            Assert.Contains(
                Uri.EscapeDataString(document.Row.Number),
                answer.Content.Headers.ContentDisposition!.ToString(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_words()
    {
        using var browser = await office.SignedInAsync("district-officer");
        using var answer = await browser.GetAsync($"/api/documents/{Guid.NewGuid()}.pdf");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("chain.not-there", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>A notice about a patch of Wangcun.</summary>
    private async Task<OpenedDocument> IssueAsync()
    {
        _ = await office.ServicesAsync();
        using var store = WeipianStore.Open(office.Data);
        var kind = ReadBack.Library.Documents["stop-notice"];
        var texts = kind.Fields.ToDictionary(f => f.Id, f => f.Zh, StringComparer.Ordinal);
        var issued = await store.ActAsync(
            new("district-officer", "district-officer"),
            "compare-programme",
            "x",
            "出具",
            act =>
            {
                var patch = act.Db.PatchUnits.First(u => u.ResponsibleUnit == "wangcun").PatchId;
                return DocumentIssue.IssueAsync(act, kind, "patch", patch, new DateOnly(2019, 6, 5), texts);
            }
        );
        await using var db = store.Read();
        return await db.OpenAsync(issued);
    }
}
