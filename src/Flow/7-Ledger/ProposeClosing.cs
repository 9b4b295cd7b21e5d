using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>Proposes to strike an entry off the ledger (拟销号), on the acceptances that brought what remained to nothing.</summary>
/// <remarks>What a correction of its verdicts took away needs no acceptance: it never was a violation (decision record 0054).</remarks>
public static class ProposeClosing
{
    public const string Act = "propose-closing";

    /// <param name="Acceptances">Ids of the acceptances since the entry was made, one on each line; none where a correction left
    /// nothing to remove.</param>
    public sealed record Request(Guid LedgerEntryId, IReadOnlyList<string> Acceptances, string ReasonZh, string Reason);

    /// <summary>Pure: an open entry, nothing left of the violation, and acceptances that say so.</summary>
    public static void Decide(IReadOnlyList<Guid> named, LedgerStanding standing, IReadOnlyList<MeasureAcceptance> removing)
    {
        ArgumentNullException.ThrowIfNull(named);
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(removing);
        var entry = standing.Entry;
        if (standing.Closing is { } closed)
            throw Problem.Chain.AlreadyDone("销号", "The closing", closed.By, closed.At);
        if (!standing.Balance.IsRemoved)
            throw Problem.Ledger.Remains(entry.Number, standing.Balance.RemainingSquareMetres);
        if (named.FirstOrDefault(id => removing.All(a => a.Id != id)) is var stranger && stranger != Guid.Empty)
            throw Problem.Ledger.NoSuchAcceptance(stranger.ToString());
        // What was accepted before the entry was made is not in its area any more.
        var covered = removing.Where(a => named.Contains(a.Id) && a.At > entry.At).Sum(a => a.AreaSquareMetres);
        if (covered < standing.ToBeAcceptedSquareMetres - ViolationBalance.ClosureSquareMetres)
            throw Problem.Ledger.NotOnAcceptances(entry.Number, covered, standing.ToBeAcceptedSquareMetres);
    }

    /// <returns>The id of the proposal.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>ledger.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.LedgerEntryId.ToString(),
            request.Reason,
            async act =>
            {
                var standing = await LedgerStanding.OfOneAsync(act.Db, request.LedgerEntryId, act.Today, stop);
                var named = Ids(request.Acceptances);
                if (string.IsNullOrWhiteSpace(request.ReasonZh))
                    throw Problem.Rectification.ProofMissing("销号理由", "reason for closing");
                Decide(named, standing, await RemovingAsync(act.Db, standing, stop));
                if (standing.Proposal is { } waiting && AcceptancesOf(waiting).ToHashSet().SetEquals(named))
                    throw Problem.Chain.AlreadyDone("销号建议", "The proposal to close", waiting.By, waiting.At);
                var row = new LedgerClosingProposal
                {
                    Id = act.NewId(),
                    LedgerEntryId = standing.Entry.Id,
                    AcceptancesJson = CanonicalJson.Of(new JsonArray([.. named.Select(id => JsonValue.Create(id.ToString()))])),
                    ReasonZh = request.ReasonZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("entry", standing.Entry.Number);
                return row.Id;
            },
            stop
        );
    }

    /// <summary>The acceptances that removed something of the violation of an entry, in order.</summary>
    public static async Task<IReadOnlyList<MeasureAcceptance>> RemovingAsync(
        StoreContext db,
        LedgerStanding standing,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(standing);
        var heirs = await ViolationBalances.HeirsAsync(db, stop);
        var found = await (
            from acceptance in db.MeasureAcceptances
            join measure in db.Measures on acceptance.MeasureId equals measure.Id
            where acceptance.AreaSquareMetres > 0 && measure.Kind != MeasureKind.Confiscate
            select new { acceptance, measure.ViolationId }
        ).ToListAsync(stop);
        return
        [
            .. found
                .Where(a => ViolationBalances.InForce(heirs, a.ViolationId) == standing.Balance.Violation.Id)
                .Select(a => a.acceptance)
                .OrderBy(a => a.At),
        ];
    }

    /// <summary>The acceptances that a proposal names.</summary>
    internal static IReadOnlyList<Guid> AcceptancesOf(LedgerClosingProposal proposal) =>
        [.. JsonNode.Parse(proposal.AcceptancesJson)!.AsArray().Select(id => Guid.Parse((string)id!))];

    private static List<Guid> Ids(IReadOnlyList<string> lines) =>
        [
            .. lines
                .Select(line =>
                    Guid.TryParse(line, out var id)
                        ? id
                        : throw Problem.Chain.BadValue("Acceptances", line, "验收的标识", "ids of acceptances")
                )
                .Distinct(),
        ];
}
