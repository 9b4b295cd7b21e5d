using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Shows what identifies a party, in full, to a seat that may see it; each reading stands in the journal.</summary>
public static class ReadIdentity
{
    public const string Act = "read-identity";

    public sealed record Request(Guid ViolationId, Guid PartyId, string Reason);

    public sealed record Shown(string NameZh, string? IdentityNumber, string? AddressZh, string? Phone, string? RepresentativeZh);

    /// <summary>Pure: a town reads of its own violations, discipline inspection of what was transferred to it.</summary>
    /// <exception cref="Problem"><c>chain.other-unit</c>, <c>case-file.other-body</c></exception>
    public static void Decide(Actor actor, Violation violation, bool isTransferred)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(violation);
        if (actor.Role == PlanRoles.Town && actor.Unit != violation.Unit)
            throw Problem.Chain.OtherUnit(actor.Login, violation.Unit);
        if (actor.Role == PlanRoles.Discipline && !isTransferred)
            throw Problem.CaseFile.IdentityNotTransferred(violation.Number);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.identity-not-transferred</c></exception>
    public static Task<Shown> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.PartyId.ToString(),
            request.Reason,
            async act =>
            {
                var violation = await act.Db.ViolationAsync(request.ViolationId, stop);
                Decide(actor, violation, TransferRows.IsSentTo(act.Db, violation.Id, "discipline-inspection"));
                if (!act.Db.ViolationParties.Any(p => p.ViolationId == violation.Id && p.PartyId == request.PartyId))
                    throw Problem.Chain.NotThere("当事人", "party", request.PartyId.ToString());
                var identity = (await Identities.NewestAsync(act.Db, [request.PartyId], stop)).GetValueOrDefault(request.PartyId);
                act.Fact("violation", violation.Number);
                return identity is null
                    ? throw Problem.Chain.NotThere("当事人身份", "identity", request.PartyId.ToString())
                    : new Shown(identity.NameZh, identity.IdentityNumber, identity.AddressZh, identity.Phone, identity.RepresentativeZh);
            },
            stop
        );
    }
}

/// <summary>What was transferred to whom.</summary>
internal static class TransferRows
{
    /// <summary>Whether a signed transfer of a violation went to a body.</summary>
    public static bool IsSentTo(StoreContext db, Guid violation, string body)
    {
        var signed = db.Signatures.Where(s => s.SubjectKind == "transfer" && s.Outcome == "approved").Select(s => s.SubjectId);
        return db.Transfers.Any(t => t.ViolationId == violation && t.ToBody == body && signed.Contains(t.Id));
    }
}
