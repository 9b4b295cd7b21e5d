using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Escalation;
using Weipian.Flow.Rectification;
using Weipian.Law;
using Weipian.Sample.Year;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>Supervision, spot checks, findings, interviews with their thirty days, hand-over to discipline
/// inspection, and the evaluation of
/// the towns.</summary>
internal sealed class PlayEscalation(PlayOffice office)
{
    private const string Talk = "warning-interview";
    private const string Circular = "public-circular";
    private const string Discipline = "discipline-transfer";

    /// <summary>One case is put on the list, from its proposal to its end.</summary>
    public async Task ListAsync(DateOnly on, DateOnly due)
    {
        await using var db = office.Read();
        if (
            await db.Supervisions.AnyAsync(office.Stop)
            || (await office.ViolationsAsync(PlayDates.Annual)).FirstOrDefault(v => v.Truth.IsCase) is not { } violation
        )
            return;
        await office.DoAsync(
            PlayOffice.Head,
            "raise-supervision",
            new
            {
                kind = "listed-supervision",
                violationId = violation.Id,
                groundId = "supervision-and-publicity",
                reasonZh = "典型违法案件",
                raisedOn = PlayOffice.Day(on),
                dueOn = PlayOffice.Day(due),
                reason = "挂牌督办",
            }
        );
    }

    /// <summary>The steps of every supervision that is not that far.</summary>
    public async Task SuperviseAsync(string login, string kind, DateOnly on, string? body = null, string note = "已办理")
    {
        await using var db = office.Read();
        var waiting = await db
            .Supervisions.Where(s =>
                s.Kind == "listed-supervision" && !db.SupervisionSteps.Any(x => x.SupervisionId == s.Id && x.Kind == kind)
            )
            .Select(s => s.Id)
            .ToListAsync(office.Stop);
        foreach (var supervision in waiting)
            await office.DoAsync(
                login,
                "record-supervision-step",
                new
                {
                    supervisionId = supervision,
                    kind,
                    on = PlayOffice.Day(on),
                    body,
                    noteZh = note,
                    reason = "挂牌督办",
                }
            );
    }

    public async Task CommitCheckAsync(string programme)
    {
        await using var db = office.Read();
        if (await db.SpotChecks.AnyAsync(office.Stop))
            return;
        var balances = await ViolationBalances.OfAsync(
            db,
            db.Violations.Where(v => v.ProgrammeId == programme),
            office.Books.Today,
            office.Stop
        );
        if (balances.Any(b => b.IsRemoved))
            await office.DoAsync(
                PlayOffice.Head,
                "commit-spot-check",
                new
                {
                    programmeId = programme,
                    of = "removed-violations",
                    countToDraw = 1,
                    reason = "随机抽查",
                }
            );
    }

    public async Task DrawCheckAsync()
    {
        await using var db = office.Read();
        foreach (
            var check in await db
                .SpotChecks.Where(c => !db.SpotCheckDraws.Any(d => d.SpotCheckId == c.Id))
                .Select(c => c.Id)
                .ToListAsync(office.Stop)
        )
            await office.DoAsync(PlayOffice.Head, "draw-spot-check", new { spotCheckId = check, reason = "公开抽取" });
    }

    public async Task CheckAsync(DateOnly on)
    {
        await using var db = office.Read();
        var done = await db.SpotCheckResults.Select(r => r.SubjectId).ToHashSetAsync(office.Stop);
        foreach (var draw in await db.SpotCheckDraws.ToListAsync(office.Stop))
        foreach (var subject in System.Text.Json.JsonSerializer.Deserialize<Guid[]>(draw.DrawnJson)!.Where(s => !done.Contains(s)))
            await office.DoAsync(
                PlayOffice.Reviewer,
                "record-spot-check-result",
                new
                {
                    drawId = draw.Id,
                    subjectId = subject,
                    checkedOn = PlayOffice.Day(on),
                    outcome = "true",
                    noteZh = "现场与上报一致",
                    reason = "抽查结果",
                }
            );
    }

    /// <summary>A removal that was reported and is not there is a finding against the unit that reported it.</summary>
    public async Task FindAsync(DateOnly on)
    {
        await using var db = office.Read();
        if (await db.IntegrityFindings.AnyAsync(office.Stop))
            return;
        var refused = await (
            from acceptance in db.MeasureAcceptances
            join measure in db.Measures on acceptance.MeasureId equals measure.Id
            join violation in db.Violations on measure.ViolationId equals violation.Id
            where acceptance.Outcome == "refused"
            orderby violation.Number
            select new
            {
                acceptance.Id,
                violation.Unit,
                violation.Number,
            }
        ).ToListAsync(office.Stop);
        foreach (var found in refused.DistinctBy(r => r.Unit))
            await office.DoAsync(
                PlayOffice.Reviewer,
                "record-integrity-finding",
                new
                {
                    unit = found.Unit,
                    violationNumber = found.Number,
                    kind = "falsified",
                    foundIn = "site-acceptance",
                    foundInId = found.Id,
                    foundOn = PlayOffice.Day(on),
                    factsZh = "上报已拆除，实地验收建筑仍在",
                    reason = "弄虚作假认定",
                }
            );
    }

