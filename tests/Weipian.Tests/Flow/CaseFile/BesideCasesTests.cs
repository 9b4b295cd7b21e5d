using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;
using static Weipian.Tests.Flow.CaseFiles.DistrictOfViolations;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>What stands beside cases: stop notices, handling without case, transfers, copy notices, holds, supervision, alarms.</summary>
[Collection("district of violations")]
public sealed class BesideCasesTests(ViolationsTemplate template) : IDisposable
{
    private readonly DistrictOfViolations district = template.Copy();

    private static DateOnly Confirmed => new(2019, 4, 26);

    public void Dispose() => district.Dispose();

    [Fact]
    [Requirement("R15")]
    public async Task A_stop_notice_is_the_own_town_s_or_the_district_s_and_its_days_are_in_order()
    {
        var patch = (await district.IllegalAsync(1)).PatchId;
        await district.RefusedAsync("chain.other-unit", () => StopAsync(Nanjiao, patch));
        await district.RefusedAsync("store.act-not-allowed", () => StopAsync(Reviewer, patch));
        await district.RefusedAsync("chain.before-cause", () => StopAsync(Wangcun, patch, r => r with { ServedOn = new(2019, 3, 9) }));
        // The image of 20 February shows it: nobody sees it on the patch before, and a patrol not before the earlier image.
        await district.RefusedAsync(
            "chain.before-cause",
            () => StopAsync(Wangcun, patch, r => r with { DiscoveredBy = "patch", DiscoveredOn = new(2019, 2, 19) })
        );
        await district.RefusedAsync("chain.before-cause", () => StopAsync(Wangcun, patch, r => r with { DiscoveredOn = new(2001, 1, 1) }));
        await district.RefusedAsync("chain.in-future", () => StopAsync(Wangcun, patch, r => r with { ServedOn = new(2019, 4, 27) }));
        await district.RefusedAsync("case-file.document-field-missing", () => StopAsync(Wangcun, patch, r => r with { BasisZh = " " }));
        await district.RefusedAsync("chain.not-there", () => StopAsync(Officer, Guid.NewGuid()));
        var issued = await StopAsync(Wangcun, patch);
        Assert.Equal("周自然资停〔2019〕1号", issued.Document);
        await district.RefusedAsync("chain.bad-value", () => Stopped(Wangcun, issued.StopNoticeId, null));
        await district.RefusedAsync("chain.before-cause", () => Stopped(Wangcun, issued.StopNoticeId, new(2019, 3, 11)));
        await district.RefusedAsync("chain.other-unit", () => Stopped(Nanjiao, issued.StopNoticeId, new(2019, 3, 20)));
        await Stopped(Wangcun, issued.StopNoticeId, new(2019, 3, 20));
        await district.RefusedAsync("chain.already-done", () => Stopped(Officer, issued.StopNoticeId, new(2019, 3, 21)));
        await using var db = district.Store.Read();
        var newest = await db.StopNotices.OrderByDescending(n => n.At).FirstAsync();
        var image = (await db.Patches.SingleAsync(p => p.Id == patch)).After;
        // From the image of 20 February to the discovery, the notice and the standstill.
        Assert.Equal(new StopTimes(18, 2, 8, 28), StopTimes.Of(image, newest));
    }

    [Fact]
    [Requirement("R20")]
    public async Task What_is_not_filed_stands_in_the_alarm_with_its_last_day_until_somebody_signed()
    {
        await FormViolations.Handle(district.Store, Officer, new("2019-q1", "立卷"), Books.Book);
        await ImportBacklog.Handle(district.Store, Officer, new("LS-1,wangcun,land,旧厂,村南,I1,100,0,0,", "清查"), Books.Book);
        var alarms = await AlarmsAsync();
        Assert.Equal(6, alarms.Count);
        Assert.All(alarms.Take(5), a => Assert.Equal(new DateOnly(2019, 5, 13), a.LastDay));
        Assert.Equal(new DateOnly(2019, 5, 31), alarms[^1].LastDay);
        Assert.Equal(1, alarms[0].DaysLate(new(2019, 5, 14)));

        var first = alarms[0].Violation.Id;
        await district.AddActorAsync(first);
        var opened = await OpenCaseFile.Handle(
            district.Store,
            Officer,
            new(first, Confirmed, "非法占地", "卫片执法", "王", "李", null, "立案"),
            Books
        );
        Assert.Equal("case-file", (await AlarmsAsync()).Single(a => a.Violation.Id == first).Waiting);
        await SignCaseFiling.Handle(district.Store, Head, new(opened.CaseFileId, "approved", "同意", null, "签批"), Books);

        var second = await WithoutCaseAsync(alarms[1].Violation.Id);
        await SignNonCaseHandling.Handle(district.Store, Head, new(second, "approved", "同意", "签批"));
        var third = await TransferAsync(alarms[2].Violation.Id, "transport-bureau");
        await SignTransfer.Handle(district.Store, Head, new(third.TransferId, "approved", "同意", "签批"));
        Assert.Equal(alarms.Skip(3).Select(a => a.Violation.Number), (await AlarmsAsync()).Select(a => a.Violation.Number));
    }

