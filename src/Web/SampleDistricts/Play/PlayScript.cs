using Weipian.Flow.CaseFiles;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Something that is done on a day of the played year.</summary>
internal sealed record PlayTask(DateOnly On, string Zh, string En, Func<Task> DoAsync);

/// <summary>The played year as a list of days: who does what, when.</summary>
/// <remarks>Each task looks at the data first and does what is left of it, so that the year may be resumed anywhere.</remarks>
internal sealed class PlayScript(PlayOffice office, PlayLists lists)
{
    private readonly PlayVerdicts verdicts = new(office);
    private readonly PlayGuards guards = new(office);
    private readonly PlayCases cases = new(office);
    private readonly PlayRectification rectification = new(office);
    private readonly PlayLedger ledger = new(office);
    private readonly PlayEscalation escalation = new(office);
    private readonly PlayPapers papers = new(office);
    private readonly PlayPeople people = new(office);

    /// <summary>Every task in the order of its days.</summary>
    public IReadOnlyList<PlayTask> Tasks() =>
        [
            .. Beginning()
                .Concat(PlayDates.Programmes.SelectMany(Programme))
                .Concat(Reporting())
                .Concat(Escalating())
                .Concat(AfterTheYear())
                .Concat(People())
                .Concat(Comparing())
                .OrderBy(t => t.On),
        ];

    /// <summary>Last of their days: when the work is done.</summary>
    private IEnumerable<PlayTask> Comparing() =>
        office.Truth.Days.Select(day => new PlayTask(day.On, "核对各席位待办", "the lists of all seats", () => lists.CompareAsync(day)));

    private IEnumerable<PlayTask> People()
    {
        var first = PlayDates.First;
        yield return new(first, "任职、第二因素、外业设备", "posts, a second factor, a device", PeopleAsync);
        yield return new(new(2019, 9, 2), "任职变动", "a membership ends", () => people.UnseatAsync(new(2019, 8, 31)));
        yield return new(new(2019, 12, 20), "领导小组调整", "the group is adjusted", () => people.AdjustGroupAsync(new(2019, 12, 20)));
        yield return new(new(2019, 12, 23), "设备交回、密钥更换", "a device is handed in, keys are changed", people.EndAsync);
    }

    private async Task PeopleAsync()
    {
        await people.SeatAsync(PlayDates.First);
        await people.SecondFactorAsync();
        await people.EnrolDeviceAsync();
    }

    private IEnumerable<PlayTask> Beginning()
    {
        var first = PlayDates.First;
        yield return new(first, "部署、培训、经费", "start, training, funds", () => StartAsync(first));
        yield return new(first, "训练场", "practice on the training ground", guards.PractiseAsync);
        yield return new(first, "质量把关", "guards of verdicts", guards.SetAsync);
        yield return new(new(2019, 10, 29), "暗检", "known cases are read", guards.ReadKnownAsync);
        yield return new(first, "分派责任单位", "units that the plan leaves open are assigned", verdicts.AssignUnitsAsync);
        yield return new(first, "历史遗留清单", "list of the backlog", cases.TakeBacklogAsync);
        yield return new(new(2019, 5, 2), "备份演练", "a backup is made and tried", papers.DrillAsync);
        yield return new(new(2019, 5, 3), "历史遗留整改", "the backlog is ordered", () => OrderBacklogAsync(new(2019, 5, 3)));
        yield return new(
            PlayDates.BacklogAccepted,
            "历史遗留验收",
            "the backlog is accepted",
            () => rectification.RemoveBacklogAsync(new(2019, 5, 27), PlayDates.BacklogAccepted)
        );
    }

    private async Task StartAsync(DateOnly on)
    {
        await papers.KeepAsync(PlayOffice.Officer, "training", on, "卫片执法业务培训", null);
        await papers.KeepAsync(PlayOffice.Head, "meeting", on, "工作部署会", null);
        await papers.NotifyAsync(PlayOffice.Head, "各成员单位按工作方案抓好落实，5月8日前完成图斑核实和数据填报");
        await papers.KeepAsync(PlayOffice.Finance, "budget", on, "卫片执法经费", 20_000_000);
    }

