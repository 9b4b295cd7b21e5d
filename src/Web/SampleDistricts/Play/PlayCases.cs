using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Violations formed, stopped, and carried as cases, without a case, or to another department.</summary>
internal sealed class PlayCases(PlayOffice office)
{
    private const string Department = "planning-office";
    private const string Police = "public-security-branch";
    private static readonly string[] Law = ["违反的规定=《土地管理法》", "依据=《土地管理法》"];
    private static readonly string[] LawAndEvidence = [.. Law, "证据=现场核查记录、照片"];

    /// <summary>The historic violations that were known before the programmes began.</summary>
    public async Task TakeBacklogAsync()
    {
        await using var db = office.Read();
        if (office.Truth.Backlog.Count == 0 || await db.Violations.AnyAsync(v => v.Source == ViolationSource.Backlog, office.Stop))
            return;
        var rows = office.Truth.Backlog.Select(b =>
            FormattableString.Invariant(
                $"{b.Number},{b.Unit},land,历史遗留厂房,旧厂区{b.Number[^3..]}号地块,I1,{b.AreaSquareMetres},0,0,2012-06-01"
            )
        );
        await office.DoAsync(PlayOffice.Officer, "import-backlog", new { rowsZh = string.Join('\n', rows), reason = "历史遗留违法清单" });
    }

    /// <summary>One violation by hand, the rest in bulk; once in the year one is corrected before anything rests on it.</summary>
    public async Task FormAsync(ProgrammeDays days)
    {
        await using var db = office.Read();
        var any = await db.Violations.AnyAsync(v => v.ProgrammeId == days.Programme, office.Stop);
        if (!any && await FirstIllegalAsync(days.Programme) is { } first)
            await office.DoAsync(PlayOffice.Officer, "form-violation", FormRequest(first.Parcels, first.Patch));
        var free = office.Truth.Violations.Count(v => v.Programme == days.Programme) > (await office.ViolationsAsync(days.Programme)).Count;
        if (free)
            await office.DoAsync(PlayOffice.Officer, "form-violations", new { programme = days.Programme, reason = "批量立卷" });
        await CorrectOneAsync(days.Programme);
    }

    /// <summary>The towns serve stop notices and see that work stands still.</summary>
    public async Task StopAsync(ProgrammeDays days)
    {
        foreach (var violation in await office.ViolationsAsync(days.Programme))
        {
            await using var db = office.Read();
            var notices = await db.StopNotices.Where(n => n.PatchId == violation.PatchId).ToListAsync(office.Stop);
            var town = PlayOffice.TownOf(violation.Row.Unit);
            var notice = notices.Count > 0 ? notices[0].Id : await StopNoticeAsync(town, violation, days);
            if (notices.All(n => n.StoppedOn is null))
                await office.DoAsync(
                    town,
                    "record-work-stopped",
                    new
                    {
                        stopNoticeId = notice,
                        stoppedOn = PlayOffice.Day(days.Opened),
                        reason = "现场复查已停工",
                    }
                );
        }
    }

    public async Task OpenAsync(ProgrammeDays days)
    {
        foreach (var violation in await office.ViolationsAsync(days.Programme))
        {
            await using var db = office.Read();
            if (violation.Truth.IsCase)
            {
                if (!await db.ViolationParties.AnyAsync(p => p.ViolationId == violation.Id, office.Stop))
                    await NameAsync(violation);
                if (!await db.DecisionTraces.AnyAsync(t => t.ViolationId == violation.Id, office.Stop))
                    await TraceAsync(violation);
                if (!await db.CaseFiles.AnyAsync(c => c.ViolationId == violation.Id, office.Stop))
                    await OpenOneAsync(violation, days);
            }
            else if (violation.Truth.Fate == ViolationFate.SelfCorrected)
                await WithoutCaseOnceAsync(violation.Id, "self-corrected", days.Opened, "当事人主动拆除，危害后果轻微");
            else if (!await db.Transfers.AnyAsync(t => t.ViolationId == violation.Id, office.Stop))
                await TransferAsync(violation, days);
        }
    }

