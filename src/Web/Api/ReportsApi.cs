using Weipian.Flow.Reports;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Published reports: their list, their files, the figures behind them.</summary>
public static class ReportsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reports", (ReportShelf shelf, CancellationToken stop) => shelf.PublishedAsync(stop))
            .RequireAuthorization(Permission.Reports)
            .WithName("reports")
            .WithTags("reports")
            .WithSummary("Published reports, latest first");
        api.MapGet("/reports/{id:guid}/copy", CopyAsync)
            .RequireAuthorization(Permission.Reports)
            .WithName("report-copy")
            .WithTags("reports")
            .WithSummary("A copy of the file that names who took it and when at the foot of each page");
        api.MapGet("/reports/{id:guid}/figures", FiguresAsync)
            .RequireAuthorization(Permission.Reports)
            .WithName("report-figures")
            .WithTags("reports")
            .WithSummary("The frozen figures of a report with the ids behind them");
    }

    /// <summary>The published file itself stays in the house: what leaves names who took it and when, and the hash of the
    /// original.</summary>
    private static async Task<IResult> CopyAsync(
        Guid id,
        HttpContext http,
        ReportShelf shelf,
        OfficeBooks books,
        CopyMark mark,
        CancellationToken stop
    )
    {
        var report = await shelf.FindAsync(id, stop) ?? throw Problem.Chain.NotThere("报告", "report", id.ToString());
        var words = $"{await mark.OfAsync(http)} · SHA-256 {report.FileSha256}";
        var copy = MarkedCopy.Of(books.Store.Blobs.Get(report.FileSha256), report.ContentType, words);
        http.Response.Headers[FileAnswer.OriginalHeader] = report.FileSha256;
        return TypedResults.File(copy, report.ContentType, report.FileName);
    }

    private static async Task<FigureBook> FiguresAsync(Guid id, ReportShelf shelf, CancellationToken stop)
    {
        var report = await shelf.FindAsync(id, stop) ?? throw Problem.Chain.NotThere("报告", "report", id.ToString());
        return await shelf.BookAsync(report.SnapshotId, stop)
            ?? throw Problem.Chain.NotThere("快照", "snapshot", report.SnapshotId.ToString());
    }
}
