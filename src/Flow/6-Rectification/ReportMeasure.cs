using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Rectification;

/// <summary>The unit reports what it did (整改报告), with the proof that the kind of measure asks for.</summary>
/// <remarks>
/// Formalities follow the penalty and never go before it; of the two standards of compensation the higher counts (从新从高), and both stand
/// in the report. A photograph that was handed in for another violation proves nothing here and is refused.
/// </remarks>
public static class ReportMeasure
{
    public const string Act = "report-measure";

    /// <param name="DoneOn">The day the work was finished.</param>
    /// <param name="ApprovalNumber">Of formalities: number of the approval.</param>
    /// <param name="ApprovedOn">Of formalities: its day, not before the penalty was executed.</param>
    /// <param name="ApprovedSquareMetres">Of formalities: the area it covers.</param>
    /// <param name="FormerStandardFen">Of formalities: compensation and fees by the standard of the time of the act, hundredths of a
    /// yuan.</param>
    /// <param name="NewerStandardFen">The same by the standard of today.</param>
    /// <param name="RecordNumber">Of completed records: number of the record.</param>
    /// <param name="Files">Photographs and papers, whole.</param>
    public sealed record Request(
        Guid MeasureId,
        DateOnly DoneOn,
        double AreaSquareMetres,
        double CultivatedSquareMetres,
        string NoteZh,
        string? ApprovalNumber,
        DateOnly? ApprovedOn,
        double? ApprovedSquareMetres,
        long? FormerStandardFen,
        long? NewerStandardFen,
        string? RecordNumber,
        IReadOnlyList<MeasureFile> Files,
        string Reason
    );

    /// <param name="PenaltyDoneOn">See <see cref="PenaltyExecution"/>.</param>
    public sealed record Facts(Violation Violation, MeasureStanding Standing, DateOnly? PenaltyDoneOn);

    /// <summary>Pure: the right unit, an open measure, days in order, no more than the measure, the proof of its kind.</summary>
    public static void Decide(Actor actor, Request request, Facts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        var measure = facts.Standing.Measure;
        if (actor.Role == PlanRoles.Town && actor.Unit != measure.Unit)
            throw Problem.Chain.OtherUnit(actor.Login, measure.Unit);
        if (!facts.Standing.IsOpen)
            throw Problem.Rectification.MeasureEnded(measure.Kind);
        if (facts.Standing.Waiting is { } waiting)
            throw Problem.Chain.AlreadyDone("整改报告", "The report", waiting.By, waiting.At);
        if (request.DoneOn > today)
            throw Problem.Chain.InFuture("完成日期", "The day of completion", request.DoneOn, today);
        if (request.DoneOn < measure.OrderedOn)
            throw Problem.Chain.BeforeCause(
                "完成日期",
                "The day of completion",
                request.DoneOn,
                "责令日期",
                "the order",
                measure.OrderedOn
            );
        DecideAreas(request, measure);
        if (request.Files.Count == 0)
            throw Problem.Rectification.NoEvidence();
        if (request.Files.FirstOrDefault(f => f.Content.Length > MeasureFile.BytesMax) is { } large)
            throw Problem.Rectification.FileTooLarge(large.Name, large.Content.Length, MeasureFile.BytesMax);
        if (request.Files.FirstOrDefault(f => !f.IsWhatItSays) is { } lying)
            throw Problem.Rectification.FileNotWhatItSays(lying.Name, lying.ContentType);
        if (measure.Kind == MeasureKind.Formalities)
            DecideFormalities(request, facts);
        if (measure.Kind == MeasureKind.RecordCompletion && string.IsNullOrWhiteSpace(request.RecordNumber))
            throw Problem.Rectification.ProofMissing("备案号", "number of the record");
    }