    /// <summary>The head of the office signs whatever waits for it on a day: a year taken up again walks through earlier days first, and
    /// what was laid before it later waits for its own.</summary>
    public async Task SignAsync(DateOnly on)
    {
        await using var db = office.Read();
        var signed = await db.Signatures.Where(s => s.Outcome == "approved").Select(s => s.SubjectId).ToHashSetAsync(office.Stop);
        foreach (var file in await db.CaseFiles.Where(c => c.FiledOn <= on).OrderBy(c => c.Number).ToListAsync(office.Stop))
            if (!signed.Contains(file.Id))
                await SignOneAsync(
                    "sign-case-filing",
                    new
                    {
                        caseFileId = file.Id,
                        outcome = "approved",
                        opinionZh = "同意立案",
                        reason = "立案签批",
                    }
                );
        foreach (var handling in await db.NonCaseHandlings.Where(h => h.On <= on).OrderBy(h => h.At).ToListAsync(office.Stop))
            if (!signed.Contains(handling.Id))
                await SignOneAsync(
                    "sign-non-case-handling",
                    new
                    {
                        handlingId = handling.Id,
                        outcome = "approved",
                        opinionZh = "同意",
                        reason = "非立案处理签批",
                    }
                );
        foreach (var transfer in await db.Transfers.Where(t => t.SentOn <= on).OrderBy(t => t.At).ToListAsync(office.Stop))
            if (!signed.Contains(transfer.Id))
                await SignOneAsync(
                    "sign-transfer",
                    new
                    {
                        transferId = transfer.Id,
                        outcome = "approved",
                        opinionZh = "同意移送",
                        reason = "移送签批",
                    }
                );
    }

    /// <summary>The department to which a matter was handed receives, answers and ends it.</summary>
    public async Task AnswerTransfersAsync(string programme, DateOnly on, string kind)
    {
        await AnswerAsync(programme, on, kind, Department, "dept-planning", "已按职责办理");
        await AnswerPoliceAsync(programme, on, kind);
    }

    public Task AnswerPoliceAsync(string programme, DateOnly on, string kind) =>
        AnswerAsync(
            programme,
            on,
            kind,
            Police,
            "dept-public-security",
            kind == "received" ? "已收到移送材料" : "经审查，未达追诉标准，不予立案，材料退回"
        );

    private async Task AnswerAsync(string programme, DateOnly on, string kind, string body, string login, string note)
    {
        await using var db = office.Read();
        var waiting = await db
            .Transfers.Where(t => t.ToBody == body && db.Violations.Any(v => v.Id == t.ViolationId && v.ProgrammeId == programme))
            .Where(t => t.SentOn <= on && !db.TransferSteps.Any(s => s.TransferId == t.Id && s.Kind == kind))
            .OrderBy(t => t.At)
            .Select(t => t.Id)
            .ToListAsync(office.Stop);
        foreach (var transfer in waiting)
            await office.DoAsync(
                login,
                "record-transfer-step",
                new
                {
                    transferId = transfer,
                    kind,
                    on = PlayOffice.Day(on),
                    noteZh = note,
                    reason = "移送办理",
                }
            );
    }

    /// <summary>A case in which a crime is suspected goes to the police beside its own course, and the head of the office signs.</summary>
    public async Task SuspectCrimeAsync(ProgrammeDays days)
    {
        foreach (var violation in (await office.ViolationsAsync(days.Programme)).Where(v => office.Truth.Is(YearCourse.Crime, v.Patch)))
        {
            await using var db = office.Read();
            if (!await db.Transfers.AnyAsync(t => t.ViolationId == violation.Id && t.Kind == TransferKind.Crime, office.Stop))
                await office.DoAsync(
                    PlayOffice.Officer,
                    "transfer-violation",
                    new
                    {
                        violationId = violation.Id,
                        kind = TransferKind.Crime,
                        toBody = Police,
                        groundZh = "《刑法》第三百四十二条（非法占用农用地罪）",
                        sentOn = PlayOffice.Day(days.Reviewed),
                        replyBy = PlayOffice.Day(days.Penalised),
                        texts = new[] { "附件=调查报告、现场核查记录、照片" },
                        reason = "涉嫌犯罪移送",
                    }
                );
        }
        await SignAsync(days.Reviewed);
    }

