using System.Net;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Reports;

namespace Weipian.Tests.Web.Serving;

/// <summary>A published report on screen: its tables, the list behind a figure, its file.</summary>
public sealed class ReportPagesTests(OfficeProgram office)
{
    [Fact]
    public async Task Every_figure_opens_its_list_and_the_file_is_the_published_one()
    {
        _ = await office.ServicesAsync();
        MakeReport.Made made;
        using (var store = WeipianStore.Open(office.Data))
            made = await MakeReport.Handle(
                store,
                new("district-officer", "district-officer"),
                new("progress", ["2018-annual"], store.Today, null, "报送"),
                ReadBack.Library
            );
        using var browser = await office.SignedInAsync("office-head");
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync($"/reports/{made.ReportId}?table=progress&row=total&column=all"));
        Assert.Contains("逐单位核查进度表", page, StringComparison.Ordinal);
        Assert.Contains("背后的清单", page, StringComparison.Ordinal);
        Assert.Contains("/patches/", page, StringComparison.Ordinal);
        Assert.Contains("?programme=2018-annual", page, StringComparison.Ordinal);
        Assert.Contains("签发报告", page, StringComparison.Ordinal);
        // What leaves is a copy that names who took it and the hash of the original; the original stays provable and in the house.
        using (var original = await browser.GetAsync($"/api/reports/{made.ReportId}/file"))
            Assert.Equal(HttpStatusCode.NotFound, original.StatusCode);
        using var answer = await browser.GetAsync($"/api/reports/{made.ReportId}/copy");
        Assert.Equal(made.Sha256, answer.Headers.GetValues("Weipian-Original-Sha256").Single());
        using var zip = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var foot = await sheet.ReadToEndAsync();
        Assert.Contains("office-head", foot, StringComparison.Ordinal);
        Assert.Contains(made.Sha256, foot, StringComparison.Ordinal);
        Assert.Equal(BlobState.Sound, new BlobStore(office.Data.Blobs).StateOf(made.Sha256));
        Assert.Contains(
            "patch-list",
            await browser.GetStringAsync("/reports?kind=upload-package&scope=2018-annual"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "上报包还缺",
            WebUtility.HtmlDecode(await browser.GetStringAsync("/reports?kind=upload-package&scope=2018-annual")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_report_that_is_not_there_is_told_in_words()
    {
        using var browser = await office.SignedInAsync("office-head");
        Assert.Contains(
            "没有这份报告",
            WebUtility.HtmlDecode(await browser.GetStringAsync($"/reports/{Guid.NewGuid()}")),
            StringComparison.Ordinal
        );
        using var file = await browser.GetAsync($"/api/reports/{Guid.NewGuid()}/copy");
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }
}
