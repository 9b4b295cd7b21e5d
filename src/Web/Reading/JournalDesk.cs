using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>What an auditor asks of the journal: who, which act, on what, from when to when, and any word.</summary>
/// <param name="Who">Login of a seat.</param>
/// <param name="Act">Name of an act.</param>
/// <param name="Subject">Part of a subject.</param>
/// <param name="From">Inclusive, in Asia/Shanghai.</param>
/// <param name="To">Inclusive.</param>
/// <param name="Find">Part of any of these or of the reason.</param>
public sealed record JournalQuestion(
    string? Who = null,
    string? Act = null,
    string? Subject = null,
    DateOnly? From = null,
    DateOnly? To = null,
    string? Find = null
)
{
    /// <summary>As a part of an address, so that a link reproduces the view.</summary>
    public string Address
    {
        get
        {
            var parts = new (string Name, string? Value)[]
            {
                ("who", Who),
                ("act", Act),
                ("subject", Subject),
                ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("find", Find),
            };
            var given = parts.Where(p => !string.IsNullOrWhiteSpace(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}");
            return string.Join('&', given);
        }
    }
}

/// <summary>The journal for people who look into it: filtered, page by page, and as a file.</summary>
public sealed class JournalDesk(OfficeBooks books)
{
    /// <summary>Most entries of one workbook; a CSV file has no end.</summary>
    public const int WorkbookEntriesMax = 50_000;

    private static readonly (string Id, string Zh, string En, int Width)[] Columns =
    [
        ("seq", "序号", "No.", 9),
        ("at", "时间", "Time", 18),
        ("actor", "席位", "Seat", 20),
        ("act", "操作", "Act", 22),
        ("subject", "对象", "Subject", 24),
        ("reason", "理由", "Reason", 40),
        ("hash", "哈希", "Hash", 66),
    ];

    /// <summary>What was asked, of what the seat may see.</summary>
    public static async Task<IQueryable<JournalEntry>> AskedAsync(
        StoreContext db,
        JournalQuestion question,
        ClaimsPrincipal who,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(question);
        return Asked(await JournalSight.SeenAsync(db, who, stop), question);
    }

    private static IQueryable<JournalEntry> Asked(IQueryable<JournalEntry> all, JournalQuestion question)
    {
        if (Given(question.Who) is { } who)
            all = all.Where(j => j.Actor == who);
        if (Given(question.Act) is { } act)
            all = all.Where(j => j.Act == act);
        if (Given(question.Subject) is { } subject)
            all = all.Where(j => j.Subject.Contains(subject));
        if (question.From is { } from)
        {
            var begin = ChinaTime.EndOf(from.AddDays(-1)).UtcDateTime;
            all = all.Where(j => j.At >= begin);
        }
        if (question.To is { } to)
        {
            var end = ChinaTime.EndOf(to).UtcDateTime;
            all = all.Where(j => j.At < end);
        }
        if (Given(question.Find) is { } find)
            all = all.Where(j => j.Subject.Contains(find) || j.Actor.Contains(find) || j.Act.Contains(find) || j.Reason.Contains(find));
        return all;
    }

    /// <summary>Who acted and what was done, for the choices of the page.</summary>
    public async Task<(IReadOnlyList<string> Actors, IReadOnlyList<string> Acts)> ChoicesAsync(
        ClaimsPrincipal who,
        CancellationToken stop = default
    )
    {
        await using var db = books.Store.Read();
        var seen = await JournalSight.SeenAsync(db, who, stop);
        return (
            await seen.Select(j => j.Actor).Distinct().OrderBy(a => a).ToListAsync(stop),
            await seen.Select(j => j.Act).Distinct().OrderBy(a => a).ToListAsync(stop)
        );
    }

    /// <summary>Writes what was asked as CSV (RFC 4180, UTF-8 with a mark, so that a spreadsheet takes it), oldest first,
    /// with the words of the copy on every row.</summary>
    public async Task WriteCsvAsync(JournalQuestion question, ClaimsPrincipal who, string words, Stream into, CancellationToken stop)
    {
        await using var text = new StreamWriter(into, new System.Text.UTF8Encoding(true), leaveOpen: true);
        text.NewLine = "\r\n";
        await text.WriteLineAsync(
            string.Join(',', [.. Columns.Select(c => Say.Either(c.Zh, c.En)), Say.Either(MarkedCsv.ColumnZh, MarkedCsv.ColumnEn)])
        );
        await using var db = books.Store.Read();
        var asked = await AskedAsync(db, question, who, stop);
        await foreach (var entry in asked.OrderBy(j => j.Seq).AsAsyncEnumerable().WithCancellation(stop))
            await text.WriteLineAsync(string.Join(',', Cells(entry).Append(words).Select(MarkedCsv.Quoted)));
    }

    /// <summary>What was asked as a workbook, oldest first, with the words of the copy at the foot of every page.</summary>
    /// <exception cref="Problem"><c>reports.too-many-rows</c></exception>
    public async Task<byte[]> WorkbookAsync(JournalQuestion question, ClaimsPrincipal who, string words, CancellationToken stop)
    {
        await using var db = books.Store.Read();
        var asked = await AskedAsync(db, question, who, stop);
        var count = await asked.CountAsync(stop);
        if (count > WorkbookEntriesMax)
            throw Problem.Reports.TooManyRows(count, WorkbookEntriesMax);
        var entries = await asked.OrderBy(j => j.Seq).ToListAsync(stop);
        var table = new FigureTable(
            "journal",
            "操作日志",
            "Journal",
            [.. Columns.Select(c => new FigureColumn(c.Id, c.Zh, c.En, FigureKind.Text, Width: c.Width))],
            [.. entries.Select(e => new FigureRow($"{e.Seq}", [.. Cells(e).Select(c => new FigureCell(Text: c))]))],
            null,
            [],
            []
        );
        var file = WorkbookFile.Of([table], new($"{books.Territory} {books.PlanTitle}", books.Today, []));
        return MarkedCopy.Of(file, WorkbookFile.ContentType, words);
    }

    private static string[] Cells(JournalEntry entry) =>
        [$"{entry.Seq}", OfficeBooks.Moment(entry.At), entry.Actor, entry.Act, entry.Subject, entry.Reason, entry.Hash];

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
