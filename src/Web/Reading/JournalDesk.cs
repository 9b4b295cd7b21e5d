using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.SignIn;
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

/// <summary>Entries of the journal as one seat may see them.</summary>
/// <param name="Veiled">Subjects of the entries whose basis is not told yet.</param>
public sealed record JournalView(IQueryable<JournalEntry> Entries, IReadOnlyList<string> Veiled)
{
    /// <summary>The act whose reason is the basis of a verdict.</summary>
    internal const string VeiledAct = "decide-verdict";

    /// <summary>An entry as it is shown: the basis of a verdict that waits for a blind reading of the seat is not told.</summary>
    public JournalEntry Shown(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Act != VeiledAct || !Veiled.Contains(entry.Subject)
            ? entry
            : new()
            {
                Seq = entry.Seq,
                At = entry.At,
                Actor = entry.Actor,
                Act = entry.Act,
                Subject = entry.Subject,
                Reason = Say.T("guards.veiled"),
                Body = "",
                Prev = entry.Prev,
                Hash = entry.Hash,
            };
    }
}

/// <summary>The journal for people who look into it: filtered, page by page, and as a file.</summary>
public sealed class JournalDesk(OfficeBooks books, ProgrammeRows rows)
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

    /// <summary>What was asked, of what the seat may see, with the bases of verdicts that it must still read blind veiled.</summary>
    public async Task<JournalView> AskedAsync(
        StoreContext db,
        JournalQuestion question,
        ClaimsPrincipal who,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(question);
        var veiled = await VeiledAsync(db, who, stop);
        return new(Asked(await JournalSight.SeenAsync(db, who, stop), question, veiled), veiled);
    }

    /// <summary>Entries after a number, oldest first, as the seat may see them.</summary>
    public async Task<IReadOnlyList<JournalEntry>> AfterAsync(long after, int most, ClaimsPrincipal who, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var (entries, veiled) = await AskedAsync(db, new JournalQuestion(), who, stop);
        var page = await entries.Where(j => j.Seq > after).OrderBy(j => j.Seq).Take(most).ToListAsync(stop);
        return page.ConvertAll(new JournalView(entries, veiled).Shown);
    }

    /// <summary>Subjects of entries whose basis the guards keep from a seat: the parcels that its rows veil.</summary>
    private async Task<IReadOnlyList<string>> VeiledAsync(StoreContext db, ClaimsPrincipal who, CancellationToken stop)
    {
        var sight = Sight.Of(who);
        if (sight.Reader is null || !await db.ReviewGuards.AnyAsync(stop))
            return [];
        var veiled = new List<string>();
        foreach (var programme in books.Plan.Programmes)
            veiled.AddRange(
                (await rows.SeenAsync(programme.Id, sight, stop))
                    .SelectMany(r => r.Parcels)
                    .Where(p => p.IsReadingDue)
                    .Select(p => p.Id.ToString())
            );
        return veiled;
    }

    private static IQueryable<JournalEntry> Asked(IQueryable<JournalEntry> all, JournalQuestion question, IReadOnlyList<string> veiled)
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
            // What is not shown is not found either.
            all = all.Where(j =>
                j.Subject.Contains(find)
                || j.Actor.Contains(find)
                || j.Act.Contains(find)
                || (j.Reason.Contains(find) && !(j.Act == JournalView.VeiledAct && veiled.Contains(j.Subject)))
            );
        return all;
    }

    /// <summary>Who acted and what was done, for the choices of the page.</summary>
    public async Task<(IReadOnlyList<string> Actors, IReadOnlyList<string> Acts)> ChoicesAsync(
        ClaimsPrincipal who,
        CancellationToken stop = default
    )
    {
        await using var db = books.Read();
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
        await using var db = books.Read();
        var asked = await AskedAsync(db, question, who, stop);
        await foreach (var entry in asked.Entries.OrderBy(j => j.Seq).AsAsyncEnumerable().WithCancellation(stop))
            await text.WriteLineAsync(string.Join(',', Cells(asked.Shown(entry)).Append(words).Select(MarkedCsv.Quoted)));
    }

    /// <summary>What was asked as a workbook, oldest first, with the words of the copy at the foot of every page.</summary>
    /// <exception cref="Problem"><c>reports.too-many-rows</c></exception>
    public async Task<byte[]> WorkbookAsync(JournalQuestion question, ClaimsPrincipal who, string words, CancellationToken stop)
    {
        await using var db = books.Read();
        var asked = await AskedAsync(db, question, who, stop);
        var count = await asked.Entries.CountAsync(stop);
        if (count > WorkbookEntriesMax)
            throw Problem.Reports.TooManyRows(count, WorkbookEntriesMax);
        var entries = (await asked.Entries.OrderBy(j => j.Seq).ToListAsync(stop)).ConvertAll(asked.Shown);
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
