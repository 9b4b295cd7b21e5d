using Microsoft.AspNetCore.Mvc;
using Weipian.Flow.Reports;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Files of rectification and the ledger: photographs of reports, exports of the credit register.</summary>
public static class RectificationApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/measure-reports/{report:guid}/files/{sha256}", FileAsync)
            .RequireAuthorization(Permission.Measures)
            .WithName("measure-file")
            .WithTags("measures")
            .WithSummary("A file of a report");
        api.MapGet("/credit/exports/{sha256}", ExportAsync)
            .RequireAuthorization(Permission.Credit)
            .WithName("credit-export")
            .WithTags("ledger")
            .WithSummary("A masked export of the credit register, as CSV");
    }

    private static async Task<IResult> FileAsync(
        Guid report,
        string sha256,
        HttpContext http,
        [FromServices] MeasureDesk desk,
        CancellationToken stop
    )
    {
        var file = await desk.FileAsync(report, sha256, http.User.Unit(), stop) ?? throw Problem.Chain.NotThere("文件", "file", sha256);
        return await FileAnswer.OfAsync(http, report, sha256, file.ContentType, file.Name);
    }

    private static async Task<IResult> ExportAsync(
        string sha256,
        HttpContext http,
        [FromServices] LedgerDesk desk,
        [FromServices] OfficeBooks books,
        [FromServices] CopyMark mark,
        CancellationToken stop
    )
    {
        if (!await desk.IsExportAsync(sha256, stop))
            throw Problem.Chain.NotThere("导出文件", "export", sha256);
        // The exported file keeps its bytes; a copy of it names on every row who took it and when.
        var copy = MarkedCsv.Of(books.Store.Blobs.Get(sha256), await mark.OfAsync(http));
        var name = $"credit-{sha256[..8]}-{http.User.Login()}-{books.Store.Clock.GetUtcNow():yyyyMMddHHmm}.csv";
        return TypedResults.File(copy, "text/csv; charset=utf-8", name);
    }
}
