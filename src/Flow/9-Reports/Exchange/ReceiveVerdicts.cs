using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Reports;

/// <summary>Takes the answers of the city or the province on the district's verdicts (校核结果), the whole file or nothing of it.</summary>
public static class ReceiveVerdicts
{
    public const string Act = "receive-verdicts";

    /// <summary>A file with more bytes is refused.</summary>
    public const int FileBytesMax = SheetReader.FileBytesMax;

    private const int NamedMax = 5;

    private static readonly Dictionary<string, string[]> Heads = new(StringComparer.Ordinal)
    {
        ["patch"] = ["图斑编号", "监测编号", "patch", "number"],
        ["parcel"] = ["地块编号", "地块号", "parcel"],
        ["outcome"] = ["审核结果", "核查结论", "校核结果", "outcome"],
        ["code"] = ["判定结果", "判定类型", "校核判定", "code"],
        ["reason"] = ["原因代码", "退回原因代码", "reason"],
        ["note"] = ["审核意见", "退回原因", "说明", "note"],
    };

    private static readonly Dictionary<string, string> Outcomes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["通过"] = "passed",
        ["passed"] = "passed",
        ["不通过"] = "returned",
        ["退回"] = "returned",
        ["未通过"] = "returned",
        ["returned"] = "returned",
    };

    /// <param name="Level">Who answers.</param>
    /// <param name="FileName">As received; .xlsx or .csv.</param>
    /// <param name="ContentBase64">The file.</param>
    public sealed record Request(
        string ProgrammeId,
        [OneOf("city", "province")] string Level,
        string FileName,
        string ContentBase64,
        string Reason
    );

    public sealed record Received(int Rows, int Passed, int Returned, string FileSha256);

    /// <summary>One row of the file.</summary>
    internal sealed record Line(int Row, string Patch, string Parcel, string Outcome, string? Code, string? ReasonCode, string Note);

    /// <exception cref="Problem"><c>reports.sheet-unreadable</c>, <c>reports.answers-unknown</c>, <c>chain.bad-value</c></exception>
    public static Task<Received> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        ReportLibrary library,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(library);
        return store.ActAsync(actor, Act, request.ProgrammeId, request.Reason, act => WriteAsync(act, request, library, stop), stop);
    }

    /// <summary>Pure: every row names a parcel in force, an outcome, and a verdict and a reason that exist where it names one.</summary>
    internal static void Decide(
        string fileName,
        IReadOnlyList<Line> lines,
        IReadOnlyDictionary<string, string> patchOfParcel,
        Predicate<string> isVerdict,
        Predicate<string> isReason
    )
    {
        var faults = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var what =
                !patchOfParcel.TryGetValue(line.Parcel, out var patch) ? $"地块 {line.Parcel} 不在册"
                : line.Patch.Length > 0 && patch != line.Patch ? $"地块 {line.Parcel} 不属于图斑 {line.Patch}"
                : !Outcomes.ContainsKey(line.Outcome) ? $"审核结果“{line.Outcome}”"
                : line.Code is { } code && !isVerdict(code) ? $"判定“{code}”"
                : line.ReasonCode is { } reason && !isReason(reason) ? $"原因代码“{reason}”"
                : !seen.Add(line.Parcel) ? $"地块 {line.Parcel} 重复"
                : null;
            if (what is not null)
                faults.Add($"第 {line.Row} 行 {what}");
        }
        if (faults.Count > 0)
            throw Problem.Reports.AnswersUnknown(fileName, faults.Count, faults.Take(NamedMax));
    }

    /// <summary>Pure: the rows of a sheet by the heads of its first row.</summary>
    internal static IReadOnlyList<Line> Lines(string fileName, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var head = rows.Count == 0 ? [] : rows[0].Select(h => h.Trim()).ToList();
        int At(string field) => head.FindIndex(h => Heads[field].Contains(h, StringComparer.OrdinalIgnoreCase));
        int patch = At("patch"),
            parcel = At("parcel"),
            outcome = At("outcome"),
            code = At("code"),
            reason = At("reason"),
            note = At("note");
        if (parcel < 0 || outcome < 0)
            throw Problem.Reports.SheetUnreadable(fileName, "表头缺少 地块编号 或 审核结果", "the heads parcel or outcome are missing");
        return
        [
            .. rows.Select((cells, i) => (Cells: cells, Row: i + 1))
                .Skip(1)
                .Where(r => r.Cells.Any(c => !string.IsNullOrWhiteSpace(c)))
                .Select(r => new Line(
                    r.Row,
                    Cell(r.Cells, patch) ?? "",
                    Cell(r.Cells, parcel) ?? "",
                    Cell(r.Cells, outcome) ?? "",
                    Cell(r.Cells, code),
                    Cell(r.Cells, reason),
                    Cell(r.Cells, note) ?? ""
                )),
        ];
    }

    private static string? Cell(IReadOnlyList<string> cells, int at) =>
        at >= 0 && at < cells.Count && cells[at].Trim() is { Length: > 0 } text ? text : null;

    private static async Task<Received> WriteAsync(ActScope act, Request request, ReportLibrary library, CancellationToken stop)
    {
        OneOfAttribute.Check("Level", request.Level, ["city", "province"]);
        _ = act.Store.Plan.Programme(request.ProgrammeId);
        var content = Content(request);
        var lines = Lines(request.FileName, SheetReader.Read(request.FileName, content));
        var parcels = await (
            from parcel in act.Db.Parcels
            join patch in act.Db.Patches on parcel.PatchId equals patch.Id
            where patch.ProgrammeId == request.ProgrammeId && parcel.SupersededById == null
            select new { Parcel = parcel.Number, Patch = patch.Number }
        ).ToListAsync(stop);
        var patchOfParcel = parcels.ToDictionary(p => p.Parcel, p => p.Patch, StringComparer.Ordinal);
        var verdicts = library.Law.Verdicts;
        Decide(
            request.FileName,
            lines,
            patchOfParcel,
            code => verdicts.All.Any(v => v.Code == code),
            reason => verdicts.Reasons.Any(r => r.Id == reason)
        );
        var sha256 = act.Store.Blobs.Put(content);
        var same = act.Db.ReceivedVerdicts.Where(v => v.ProgrammeId == request.ProgrammeId && v.Level == request.Level);
        if (await same.FirstOrDefaultAsync(v => v.FileSha256 == sha256, stop) is { } done)
            throw Problem.Chain.AlreadyDone("该文件的接收", "Taking this file", done.By, done.At);
        var rows = lines.Select(line => RowOf(act, request, line, patchOfParcel[line.Parcel], sha256)).ToList();
        await act.AddManyAsync(rows, stop);
        var passed = rows.Count(r => r.Outcome == "passed");
        act.Fact("level", request.Level);
        act.Fact("file", request.FileName);
        act.Fact("passed", passed);
        act.Fact("returned", rows.Count - passed);
        return new(rows.Count, passed, rows.Count - passed, sha256);
    }

    private static ReceivedVerdict RowOf(ActScope act, Request request, Line line, string patch, string sha256) =>
        new()
        {
            Id = act.NewId(),
            ProgrammeId = request.ProgrammeId,
            PatchNumber = patch,
            ParcelNumber = line.Parcel,
            Level = request.Level,
            Outcome = Outcomes[line.Outcome],
            Code = line.Code,
            ReasonCode = line.ReasonCode,
            NoteZh = line.Note,
            FileSha256 = sha256,
            By = act.By.Login,
            At = act.At,
        };

    private static byte[] Content(Request request)
    {
        try
        {
            return Convert.FromBase64String(request.ContentBase64);
        }
        catch (FormatException)
        {
            throw Problem.Reports.SheetUnreadable(request.FileName, "传输内容不是 Base64", "what was sent is not Base64");
        }
    }
}