    private async Task OrderBacklogAsync(DateOnly on)
    {
        foreach (var violation in await rectification.BacklogAsync())
            await cases.WithoutCaseOnceAsync(violation.Id, "historic-recovered", on, "历史遗留，责令限期整改");
        await cases.SignAsync(on);
        await rectification.OrderBacklogAsync(on, new(2019, 5, 31));
    }

    private IEnumerable<PlayTask> Programme(ProgrammeDays days)
    {
        var id = days.Programme;
        yield return new(days.Assigned, $"分派核查 {id}", $"visits of {id} assigned", () => verdicts.AssignAsync(id, days.Decided));
        yield return new(days.Decided, $"判定 {id}", $"verdicts of {id}", () => DecideAsync(days));
        yield return new(days.Confirmed, $"审核 {id}", $"second signatures of {id}", () => ConfirmAsync(days));
        yield return new(days.Formed, $"立卷 {id}", $"violations of {id}", () => cases.FormAsync(days));
        yield return new(days.Opened, $"制止、立案、移送 {id}", $"stopped, filed, transferred {id}", () => OpenAsync(days));
        yield return new(days.Signed, $"签批 {id}", $"signed {id}", () => SignAsync(days));
        yield return new(days.Investigated, $"调查 {id}", $"investigated {id}", () => InvestigateAsync(days));
        yield return new(days.Reviewed, $"法制审核 {id}", $"law checked {id}", () => ReviewAsync(days));
        yield return new(days.Noticed, $"告知 {id}", $"notices of {id}", () => NoticeAsync(days));
        yield return new(days.Penalised, $"处罚决定 {id}", $"decisions of {id}", () => PenaliseAsync(days));
        yield return new(days.Served, $"送达、责令整改 {id}", $"served, measures ordered {id}", () => ServeAsync(days));
        yield return new(days.Paid, $"缴款、没收移交 {id}", $"paid, handed over {id}", () => PayAsync(days));
        yield return new(days.Paid.AddDays(10), $"延期缴款 {id}", $"paid later with leave {id}", () => PayPostponedAsync(days));
        foreach (var task in Contested(days))
            yield return task;
        yield return new(days.Reported, $"整改报告 {id}", $"reports of the towns {id}", () => rectification.ReportAsync(days, late: false));
        yield return new(days.Accepted, $"实地验收 {id}", $"accepted on site {id}", () => rectification.AcceptAsync(days, late: false));
        yield return new(days.Closed, $"结案 {id}", $"cases closed {id}", () => CloseAsync(days, late: false, days.Closed));
        yield return new(days.Served.AddDays(25), $"催告 {id}", $"demand letters of {id}", () => DemandAsync(days));
        yield return new(days.Served.AddDays(45), $"申请强制执行 {id}", $"the court is asked {id}", () => CourtAsync(days));
        yield return new(days.LateReported, $"逾期整改报告 {id}", $"late reports {id}", () => rectification.ReportAsync(days, late: true));
        yield return new(
            days.LateAccepted,
            $"逾期整改验收 {id}",
            $"late acceptances {id}",
            () => rectification.AcceptAsync(days, late: true)
        );
        yield return new(days.LateClosed, $"逾期结案、销号 {id}", $"late closings {id}", () => CloseLateAsync(days));
    }

    private async Task DecideAsync(ProgrammeDays days)
    {
        await verdicts.SplitAsync(days.Programme);
        await verdicts.DecideAsync(days.Programme);
    }

    private async Task SignAsync(ProgrammeDays days)
    {
        await cases.SignAsync(days.Signed);
        await OnceAsync(
            days,
            YearCourse.Paused,
            PlayOffice.Officer,
            CaseStepKind.Paused,
            days.Signed,
            _ => new() { ["cause"] = "appraisal" }
        );
    }