    public async Task ProposeAsync()
    {
        foreach (var interview in office.Truth.Interviews)
        {
            await ProposeOneAsync(interview.Unit, interview.Ground, Talk);
            if (!interview.Released)
                await ProposeOneAsync(interview.Unit, "supervision-and-publicity", Circular);
        }
    }

    public async Task ProposeDisciplineAsync()
    {
        foreach (var interview in office.Truth.Interviews.Where(i => !i.Released))
            await ProposeOneAsync(interview.Unit, "accountability-after-deadline", Discipline);
    }

    /// <summary>The government signs what waits for it on a day, and not what is proposed after it.</summary>
    public async Task DecideAsync(DateOnly on)
    {
        await using var db = office.Read();
        var waiting = await db
            .EscalationProposals.Where(p => !db.GovernmentDecisions.Any(d => d.ProposalId == p.Id))
            .OrderBy(p => p.At)
            .Select(p => new { p.Id, p.At })
            .ToListAsync(office.Stop);
        foreach (var proposal in waiting.Where(p => ChinaTime.DayOf(DateTime.SpecifyKind(p.At, DateTimeKind.Utc)) <= on).Select(p => p.Id))
            await office.DoAsync(
                PlayOffice.Government,
                "decide-escalation",
                new
                {
                    proposalId = proposal,
                    outcome = "approved",
                    reason = "同意",
                }
            );
    }

    public async Task HoldAsync(DateOnly on, DateOnly rectifyBy)
    {
        await using var db = office.Read();
        var held = await db.Interviews.Select(i => i.ProposalId).ToHashSetAsync(office.Stop);
        foreach (var proposal in await db.EscalationProposals.Where(p => p.Measure == Talk).OrderBy(p => p.At).ToListAsync(office.Stop))
            if (!held.Contains(proposal.Id))
                await office.DoAsync(
                    PlayOffice.Government,
                    "start-interview",
                    new
                    {
                        proposalId = proposal.Id,
                        startedOn = PlayOffice.Day(on),
                        rectifyBy = PlayOffice.Day(rectifyBy),
                        posts = new[] { PostOf(proposal.Unit) },
                        place = "区政府",
                        chair = "district-head",
                        demandsZh = "限期整改到位",
                        reason = "警示约谈",
                    }
                );
        if (await office.HasOccurredAsync("circulate-unit"))
            return;
        foreach (var proposal in await db.EscalationProposals.Where(p => p.Measure == Circular).Select(p => p.Id).ToListAsync(office.Stop))
            await office.DoAsync(
                PlayOffice.Government,
                "circulate-unit",
                new
                {
                    proposalId = proposal,
                    publishedOn = PlayOffice.Day(on),
                    demandsZh = "举一反三，限期整改",
                    publicationZh = "区政府网站",
                    reason = "公开通报",
                }
            );
    }

    /// <summary>The town promises, and who is to be released keeps it.</summary>
    public async Task PromiseAsync(DateOnly on, DateOnly due)
    {
        foreach (var interview in await OfAsync(released: null, InterviewStepKind.Committed))
            await StepAsync(interview, PlayOffice.TownOf(interview.Unit), InterviewStepKind.Committed, on, due, null);
    }

    public async Task KeepAsync(DateOnly on)
    {
        foreach (var interview in await OfAsync(released: true, InterviewStepKind.Fulfilled))
        {
            await using var db = office.Read();
            var promise = await db.InterviewSteps.FirstAsync(
                s => s.InterviewId == interview.Id && s.Kind == InterviewStepKind.Committed,
                office.Stop
            );
            await StepAsync(interview, PlayOffice.TownOf(interview.Unit), InterviewStepKind.Fulfilled, on, null, promise.Id);
        }
    }

    /// <summary>Within thirty days the government accepts, or does not.</summary>
    public async Task JudgeAsync(DateOnly on)
    {
        foreach (var interview in await OfAsync(released: true, InterviewStepKind.Accepted))
            await StepAsync(interview, PlayOffice.Government, InterviewStepKind.Accepted, on, null, null);
        foreach (var interview in await OfAsync(released: true, InterviewStepKind.Released))
            await StepAsync(interview, PlayOffice.Government, InterviewStepKind.Released, on, null, null);
        foreach (var interview in await OfAsync(released: false, InterviewStepKind.NotAccepted))
            await StepAsync(interview, PlayOffice.Government, InterviewStepKind.NotAccepted, on, null, null);
    }

