using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Ledger;

/// <summary>Strikes an entry off the ledger (销号): the office head signs what the reviewer proposed.</summary>
/// <remarks>This is the only way off. There is no status that could be edited: an entry is closed when a closing exists, and a closing is
/// made here only, on acceptances on site and for what a correction took away.</remarks>
public static class CloseLedgerEntry
{
    public const string Act = "close-ledger-entry";

    public sealed record Request(Guid ProposalId, DateOnly On, string Reason);

    /// <exception cref="Problem"><c>chain.*</c>, <c>ledger.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ProposalId.ToString(),
            request.Reason,
            async act =>
            {
                var proposal =
                    await act.Db.LedgerClosingProposals.SingleOrDefaultAsync(p => p.Id == request.ProposalId, stop)
                    ?? throw Problem.Chain.NotThere("销号建议", "proposal to close", request.ProposalId.ToString());
                var standing = await LedgerStanding.OfOneAsync(act.Db, proposal.LedgerEntryId, act.Today, stop);
                var named = ProposeClosing.AcceptancesOf(proposal);
                var removing = await ProposeClosing.RemovingAsync(act.Db, standing, stop);
                Decide(actor, request, proposal, act.Today);
                ProposeClosing.Decide(named, standing, removing);
                var last = removing.Where(a => named.Contains(a.Id)).Max(a => (DateOnly?)a.InspectedOn);
                DayOrder.RequireNotBefore(
                    "销号日期",
                    "The closing",
                    request.On,
                    new("实地验收", "the acceptance on site", last),
                    CorrectionOf(standing)
                );
                var closing = new LedgerClosing
                {
                    Id = act.NewId(),
                    LedgerEntryId = proposal.LedgerEntryId,
                    On = request.On,
                    AcceptancesJson = proposal.AcceptancesJson,
                    ReasonZh = proposal.ReasonZh,
                    ProposedBy = proposal.By,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(closing);
                act.Fact("entry", standing.Entry.Number);
                return closing.Id;
            },
            stop
        );
    }

    private static Cause CorrectionOf(LedgerStanding standing) =>
        new("更正日期", "the correction", standing.CorrectedAwaySquareMetres > 0 ? ChinaTime.DayOf(standing.Balance.Violation.At) : null);

    /// <summary>Pure: another person than who proposed, on a day that has come.</summary>
    public static void Decide(Actor actor, Request request, LedgerClosingProposal proposal, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.By == actor.Login)
            throw Problem.Chain.SamePerson(actor.Login, "签署销号", "sign the closing");
        if (request.On > today)
            throw Problem.Chain.InFuture("销号日期", "The day of closing", request.On, today);
    }
}
