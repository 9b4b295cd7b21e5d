using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;

namespace Weipian.Flow.Rectification;

/// <summary>Where a measure stands.</summary>
public static class MeasureState
{
    public const string Ordered = "ordered";

    /// <summary>Reported, and waits for somebody on site.</summary>
    public const string Reported = "reported";

    /// <summary>The last report was refused.</summary>
    public const string Refused = "refused";

    public const string Accepted = "accepted";

    /// <summary>A part was accepted; the rest is a measure of its own.</summary>
    public const string Partial = "partial";

    /// <summary>Another measure took its place before anything was accepted.</summary>
    public const string Replaced = "replaced";

    public static IReadOnlyList<string> All { get; } = [Ordered, Reported, Refused, Accepted, Partial, Replaced];
}

/// <summary>A measure with what was reported and what was found on site.</summary>
/// <param name="Reports">In order.</param>
/// <param name="ReplacedById">The measure that took its place.</param>
public sealed record MeasureStanding(
    Measure Measure,
    IReadOnlyList<MeasureReport> Reports,
    IReadOnlyList<MeasureAcceptance> Acceptances,
    Guid? ReplacedById
)
{
    /// <summary>The report that nobody has answered yet.</summary>
    public MeasureReport? Waiting => Reports.LastOrDefault(r => Acceptances.All(a => a.ReportId != r.Id));

    /// <summary>The acceptance that ended it.</summary>
    public MeasureAcceptance? End => Acceptances.FirstOrDefault(a => a.Outcome != MeasureState.Refused);

    public bool IsOpen => End is null && ReplacedById is null;

    public string State =>
        End is { } end ? end.Outcome
        : ReplacedById is not null ? MeasureState.Replaced
        : Waiting is not null ? MeasureState.Reported
        : Acceptances.Count > 0 ? MeasureState.Refused
        : MeasureState.Ordered;

    /// <summary>Days after the due day: until the work was done, or until today while it is open; 0 in time.</summary>
    public int DaysLate(DateOnly today)
    {
        var done = End is { } end ? Reports.First(r => r.Id == end.ReportId).DoneOn : Waiting?.DoneOn ?? today;
        return ReplacedById is null ? Math.Max(0, done.DayNumber - Measure.DueOn.DayNumber) : 0;
    }

    /// <summary>The measures of a query with all that belongs to them, in order of the day due.</summary>
    public static async Task<IReadOnlyList<MeasureStanding>> OfAsync(
        StoreContext db,
        IQueryable<Measure> measures,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(measures);
        var found = await measures.OrderBy(m => m.DueOn).ThenBy(m => m.Id).ToListAsync(stop);
        var ids = measures.Select(m => m.Id);
        var violations = measures.Select(m => m.ViolationId);
        var reports = (await db.MeasureReports.Where(r => ids.Contains(r.MeasureId)).ToListAsync(stop))
            .OrderBy(r => r.At)
            .ThenBy(r => r.Id)
            .ToLookup(r => r.MeasureId);
        var acceptances = (await db.MeasureAcceptances.Where(a => ids.Contains(a.MeasureId)).ToListAsync(stop))
            .OrderBy(a => a.At)
            .ToLookup(a => a.MeasureId);
        var replaced = new Dictionary<Guid, Guid>();
        foreach (var other in await db.Measures.Where(m => violations.Contains(m.ViolationId)).ToListAsync(stop))
            if (OrderMeasure.Replaces(other) is { } earlier)
                replaced[earlier] = other.Id;
        return
        [
            .. found.Select(m => new MeasureStanding(
                m,
                [.. reports[m.Id]],
                [.. acceptances[m.Id]],
                replaced.TryGetValue(m.Id, out var by) ? by : null
            )),
        ];
    }

    /// <exception cref="Problem"><c>chain.not-there</c></exception>
    public static async Task<MeasureStanding> OfOneAsync(StoreContext db, Guid id, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await OfAsync(db, db.Measures.Where(m => m.Id == id), stop)).SingleOrDefault()
            ?? throw Problem.Chain.NotThere("整改措施", "measure", id.ToString());
    }
}

/// <summary>A file of a report, whole.</summary>
/// <param name="Content">In JSON as base64.</param>
/// <param name="ShowsPerson">Somebody can be made out on it, or it is somebody's paper: it is kept sealed.</param>
public sealed record MeasureFile(string Name, string ContentType, byte[] Content, bool ShowsPerson = false)
{
    /// <summary>Of the content, hexadecimal, lower case.</summary>
    internal string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    internal string? Personal => ShowsPerson ? SealedFiles.PersonPhoto : null;

    /// <summary>A photograph of a phone has some megabytes.</summary>
    public const long BytesMax = 20 << 20;

    /// <summary>A picture or a PDF has to be one by its bytes, whatever its name is; what a browser would run is never taken.</summary>
    public bool IsWhatItSays =>
        ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || ContentType == "application/pdf"
            ? EvidenceContent.TypeOf(Content) == ContentType
            : !Run.Any(kind => ContentType.Contains(kind, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Run = ["html", "xml", "script", "svg", "xslt", "flash"];
}

/// <summary>A file of a report among the blobs.</summary>
public sealed record KeptFile(string Name, string ContentType, string Sha256, long Size)
{
    internal static string Json(IEnumerable<KeptFile> files) =>
        CanonicalJson.Of(
            new JsonArray([
                .. files.Select(f => new JsonObject
                {
                    ["name"] = f.Name,
                    ["type"] = f.ContentType,
                    ["sha256"] = f.Sha256,
                    ["size"] = f.Size,
                }),
            ])
        );

    /// <summary>The files of a report, by name.</summary>
    public static IReadOnlyList<KeptFile> Of(MeasureReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            .. JsonNode
                .Parse(report.EvidenceJson)!
                .AsArray()
                .Select(f => new KeptFile((string)f!["name"]!, (string)f["type"]!, (string)f["sha256"]!, (long)f["size"]!)),
        ];
    }
}
