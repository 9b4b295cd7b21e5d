using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>What seats were told: by their unit, role or body, and by the posts they read for.</summary>
public sealed class NoticeDesk(OfficeBooks books)
{
    /// <summary>Somebody may read for so many posts that are told the same.</summary>
    private const int SameMax = 8;

    /// <summary>The notices of a seat up to a day, the newest first; what went to several of its posts is told once.</summary>
    /// <param name="most">At most so many.</param>
    public async Task<IReadOnlyList<Notice>> OfAsync(ClaimsPrincipal who, DateOnly on, int most, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(who);
        var role = who.Role();
        var seat = books.Plan.Seats.FirstOrDefault(s => s.Login == who.Login());
        var (unit, body) = (seat?.Unit, seat?.Body);
        var posts = SeatPosts.Of(books.Plan, who.Login()).Select(p => p.Id).ToList();
        var end = ChinaTime.EndOf(on).UtcDateTime;
        await using var db = books.Read();
        var told = await db
            .Notices.Where(n => n.At < end)
            .Where(n =>
                (n.ToKind == "role" && n.To == role)
                || (n.ToKind == "unit" && n.To == unit)
                || (n.ToKind == "body" && n.To == body)
                || (n.ToKind == "post" && posts.Contains(n.To))
            )
            .OrderByDescending(n => n.At)
            .ThenBy(n => n.Id)
            .Take(most * SameMax)
            .ToListAsync(stop);
        return [.. told.DistinctBy(n => (n.At, n.SubjectKind, n.SubjectId, n.TextZh)).Take(most)];
    }

    /// <summary>The notices to posts, the newest first: what was sent, when, and to how many posts.</summary>
    public async Task<IReadOnlyList<(Notice Notice, int Posts)>> OfGroupAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var all = await db.Notices.Where(n => n.ToKind == "post").ToListAsync(stop);
        return [.. all.GroupBy(n => n.SubjectId).Select(g => (g.First(), g.Count())).OrderByDescending(n => n.Item1.At)];
    }

    /// <summary>In the person's language.</summary>
    public static string Text(Notice notice) => Say.Either(notice.TextZh, notice.TextEn);

    /// <summary>Where the matter stands; <c>null</c> when a notice is all there is.</summary>
    public static string? Address(Notice notice) =>
        notice.SubjectKind switch
        {
            "ledger-entry" => $"/ledger/{notice.SubjectId}",
            "interview" => $"/interviews/{notice.SubjectId}",
            "accountability" => "/accountability",
            "evaluation" or "evaluation-appeal" => "/evaluation",
            "integrity-finding" => "/spot-checks",
            "escalation-proposal" or "supervision" => "/escalation",
            "measure" => $"/measures/{notice.SubjectId}",
            "hand-over" => "/hand-overs",
            _ => null,
        };
}
