using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>The journal as files: what was asked as CSV or XLSX, and the root of a day.</summary>
public static class JournalApi
{
    /// <summary>What is asked in the address, the same for both kinds of file.</summary>
    private sealed record Filter(
        [property: FromQuery(Name = "who")] string? Who,
        [property: FromQuery(Name = "act")] string? Act,
        [property: FromQuery(Name = "subject")] string? Subject,
        [property: FromQuery(Name = "from")] DateOnly? From,
        [property: FromQuery(Name = "to")] DateOnly? To,
        [property: FromQuery(Name = "find")] string? Find
    )
    {
        public JournalQuestion Question => new(Who, Act, Subject, From, To, Find);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(
                "/journal.csv",
                (HttpContext http, JournalDesk desk, CopyMark mark, [AsParameters] Filter filter) =>
                    FileAsync(http, desk, mark, filter, "csv")
            )
            .RequireAuthorization(Permission.Journal)
            .WithName("journal-csv")
            .WithTags("records")
            .WithSummary("Entries of the journal as CSV: who, act, subject, from, to, find");
        api.MapGet(
                "/journal.xlsx",
                (HttpContext http, JournalDesk desk, CopyMark mark, [AsParameters] Filter filter) =>
                    FileAsync(http, desk, mark, filter, "xlsx")
            )
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

    private static async Task<IResult> FileAsync(HttpContext http, JournalDesk desk, CopyMark mark, Filter filter, string form)
    {
        var (words, stop) = (await mark.OfAsync(http), http.RequestAborted);
        return form == "csv"
            ? TypedResults.Stream(
                into => desk.WriteCsvAsync(filter.Question, http.User, words, into, stop),
                "text/csv; charset=utf-8",
                "journal.csv"
            )
            : TypedResults.File(
                await desk.WorkbookAsync(filter.Question, http.User, words, stop),
                WorkbookFile.ContentType,
                "journal.xlsx"
            );
    }

    /// <summary>The first line is what is kept and typed in to verify; the second names who took it and when.</summary>
    private static async Task<IResult> RootAsync(HttpContext http, OfficeBooks books, CopyMark mark, DateOnly? on, CancellationToken stop)
    {
        var day = on ?? books.Today;
        var iso = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var root = await JournalRoot.OfAsync(books.Store, day, stop) ?? throw Problem.Chain.NotThere("日根", "root", iso);
        return TypedResults.File(
            Encoding.UTF8.GetBytes($"{root.Text}\n# {await mark.OfAsync(http)}\n"),
            "text/plain; charset=utf-8",
            $"root-{iso}.txt"
        );
    }
}