    /// <returns>The id of the report.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>rectification.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.MeasureId.ToString(),
            request.Reason,
            async act =>
            {
                var standing = await MeasureStanding.OfOneAsync(act.Db, request.MeasureId, stop);
                var violation = await StandingViolation.ReadAsync(act.Db, standing.Measure.ViolationId, stop);
                var facts = new Facts(violation, standing, await PenaltyExecution.DoneOnAsync(act.Db, violation.Id, stop));
                Decide(actor, request, facts, act.Today);
                var files = Hashed(request.Files);
                await RefuseUsedAsync(act.Db, facts, files, stop);
                return Write(act, request, facts, files);
            },
            stop
        );
    }

    private static void DecideAreas(Request request, Measure measure)
    {
        if (request.AreaSquareMetres <= 0)
            throw Problem.Chain.BadValue("AreaSquareMetres", $"{request.AreaSquareMetres}", "大于零的面积", "an area above zero");
        if (request.AreaSquareMetres > measure.AreaSquareMetres + ViolationBalance.ClosureSquareMetres)
            throw Problem.Rectification.AreaTooLarge("报告面积", "The area reported", request.AreaSquareMetres, measure.AreaSquareMetres);
        var most = Math.Min(request.AreaSquareMetres, measure.CultivatedSquareMetres);
        if (request.CultivatedSquareMetres < 0 || request.CultivatedSquareMetres > most + ViolationBalance.ClosureSquareMetres)
            throw Problem.Rectification.AreaTooLarge("其中耕地面积", "Its cultivated land", request.CultivatedSquareMetres, most);
    }

    private static void DecideFormalities(Request request, Facts facts)
    {
        var executed = facts.PenaltyDoneOn ?? throw Problem.Rectification.PenaltyNotExecuted(facts.Violation.Number);
        if (string.IsNullOrWhiteSpace(request.ApprovalNumber))
            throw Problem.Rectification.ProofMissing("批准文号", "number of the approval");
        var approved = request.ApprovedOn ?? throw Problem.Rectification.ProofMissing("批准日期", "day of the approval");
        if (approved < executed)
            throw Problem.Chain.BeforeCause("批准日期", "The approval", approved, "处罚执行之日", "the execution of the penalty", executed);
        if (approved > request.DoneOn)
            throw Problem.Chain.InFuture("批准日期", "The approval", approved, request.DoneOn);
        if (request.ApprovedSquareMetres is not { } covered)
            throw Problem.Rectification.ProofMissing("批准面积", "area of the approval");
        if (request.AreaSquareMetres > covered + ViolationBalance.ClosureSquareMetres)
            throw Problem.Rectification.AreaTooLarge("报告面积", "The area reported", request.AreaSquareMetres, covered);
        if (request.FormerStandardFen is null or < 0)
            throw Problem.Rectification.ProofMissing("行为时标准的补偿和规费", "compensation and fees by the standard of the time");
        if (request.NewerStandardFen is null or < 0)
            throw Problem.Rectification.ProofMissing("现行标准的补偿和规费", "compensation and fees by the standard of today");
    }

    private static List<KeptFile> Hashed(IReadOnlyList<MeasureFile> files) =>
        [.. files.Select(f => new KeptFile(Shown(f), f.ContentType, f.Sha256, f.Content.Length))];

    private static string Shown(MeasureFile file) =>
        SealedFiles.NameOf(Path.GetFileName(file.Name), file.Personal, file.Sha256, file.ContentType);

    /// <summary>The same bytes prove one place only; and a report that was refused needs something new.</summary>
    private static async Task RefuseUsedAsync(StoreContext db, Facts facts, IReadOnlyList<KeptFile> files, CancellationToken stop)
    {
        var own = facts.Standing.Reports.SelectMany(KeptFile.Of).Select(f => f.Sha256).ToHashSet(StringComparer.Ordinal);
        if (own.Count > 0 && files.All(f => own.Contains(f.Sha256)))
            throw Problem.Rectification.NoNewEvidence();
        foreach (var file in files)
        {
            var used = await (
                from report in db.MeasureReports
                join measure in db.Measures on report.MeasureId equals measure.Id
                join violation in db.Violations on measure.ViolationId equals violation.Id
                where measure.ViolationId != facts.Violation.Id && report.EvidenceJson.Contains(file.Sha256)
                select new { violation.Number, report.DoneOn }
            ).FirstOrDefaultAsync(stop);
            if (used is not null)
                throw Problem.Rectification.PhotographUsedBefore(file.Name, used.Number, used.DoneOn);
            var patches = db.ViolationParcels.Where(p => p.ViolationId == facts.Violation.Id).Select(p => p.PatchId);
            var seen = await (
                from evidence in db.Evidence
                join visit in db.Visits on evidence.VisitId equals visit.Id
                join patch in db.Patches on evidence.PatchId equals patch.Id
                where evidence.Sha256 == file.Sha256 && !patches.Contains(patch.Id)
                select new { patch.Number, visit.VisitedOn }
            ).FirstOrDefaultAsync(stop);
            if (seen is not null)
                throw Problem.Rectification.PhotographUsedBefore(file.Name, seen.Number, seen.VisitedOn);
        }
    }

    private static Guid Write(ActScope act, Request request, Facts facts, IReadOnlyList<KeptFile> files)
    {
        foreach (var file in request.Files)
            SealedFiles.Keep(act, file.Sha256, file.Content, file.Personal, Path.GetFileName(file.Name));
        var measure = facts.Standing.Measure;
        var report = new MeasureReport
        {
            Id = act.NewId(),
            MeasureId = measure.Id,
            DoneOn = request.DoneOn,
            AreaSquareMetres = request.AreaSquareMetres,
            CultivatedSquareMetres = request.CultivatedSquareMetres,
            NoteZh = request.NoteZh.Trim(),
            DetailsJson = CanonicalJson.Of(Details(request, measure.Kind, facts.PenaltyDoneOn)),
            EvidenceJson = KeptFile.Json(files),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(report);
        act.Fact("violation", facts.Violation.Number);
        act.Fact("kind", measure.Kind);
        act.Fact("files", files.Count);
        act.Fact("daysLate", Math.Max(0, request.DoneOn.DayNumber - measure.DueOn.DayNumber));
        return report.Id;
    }

    private static JsonObject Details(Request request, string kind, DateOnly? penaltyDoneOn)
    {
        var details = new JsonObject();
        if (kind == MeasureKind.RecordCompletion)
            details["recordNumber"] = request.RecordNumber!.Trim();
        if (kind != MeasureKind.Formalities)
            return details;
        details["approvalNumber"] = request.ApprovalNumber!.Trim();
        details["approvedOn"] = $"{request.ApprovedOn:yyyy-MM-dd}";
        details["approvedSquareMetres"] = request.ApprovedSquareMetres;
        details["penaltyDoneOn"] = $"{penaltyDoneOn:yyyy-MM-dd}";
        details["formerStandardFen"] = request.FormerStandardFen;
        details["newerStandardFen"] = request.NewerStandardFen;
        // 从新从高: the newer standard, unless the former is higher.
        var former = request.FormerStandardFen > request.NewerStandardFen;
        details["chosen"] = former ? "former" : "newer";
        details["chosenFen"] = former ? request.FormerStandardFen : request.NewerStandardFen;
        return details;
    }
}
