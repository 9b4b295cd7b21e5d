using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Reports;

/// <summary>Makes a report, freezes what it says, and keeps its file: from then on it never changes. A corrected one is another.</summary>
public static class MakeReport
{
    public const string Act = "make-report";

    /// <param name="Kind">A report of <c>law/reports</c>.</param>
    /// <param name="Programmes">Ids; at least one.</param>
    /// <param name="OnDay">The day whose end the figures show; not after today.</param>
    /// <param name="ProblemsZh">存在问题和建议, as it is to stand in a narrative.</param>
    public sealed record Request(string Kind, IReadOnlyList<string> Programmes, DateOnly OnDay, string? ProblemsZh, string Reason);

    /// <param name="Sha256">Of the file.</param>
    public sealed record Made(Guid ReportId, Guid SnapshotId, string FileName, string Sha256);

    /// <exception cref="Problem"><c>reports.*</c>, <c>chain.in-future</c>, <c>plan.no-such-value</c></exception>
    public static Task<Made> Handle(
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
            async act =>
            {
                var report = await MakeAsync(act, request, library, stop);
                return new Made(report.Id, report.SnapshotId, report.FileName, report.FileSha256);
            },
            stop
        );
    }

    /// <summary>Makes the report inside an act: for acts whose row names the report.</summary>
    public static async Task<Report> MakeAsync(ActScope act, Request request, ReportLibrary library, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(library);
        var freeze = new FreezeReportFigures.Request(request.Kind, request.Programmes, request.OnDay, request.ProblemsZh, request.Reason);
        var (snapshot, book, facts) = await FreezeReportFigures.FreezeAsync(act, freeze, library, stop);
        var kind = library.Reports[request.Kind];
        var (content, type, extension) = await FileAsync(act, kind, book, facts, library, stop);
        var report = new Report
        {
            Id = act.NewId(),
            Kind = kind.Id,
            Scope = snapshot.Scope,
            OnDay = request.OnDay,
            SnapshotId = snapshot.Id,
            FileName = $"{kind.Zh}-{snapshot.Scope}-{request.OnDay:yyyyMMdd}.{extension}",
            FileSha256 = act.Store.Blobs.Put(content),
            ContentType = type,
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(report);
        act.Fact("file", report.FileName);
        act.Fact("sha256", report.FileSha256);
        return report;
    }

    private static async Task<(byte[] Content, string Type, string Extension)> FileAsync(
        ActScope act,
        ReportKind kind,
        FigureBook book,
        FigureFacts facts,
        ReportLibrary library,
        CancellationToken stop
    )
    {
        var signed = Signed(act.Store.Plan, act.By);
        switch (kind.Form)
        {
            case ReportForm.Table:
                return (Workbook(book, signed), WorkbookFile.ContentType, "xlsx");
            case ReportForm.Narrative:
                return (WordFile.Of(NarrativePaper.Of(kind, book, signed)), WordFile.ContentType, "docx");
            case ReportForm.UploadPackage:
                UploadPackage.RequireComplete(facts);
                await RequireBatchesAsync(act, facts, stop);
                return (UploadPackage.Of(facts, act.Store.Plan, library.Law), "application/zip", "zip");
            case ReportForm.InspectionPack:
                await using (var db = act.Store.ReadForPeople(library.Law.Verdicts.PersonalTexts))
                    return (await InspectionPack.OfAsync(db, book, facts, library, act.Store.Plan, signed, stop), "application/zip", "zip");
            default:
                throw new InvalidOperationException($"the form {kind.Form} has no file");
        }
    }

    /// <summary>What is uploaded was signed: evidence is whole and the verdicts are locked.</summary>
    private static async Task RequireBatchesAsync(ActScope act, FigureFacts facts, CancellationToken stop)
    {
        var parcels = facts.Patches.SelectMany(p => p.Parcels).Select(p => p.Verdict!.Id).ToList();
        var signed = await act.Db.VerdictBatchItems.Select(i => i.DeterminationId).ToHashSetAsync(stop);
        if (parcels.Exists(id => !signed.Contains(id)))
            throw Problem.Determination.BatchMissing("图斑填报数据包", "the package of the initial data", facts.Programmes);
    }

    internal static byte[] Workbook(FigureBook book, IReadOnlyList<string> signed) =>
        WorkbookFile.Of(
            book.Tables,
            new(book.Facts.GetValueOrDefault("territory", "") + book.Facts.GetValueOrDefault("programmes", ""), book.OnDay, signed)
        );

    /// <summary>Who filled it is known; who checks and who answers sign on the paper and by <see cref="SignReport"/>.</summary>
    private static IReadOnlyList<string> Signed(WorkPlan plan, Actor by)
    {
        var seat = plan.FindSeat(by.Login)?.Post.Zh ?? by.Login;
        var head = plan.LeadingGroup?.Members.FirstOrDefault(m => m.Role == "head")?.Post;
        var post = plan.Posts.FirstOrDefault(p => p.Id == head)?.Name.Zh ?? "负责人";
        return [$"填表人：{seat}", "审核人：领导小组办公室负责人（签字）", $"负责人：{post}（签字）"];
    }
}
