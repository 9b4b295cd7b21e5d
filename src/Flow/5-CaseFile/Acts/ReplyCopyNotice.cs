using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The department answers a copy notice; the seat of that body only.</summary>
public static class ReplyCopyNotice
{
    public const string Act = "reply-copy-notice";

    public sealed record Request(Guid CopyNoticeId, DateOnly RepliedOn, string ReplyZh, string Reason);

    /// <summary>Pure: the body that was asked, once, with words, on a day between.</summary>
    public static void Decide(CopyNotice notice, Request request, Actor actor, string? body, CopyNoticeReply? there, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (body != notice.ToBody)
            throw Problem.CaseFile.OtherBody(actor.Login, notice.ToBody);
        if (there is not null)
            throw Problem.Chain.AlreadyDone("复函", "The reply", there.By, there.At);
        if (string.IsNullOrWhiteSpace(request.ReplyZh))
            throw Problem.Chain.BadValue("ReplyZh", "", "复函内容", "a reply");
        Cause sent = new("抄告日期", "the day of sending", notice.SentOn);
        DayOrder.Require("复函日期", "The day of the reply", request.RepliedOn, today, sent);
    }

    /// <returns>The id of the reply.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.other-body</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.CopyNoticeId.ToString(),
            request.Reason,
            async act =>
            {
                var notice =
                    await act.Db.CopyNotices.SingleOrDefaultAsync(n => n.Id == request.CopyNoticeId, stop)
                    ?? throw Problem.Chain.NotThere("抄告单", "copy notice", request.CopyNoticeId.ToString());
                var there = await act.Db.CopyNoticeReplies.FirstOrDefaultAsync(r => r.CopyNoticeId == notice.Id, stop);
                Decide(notice, request, actor, SeatBodies.Of(act.Store.Plan, actor), there, act.Today);
                var reply = new CopyNoticeReply
                {
                    Id = act.NewId(),
                    CopyNoticeId = notice.Id,
                    RepliedOn = request.RepliedOn,
                    ReplyZh = request.ReplyZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(reply);
                return reply.Id;
            },
            stop
        );
    }
}