    /// <summary>A step of the one case on which something out of the ordinary is played.</summary>
    private Task OnceAsync(
        ProgrammeDays days,
        string course,
        string login,
        string kind,
        DateOnly on,
        Func<PlayedViolation, Dictionary<string, object?>> request
    ) => cases.StepAsync(days.Programme, login, kind, on, v => office.Truth.Is(course, v.Patch), request);

    /// <summary>A decision that is reconsidered and contested; both times it stands.</summary>
    private IEnumerable<PlayTask> Contested(ProgrammeDays days)
    {
        (string Kind, int After, string? Outcome)[] steps =
        [
            (CaseStepKind.ReviewApplied, 5, null),
            (CaseStepKind.ReviewDecided, 15, "upheld"),
            (CaseStepKind.SuitFiled, 20, null),
            (CaseStepKind.SuitDecided, 24, "upheld"),
        ];
        foreach (var (kind, after, outcome) in steps)
        {
            var on = days.Served.AddDays(after);
            yield return new(
                on,
                $"复议诉讼 {days.Programme}",
                $"{kind} {days.Programme}",
                () =>
                    OnceAsync(
                        days,
                        YearCourse.Contested,
                        PlayOffice.Officer,
                        kind,
                        on,
                        _ => new() { ["outcome"] = outcome, ["noteZh"] = "当事人不服处罚决定" }
                    )
            );
        }
    }

    private async Task ConfirmAsync(ProgrammeDays days)
    {
        await verdicts.ConfirmAsync(days.Programme);
        await verdicts.VisitAgainAsync(days.Programme, days.Confirmed);
    }

    private async Task OpenAsync(ProgrammeDays days)
    {
        await cases.StopAsync(days);
        await cases.OpenAsync(days);
        await cases.TellDepartmentAsync(days);
        await papers.AskPermitAsync();
    }

