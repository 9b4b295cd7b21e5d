using Weipian.Flow.Escalation;
using Weipian.Flow.Plan;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>What a seat has to do in escalation and evaluation: decide, accept in time, commit, receive, answer.</summary>
public sealed class EscalationDue(OfficeBooks books, EscalationDesk desk) : IDueSource
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(seat);
        var items = new List<DueItem>();
        if (seat.May(Permission.Escalation))
        {
            var proposals = await desk.ProposalsAsync(seat.Sight, stop);
            var interviews = await desk.InterviewsAsync(seat.Sight, seat.On, stop);
            items.AddRange(
                seat.Role switch
                {
                    PlanRoles.Government => OfGovernment(proposals, interviews),
                    PlanRoles.Town => OfTown(interviews, seat.On),
                    PlanRoles.OfficeHead => await OfOfficeAsync(seat, proposals, interviews, stop),
                    PlanRoles.DistrictReviewer => await OfReviewerAsync(stop),
                    _ => [],
                }
            );
        }
        if (seat.Role == PlanRoles.Discipline)
            items.AddRange(await OfDisciplineAsync(stop));
        return items;
    }

    private IEnumerable<DueItem> OfGovernment(IReadOnlyList<ProposalLine> proposals, IReadOnlyList<InterviewClock> interviews)
    {
        var open = proposals.Count(p => p.Decision is null);
        if (open > 0)
            yield return Line("decide", open, "/escalation#proposals");
        var ready = proposals.Count(p => p.IsToCarryOut);
        if (ready > 0)
            yield return Line("carry-out", ready, "/escalation#proposals");
        foreach (var clock in interviews.Where(i => i.Stage == InterviewStage.Running))
            yield return Of("accept-interview", clock, clock.Interview.AcceptBy);
        foreach (var clock in interviews.Where(i => i.Stage == InterviewStage.Accepted))
            yield return Of("release-interview", clock, null);
    }

    private IEnumerable<DueItem> OfTown(IReadOnlyList<InterviewClock> interviews, DateOnly on)
    {
        foreach (var clock in interviews.Where(i => i.Stage == InterviewStage.Running))
        {
            yield return Of("rectify-interview", clock, clock.Interview.RectifyBy);
            foreach (var commitment in clock.OpenCommitments)
                yield return Of("keep-commitment", clock, commitment.DueOn);
        }
    }

    private async Task<IEnumerable<DueItem>> OfOfficeAsync(
        DueSeat seat,
        IReadOnlyList<ProposalLine> proposals,
        IReadOnlyList<InterviewClock> interviews,
        CancellationToken stop
    )
    {
        var items = new List<DueItem>();
        void Add(string what, int count, string address)
        {
            if (count > 0)
                items.Add(Line(what, count, address));
        }
        var named = proposals
            .SelectMany(p => GroundFiguresJson.Ids(p.Proposal.FiguresJson, "integrity-finding").Append(FindingOf(p.Proposal)))
            .ToHashSet();
        var findings = (await desk.FindingsAsync(seat.Sight, stop)).Where(f => f.FoundOn <= seat.On);
        Add("propose-on-finding", findings.Count(f => !named.Contains(f.Id)), "/escalation#findings");
        Add("propose-accountability", interviews.Count(i => i.IsOverdue && !i.IsEnded), "/escalation#interviews");
        Add("draw", (await desk.SpotChecksAsync(stop)).Count(c => c.Draw is null), "/spot-checks");
        var evaluations = await desk.EvaluationsAsync(stop);
        Add("answer-appeal", evaluations.Sum(e => e.Appeals.Count(a => IsOpen(a, e.Appeals))), "/evaluation#appeals");
        return items;
    }

    private async Task<IEnumerable<DueItem>> OfReviewerAsync(CancellationToken stop)
    {
        var open = (await desk.SpotChecksAsync(stop)).Sum(c => c.Drawn.Count(i => c.Results.All(r => r.SubjectId != i.Id)));
        return open == 0 ? [] : [Line("check-drawn", open, "/spot-checks")];
    }

    private async Task<IEnumerable<DueItem>> OfDisciplineAsync(CancellationToken stop)
    {
        var all = await desk.AccountabilitiesAsync(stop);
        var items = new List<DueItem>();
        if (all.Count(a => !a.IsReceived) is > 0 and var unreceived)
            items.Add(Line("receive-dossier", unreceived, "/accountability"));
        if (all.Count(a => a.IsReceived && !a.HasResult) is > 0 and var open)
            items.Add(Line("record-result", open, "/accountability"));
        return items;
    }

    /// <summary>An appeal that nobody answered.</summary>
    internal static bool IsOpen(EvaluationAppeal appeal, IReadOnlyList<EvaluationAppeal> all) =>
        appeal.AnswersId is null && all.All(a => a.AnswersId != appeal.Id);

    /// <summary>The finding that a proposal rests on; empty for none.</summary>
    private static Guid FindingOf(EscalationProposal proposal) =>
        System.Text.Json.Nodes.JsonNode.Parse(proposal.FiguresJson)?["finding"]?["id"]?.GetValue<string>() is { } id
            ? Guid.Parse(id)
            : Guid.Empty;

    private DueItem Of(string what, InterviewClock clock, DateOnly? due) =>
        new(
            WorkStage.Escalation,
            what,
            Say.T("due." + what),
            1,
            $"/interviews/{clock.Interview.Id}",
            books.UnitName(clock.Interview.Unit),
            due,
            due == clock.Interview.AcceptBy ? OfficeBooks.Name(books.Plan.Threshold("interview-acceptance").Name) : null
        );

    private static DueItem Line(string what, int count, string address) =>
        new(WorkStage.Escalation, what, Say.T("due." + what), count, address);
}
