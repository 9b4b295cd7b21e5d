using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>The government hands a matter to discipline inspection (移送纪检监察) with a dossier: persons by post, timeline, sealed list of
/// evidence (R43).</summary>
/// <remarks>After an interview that was not accepted in time; without one only where the plan's line of integrity is met, or where the
/// approved proposal itself was for accountability on that ground.</remarks>
public static class HandToDiscipline
{
    public const string Act = "hand-to-discipline";

    private static readonly string[] Measures = ["accountability", "discipline-transfer"];

    /// <param name="InterviewId">The interview that came before; empty when it starts without one.</param>
    /// <param name="Posts">Principal leaders and other responsible leading persons, by post.</param>
    /// <param name="SuggestionZh">What is proposed.</param>
    public sealed record Request(
        Guid ProposalId,
        Guid? InterviewId,
        IReadOnlyList<string> Posts,
        DateOnly HandedOverOn,
        string SuggestionZh,
        string Reason
    );

    public sealed record HandedOver(Guid Id, string DossierSha256, string Document);

    /// <summary>Pure: approved, once, and after an interview that failed unless it may start at once.</summary>
    public static GovernmentDecision Decide(
        Request request,
        EscalationProposal proposal,
        GovernmentDecision? decision,
        InterviewClock? interview,
        Accountability? earlier,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(proposal);
        var approved = ApprovedProposal.Require(proposal, decision, "移送纪检监察", "hand over", Measures);
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("移送", "The hand-over", earlier.By, earlier.At);
        if (interview is null)
        {
            if (!proposal.Immediate && proposal.GroundId != GroundIds.Integrity)
                throw OutOfOrder("该情形须先约谈，验收期满仍未通过", "this ground needs an interview whose rectification was not accepted");
        }
        else if (interview.Interview.Unit != proposal.Unit)
            throw Problem.Chain.BadValue("InterviewId", $"{request.InterviewId}", "该单位的约谈", "an interview of that unit");
        else if (interview.IsEnded)
            throw OutOfOrder("该约谈已经解除或移送", "the interview was released or handed over");
        else if (!interview.IsOverdue)
            throw OutOfOrder("验收期未满，且整改未被认定为不通过", "the period of acceptance runs and nothing was refused");
        if (request.HandedOverOn > today)
            throw Problem.Chain.InFuture("移送日期", "The day of the hand-over", request.HandedOverOn, today);
        if (request.HandedOverOn < approved.On)
            throw Problem.Chain.BeforeCause(
                "移送日期",
                "The day of the hand-over",
                request.HandedOverOn,
                "决定日期",
                "the decision",
                approved.On
            );
        if (string.IsNullOrWhiteSpace(request.SuggestionZh))
            throw Problem.Chain.BadValue("SuggestionZh", "", "问责建议", "what is proposed");
        return approved;
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>escalation.no-such-measure</c></exception>
    public static Task<HandedOver> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DocumentBook documents,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(documents);
        return store.ActAsync(
            actor,
            Act,
            request.ProposalId.ToString(),
            request.Reason,
            act => WriteAsync(act, request, documents, stop),
            stop
        );
    }

    private static async Task<HandedOver> WriteAsync(ActScope act, Request request, DocumentBook documents, CancellationToken stop)
    {
        var proposal = await ApprovedProposal.ReadAsync(act.Db, request.ProposalId, stop);
        var decision = await act.Db.GovernmentDecisions.SingleOrDefaultAsync(d => d.ProposalId == proposal.Id, stop);
        var interview = await InterviewAsync(act, request.InterviewId, stop);
        var earlier = await act.Db.Accountabilities.SingleOrDefaultAsync(a => a.ProposalId == proposal.Id, stop);
        var approved = Decide(request, proposal, decision, interview, earlier, act.Today);
        var posts = EscalationPapers.Posts(request.Posts);
        var dossier = await Dossier.BuildAsync(act, proposal, approved, interview, posts, request.SuggestionZh.Trim(), stop);
        var row = new Accountability
        {
            Id = act.NewId(),
            Unit = proposal.Unit,
            InterviewId = interview?.Interview.Id,
            ProposalId = proposal.Id,
            PersonsJson = CanonicalJson.Of(new JsonArray([.. posts.Select(p => (JsonNode)p)])),
            DossierSha256 = act.Store.Blobs.Put(Encoding.UTF8.GetBytes(CanonicalJson.Of(dossier))),
            HandedOverOn = request.HandedOverOn,
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(row);
        if (interview is not null)
            act.Db.Add(EndOf(act, interview.Interview.Id, request));
        var document = await DocumentIssue.IssueAsync(
            act,
            documents["discipline-dossier"],
            "accountability",
            row.Id,
            request.HandedOverOn,
            Fields(act, request, proposal, posts, dossier),
            stop
        );
        act.Fact("dossierSha256", row.DossierSha256);
        Tell.Role(
            act,
            PlanRoles.Discipline,
            "accountability",
            row.Id,
            $"区政府移送一件问责建议（{document.Number}）。",
            $"The government handed over a proposal of accountability ({document.Number})."
        );
        return new(row.Id, row.DossierSha256, document.Number);
    }

    private static Problem OutOfOrder(string zh, string en) => Problem.Chain.OutOfOrder("移送纪检监察", "hand over", zh, en);

    private static async Task<InterviewClock?> InterviewAsync(ActScope act, Guid? id, CancellationToken stop)
    {
        if (id is not { } wanted)
            return null;
        var interview = await RecordInterviewStep.ReadAsync(act.Db, wanted, stop);
        var steps = await act.Db.InterviewSteps.Where(s => s.InterviewId == wanted).ToListAsync(stop);
        return InterviewClock.Of(interview, steps, act.Today);
    }

    private static InterviewStep EndOf(ActScope act, Guid interview, Request request) =>
        new()
        {
            Id = act.NewId(),
            InterviewId = interview,
            Kind = InterviewStepKind.HandedOver,
            On = request.HandedOverOn,
            NoteZh = request.SuggestionZh.Trim(),
            By = act.By.Login,
            At = act.At,
        };

    private static Dictionary<string, string> Fields(
        ActScope act,
        Request request,
        EscalationProposal proposal,
        IReadOnlyList<string> posts,
        JsonObject dossier
    )
    {
        var plan = act.Store.Plan;
        var ground = EscalationPapers.Ground(plan, proposal.GroundId);
        var (timeline, evidence) = (dossier["timeline"]!.AsArray(), dossier["evidence"]!.AsArray());
        var receiver = plan.Seats.FirstOrDefault(s => s.Role == PlanRoles.Discipline)?.Post.Zh ?? "纪检监察机关";
        return new(StringComparer.Ordinal)
        {
            ["addressee"] = receiver,
            ["unit"] = EscalationPapers.UnitZh(plan, proposal.Unit),
            ["persons"] = string.Join("、", posts.Select(p => EscalationPapers.PostZh(act.Store.Plan, p))),
            ["facts"] = GroundFiguresJson.SummaryZh(proposal.FiguresJson) is { Length: > 0 } facts ? facts : proposal.ReasonZh,
            ["timeline"] = string.Join("；", timeline.Select(t => $"{t!["on"]}{t["zh"]}".TrimEnd('。'))),
            ["basis"] = EscalationPapers.BasisZh(plan, ground),
            ["proposal"] = request.SuggestionZh.Trim().TrimEnd('。'),
            ["evidence-list"] = string.Join("；", evidence.Select(e => $"{e!["label"]}（SHA-256 {e["sha256"]}）")),
            ["seal"] = EscalationPapers.Seal(plan),
        };
    }
}
