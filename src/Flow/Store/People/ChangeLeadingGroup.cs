using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;

namespace Weipian.Flow.Store;

/// <summary>Adjusts the leading group (领导小组调整): a post joins, changes its part, or leaves, from a day on.</summary>
public static class ChangeLeadingGroup
{
    public const string Act = "change-leading-group";

    private const string Leaves = "leaves";

    /// <param name="On">The first day on which it is so; not after today, not before the plan.</param>
    public sealed record Request(
        string Post,
        [OneOf("head", "deputy", "member", "leaves")] string Role,
        DateOnly On,
        string BasisZh,
        string Reason
    );

    /// <summary>Pure: a post of the plan, a day that has come, and something that changes.</summary>
    /// <param name="now">The part that the post has on that day; <c>null</c> for none.</param>
    /// <exception cref="Problem"><c>chain.*</c>, <c>store.nothing-changes</c></exception>
    public static void Decide(WorkPlan plan, Request request, string? now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Role", request.Role, ["head", "deputy", "member", Leaves]);
        if (plan.Posts.All(p => p.Id != request.Post))
            throw Problem.Chain.BadValue("Post", request.Post, "方案中的职务", "a post of the plan");
        if (string.IsNullOrWhiteSpace(request.BasisZh))
            throw Problem.Chain.BadValue("BasisZh", "", "调整文件", "the document that says so");
        if (request.On > today)
            throw Problem.Chain.InFuture("调整日期", "The day of the change", request.On, today);
        if (plan.Document.IssuedOn is { } issued && request.On < issued)
            throw Problem.Chain.BeforeCause("调整日期", "The day of the change", request.On, "方案印发日", "the issue of the plan", issued);
        if ((request.Role == Leaves ? null : request.Role) == now)
            throw Problem.Store.NothingChanges(request.Post);
    }

    /// <summary>The members on a day: of the plan, as the changes up to that day left them.</summary>
    public static IReadOnlyList<(string Post, string Role, DateOnly From, string Basis)> MembersOn(
        WorkPlan plan,
        IEnumerable<GroupChange> changes,
        DateOnly day
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        var last = changes
            .Where(c => c.On <= day)
            .GroupBy(c => c.Post)
            .ToDictionary(g => g.Key, g => g.OrderBy(c => c.On).ThenBy(c => c.At).Last());
        var planned = (plan.LeadingGroup?.On(day) ?? [])
            .Where(m => !last.ContainsKey(m.Post))
            .Select(m => (m.Post, m.Role, m.From, m.Source.Paragraph));
        var changed = last.Values.Where(c => c.Role != Leaves).Select(c => (c.Post, c.Role, c.On, c.BasisZh));
        return [.. planned.Concat(changed)];
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>store.nothing-changes</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Post,
            request.Reason,
            async act =>
            {
                var changes = await act.Db.GroupChanges.Where(c => c.Post == request.Post).ToListAsync(stop);
                var now = MembersOn(store.Plan, changes, request.On)
                    .Where(m => m.Post == request.Post)
                    .Select(m => m.Role)
                    .FirstOrDefault();
                Decide(store.Plan, request, now, act.Today);
                var change = new GroupChange
                {
                    Id = act.NewId(),
                    Post = request.Post,
                    Role = request.Role,
                    On = request.On,
                    BasisZh = request.BasisZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(change);
                return change.Id;
            },
            stop
        );
    }
}
