using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Rectification;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Measures ordered, reported by the towns, accepted on site by another person or refused; confiscated
/// things handed to the finance
/// bureau; the programme accepted by the leading group.</summary>
internal sealed class PlayRectification(PlayOffice office)
{
    private const string Refused = "refused";

    /// <summary>Every violation that is to be removed gets its measure; what is confiscated gets two.</summary>
    public async Task OrderAsync(ProgrammeDays days)
    {
        foreach (var violation in await office.ViolationsAsync(days.Programme))
        foreach (var kind in MeasuresOf(violation.Truth.Fate))
            await OrderOneAsync(violation.Row, kind, days.Served, days.Due);
    }

    /// <summary>What was removed is reported: in time by those who are prompt and by those who only say so, late by the others.</summary>
    public async Task ReportAsync(ProgrammeDays days, bool late)
    {
        var on = late ? days.LateReported : days.Reported;
        foreach (var violation in await office.ViolationsAsync(days.Programme))
            if (IsTurnOf(violation, late) && (late || !await HasFirstPartAsync(violation)))
                foreach (var measure in await UnreportedAsync(violation.Id))
                    await ReportOneAsync(violation.Row, measure, on, violation.Truth.Fate);
    }

    /// <summary>The district goes to every place that was reported.</summary>
    public async Task AcceptAsync(ProgrammeDays days, bool late)
    {
        var on = late ? days.LateAccepted : days.Accepted;
        foreach (var violation in await office.ViolationsAsync(days.Programme))
            if (IsTurnOf(violation, late) && (late || !await HasFirstPartAsync(violation)))
                await AcceptReportedAsync(violation.Row, on, ShareRemoved(violation, late));
    }

    /// <summary>What is removed in two parts is reported and accepted twice.</summary>
    private bool IsTurnOf(PlayedViolation violation, bool late) =>
        office.Truth.Is(YearCourse.InTwoParts, violation.Patch) || violation.Temper == UnitTemper.Late == late;

    /// <summary>The first of two parts was accepted: a year that is taken up again leaves the second to its own day.</summary>
    private async Task<bool> HasFirstPartAsync(PlayedViolation violation)
    {
        if (!office.Truth.Is(YearCourse.InTwoParts, violation.Patch))
            return false;
        await using var db = office.Read();
        var measures = db.Measures.Where(m => m.ViolationId == violation.Id).Select(m => m.Id);
        return await db.MeasureAcceptances.AnyAsync(a => measures.Contains(a.MeasureId), office.Stop);
    }

    /// <summary>Of what was reported.</summary>
    private double ShareRemoved(PlayedViolation violation, bool late) =>
        violation.Truth.RemovedOn is null ? 0
        : !late && office.Truth.Is(YearCourse.InTwoParts, violation.Patch) ? 0.5
        : 1;

    /// <summary>Confiscated things go to the single receiver.</summary>
    public async Task HandOverAsync(ProgrammeDays days)
    {
        foreach (var violation in await office.ViolationsAsync(days.Programme))
        {
            await using var db = office.Read();
            var measure = await db.Measures.FirstOrDefaultAsync(
                m => m.ViolationId == violation.Id && m.Kind == MeasureKind.Confiscate,
                office.Stop
            );
            if (measure is not null && !await db.HandOvers.AnyAsync(h => h.MeasureId == measure.Id, office.Stop))
                await office.DoAsync(
                    PlayOffice.Head,
                    "send-hand-over",
                    new
                    {
                        measureId = measure.Id,
                        sentOn = PlayOffice.Day(days.Paid),
                        things = new[] { "钢结构厂房；1座；违法用地现场；完好" },
                        replyBy = PlayOffice.Day(days.Due),
                        reason = "没收移交",
                    }
                );
        }
        await ReceiveAsync(days.Paid);
    }

    /// <summary>One of the historic violations is removed, one is not.</summary>
    public async Task OrderBacklogAsync(DateOnly on, DateOnly due)
    {
        foreach (var violation in await BacklogAsync())
            await OrderOneAsync(violation, MeasureKind.DemolishRestore, on, due);
    }

