using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Reports;

/// <summary>Freezes the figures of a report with the ids behind them, before the report is made from them.</summary>
public static class FreezeReportFigures
{
    public const string Act = "freeze-report-figures";

    /// <param name="Kind">A report of <c>law/reports</c>.</param>
    /// <param name="Programmes">Ids; at least one.</param>
    /// <param name="OnDay">The day whose end the figures show; not after today.</param>
    /// <param name="ProblemsZh">存在问题和建议, as it is to stand in a narrative.</param>
    public sealed record Request(string Kind, IReadOnlyList<string> Programmes, DateOnly OnDay, string? ProblemsZh, string Reason);

    /// <returns>The id of the snapshot.</returns>
    /// <exception cref="Problem"><c>reports.*</c>, <c>chain.in-future</c>, <c>plan.no-such-value</c></exception>
    public static Task<Guid> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        ReportLibrary library,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Kind,
            request.Reason,
            async act => (await FreezeAsync(act, request, library, stop)).Snapshot.Id,
            stop
        );
    }

    /// <summary>Pure: a known kind, known programmes, a day that has come.</summary>
    /// <param name="images">When the first patch of the programmes was seen; before that there is nothing to count.</param>
    /// <returns>The programmes, each once, in the order of the plan.</returns>
    public static IReadOnlyList<string> Decide(Plan.WorkPlan plan, Request request, Cause images, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Programmes.Count == 0)
            throw Problem.Reports.NoProgramme();
        DayOrder.Require("截止日期", "The day of the figures", request.OnDay, today, images);
        var chosen = request.Programmes.Select(p => plan.Programme(p).Id).ToHashSet(StringComparer.Ordinal);
        return [.. plan.Programmes.Select(p => p.Id).Where(chosen.Contains)];
    }

    internal static async Task<(Snapshot Snapshot, FigureBook Book, FigureFacts Facts)> FreezeAsync(
        ActScope act,
        Request request,
        ReportLibrary library,
        CancellationToken stop
    )
    {
        var kind = library.Reports[request.Kind];
        // Figures are read beside the act: thousands of rows need no tracking.
        await using var db = act.Store.ReadForPeople(library.Law.Verdicts.PersonalTexts);
        var asked = request.Programmes;
        var first = await db.Patches.Where(p => asked.Contains(p.ProgrammeId)).MinAsync(p => p.After, stop);
        var images = first is null ? Cause.Plan(act.Store.Plan) : Cause.Images(first);
        var programmes = Decide(act.Store.Plan, request, images, act.Today);
        var (book, facts) = await ReportFigures.BuildAsync(db, act.Store.Plan, library.Law, kind, programmes, request.OnDay, stop);
        var words = new Dictionary<string, string>(book.Facts, StringComparer.Ordinal);
        if (!string.IsNullOrWhiteSpace(request.ProblemsZh))
            words["problems"] = request.ProblemsZh.Trim();
        book = book with { Facts = words };
        var snapshot = Snapshots.Freeze(act, $"report:{kind.Id}", string.Join('+', programmes), request.OnDay, book.ToJson());
        act.Fact("kind", kind.Id);
        act.Fact("programmes", new JsonArray([.. programmes.Select(p => (JsonNode)p)]));
        act.Fact("tables", book.Tables.Count);
        act.Fact("snapshot", snapshot.ContentSha256);
        return (snapshot, book, facts);
    }
}
