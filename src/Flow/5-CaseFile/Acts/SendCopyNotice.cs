using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Tells a member department of a violation and asks it to do its part (抄告单), with a last day to reply.</summary>
public static class SendCopyNotice
{
    public const string Act = "send-copy-notice";

    /// <param name="ToBody">Id of a body of the plan.</param>
    /// <param name="ReplyBy">Last day to reply, inclusive; not before it was sent.</param>
    public sealed record Request(
        Guid ViolationId,
        string ToBody,
        DateOnly SentOn,
        DateOnly ReplyBy,
        string RequestZh,
        IReadOnlyList<string>? Texts,
        string Reason
    );

    public sealed record Sent(Guid CopyNoticeId, string Document);

    /// <summary>Pure: a body that can answer, a request in words, days in their order.</summary>
    public static void Decide(Request request, WorkPlan plan, Cause verdict, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        OneOfAttribute.Check("ToBody", request.ToBody, [.. plan.Bodies.Select(b => b.Id).Where(b => SeatBodies.HasSeat(plan, b))]);
        if (string.IsNullOrWhiteSpace(request.RequestZh))
            throw Problem.Chain.BadValue("RequestZh", "", "请求事项", "what is asked");
        DayOrder.Require("抄告日期", "The day of sending", request.SentOn, today, verdict);
        Cause sent = new("抄告日期", "the day of sending", request.SentOn);
        DayOrder.RequireNotBefore("复函期限", "The last day to reply", request.ReplyBy, sent);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.*</c></exception>
    public static Task<Sent> Handle(WeipianStore store, Actor actor, Request request, CaseLaw law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId.ToString(),
            request.Reason,
            async act =>
            {
                var violation = await act.Db.ViolationAsync(request.ViolationId, stop);
                Decide(request, act.Store.Plan, await VerifiedDays.CauseAsync(act.Db, violation, stop), act.Today);
                var same = act.Db.CopyNotices.Where(n => n.ViolationId == violation.Id && n.ToBody == request.ToBody);
                if (await same.FirstOrDefaultAsync(n => n.SentOn == request.SentOn, stop) is { } done)
                    throw Problem.Chain.AlreadyDone("当日对该部门的抄告", "The copy notice to that body of that day", done.By, done.At);
                var kind = law.Documents["copy-notice"];
                var fields = CaseDocuments.Fields(kind, Known(act.Store.Plan, violation, request), request.Texts);
                var notice = act.NewId();
                var document = await DocumentIssue.IssueAsync(act, kind, "copy-notice", notice, request.SentOn, fields, stop);
                act.Db.Add(
                    new CopyNotice
                    {
                        Id = notice,
                        ViolationId = violation.Id,
                        ToBody = request.ToBody,
                        SentOn = request.SentOn,
                        ReplyBy = request.ReplyBy,
                        RequestZh = request.RequestZh.Trim(),
                        DocumentId = document.Id,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                act.Fact("violation", violation.Number);
                act.Fact("to", request.ToBody);
                return new Sent(notice, document.Number);
            },
            stop
        );
    }

    private static Dictionary<string, string> Known(WorkPlan plan, Violation violation, Request request)
    {
        var known = CaseDocuments.OfViolation(plan, violation);
        known["addressee"] = plan.Bodies.First(b => b.Id == request.ToBody).Name.Zh;
        known["request"] = request.RequestZh.Trim();
        known["reply-until"] = CaseDocuments.Day(request.ReplyBy);
        if (violation.StartedOn is { } started)
            known["act-on"] = CaseDocuments.Day(started);
        return known;
    }
}
