using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>An officer hands a matter to the body that answers for it (移交移送): another department, the police, discipline
/// inspection.</summary>
/// <remarks>
/// The letter leaves with its number; it is in force once the head of the office signed it. A line of criminal law that is reached is
/// shown, and never sends anything by itself.
/// </remarks>
public static class TransferViolation
{
    public const string Act = "transfer-violation";

    /// <param name="ToBody">Id of a body of the plan.</param>
    /// <param name="ReplyBy">Set by whoever sends it: the plan says promptly and names no day.</param>
    /// <param name="Texts">Further texts of the letter: <c>field=text</c> on each line.</param>
    public sealed record Request(
        Guid ViolationId,
        [OneOf("department", "crime", "discipline")] string Kind,
        string ToBody,
        string GroundZh,
        DateOnly SentOn,
        DateOnly ReplyBy,
        IReadOnlyList<string>? Texts,
        string Reason
    );

    public sealed record Sent(Guid TransferId, string Document);

    /// <summary>Pure: a body of the plan, a ground, days in their order.</summary>
    public static void Decide(Request request, WorkPlan plan, Cause verdict, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        OneOfAttribute.Check("Kind", request.Kind, TransferKind.All);
        OneOfAttribute.Check("ToBody", request.ToBody, [.. plan.Bodies.Select(b => b.Id)]);
        if (string.IsNullOrWhiteSpace(request.GroundZh))
            throw Problem.Chain.BadValue("GroundZh", "", "移送依据", "a ground");
        DayOrder.Require("移送日期", "The day of sending", request.SentOn, today, verdict);
        Cause sent = new("移送日期", "the day of sending", request.SentOn);
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
                var hand = await CaseInHand.OfAsync(act.Db, violation, stop);
                Decide(request, act.Store.Plan, hand.Cause, act.Today);
                var same = act.Db.Transfers.Where(t =>
                    t.ViolationId == violation.Id
                    && t.Kind == request.Kind
                    && t.ToBody == request.ToBody
                    && !act.Db.Signatures.Any(s => s.SubjectId == t.Id && s.Outcome == SecondSignatures.Returned)
                );
                if (await same.FirstOrDefaultAsync(t => t.SentOn == request.SentOn, stop) is { } done)
                    throw Problem.Chain.AlreadyDone("当日对该单位的移送", "The transfer to that body of that day", done.By, done.At);
                var kind = law.Documents[request.Kind == TransferKind.Crime ? "crime-transfer-letter" : "transfer-letter"];
                var fields = CaseDocuments.Fields(kind, Known(act.Store.Plan, hand, request), request.Texts);
                var transfer = act.NewId();
                var document = await DocumentIssue.IssueAsync(act, kind, SecondSignatures.Transfer, transfer, request.SentOn, fields, stop);
                act.Db.Add(
                    new Transfer
                    {
                        Id = transfer,
                        ViolationId = violation.Id,
                        Kind = request.Kind,
                        ToBody = request.ToBody,
                        GroundZh = request.GroundZh.Trim(),
                        SentOn = request.SentOn,
                        DocumentId = document.Id,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                act.Fact("violation", violation.Number);
                act.Fact("to", request.ToBody);
                return new Sent(transfer, document.Number);
            },
            stop
        );
    }

    /// <summary>What the letter says without being told.</summary>
    public static Dictionary<string, string> Known(WorkPlan plan, CaseInHand hand, Request request)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(request);
        var known = CaseDocuments.Known(plan, hand);
        known["addressee"] = plan.Bodies.FirstOrDefault(b => b.Id == request.ToBody)?.Name.Zh ?? request.ToBody;
        known["party"] = hand.Identity?.NameZh ?? "尚未查明";
        known["basis"] = request.GroundZh.Trim();
        known["clauses"] = request.GroundZh.Trim();
        known["request"] = "依法处理";
        known["attachments"] = "违法事实材料";
        known["reply-until"] = CaseDocuments.Day(request.ReplyBy);
        return known;
    }
}

/// <summary>To whom a matter goes.</summary>
public static class TransferKind
{
    public const string Department = "department";

    /// <summary>涉嫌犯罪移送.</summary>
    public const string Crime = "crime";

    public const string Discipline = "discipline";

    public static IReadOnlyList<string> All { get; } = [Department, Crime, Discipline];
}