    /// <summary>A department is told of the first violation of a programme and answers.</summary>
    public async Task TellDepartmentAsync(ProgrammeDays days)
    {
        if (await office.ViolationsAsync(days.Programme) is not [var violation, ..])
            return;
        await using var db = office.Read();
        if (await db.CopyNotices.AnyAsync(n => n.ViolationId == violation.Id, office.Stop))
            return;
        await office.DoAsync(
            PlayOffice.Officer,
            "send-copy-notice",
            new
            {
                violationId = violation.Id,
                toBody = "transport-bureau",
                sentOn = PlayOffice.Day(days.Opened),
                replyBy = PlayOffice.Day(days.Investigated),
                requestZh = "不予办理道路开口许可",
                reason = "执法共同责任",
            }
        );
    }

    public async Task ReplyAsync(DateOnly on)
    {
        await using var db = office.Read();
        // A year taken up again replies once more on an earlier day: what was sent on that day waits for its own.
        var open = await db
            .CopyNotices.Where(n => n.SentOn < on && !db.CopyNoticeReplies.Any(r => r.CopyNoticeId == n.Id))
            .Select(n => n.Id)
            .ToListAsync(office.Stop);
        foreach (var notice in open)
            await office.DoAsync(
                "dept-transport",
                "reply-copy-notice",
                new
                {
                    copyNoticeId = notice,
                    repliedOn = PlayOffice.Day(on),
                    replyZh = "已通知有关科室，不予办理",
                    reason = "复函",
                }
            );
    }

    /// <summary>A step of every case of a programme that has come so far.</summary>
    /// <param name="wanted">Which violations.</param>
    /// <param name="request">The step; the case is filled in.</param>
    public async Task StepAsync(
        string programme,
        string login,
        string kind,
        DateOnly on,
        Func<PlayedViolation, bool> wanted,
        Func<PlayedViolation, Dictionary<string, object?>> request
    )
    {
        await using var db = office.Read();
        var files = await db.CaseFiles.ToDictionaryAsync(c => c.ViolationId, c => c.Id, office.Stop);
        var done = await db.CaseSteps.Where(s => s.Kind == kind).Select(s => s.CaseFileId).ToHashSetAsync(office.Stop);
        foreach (var violation in (await office.ViolationsAsync(programme)).Where(wanted))
            if (files.TryGetValue(violation.Id, out var file) && !done.Contains(file))
            {
                var step = request(violation);
                step["caseFileId"] = file;
                step["kind"] = kind;
                step["on"] = PlayOffice.Day(on);
                step["reason"] = PlayOffice.Reason;
                await office.DoAsync(login, "record-case-step", step);
            }
    }

    public static IReadOnlyList<string> LawTexts => Law;

    public static IReadOnlyList<string> EvidenceTexts => LawAndEvidence;

    public async Task WithoutCaseOnceAsync(Guid violation, string kind, DateOnly on, string why)
    {
        await using var db = office.Read();
        if (!await db.NonCaseHandlings.AnyAsync(h => h.ViolationId == violation, office.Stop))
            await WithoutCaseAsync(violation, kind, on, why);
    }

    private Task WithoutCaseAsync(Guid violation, string kind, DateOnly on, string why) =>
        office.DoAsync(
            PlayOffice.Officer,
            "handle-without-case",
            new
            {
                violationId = violation,
                kind,
                on = PlayOffice.Day(on),
                reasonZh = why,
                reason = "非立案处理",
            }
        );

    private Task<JsonElement> SignOneAsync(string act, object request) => office.DoAsync(PlayOffice.Head, act, request);

    /// <summary>The illegal parcels of the first patch that must become a violation.</summary>
    private async Task<(IReadOnlyList<Guid> Parcels, string Patch)?> FirstIllegalAsync(string programme)
    {
        if (office.Truth.Violations.FirstOrDefault(v => v.Programme == programme) is not { } first)
            return null;
        var rows = await office.Rows.SeenAsync(programme, new SignIn.Sight(true, null), office.Stop);
        var parcels = rows.Single(r => r.Number == first.Patch)
            .Parcels.Where(p => p.Stage == Reading.ParcelStage.Confirmed && p.State == Reading.PatchState.Illegal)
            .Select(p => p.Id)
            .ToList();
        return parcels.Count == 0 ? null : (parcels, first.Patch);
    }