    [Fact]
    [Requirement("R20")]
    public async Task Handling_without_case_needs_a_reason_and_a_second_person_and_excludes_a_case()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.RefusedAsync("chain.bad-value", () => WithoutCaseAsync(violation, " "));
        var handling = await WithoutCaseAsync(violation);
        await district.RefusedAsync("chain.already-done", () => WithoutCaseAsync(violation));
        await district.RefusedAsync("store.act-not-allowed", () => SignAsync(Reviewer));
        await district.RefusedAsync("chain.same-person", () => SignAsync(Officer with { Role = "office-head" }));
        await SignAsync(Head, "returned");
        await district.RefusedAsync("chain.already-done", () => SignAsync(Head));
        // Sent back, it may be prepared anew; signed, no case is opened any more.
        handling = await WithoutCaseAsync(violation);
        await SignAsync(Head);
        await district.AddActorAsync(violation);
        await district.RefusedAsync(
            "chain.out-of-order",
            () =>
                OpenCaseFile.Handle(
                    district.Store,
                    Officer,
                    new(violation, Confirmed, "非法占地", "卫片执法", "王", "李", null, "立案"),
                    Books
                )
        );

        Task<Guid> SignAsync(Actor by, string outcome = "approved") =>
            SignNonCaseHandling.Handle(district.Store, by, new(handling, outcome, "已联合拆除", "签批"));
    }

    [Fact]
    [Requirement("R06")]
    [Requirement("R23")]
    [Requirement("R34")]
    public async Task A_transfer_is_signed_received_answered_and_ended_by_the_body_it_went_to()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.RefusedAsync("chain.bad-value", () => TransferAsync(violation, "ministry-of-magic"));
        await district.RefusedAsync("chain.before-cause", () => TransferAsync(violation, "transport-bureau", new(2019, 4, 25)));
        await district.RefusedAsync(
            "chain.before-cause",
            () => TransferAsync(violation, "transport-bureau", sentOn: Confirmed.AddDays(-1))
        );
        var sent = await TransferAsync(violation, "transport-bureau");
        Assert.Equal("周自然资移〔2019〕1号", sent.Document);
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(Transport, "received"));
        await district.RefusedAsync("chain.same-person", () => SignAsync(Officer with { Role = "office-head" }));
        await SignAsync(Head);
        await district.RefusedAsync("case-file.other-body", () => StepAsync(Police, "received"));
        await district.RefusedAsync("case-file.other-body", () => StepAsync(Officer, "received"));
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(Transport, "replied"));
        await StepAsync(Transport, "received");
        await district.RefusedAsync("chain.already-done", () => StepAsync(Transport, "received"));
        await StepAsync(Transport, "replied");
        await StepAsync(Transport, "done");
        await using var db = district.Store.Read();
        Assert.Equal(["received", "replied", "done"], await db.TransferSteps.OrderBy(s => s.Id).Select(s => s.Kind).ToListAsync());

        Task<Guid> SignAsync(Actor by) => SignTransfer.Handle(district.Store, by, new(sent.TransferId, "approved", "同意", "签批"));

        Task<Guid> StepAsync(Actor by, string kind) =>
            RecordTransferStep.Handle(district.Store, by, new(sent.TransferId, kind, Confirmed, "已办理", "登记"));
    }

    [Fact]
    [Requirement("R06")]
    public async Task A_body_without_a_seat_is_answered_for_by_the_officer()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        var sent = await TransferAsync(violation, "city-bureau");
        await SignTransfer.Handle(district.Store, Head, new(sent.TransferId, "approved", "同意", "签批"));
        await RecordTransferStep.Handle(district.Store, Officer, new(sent.TransferId, "received", Confirmed, "回执已收", "登记"));
    }

    [Fact]
    [Requirement("R08")]
    public async Task A_copy_notice_goes_to_a_body_with_a_seat_and_only_that_seat_replies_once()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.RefusedAsync("chain.bad-value", () => CopyAsync(violation, "ministry"));
        await district.RefusedAsync("chain.before-cause", () => CopyAsync(violation, "transport-bureau", sentOn: Confirmed.AddDays(-1)));
        await district.RefusedAsync("store.act-not-allowed", () => CopyAsync(violation, "transport-bureau", Wangcun));
        var sent = await CopyAsync(violation, "transport-bureau");
        Assert.Equal("周自然资抄〔2019〕1号", sent.Document);
        await district.RefusedAsync("case-file.other-body", () => ReplyAsync(Police));
        await district.RefusedAsync("chain.bad-value", () => ReplyAsync(Transport, ""));
        await ReplyAsync(Transport);
        await district.RefusedAsync("chain.already-done", () => ReplyAsync(Transport));

        Task<Guid> ReplyAsync(Actor by, string reply = "已停止办理道路开口许可") =>
            ReplyCopyNotice.Handle(district.Store, by, new(sent.CopyNoticeId, Confirmed, reply, "复函"));
    }

    [Fact]
    [Requirement("R31")]
    public async Task The_permit_desk_gets_an_answer_and_nothing_else_and_every_question_is_kept()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.AddActorAsync(violation);
        await district.RefusedAsync("store.act-not-allowed", () => AskAsync(Wangcun, "周村某机械厂"));
        await district.RefusedAsync("chain.bad-value", () => AskAsync(PermitDesk, "厂"));
        var held = await AskAsync(PermitDesk, "周村某机械厂");
        Assert.Equal((true, 1, Confirmed), (held.Held, held.Holds, held.Since));
        Assert.True((await AskAsync(PermitDesk, "WF-2019-0001")).Held);
        Assert.True((await AskAsync(PermitDesk, "91370306MA3TEST001")).Held);
        Assert.False((await AskAsync(PermitDesk, "周村另一家厂")).Held);
        await using var db = district.Store.Read();
        Assert.Equal([true, true, true, false], await db.HoldInquiries.OrderBy(i => i.Id).Select(i => i.Held).ToListAsync());
        Assert.Equal(4, await db.Journal.CountAsync(j => j.Act == AskHold.Act && j.Actor == "permit-desk"));
        Assert.DoesNotContain(ActMatrix.Acts.Keys, act => act.Contains("lift-hold", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R25")]
    [Requirement("R26")]
    public async Task Supervision_rests_on_a_ground_and_the_signature_of_the_government()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.RefusedAsync("chain.bad-value", () => RaiseAsync("joint-enforcement", "interview-false-data"));
        await district.RefusedAsync(
            "chain.before-cause",
            () => RaiseAsync("joint-enforcement", "major-case-report", on: Confirmed.AddDays(-1))
        );
        await district.RefusedAsync("chain.bad-value", () => RaiseAsync("listed-supervision", "supervision-and-publicity", due: false));
        var joint = await RaiseAsync("joint-enforcement", "major-case-report");
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(joint, Head, "task-given", "public-security-branch"));
        await district.RefusedAsync("store.act-not-allowed", () => StepAsync(joint, Head, "approved"));
        await StepAsync(joint, Government, "approved");
        await district.RefusedAsync("chain.already-done", () => StepAsync(joint, Government, "returned"));
        await StepAsync(joint, Government, "task-given", "public-security-branch");
        await district.RefusedAsync("case-file.other-body", () => StepAsync(joint, Transport, "task-done"));
        await StepAsync(joint, Police, "task-done");
        await district.RefusedAsync("chain.already-done", () => StepAsync(joint, Police, "task-done"));
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(joint, Government, "lifted"));
        await StepAsync(joint, Head, "result");
        await StepAsync(joint, Government, "lifted");
        await district.RefusedAsync("chain.already-done", () => StepAsync(joint, Head, "result"));
        var listed = await RaiseAsync("listed-supervision", "supervision-and-publicity");
        await StepAsync(listed, Government, "approved");
        await StepAsync(listed, Head, "published");
        await using (var db = district.Store.Read())
        {
            var notice = Assert.Single(db.IssuedDocuments.Where(d => d.Kind == "listed-supervision"));
            Assert.Equal(
                notice.Id,
                Assert.Single(db.SupervisionSteps.Where(s => s.SupervisionId == listed && s.Kind == "published")).DocumentId
            );
            Assert.Equal("依法办理", (await db.OpenAsync(notice)).Fields["demands"]);
            Assert.Equal("2019年6月30日", (await db.OpenAsync(notice)).Fields["until"]);
        }
        var circular = await RaiseAsync("public-circular", "supervision-and-publicity", due: false);
        await StepAsync(circular, Government, "returned");
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(circular, Head, "published"));

        Task<Guid> RaiseAsync(string kind, string ground, bool due = true, DateOnly? on = null) =>
            RaiseSupervision.Handle(
                district.Store,
                Officer,
                new(kind, violation, null, ground, "顶风建设，拒不停工", on ?? Confirmed, due ? new(2019, 6, 30) : null, "提请")
            );

        Task<Guid> StepAsync(Guid supervision, Actor by, string kind, string? body = null) =>
            RecordSupervisionStep.Handle(district.Store, by, new(supervision, kind, Confirmed, body, "依法办理", "登记"), Books.Documents);
    }

    [Fact]
    [Requirement("R26")]
    public async Task A_large_case_is_reported_within_three_working_days()
    {
        await district.FormAsync(0, 1, 2);
        await using var db = district.Store.Read();
        var large = await db.Violations.SingleAsync();
        var clock = CaseClocks.MajorReportOf(large, Confirmed, null, Books.Book)!;
        // 28 April is a worked Sunday.
        Assert.Equal(new DateOnly(2019, 4, 30), clock.Deadline!.LastDayInclusive);
    }

    private async Task<IReadOnlyList<CaseAlarm>> AlarmsAsync()
    {
        await using var db = district.Store.Read();
        return await CaseAlarms.OfAsync(db, district.Store.Plan, Books.Book, district.Store.Today);
    }

    private Task<IssueStopNotice.Issued> StopAsync(
        Actor by,
        Guid patch,
        Func<IssueStopNotice.Request, IssueStopNotice.Request>? with = null
    )
    {
        var request = new IssueStopNotice.Request(
            patch,
            null,
            "patrol",
            new(2019, 3, 10),
            new(2019, 3, 12),
            "周村某机械厂",
            "未经批准占地建厂",
            "土地管理法",
            "淄博市土地监察条例",
            "立即停止施工，听候处理",
            "巡查发现"
        );
        return IssueStopNotice.Handle(district.Store, by, with?.Invoke(request) ?? request, Books);
    }

    private Task<Guid> Stopped(Actor by, Guid notice, DateOnly? on) =>
        RecordWorkStopped.Handle(district.Store, by, new(notice, on, null, "复查"));

    private Task<Guid> WithoutCaseAsync(Guid violation, string why = "联合执法已拆除") =>
        HandleWithoutCase.Handle(district.Store, Officer, new(violation, "joint-demolition", Confirmed, why, "处理"));

    private Task<TransferViolation.Sent> TransferAsync(Guid violation, string body, DateOnly? replyBy = null, DateOnly? sentOn = null) =>
        TransferViolation.Handle(
            district.Store,
            Officer,
            new(violation, "department", body, "公路法", sentOn ?? Confirmed, replyBy ?? new(2019, 5, 10), null, "属其职责"),
            Books
        );

    private Task<AskHold.Answer> AskAsync(Actor by, string asked) => AskHold.Handle(district.Store, by, new(asked, "许可受理"));

    private Task<SendCopyNotice.Sent> CopyAsync(Guid violation, string body, Actor? by = null, DateOnly? sentOn = null) =>
        SendCopyNotice.Handle(
            district.Store,
            by ?? Officer,
            new(violation, body, sentOn ?? Confirmed, new(2019, 5, 10), "不予办理相关许可", null, "共同责任"),
            Books
        );
}
