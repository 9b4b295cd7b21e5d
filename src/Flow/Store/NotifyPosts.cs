using Microsoft.EntityFrameworkCore;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>A notice of the leading group (领导小组通知) to posts: to one member, or to all who are members on the day.</summary>
/// <remarks>It goes to the post and not to a person; who holds the post is no data of the plan.</remarks>
public static class NotifyPosts
{
    public const string Act = "notify-posts";

    /// <summary>In place of a post: every member of the leading group on the day of the notice.</summary>
    public const string AllMembers = "members";

    private const string SubjectKind = "group-notice";

    /// <param name="Post">The id of a member post of the leading group, or <see cref="AllMembers"/>.</param>
    /// <param name="TextZh">At most 1,000 characters.</param>
    public sealed record Request(string Post, string TextZh, string? TextEn, string Reason);

    /// <summary>Pure: the posts that a notice of a day goes to.</summary>
    /// <exception cref="Problem"><c>chain.bad-value</c>: no member on that day, no text.</exception>
    public static IReadOnlyList<string> Decide(
        Plan.WorkPlan plan,
        Request request,
        DateOnly today,
        IEnumerable<GroupChange>? changes = null
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.TextZh) || request.TextZh.Length > 1000)
            throw Problem.Chain.BadValue("TextZh", $"{request.TextZh.Length}", "1 至 1000 个字的内容", "a text of 1 to 1,000 characters");
        var members = ChangeLeadingGroup.MembersOn(plan, changes ?? [], today).Select(m => m.Post).ToList();
        var to = request.Post == AllMembers ? members : members.FindAll(p => p == request.Post);
        return to.Count > 0
            ? to
            : throw Problem.Chain.BadValue(
                "Post",
                request.Post,
                $"{today:yyyy-MM-dd} 当日领导小组成员的职务",
                $"a post in the group on {today:yyyy-MM-dd}"
            );
    }

    /// <returns>The id of the notice.</returns>
    /// <exception cref="Problem"><c>store.act-not-allowed</c>, <c>chain.*</c></exception>
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
                var notice = act.NewId();
                var zh = request.TextZh.Trim();
                var en = string.IsNullOrWhiteSpace(request.TextEn) ? zh : request.TextEn.Trim();
                var posts = Decide(store.Plan, request, act.Today, await act.Db.GroupChanges.ToListAsync(stop));
                await RequireNewAsync(act, posts, zh, stop);
                foreach (var post in posts)
                    Tell.Post(act, post, SubjectKind, notice, zh, en);
                return notice;
            },
            stop
        );
    }

    /// <summary>The same words to the same posts on one day are one notice.</summary>
    private static async Task RequireNewAsync(ActScope act, IReadOnlyList<string> posts, string zh, CancellationToken stop)
    {
        var same = await act.Db.Notices.Where(n => n.SubjectKind == SubjectKind && n.TextZh == zh).ToListAsync(stop);
        var today = same.Where(n => ChinaTime.DayOf(n.At) == act.Today).ToLookup(n => n.To);
        if (posts.All(today.Contains))
            throw Problem.Chain.AlreadyDone("当日的同一通知", "The same notice of that day", act.By.Login, today[posts[0]].First().At);
    }
}
