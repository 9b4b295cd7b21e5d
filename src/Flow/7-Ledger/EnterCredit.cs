using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>Enters a party of a violation for the social-credit system or the blacklist, with its basis and a period to object
/// (社会信用、黑名单).</summary>
/// <remarks>In force only once another person signs it, after the period to object is over (<see cref="RecordCreditStep"/>).</remarks>
public static class EnterCredit
{
    public const string Act = "enter-credit";

    public const string Credit = "credit";

    public const string Blacklist = "blacklist";

    /// <param name="NoticeOn">The day the party was told.</param>
    /// <param name="ObjectionBy">Last day to object, inclusive; no text that is held sets its length, so it is given here.</param>
    /// <param name="UntilOn">End of the term; a blacklist has one.</param>
    public sealed record Request(
        Guid ViolationId,
        Guid PartyId,
        [OneOf("credit", "blacklist")] string Kind,
        string BasisZh,
        DateOnly NoticeOn,
        DateOnly ObjectionBy,
        DateOnly? UntilOn,
        string Reason
    );

    /// <summary>Pure: a basis, days in order, a term where a blacklist is, not twice at once.</summary>
    /// <param name="standing">A record of the same kind for the same party and violation that is not over.</param>
    public static void Decide(Request request, CreditRecord? standing, Cause verdict, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Kind", request.Kind, [Credit, Blacklist]);
        if (standing is not null)
            throw Problem.Chain.AlreadyDone("信用登记", "The record", standing.By, standing.At);
        if (string.IsNullOrWhiteSpace(request.BasisZh))
            throw Problem.Rectification.ProofMissing("法律依据", "legal basis");
        DayOrder.Require("告知日期", "The day of notice", request.NoticeOn, today, verdict);
        if (request.ObjectionBy <= request.NoticeOn)
            throw Problem.Chain.BeforeCause(
                "异议期限",
                "The last day to object",
                request.ObjectionBy,
                "告知日期",
                "the notice",
                request.NoticeOn
            );
        if (request.Kind == Blacklist && request.UntilOn is null)
            throw Problem.Rectification.ProofMissing("黑名单期限", "term of the blacklist");
        if (request.UntilOn is { } until && until <= request.ObjectionBy)
            throw Problem.Chain.BeforeCause(
                "期限届满日",
                "The end of the term",
                until,
                "异议期限",
                "the period to object",
                request.ObjectionBy
            );
    }

    /// <returns>The id of the record.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>ledger.not-a-party</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId.ToString(),
            request.Reason,
            async act =>
            {
                var violation = await Rectification.StandingViolation.ReadAsync(act.Db, request.ViolationId, stop);
                if (!await act.Db.ViolationParties.AnyAsync(p => p.ViolationId == violation.Id && p.PartyId == request.PartyId, stop))
                    throw Problem.Ledger.NotAPartyOf(violation.Number);
                var same = act.Db.CreditRecords.Where(r =>
                    r.ViolationId == violation.Id && r.PartyId == request.PartyId && r.Kind == request.Kind
                );
                var standing = (await CreditStanding.OfAsync(act.Db, same, act.Today, stop)).FirstOrDefault(s => !s.IsOver);
                Decide(request, standing?.Record, await CaseFiles.VerifiedDays.CauseAsync(act.Db, violation, stop), act.Today);
                var row = new CreditRecord
                {
                    Id = act.NewId(),
                    Kind = request.Kind,
                    PartyId = request.PartyId,
                    ViolationId = violation.Id,
                    GroundId = GroundOf(act.Store.Plan, request.Kind),
                    BasisZh = request.BasisZh.Trim(),
                    NoticeOn = request.NoticeOn,
                    ObjectionBy = request.ObjectionBy,
                    UntilOn = request.UntilOn,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("violation", violation.Number);
                act.Fact("kind", row.Kind);
                return row.Id;
            },
            stop
        );
    }

    /// <summary>The ground of the plan that leads to such a record.</summary>
    private static string GroundOf(WorkPlan plan, string kind)
    {
        var measure = kind == Blacklist ? "blacklist" : "credit-record";
        return plan.Grounds.FirstOrDefault(g => g.Measures.Contains(measure))?.Id
            ?? throw Problem.Plan.NoSuchValue("grounds", measure, plan.Grounds.Select(g => g.Id));
    }
}