    private async Task InvestigateAsync(ProgrammeDays days)
    {
        await OnceAsync(days, YearCourse.Paused, PlayOffice.Officer, CaseStepKind.Resumed, days.Investigated, _ => []);
        await OnceAsync(
            days,
            YearCourse.Paused,
            PlayOffice.Head,
            CaseStepKind.Extended,
            days.Investigated,
            _ => new() { ["rule"] = "zibo", ["noteZh"] = "鉴定占用时间，案情复杂" }
        );
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Officer,
            CaseStepKind.Investigated,
            days.Investigated,
            _ => true,
            v => new() { ["noteZh"] = $"{v.Row.NameZh}属实" }
        );
        await cases.ReplyAsync(days.Investigated);
        await cases.AnswerTransfersAsync(days.Programme, days.Investigated, "received");
    }

    private async Task ReviewAsync(ProgrammeDays days)
    {
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Reviewer,
            CaseStepKind.Reviewed,
            days.Reviewed,
            _ => true,
            _ => new() { ["outcome"] = "approved", ["noteZh"] = "事实清楚，程序合法" }
        );
        await cases.SuspectCrimeAsync(days);
    }

    private async Task NoticeAsync(ProgrammeDays days)
    {
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Officer,
            CaseStepKind.NoticeServed,
            days.Noticed,
            _ => true,
            v =>
                new()
                {
                    ["penaltyZh"] = PenaltyZh(v),
                    ["hearing"] = office.Truth.Is(YearCourse.Hearing, v.Patch),
                    ["texts"] = PlayCases.LawTexts,
                }
        );
        await OnceAsync(
            days,
            YearCourse.Hearing,
            PlayOffice.Officer,
            CaseStepKind.HearingRequested,
            days.Noticed,
            _ => new() { ["noteZh"] = "当事人书面要求听证" }
        );
        await cases.AnswerPoliceAsync(days.Programme, days.Noticed, "received");
        await cases.AnswerTransfersAsync(days.Programme, days.Noticed, "replied");
    }

    private async Task PenaliseAsync(ProgrammeDays days)
    {
        await OnceAsync(
            days,
            YearCourse.Hearing,
            PlayOffice.Officer,
            CaseStepKind.HearingHeld,
            days.Penalised.AddDays(-1),
            _ => new() { ["notifiedOn"] = PlayOffice.Day(days.Noticed), ["noteZh"] = "听证会已举行，当事人未提出新证据" }
        );
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Head,
            CaseStepKind.Decided,
            days.Penalised,
            _ => true,
            v =>
                new()
                {
                    ["outcome"] = "penalty",
                    ["penaltyZh"] = PenaltyZh(v),
                    ["fineFen"] = FineFen(v),
                    ["demolish"] = v.Truth.Fate is ViolationFate.Demolished or ViolationFate.Court,
                    ["confiscate"] = v.Truth.Fate == ViolationFate.Confiscated,
                    ["texts"] = PlayCases.EvidenceTexts,
                }
        );
        await cases.AnswerTransfersAsync(days.Programme, days.Penalised, "done");
    }

    private async Task ServeAsync(ProgrammeDays days)
    {
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Officer,
            CaseStepKind.DecisionServed,
            days.Served,
            _ => true,
            _ => new() { ["noteZh"] = "直接送达" }
        );
        await OnceAsync(
            days,
            YearCourse.Postponed,
            PlayOffice.Head,
            CaseStepKind.PaymentPostponed,
            days.Served,
            _ => new() { ["until"] = PlayOffice.Day(days.Paid.AddDays(20)), ["noteZh"] = "当事人经济困难，准予延期缴纳" }
        );
        await rectification.OrderAsync(days);
    }

    private async Task PayAsync(ProgrammeDays days)
    {
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Officer,
            CaseStepKind.Paid,
            days.Paid,
            v => IsFined(v) && !office.Truth.Is(YearCourse.Postponed, v.Patch),
            v => new() { ["amountFen"] = FineFen(v) }
        );
        await rectification.HandOverAsync(days);
    }

    private Task PayPostponedAsync(ProgrammeDays days) =>
        OnceAsync(
            days,
            YearCourse.Postponed,
            PlayOffice.Officer,
            CaseStepKind.Paid,
            days.Paid.AddDays(10),
            v => new() { ["amountFen"] = FineFen(v) }
        );

    /// <summary>A case is over when its decision is performed: the fine paid, or the ground cleared.</summary>
    private async Task CloseAsync(ProgrammeDays days, bool late, DateOnly on)
    {
        bool IsOver(PlayedViolation v) =>
            v.Truth.Fate != ViolationFate.Court && (IsFined(v) ? !late : v.Truth.RemovedOn is { } removed && removed <= on);
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Officer,
            CaseStepKind.Executed,
            on,
            IsOver,
            _ => new() { ["noteZh"] = "处罚决定执行完毕" }
        );
        await cases.StepAsync(days.Programme, PlayOffice.Head, CaseStepKind.Closed, on, IsOver, _ => Closing("executed"));
    }

    private async Task CloseLateAsync(ProgrammeDays days)
    {
        await CloseAsync(days, late: true, days.LateClosed);
        await ledger.CloseRemovedAsync(days.LateClosed);
    }

    private Task DemandAsync(ProgrammeDays days) =>
        cases.StepAsync(
            days.Programme,
            PlayOffice.Officer,
            CaseStepKind.DemandServed,
            days.Served.AddDays(25),
            v => v.Truth.Fate == ViolationFate.Court,
            _ => []
        );

    private async Task CourtAsync(ProgrammeDays days)
    {
        var on = days.Served.AddDays(45);
        static bool IsForCourt(PlayedViolation v) => v.Truth.Fate == ViolationFate.Court;
        await cases.StepAsync(days.Programme, PlayOffice.Head, CaseStepKind.CourtApplied, on, IsForCourt, _ => []);
        await cases.StepAsync(
            days.Programme,
            PlayOffice.Officer,
            CaseStepKind.CourtAccepted,
            on,
            IsForCourt,
            _ => new() { ["noteZh"] = "法院已受理" }
        );
        await OnceAsync(
            days,
            YearCourse.Contested,
            PlayOffice.Officer,
            CaseStepKind.CourtRuled,
            on,
            _ => new() { ["outcome"] = "granted", ["noteZh"] = "裁定准予强制执行" }
        );
        await cases.StepAsync(days.Programme, PlayOffice.Head, CaseStepKind.Closed, on, IsForCourt, _ => Closing("court-applied"));
    }

    private IEnumerable<PlayTask> Reporting()
    {
        yield return new(
            PlayDates.AnnualAccepted,
            "区级验收",
            "the programme is accepted",
            () => rectification.AcceptProgrammeAsync(PlayDates.Annual, PlayDates.AnnualAccepted)
        );
        foreach (var sent in office.Truth.Submissions)
            yield return Sent(sent);
        yield return new(new(2019, 6, 17), "挂账 2018", "ledger of 2018", () => ledger.EnterAsync(PlayDates.Annual));
        yield return new(new(2019, 5, 24), "市级校核结果", "answers of the city", () => papers.ReceiveAsync(PlayDates.Annual));
        yield return new(new(2019, 7, 9), "固化数据", "figures frozen", () => papers.FreezeAsync("2019-q1", new(2019, 7, 9)));
    }

    private PlayTask Sent(TrueSubmission sent) =>
        new(sent.SentOn, $"报送 {sent.CalendarId}", $"sent {sent.CalendarId}", () => papers.SendAsync(sent));

    private IEnumerable<PlayTask> Escalating()
    {
        DateOnly held = new(2019, 9, 25);
        DateOnly judged = new(2019, 10, 20);
        yield return new(new(2019, 5, 16), "挂牌督办", "listed supervision", () => SuperviseAsync(new(2019, 5, 16)));
        foreach (var (on, programmes) in PlayDates.Evaluations)
            yield return new(on, "评价", "towns evaluated", () => escalation.EvaluateAsync(string.Join('+', programmes)));
        yield return new(new(2019, 9, 17), "弄虚作假认定", "integrity finding", () => escalation.FindAsync(new(2019, 9, 17)));
        yield return new(new(2019, 9, 18), "约谈建议", "interviews proposed", escalation.ProposeAsync);
        yield return new(new(2019, 9, 20), "区政府决定", "the government decides", () => escalation.DecideAsync(new(2019, 9, 20)));
        yield return new(new(2019, 7, 18), "评价申诉", "a town appeals", () => escalation.AppealAsync("2019-q1+2019-q2"));
        yield return new(new(2019, 7, 22), "申诉答复", "the appeal is answered", escalation.AnswerAppealsAsync);
        yield return new(new(2019, 6, 14), "挂牌督办解除", "supervision lifted", () => LiftAsync(new(2019, 6, 14)));
        yield return new(held, "警示约谈", "warning interviews", () => escalation.HoldAsync(held, new(2019, 10, 18)));
        yield return new(new(2019, 9, 27), "整改承诺", "commitments", () => escalation.PromiseAsync(new(2019, 9, 27), new(2019, 10, 18)));
        yield return new(new(2019, 10, 14), "随机抽查公告", "spot check announced", () => escalation.CommitCheckAsync(PlayDates.Annual));
        yield return new(new(2019, 10, 15), "抽取", "spot check drawn", escalation.DrawCheckAsync);
        yield return new(new(2019, 10, 17), "抽查结果", "spot check results", () => escalation.CheckAsync(new(2019, 10, 17)));
        yield return new(new(2019, 10, 18), "兑现承诺", "commitments kept", () => escalation.KeepAsync(new(2019, 10, 18)));
        yield return new(judged, "约谈验收", "accepted after the interview", () => escalation.JudgeAsync(judged));
        yield return new(new(2019, 10, 22), "问责建议", "accountability proposed", escalation.ProposeDisciplineAsync);
        yield return new(new(2019, 10, 24), "区政府决定", "the government decides", () => escalation.DecideAsync(new(2019, 10, 24)));
        yield return new(
            new(2019, 10, 25),
            "移送纪检监察",
            "handed to discipline",
            () => escalation.HandToDisciplineAsync(new(2019, 10, 25))
        );
        yield return new(new(2019, 10, 28), "纪检签收", "received", () => escalation.AccountAsync("received", new(2019, 10, 28), null));
    }

    private async Task SuperviseAsync(DateOnly on)
    {
        await escalation.ListAsync(on, on.AddDays(30));
        await escalation.SuperviseAsync(PlayOffice.Government, "approved", on);
        await escalation.SuperviseAsync(PlayOffice.Head, "published", on, note: "限期查处到位，每周报告进展");
    }

    /// <summary>The department that was given a task reports it done; on the result the government lifts the supervision.</summary>
    private async Task LiftAsync(DateOnly on)
    {
        await escalation.SuperviseAsync(PlayOffice.Head, "task-given", on, "housing-bureau");
        await escalation.SuperviseAsync("dept-housing", "task-done", on);
        await escalation.SuperviseAsync(PlayOffice.Officer, "result", on);
        await escalation.SuperviseAsync(PlayOffice.Government, "lifted", on);
    }

    private IEnumerable<PlayTask> AfterTheYear()
    {
        yield return new(PlayDates.Reopened, "复发挂账", "built on again, on the ledger again", ledger.ReopenAsync);
        yield return new(new(2019, 12, 2), "信用告知", "credit notice", () => ledger.CreditAsync(new(2019, 12, 2), new(2019, 12, 23)));
        yield return new(new(2019, 12, 23), "信用签署", "credit signed", () => ledger.SignCreditAsync(new(2019, 12, 23)));
        yield return new(new(2020, 1, 2), "挂账 2019", "ledger of 2019", () => ledger.EnterAsync("2019-cut-off"));
        yield return new(new(2020, 1, 6), "扣减测算", "deduction sheet", () => ledger.DeductAsync(2019));
        yield return new(new(2020, 1, 8), "变更调查衔接", "survey links", LinkAsync);
        yield return new(
            new(2020, 2, 10),
            "问责结果",
            "result",
            () => escalation.AccountAsync("result", new(2020, 2, 10), "admin-warning")
        );
        yield return new(
            PlayDates.CityRound,
            "市级验收",
            "round of the city",
            () => ledger.CityAsync(2019, new(2020, 6, 1), PlayDates.CityRound)
        );
    }

    private async Task LinkAsync()
    {
        foreach (var year in new[] { 2018, 2019 })
            await ledger.LinkSurveyAsync(year);
    }

    private static bool IsFined(PlayedViolation violation) => FineFen(violation) > 0;

    private static long FineFen(PlayedViolation violation) =>
        violation.Truth.Fate is ViolationFate.Confiscated or ViolationFate.Formalities or ViolationFate.Records ? 3_000_000 : 0;

    private static string PenaltyZh(PlayedViolation violation) =>
        violation.Truth.Fate switch
        {
            ViolationFate.Demolished or ViolationFate.Court => "责令限期拆除，恢复土地原状",
            ViolationFate.Confiscated => "没收地上建筑物，并处罚款30000元",
            _ => "罚款30000元",
        };

    private static Dictionary<string, object?> Closing(string ground) =>
        new()
        {
            ["ground"] = ground,
            ["noteZh"] = "处理到位",
            ["noTransferReasonZh"] = "未达到追诉标准，或毁坏程度未达标准",
            ["lateReasonZh"] = "案情复杂，执行延误",
        };
}
