using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Records who holds a post, or sits on a seat, from a day on. The plan has posts; a deployment fills in names.</summary>
public static class SeatPerson
{
    public const string Act = "seat-person";

    /// <param name="Subject">Id of a post of the plan, or login of a seat, by <paramref name="Kind"/>.</param>
    /// <param name="From">The first day; not after today.</param>
    public sealed record Request(
        [OneOf("post", "seat")] string Kind,
        string Subject,
        string PersonZh,
        DateOnly From,
        string BasisZh,
        string Reason
    );

    /// <summary>Pure: a post or a seat that there is, a name, a basis, a day that has come.</summary>
    /// <exception cref="Problem"><c>chain.bad-value</c>, <c>chain.in-future</c></exception>
    public static void Decide(Plan.WorkPlan plan, Request request, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Kind", request.Kind, ["post", "seat"]);
        var isThere = request.Kind == "post" ? plan.Posts.Any(p => p.Id == request.Subject) : plan.FindSeat(request.Subject) is not null;
        if (!isThere)
            throw Problem.Chain.BadValue("Subject", request.Subject, "方案中的职务或席位", "a post or a seat of the plan");
        if (string.IsNullOrWhiteSpace(request.PersonZh))
            throw Problem.Chain.BadValue("PersonZh", "", "姓名", "a name");
        if (string.IsNullOrWhiteSpace(request.BasisZh))
            throw Problem.Chain.BadValue("BasisZh", "", "任职文件", "the document that says so");
        if (plan.Document.IssuedOn is { } issued && request.From < issued)
            throw Problem.Chain.BeforeCause("任职起日", "The first day", request.From, "方案印发日", "the issue of the plan", issued);
        if (request.From > today)
            throw Problem.Chain.InFuture("任职起日", "The first day", request.From, today);
    }

    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Subject,
            request.Reason,
            async act =>
            {
                Decide(store.Plan, request, act.Today);
                var person = request.PersonZh.Trim();
                var held = act.Db.Memberships.Where(m => m.Kind == request.Kind && m.Subject == request.Subject && m.PersonZh == person);
                var sitting = await held.FirstOrDefaultAsync(
                    m => !act.Db.MembershipEnds.Any(e => e.MembershipId == m.Id && e.LastDay < request.From),
                    stop
                );
                if (sitting is not null)
                    throw Problem.Chain.AlreadyDone("该任职", "The membership", sitting.By, sitting.At);
                var membership = new Membership
                {
                    Id = act.NewId(),
                    PersonZh = person,
                    Kind = request.Kind,
                    Subject = request.Subject,
                    From = request.From,
                    BasisZh = request.BasisZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(membership);
                return membership.Id;
            },
            stop
        );
    }
}
