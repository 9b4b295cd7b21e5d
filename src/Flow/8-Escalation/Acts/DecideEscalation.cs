using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>The government signs a proposal or returns it with a reason; once.</summary>
public static class DecideEscalation
{
    public const string Act = "decide-escalation";

    private static readonly string[] Outcomes = ["approved", "returned"];

    public sealed record Request(Guid ProposalId, [OneOf("approved", "returned")] string Outcome, string Reason);

    public sealed record Decided(Guid ProposalId, string Outcome, DateOnly On);

    /// <summary>Pure: not by whoever proposed, and not twice.</summary>
    public static void Decide(Actor actor, Request request, EscalationProposal proposal, GovernmentDecision? earlier)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(proposal);
        OneOfAttribute.Check("Outcome", request.Outcome, Outcomes);
        if (proposal.By == actor.Login)
            throw Problem.Chain.SamePerson(actor.Login, "决定", "decide");
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("决定", "The decision", earlier.By, earlier.At);
    }

    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Decided> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ProposalId.ToString(),
            request.Reason,
            async act =>
            {
                var proposal = await ApprovedProposal.ReadAsync(act.Db, request.ProposalId, stop);
                var earlier = await act.Db.GovernmentDecisions.SingleOrDefaultAsync(d => d.ProposalId == proposal.Id, stop);
                Decide(actor, request, proposal, earlier);
                act.Db.Add(
                    new GovernmentDecision
                    {
                        ProposalId = proposal.Id,
                        Outcome = request.Outcome,
                        On = act.Today,
                        ReasonZh = request.Reason.Trim(),
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                act.Fact("outcome", request.Outcome);
                Tell.Role(
                    act,
                    PlanRoles.OfficeHead,
                    "escalation-proposal",
                    proposal.Id,
                    request.Outcome == "approved" ? "区政府已同意一项督导问责建议。" : "区政府退回了一项督导问责建议。",
                    request.Outcome == "approved" ? "The government approved a proposal." : "The government returned a proposal."
                );
                return new Decided(proposal.Id, request.Outcome, act.Today);
            },
            stop
        );
    }
}

/// <summary>A proposal, and that it was signed, for the acts that carry it out.</summary>
internal static class ApprovedProposal
{
    /// <exception cref="Problem"><c>chain.not-there</c></exception>
    public static async Task<EscalationProposal> ReadAsync(StoreContext db, Guid id, CancellationToken stop) =>
        await db.EscalationProposals.SingleOrDefaultAsync(p => p.Id == id, stop)
        ?? throw Problem.Chain.NotThere("建议", "proposal", id.ToString());

    /// <summary>Pure: the government approved it, and it is of one of these measures.</summary>
    /// <exception cref="Problem"><c>chain.out-of-order</c>, <c>escalation.no-such-measure</c></exception>
    public static GovernmentDecision Require(
        EscalationProposal proposal,
        GovernmentDecision? decision,
        string actZh,
        string actEn,
        params string[] measures
    )
    {
        if (!measures.Contains(proposal.Measure, StringComparer.Ordinal))
            throw Problem.Escalation.NoSuchMeasure(proposal.GroundId, proposal.GroundId, measures[0], proposal.Measure);
        return decision switch
        {
            null => throw Problem.Chain.OutOfOrder(actZh, actEn, "区政府尚未决定该建议", "the government has not decided on the proposal"),
            { Outcome: not "approved" } => throw Problem.Chain.OutOfOrder(
                actZh,
                actEn,
                "区政府退回了该建议",
                "the government returned the proposal"
            ),
            _ => decision,
        };
    }
}