    public async Task RemoveBacklogAsync(DateOnly reported, DateOnly accepted)
    {
        var removed = office.Truth.Backlog.Where(b => b.RemovedOn is not null).Select(b => b.Number).ToHashSet(StringComparer.Ordinal);
        foreach (var violation in (await BacklogAsync()).Where(v => removed.Contains(v.Number)))
        {
            foreach (var measure in await UnreportedAsync(violation.Id))
                await ReportOneAsync(violation, measure, reported, ViolationFate.Demolished);
            await AcceptReportedAsync(violation, accepted, share: 1);
        }
    }

    /// <summary>The leading group accepts the programme and names what is open.</summary>
    public async Task AcceptProgrammeAsync(string programme, DateOnly on)
    {
        await using var db = office.Read();
        if (await db.ProgrammeAcceptances.AnyAsync(a => a.ProgrammeId == programme, office.Stop))
            return;
        var state = await ProgrammeState.OfAsync(db, programme, on, office.Books.Law, office.Stop);
        await office.DoAsync(
            PlayOffice.Government,
            "accept-programme",
            new
            {
                programmeId = programme,
                on = PlayOffice.Day(on),
                outcome = "accepted",
                opinionZh = "同意通过验收。遗留事项：" + string.Join('、', state.OpenPoints),
                reason = "区级验收",
            }
        );
    }

    public async Task<IReadOnlyList<Violation>> BacklogAsync()
    {
        await using var db = office.Read();
        return await db.Violations.Where(v => v.Source == ViolationSource.Backlog).OrderBy(v => v.Number).ToListAsync(office.Stop);
    }

    private static IReadOnlyList<string> MeasuresOf(string fate) =>
        fate switch
        {
            ViolationFate.Demolished or ViolationFate.SelfCorrected => [MeasureKind.DemolishRestore],
            ViolationFate.Confiscated => [MeasureKind.Confiscate, MeasureKind.Formalities],
            ViolationFate.Formalities => [MeasureKind.Formalities],
            ViolationFate.Records => [MeasureKind.RecordCompletion],
            _ => [],
        };

    private async Task OrderOneAsync(Violation violation, string kind, DateOnly on, DateOnly due)
    {
        await using var db = office.Read();
        if (await db.Measures.AnyAsync(m => m.ViolationId == violation.Id && m.Kind == kind, office.Stop))
            return;
        await office.DoAsync(
            PlayOffice.Officer,
            "order-measure",
            new
            {
                violationId = violation.Id,
                kind,
                orderedOn = PlayOffice.Day(on),
                dueOn = PlayOffice.Day(due),
                areaSquareMetres = violation.AreaSquareMetres,
                cultivatedSquareMetres = violation.CultivatedSquareMetres,
                basisZh = "处罚决定或处理意见",
                reason = "责令整改",
            }
        );
    }

    private async Task<List<Measure>> UnreportedAsync(Guid violation)
    {
        await using var db = office.Read();
        return await db
            .Measures.Where(m => m.ViolationId == violation && !db.MeasureReports.Any(r => r.MeasureId == m.Id))
            .OrderBy(m => m.At)
            .ToListAsync(office.Stop);
    }

    private async Task ReportOneAsync(Violation violation, Measure measure, DateOnly on, string fate)
    {
        var request = new Dictionary<string, object?>
        {
            ["measureId"] = measure.Id,
            ["doneOn"] = PlayOffice.Day(on),
            ["areaSquareMetres"] = measure.AreaSquareMetres,
            ["cultivatedSquareMetres"] = measure.CultivatedSquareMetres,
            ["noteZh"] = on > measure.DueOn ? "因汛期和清运延误，逾期完成整改" : "已按期完成整改",
            // A text that is this measure's alone: the same file proves nothing twice.
            ["files"] = new[]
            {
                new
                {
                    name = "report.txt",
                    contentType = "text/plain",
                    content = System.Text.Encoding.UTF8.GetBytes($"{violation.Number} {measure.Kind} {on:O}"),
                },
            },
            ["reason"] = "整改报告",
        };
        if (measure.Kind == MeasureKind.Formalities)
        {
            request["approvalNumber"] = $"合成批〔{on.Year}〕{violation.Number}";
            request["approvedOn"] = PlayOffice.Day(on);
            request["approvedSquareMetres"] = measure.AreaSquareMetres;
            request["formerStandardFen"] = 5_000_000;
            request["newerStandardFen"] = 6_000_000;
        }
        if (fate == ViolationFate.Records)
            request["recordNumber"] = $"合成备〔{on.Year}〕{violation.Number}";
        await office.DoAsync(PlayOffice.TownOf(violation.Unit), "report-measure", request);
    }