    public async Task HandToDisciplineAsync(DateOnly on)
    {
        await using var db = office.Read();
        var handed = await db.Accountabilities.Select(a => a.ProposalId).ToHashSetAsync(office.Stop);
        foreach (var proposal in await db.EscalationProposals.Where(p => p.Measure == Discipline).ToListAsync(office.Stop))
            if (!handed.Contains(proposal.Id))
                await office.DoAsync(
                    PlayOffice.Government,
                    "hand-to-discipline",
                    new
                    {
                        proposalId = proposal.Id,
                        interviewId = await db.Interviews.Where(i => i.Unit == proposal.Unit).Select(i => i.Id).FirstAsync(office.Stop),
                        posts = new[] { PostOf(proposal.Unit) },
                        handedOverOn = PlayOffice.Day(on),
                        suggestionZh = "建议依规问责",
                        reason = "移送纪检监察",
                    }
                );
    }

    public async Task AccountAsync(string kind, DateOnly on, string? sanction)
    {
        await using var db = office.Read();
        var waiting = await db
            .Accountabilities.Where(a => !db.AccountabilitySteps.Any(s => s.AccountabilityId == a.Id && s.Kind == kind))
            .Select(a => a.Id)
            .ToListAsync(office.Stop);
        foreach (var matter in waiting)
            await office.DoAsync(
                "discipline",
                "record-accountability-step",
                new
                {
                    accountabilityId = matter,
                    kind,
                    on = PlayOffice.Day(on),
                    sanctionCode = sanction,
                    noteZh = kind == "received" ? "材料齐全" : "已作出处理",
                    reason = "问责",
                }
            );
    }

    /// <summary>The towns are evaluated; one appeals and is answered.</summary>
    public async Task EvaluateAsync(string period)
    {
        await using var db = office.Read();
        if (!await db.Evaluations.AnyAsync(e => e.Period == period, office.Stop))
            await office.DoAsync(
                PlayOffice.Head,
                "evaluate-towns",
                new
                {
                    period,
                    opinionZh = "总体正常",
                    reason = "日常执法评价",
                }
            );
    }

    /// <summary>One town objects to one of its figures.</summary>
    public async Task AppealAsync(string period)
    {
        await using var db = office.Read();
        var evaluation = await db.Evaluations.FirstOrDefaultAsync(e => e.Period == period, office.Stop);
        if (evaluation is null || await db.EvaluationAppeals.AnyAsync(office.Stop))
            return;
        await office.DoAsync(
            PlayOffice.TownOf(office.Truth.Tempers.Keys.First()),
            "appeal-evaluation",
            new
            {
                evaluationId = evaluation.Id,
                indicatorId = "filing-rate",
                reason = "有两宗尚在法定期限内",
            }
        );
    }

    public async Task AnswerAppealsAsync()
    {
        await using var db = office.Read();
        var open = await db
            .EvaluationAppeals.Where(a => a.AnswersId == null && !db.EvaluationAppeals.Any(b => b.AnswersId == a.Id))
            .Select(a => a.Id)
            .ToListAsync(office.Stop);
        foreach (var appeal in open)
            await office.DoAsync(
                PlayOffice.Head,
                "answer-appeal",
                new
                {
                    appealId = appeal,
                    outcome = "rejected",
                    reason = "口径以快照为准",
                }
            );
    }

    private static readonly string[] Signed = [InterviewStepKind.Committed, InterviewStepKind.Fulfilled];

    private async Task<List<Interview>> OfAsync(bool? released, string without)
    {
        await using var db = office.Read();
        var units = office.Truth.Interviews.Where(i => released is null || i.Released == released).Select(i => i.Unit).ToList();
        return await db
            .Interviews.Where(i => units.Contains(i.Unit) && !db.InterviewSteps.Any(s => s.InterviewId == i.Id && s.Kind == without))
            .OrderBy(i => i.At)
            .ToListAsync(office.Stop);
    }

    private Task StepAsync(Interview interview, string login, string kind, DateOnly on, DateOnly? due, Guid? commitment) =>
        office.DoAsync(
            login,
            "record-interview-step",
            new
            {
                interviewId = interview.Id,
                kind,
                on = PlayOffice.Day(on),
                dueOn = due is { } day ? PlayOffice.Day(day) : null,
                commitmentId = commitment,
                noteZh = Signed.Contains(kind) ? "整改方案和落实情况" : "验收情况",
                reason = "约谈整改",
            }
        );

    private async Task ProposeOneAsync(string unit, string ground, string measure)
    {
        await using var db = office.Read();
        if (await db.EscalationProposals.AnyAsync(p => p.Unit == unit && p.GroundId == ground && p.Measure == measure, office.Stop))
            return;
        await office.DoAsync(
            PlayOffice.Head,
            "propose-escalation",
            new
            {
                unit,
                groundId = ground,
                measure,
                seriousZh = "方案未定数值，由提出人说明：整改不力，影响恶劣",
                reason = "督导问责建议",
            }
        );
    }

    private string PostOf(string unit) => office.Books.Plan.Units.FindResponsible(unit)!.Post!;
}
