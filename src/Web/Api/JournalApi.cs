using System.Globalization;
using System.Text;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>The journal as files: what was asked as CSV or XLSX, and the root of a day.</summary>
public static class JournalApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/journal.csv", CsvAsync)
            .RequireAuthorization(Permission.Journal)
            .WithName("journal-csv")
            .WithTags("records")
            .WithSummary("Entries of the journal as CSV: who, act, subject, from, to, find");
        api.MapGet("/journal.xlsx", WorkbookAsync)
            .RequireAuthorization(Permission.Journal)
            .WithName("journal-xlsx")
            .WithTags("records")
            .WithSummary("Entries of the journal as a workbook: who, act, subject, from, to, find");
        api.MapGet("/journal/root", RootAsync)
            .RequireAuthorization(Permission.Journal)
            .WithName("journal-root")
            .WithTags("records")
            .WithSummary("The root of a day as one line of text, to be kept outside");
    }

    private static IResult CsvAsync(
        JournalDesk desk,
        string? who,
        string? act,
        string? subject,
        DateOnly? from,
        DateOnly? to,
        string? find,
        CancellationToken stop
    ) =>
        TypedResults.Stream(
            into => desk.WriteCsvAsync(new(who, act, subject, from, to, find), into, stop),
            "text/csv; charset=utf-8",
            "journal.csv"
        );

    private static async Task<IResult> WorkbookAsync(
        JournalDesk desk,
        string? who,
        string? act,
        string? subject,
        DateOnly? from,
        DateOnly? to,
        string? find,
        CancellationToken stop
    ) =>
        TypedResults.File(await desk.WorkbookAsync(new(who, act, subject, from, to, find), stop), WorkbookFile.ContentType, "journal.xlsx");

    private static async Task<IResult> RootAsync(OfficeBooks books, DateOnly? on, CancellationToken stop)
    {
        var day = on ?? books.Today;
        var iso = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var root = await JournalRoot.OfAsync(books.Store, day, stop) ?? throw Problem.Chain.NotThere("日根", "root", iso);
        return TypedResults.File(Encoding.UTF8.GetBytes(root.Text + "\n"), "text/plain; charset=utf-8", $"root-{iso}.txt");
    }
}