    private async Task AcceptReportedAsync(Violation violation, DateOnly on, double share)
    {
        await using var db = office.Read();
        var waiting = await (
            from report in db.MeasureReports
            join measure in db.Measures on report.MeasureId equals measure.Id
            where measure.ViolationId == violation.Id && !db.MeasureAcceptances.Any(a => a.ReportId == report.Id)
            orderby report.At
            select new { report, measure }
        ).ToListAsync(office.Stop);
        foreach (var w in waiting)
            await office.DoAsync(PlayOffice.Reviewer, "accept-measure", Acceptance(violation, w.measure, w.report, on, share));
    }

    /// <param name="share">Of what was reported, found removed on site: all, a part, or nothing.</param>
    private static object Acceptance(Violation violation, Measure measure, MeasureReport report, DateOnly on, double share)
    {
        var isRemoved = share > 0;
        var (area, cultivated) = (measure.AreaSquareMetres * share, measure.CultivatedSquareMetres * share);
        return new
        {
            reportId = report.Id,
            inspectedOn = PlayOffice.Day(on),
            outcome = share switch
            {
                0 => Refused,
                1 => "accepted",
                _ => "partial",
            },
            areaSquareMetres = area,
            cultivatedSquareMetres = cultivated,
            codeStandard = "gbt21010-2017",
            classes = isRemoved && measure.Kind == MeasureKind.DemolishRestore ? Classes(violation, area, cultivated) : [],
            hardSurfaceRemoved = isRemoved,
            foundationRemoved = isRemoved,
            soilCoverCentimetres = isRemoved ? 40 : (int?)null,
            levelled = isRemoved,
            irrigationRestored = isRemoved,
            planted = isRemoved,
            accessOpen = isRemoved,
            sidesPhotographed = true,
            boundaryMeasured = true,
            noteZh = share switch
            {
                0 => "现场建筑仍在，与报告不符",
                1 => measure.Kind == MeasureKind.DemolishRestore ? "现场已拆除并恢复" : "手续、材料齐全",
                _ => "一部分已拆除并恢复，其余仍在",
            },
            reason = "实地验收",
        };
    }

    /// <summary>Cultivated land is cultivated again, other agricultural land is orchard, and the rest grassland.</summary>
    private static List<string> Classes(Violation violation, double area, double cultivated)
    {
        var agricultural = Math.Clamp(violation.AgriculturalSquareMetres, cultivated, area);
        (string Code, double Area)[] parts = [("0103", cultivated), ("0201", agricultural - cultivated), ("0404", area - agricultural)];
        return [.. parts.Where(p => p.Area > 0).Select(p => FormattableString.Invariant($"{p.Code}={p.Area:0.0000}"))];
    }

    private async Task ReceiveAsync(DateOnly on)
    {
        await using var db = office.Read();
        var sent = await db
            .HandOvers.Where(h => !db.HandOverReceipts.Any(r => r.HandOverId == h.Id))
            // A year taken up again walks through earlier programmes first: what was sent later waits for its own day.
            .Where(h => h.SentOn <= on)
            .Select(h => h.Id)
            .ToListAsync(office.Stop);
        foreach (var handOver in sent)
            await office.DoAsync(
                PlayOffice.Finance,
                "receive-hand-over",
                new
                {
                    handOverId = handOver,
                    receivedOn = PlayOffice.Day(on),
                    conditionZh = "与清单相符",
                    reason = "统一接收",
                }
            );
    }
}