    private static object FormRequest(IReadOnlyList<Guid> parcels, string patch) =>
        new
        {
            parcelIds = parcels,
            nameZh = $"图斑{patch}违法",
            locationZh = $"图斑{patch}",
            useZh = "厂房",
            isNew = true,
            keyProject = false,
            reason = "立卷",
        };

    private async Task CorrectOneAsync(string programme)
    {
        await using var db = office.Read();
        if (await db.Violations.AnyAsync(v => v.SupersedesId != null, office.Stop))
            return;
        if (await office.ViolationsAsync(programme) is not [.., var last])
            return;
        if (await db.CaseFiles.AnyAsync(c => c.ViolationId == last.Id, office.Stop))
            return;
        await office.DoAsync(
            PlayOffice.Officer,
            "correct-violation",
            new
            {
                violationId = last.Id,
                parcelIds = await db.ViolationParcels.Where(p => p.ViolationId == last.Id).Select(p => p.ParcelId).ToListAsync(office.Stop),
                nameZh = last.Row.NameZh,
                locationZh = last.Row.LocationZh,
                useZh = "仓储用房",
                isNew = true,
                keyProject = false,
                reason = "用途写错，更正",
            }
        );
    }

    private async Task<Guid> StopNoticeAsync(string town, PlayedViolation violation, ProgrammeDays days)
    {
        var issued = await office.DoAsync(
            town,
            "issue-stop-notice",
            new
            {
                patchId = violation.PatchId,
                violationId = violation.Id,
                discoveredBy = "patch",
                discoveredOn = PlayOffice.Day(days.Confirmed),
                servedOn = PlayOffice.Day(days.Formed),
                addresseeZh = PartyOf(violation),
                actZh = violation.Row.NameZh,
                provisionZh = "《土地管理法》",
                basisZh = "《土地管理法》",
                orderZh = "立即停止施工",
                reason = "制止违法行为",
            }
        );
        return issued.GetProperty("stopNoticeId").GetGuid();
    }

    private static string PartyOf(PlayedViolation violation) => $"合成公司{violation.Patch[^6..]}";

    private Task NameAsync(PlayedViolation violation) =>
        office.DoAsync(
            PlayOffice.Officer,
            "add-party",
            new
            {
                violationId = violation.Id,
                role = "actor",
                kind = "unit",
                natureCode = "enterprise",
                partyName = PartyOf(violation),
                representative = "某负责人",
                address = violation.Row.LocationZh,
                phone = "0533-0000000",
                reason = "询问笔录",
            }
        );

    private async Task TraceAsync(PlayedViolation violation)
    {
        if (violation.Truth.Fate != ViolationFate.Confiscated)
            return;
        // Both the act and the persons: who decided that it be built.
        await office.DoAsync(
            PlayOffice.Officer,
            "record-decision-trace",
            new
            {
                violationId = violation.Id,
                postZh = "企业负责人",
                whatZh = "未经批准决定开工建设",
                reason = "既查事也查人",
            }
        );
    }

    private async Task OpenOneAsync(PlayedViolation violation, ProgrammeDays days) =>
        await office.DoAsync(
            PlayOffice.Officer,
            "open-case-file",
            new
            {
                violationId = violation.Id,
                filedOn = PlayOffice.Day(days.Opened),
                groundZh = $"涉嫌{violation.Row.NameZh}",
                sourceZh = "卫片执法",
                officerOne = "执法员甲",
                officerTwo = "执法员乙",
                reason = "立案",
            }
        );

    private async Task TransferAsync(PlayedViolation violation, ProgrammeDays days) =>
        await office.DoAsync(
            PlayOffice.Officer,
            "transfer-violation",
            new
            {
                violationId = violation.Id,
                kind = "department",
                toBody = Department,
                groundZh = "属于城乡规划管理职责范围",
                sentOn = PlayOffice.Day(days.Opened),
                replyBy = PlayOffice.Day(days.Served),
                reason = "移交移送",
            }
        );
}
