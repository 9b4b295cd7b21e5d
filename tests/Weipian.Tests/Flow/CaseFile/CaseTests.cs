using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;
using static Weipian.Tests.Flow.CaseFiles.DistrictOfViolations;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>A case from its opening to its end: who may what, in which order, by which day.</summary>
[Collection("district of violations")]
public sealed class CaseTests(ViolationsTemplate template) : IDisposable
{
    private static readonly string[] Law = ["provision=土地管理法", "依据=土地管理法", "evidence=现场照片、询问笔录"];

    private readonly DistrictOfViolations district = template.Copy();

    public void Dispose() => district.Dispose();

    [Fact]
    public async Task A_case_needs_an_actor_two_officers_and_a_day_after_the_verdict()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.RefusedAsync("case-file.no-actor", () => OpenAsync(violation));
        await district.AddActorAsync(violation);
        await district.RefusedAsync("case-file.one-officer", () => OpenAsync(violation, r => r with { OfficerTwo = r.OfficerOne }));
        await district.RefusedAsync("chain.bad-value", () => OpenAsync(violation, r => r with { OfficerTwo = "" }));
        await district.RefusedAsync("chain.in-future", () => OpenAsync(violation, r => r with { FiledOn = new(2019, 4, 27) }));
        await district.RefusedAsync("chain.before-cause", () => OpenAsync(violation, r => r with { FiledOn = new(2019, 4, 25) }));
        await district.RefusedAsync("chain.bad-value", () => OpenAsync(violation, r => r with { SourceZh = "道听途说" }));
        await district.RefusedAsync(
            "store.act-not-allowed",
            () => OpenCaseFile.Handle(district.Store, Wangcun, Opening(violation, new(2019, 4, 26)), Books)
        );
    }

    [Fact]
    [Requirement("R20")]
    public async Task A_case_opened_on_the_last_day_is_in_time_and_a_day_later_says_why()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.AddActorAsync(violation);
        district.Clock.Stand(new(2019, 5, 14));
        await district.RefusedAsync("chain.late-without-reason", () => OpenAsync(violation, r => r with { FiledOn = new(2019, 5, 14) }));
        var opened = await OpenAsync(violation, r => r with { FiledOn = new(2019, 5, 13) });
        Assert.Equal("AJ-2019-0001", opened.Number);
        // The stricter of the two: Zibo's thirty days.
        Assert.Equal(new(2019, 6, 12), opened.DecideBy);
        await district.RefusedAsync("chain.already-done", () => OpenAsync(violation));
    }

    [Fact]
    public async Task The_opening_is_signed_by_the_head_once_and_may_be_sent_back_before()
    {
        var violation = (await district.FormAsync(1)).ViolationId;
        await district.AddActorAsync(violation);
        var opened = await OpenAsync(violation);
        await district.RefusedAsync("store.act-not-allowed", () => SignAsync(opened.CaseFileId, by: Officer));
        await district.RefusedAsync("chain.same-person", () => SignAsync(opened.CaseFileId, by: Officer with { Role = "office-head" }));
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(opened.CaseFileId, "investigated", new(2019, 4, 26)));
        var returned = await SignAsync(opened.CaseFileId, "returned");
        Assert.Null(returned.Document);
        Assert.Equal("周自然资立〔2019〕1号", (await SignAsync(opened.CaseFileId)).Document);
        await district.RefusedAsync("chain.already-done", () => SignAsync(opened.CaseFileId));
        await using var db = district.Store.Read();
        var form = (await db.OpenAsync(await db.IssuedDocuments.SingleAsync())).Fields;
        Assert.Equal("周村某机械厂", form["party"]);
        Assert.Equal("2019年4月26日", form["accepted-on"]);
        Assert.Contains("亩", form["area"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reviewed")]
    [InlineData("notice-served")]
    [InlineData("decided")]
    [InlineData("decision-served")]
    [InlineData("hearing-held")]
    [InlineData("demand-served")]
    [InlineData("court-accepted")]
    [InlineData("executed")]
    public async Task A_step_before_its_turn_is_refused(string kind)
    {
        var file = await OpenedAsync(1);
        var who = CaseStepRules.For(kind).Roles[0];
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(file, kind, new(2019, 4, 26), by: new($"another-{who}", who)));
    }

    [Fact]
    public async Task Each_step_has_its_seat()
    {
        var file = await OpenedAsync(1);
        foreach (var rule in CaseStepRules.All)
        foreach (var role in new[] { "district-officer", "district-reviewer", "office-head" }.Where(r => !rule.Roles.Contains(r)))
            await district.RefusedAsync(
                "store.act-not-allowed",
                () => StepAsync(file, rule.Kind, new(2019, 4, 26), by: new($"some-{role}", role))
            );
        Assert.Equal(CaseStepKind.All.Order(), CaseStepRules.All.Select(r => r.Kind).Order());
    }

    [Fact]
    public async Task The_time_is_extended_once_by_each_rule_and_only_while_it_runs()
    {
        var file = await OpenedAsync(1);
        district.Clock.Stand(new(2019, 7, 1));
        await district.RefusedAsync("chain.out-of-order", () => ExtendAsync("zibo", new(2019, 5, 27)));
        await ExtendAsync("zibo", new(2019, 5, 26));
        await district.RefusedAsync("chain.out-of-order", () => ExtendAsync("zibo", new(2019, 5, 26)));
        await ExtendAsync("ministry", new(2019, 6, 25));

        Task ExtendAsync(string rule, DateOnly on) => StepAsync(file, "extended", on, r => r with { Rule = rule }, Head);
    }

    [Fact]
    public async Task A_pause_has_a_cause_and_an_end_and_nothing_is_decided_in_it()
    {
        var file = await OpenedAsync(1);
        district.Clock.Stand(new(2019, 5, 20));
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(file, "resumed", new(2019, 5, 10)));
        await district.RefusedAsync("chain.bad-value", () => StepAsync(file, "paused", new(2019, 5, 6)));
        await ToNoticeAsync(file);
        await StepAsync(file, "paused", new(2019, 5, 8), r => r with { Cause = "appraisal" });
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(file, "paused", new(2019, 5, 9), r => r with { Cause = "mail" }));
        await district.RefusedAsync("chain.out-of-order", () => DecideAsync(file, new(2019, 5, 20)));
        await district.RefusedAsync("chain.before-cause", () => StepAsync(file, "resumed", new(2019, 5, 7)));
        await StepAsync(file, "resumed", new(2019, 5, 18));
        await DecideAsync(file, new(2019, 5, 20));
    }

    [Fact]
    public async Task A_penalty_comes_after_the_time_to_answer_and_the_hearing_that_was_asked_for()
    {
        var file = await OpenedAsync(1);
        district.Clock.Stand(new(2019, 5, 31));
        await ToNoticeAsync(file, hearing: true);
        // Served on 7 May: three days to answer and to ask.
        await district.RefusedAsync("case-file.too-early", () => DecideAsync(file, new(2019, 5, 10)));
        await district.RefusedAsync("chain.late-without-reason", () => StepAsync(file, "hearing-requested", new(2019, 5, 11)));
        await StepAsync(file, "hearing-requested", new(2019, 5, 10));
        await district.RefusedAsync("chain.out-of-order", () => DecideAsync(file, new(2019, 5, 20)));
        await district.RefusedAsync("case-file.too-early", () => HearAsync(new(2019, 5, 18), told: new(2019, 5, 12)));
        await district.RefusedAsync("chain.before-cause", () => HearAsync(new(2019, 5, 19), told: new(2019, 5, 9)));
        await HearAsync(new(2019, 5, 19), told: new(2019, 5, 12));
        await DecideAsync(file, new(2019, 5, 20));
        await using var db = district.Store.Read();
        var notice = await db.IssuedDocuments.SingleAsync(d => d.Kind == "hearing-notice");
        Assert.Equal("2019年5月10日", (await db.OpenAsync(notice)).Fields["hearing-until"]);

        Task HearAsync(DateOnly on, DateOnly told) => StepAsync(file, "hearing-held", on, r => r with { NotifiedOn = told });
    }

    [Fact]
    public async Task The_law_is_checked_and_the_decision_signed_by_others()
    {
        var file = await OpenedAsync(1);
        district.Clock.Stand(new(2019, 5, 31));
        await StepAsync(file, "investigated", new(2019, 5, 5), r => r with { NoteZh = "占地建厂" });
        await district.RefusedAsync(
            "chain.same-person",
            () =>
                StepAsync(
                    file,
                    "reviewed",
                    new(2019, 5, 6),
                    r => r with { Outcome = "approved" },
                    Officer with
                    {
                        Role = "district-reviewer",
                    }
                )
        );
        await StepAsync(file, "reviewed", new(2019, 5, 6), r => r with { Outcome = "returned" }, Reviewer);
        await district.RefusedAsync("chain.out-of-order", () => NoticeAsync(file, hearing: false));
        await StepAsync(file, "reviewed", new(2019, 5, 6), r => r with { Outcome = "approved" }, Reviewer);
        await NoticeAsync(file, hearing: false);
        await district.RefusedAsync(
            "chain.same-person",
            () => DecideAsync(file, new(2019, 5, 20), by: Reviewer with { Role = "office-head" })
        );
        await district.RefusedAsync("case-file.document-field-missing", () => DecideAsync(file, new(2019, 5, 20), texts: []));
        await district.RefusedAsync(
            "case-file.document-field-unknown",
            () => DecideAsync(file, new(2019, 5, 20), texts: [.. Law, "颜色=红"])
        );
        await DecideAsync(file, new(2019, 5, 20));
        await district.RefusedAsync("chain.already-done", () => DecideAsync(file, new(2019, 5, 20)));
    }

    [Fact]
    [Requirement("R21")]
    [Requirement("R22")]
    public async Task A_case_runs_through_the_court_and_its_papers_carry_the_days_of_the_rule_set()
    {
        var file = await OpenedAsync(1);
        district.Clock.Stand(new(2019, 12, 1));
        await ToNoticeAsync(file);
        await DecideAsync(file, new(2019, 5, 20));
        await district.RefusedAsync("chain.late-without-reason", () => StepAsync(file, "decision-served", new(2019, 5, 28)));
        await StepAsync(file, "decision-served", new(2019, 5, 27));
        await StepAsync(file, "demand-served", new(2019, 7, 1));
        await district.RefusedAsync("case-file.too-early", () => ApplyAsync(new(2019, 7, 15)));
        // Fifteen days to sue end on 11 June; three months later the stricter window closes.
        await district.RefusedAsync("chain.late-without-reason", () => ApplyAsync(new(2019, 9, 12)));
        await ApplyAsync(new(2019, 9, 11));
        await district.RefusedAsync("case-file.closing-condition-not-met", () => CloseAsync(file, "court-applied", new(2019, 9, 12)));
        await StepAsync(file, "court-accepted", new(2019, 9, 13));
        await CloseAsync(file, "court-applied", new(2019, 9, 20), late: "等待法院受理");
        await district.RefusedAsync("chain.already-done", () => StepAsync(file, "court-ruled", new(2019, 9, 24)));
        await using var db = district.Store.Read();
        var papers = await db.IssuedDocuments.OrderBy(d => d.At).ToListAsync();
        Assert.Equal(
            ["filing-form", "penalty-notice", "penalty-decision", "demand-letter", "enforcement-application", "closing-form"],
            papers.Select(p => p.Kind)
        );
        var decision = (await db.OpenAsync(papers[2])).Fields;
        Assert.Contains("60日内申请行政复议", decision["remedies"], StringComparison.Ordinal);
        Assert.Contains("15日内向人民法院提起诉讼", decision["remedies"], StringComparison.Ordinal);
        Assert.Equal("2019年7月15日", (await db.OpenAsync(papers[3])).Fields["perform-until"]);
        Assert.Equal(papers[2].Number, (await db.OpenAsync(papers[4])).Fields["decision-number"]);
        // The land is as it was: the hold stands until an acceptance.
        Assert.Single(await Holds.InForce(db).ToListAsync());
        Assert.Empty((await VerifyStore.Handle(district.Store)).Findings);

        Task ApplyAsync(DateOnly on) => StepAsync(file, "court-applied", on, by: Head);
    }

    [Fact]
    [Requirement("R31")]
    public async Task A_fine_is_paid_whole_and_a_mine_whose_decision_is_performed_is_held_no_more()
    {
        var file = await OpenedAsync(4);
        district.Clock.Stand(new(2019, 8, 1));
        await ToNoticeAsync(file);
        await DecideAsync(file, new(2019, 5, 20), demolish: false);
        await StepAsync(file, "decision-served", new(2019, 5, 20));
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(file, "executed", new(2019, 5, 30)));
        await district.RefusedAsync("chain.bad-value", () => PayAsync(new(2019, 5, 30), 5_999_999));
        // Two days after 4 June: six per cent more, or a reason.
        await district.RefusedAsync("chain.late-without-reason", () => PayAsync(new(2019, 6, 6), 6_000_000));
        await PayAsync(new(2019, 6, 6), 6_000_000, surcharge: 360_000);
        await StepAsync(file, "executed", new(2019, 6, 6));
        await CloseAsync(file, "executed", new(2019, 6, 7), late: "缴款逾期");
        await using var db = district.Store.Read();
        Assert.Empty(await Holds.InForce(db).ToListAsync());
        Assert.Equal(HoldCause.DecisionExecuted, (await db.HoldLifts.SingleAsync()).CauseKind);

        Task PayAsync(DateOnly on, long amount, long? surcharge = null) =>
            StepAsync(file, "paid", on, r => r with { AmountFen = amount, SurchargeFen = surcharge });
    }

    [Fact]
    public async Task A_case_without_penalty_needs_no_notice_and_ends_by_its_own_condition()
    {
        var file = await OpenedAsync(1);
        district.Clock.Stand(new(2019, 5, 20));
        await StepAsync(file, "investigated", new(2019, 5, 5), r => r with { NoteZh = "情节轻微" });
        await StepAsync(file, "reviewed", new(2019, 5, 6), r => r with { Outcome = "approved" }, Reviewer);
        await StepAsync(file, "decided", new(2019, 5, 7), r => r with { Outcome = "no-penalty" }, Head);
        await district.RefusedAsync("chain.out-of-order", () => StepAsync(file, "decision-served", new(2019, 5, 8)));
        await district.RefusedAsync("case-file.closing-condition-not-met", () => CloseAsync(file, "executed", new(2019, 5, 8)));
        await CloseAsync(file, "no-penalty", new(2019, 5, 8));
    }

    [Fact]
    [Requirement("R23")]
    public async Task Above_a_criminal_line_a_case_is_closed_with_a_transfer_or_a_written_reason()
    {
        var violation = await district.FormAsync(2);
        await using (var db = district.Store.Read())
        {
            var lines = await CrimeLines.OfAsync(db, await db.Violations.SingleAsync(), Books.Book);
            Assert.Equal([false, false], lines.Select(l => l.IsReached));
        }
        // The same party took more within a year: together they reach ten mu of cultivated land.
        await district.AddActorAsync(violation.ViolationId);
        foreach (var patch in new[] { 0, 1 })
            await district.AddActorAsync((await district.FormAsync(patch)).ViolationId);
        await using (var db = district.Store.Read())
        {
            var lines = await CrimeLines.OfAsync(db, await db.Violations.SingleAsync(v => v.Id == violation.ViolationId), Books.Book);
            Assert.Equal([false, true], lines.Select(l => l.IsReached));
            Assert.Equal(3, lines[1].Numbers.Count);
        }
        var opened = await OpenAsync(violation.ViolationId);
        await SignAsync(opened.CaseFileId);
        district.Clock.Stand(new(2019, 5, 20));
        await district.RefusedAsync("case-file.crime-line-reached", () => EndAsync(null));
        await EndAsync("经会商，毁坏程度未达标准");

        Task EndAsync(string? why) =>
            StepAsync(
                opened.CaseFileId,
                "closed",
                new(2019, 5, 20),
                r => r with { Ground = "terminated", NoteZh = "违法主体注销", NoTransferReasonZh = why },
                Head
            );
    }

    /// <summary>A verdict that fell while a case ran: the case ends first, without a penalty, then the violation.</summary>
    [Fact]
    [Requirement("R23")]
    public async Task A_violation_whose_verdict_fell_ends_once_its_case_was_closed_without_a_penalty()
    {
        var file = await OpenedAsync(1);
        Guid violation;
        await using (var before = district.Store.Read())
            violation = (await before.Violations.SingleAsync()).Id;
        await district.ConfirmAsync(await district.IllegalAsync(1), "L1");
        district.Clock.Stand(new(2019, 5, 20));
        await district.RefusedAsync("chain.out-of-order", EndAsync);
        await StepAsync(
            file,
            "closed",
            new(2019, 5, 20),
            r => r with { Ground = "terminated", NoteZh = "判定更正为合法", NoTransferReasonZh = "违法事实不成立" },
            Head
        );
        await EndAsync();
        await using var db = district.Store.Read();
        Assert.Equal(0, (await db.ViolationsInForce().SingleAsync()).AreaSquareMetres);
        Assert.Empty(await Holds.InForce(db).ToListAsync());
        Assert.Empty(await IllegalParcels.OutdatedViolations(db).ToListAsync());

        Task EndAsync() =>
            CorrectViolation.Handle(
                district.Store,
                Officer,
                new(violation, [], "机械厂违法占地", "王村镇", "工业", null, true, false, null, "复核后更正"),
                Books.Book
            );
    }

    private async Task<Guid> OpenedAsync(int patch)
    {
        var violation = (await district.FormAsync(patch)).ViolationId;
        await district.AddActorAsync(violation);
        var opened = await OpenAsync(violation);
        await SignAsync(opened.CaseFileId);
        return opened.CaseFileId;
    }

    private static OpenCaseFile.Request Opening(Guid violation, DateOnly on) =>
        new(violation, on, "涉嫌非法占地", "卫片执法", "王执法", "李执法", null, "符合立案条件");

    private Task<OpenCaseFile.Opened> OpenAsync(Guid violation, Func<OpenCaseFile.Request, OpenCaseFile.Request>? change = null)
    {
        var request = Opening(violation, new(2019, 4, 26));
        return OpenCaseFile.Handle(district.Store, Officer, change?.Invoke(request) ?? request, Books);
    }

    private Task<SignCaseFiling.Signed> SignAsync(Guid file, string outcome = "approved", Actor? by = null) =>
        SignCaseFiling.Handle(district.Store, by ?? Head, new(file, outcome, "同意立案", null, "签批"), Books);

    private Task<RecordCaseStep.Recorded> StepAsync(
        Guid file,
        string kind,
        DateOnly on,
        Func<RecordCaseStep.Request, RecordCaseStep.Request>? with = null,
        Actor? by = null
    )
    {
        var request = RecordCaseStep.Request.Of(file, kind, on, "依法办理");
        return RecordCaseStep.Handle(district.Store, by ?? Officer, with?.Invoke(request) ?? request, Books);
    }

    private Task<RecordCaseStep.Recorded> NoticeAsync(Guid file, bool hearing) =>
        StepAsync(
            file,
            "notice-served",
            new(2019, 5, 7),
            r => r with { Hearing = hearing, PenaltyZh = "限期拆除，罚款60000元", Texts = Law[..2] }
        );

    private async Task ToNoticeAsync(Guid file, bool hearing = false)
    {
        await StepAsync(file, "investigated", new(2019, 5, 5), r => r with { NoteZh = "占地建厂" });
        await StepAsync(file, "reviewed", new(2019, 5, 6), r => r with { Outcome = "approved" }, Reviewer);
        await NoticeAsync(file, hearing);
    }

    private Task<RecordCaseStep.Recorded> DecideAsync(
        Guid file,
        DateOnly on,
        bool demolish = true,
        IReadOnlyList<string>? texts = null,
        Actor? by = null
    ) =>
        StepAsync(
            file,
            "decided",
            on,
            r =>
                r with
                {
                    Outcome = "penalty",
                    FineFen = 6_000_000,
                    Demolish = demolish,
                    PenaltyZh = "限期拆除，罚款60000元",
                    Texts = texts ?? Law,
                },
            by ?? Head
        );

    private Task<RecordCaseStep.Recorded> CloseAsync(Guid file, string ground, DateOnly on, string? late = null) =>
        StepAsync(file, "closed", on, r => r with { Ground = ground, NoTransferReasonZh = "毁坏程度未达标准", LateReasonZh = late }, Head);
}
