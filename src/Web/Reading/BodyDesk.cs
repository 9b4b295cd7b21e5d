using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>What was sent to one body: what waits for an answer first. Of a violation its name, place and area alone.</summary>
public sealed record BodyPapers(
    IReadOnlyList<(CopyNotice Notice, Violation Violation, CopyNoticeReply? Reply)> Notices,
    IReadOnlyList<(Transfer Transfer, Violation Violation, IReadOnlyList<TransferStep> Steps, DateOnly? ReplyBy)> Transfers,
    IReadOnlyList<(Supervision Supervision, IReadOnlyList<SupervisionStep> Steps)> Tasks
)
{
    public bool IsEmpty => Notices.Count + Transfers.Count + Tasks.Count == 0;

    /// <summary>Copy notices without a reply.</summary>
    public int NoticesOpen => Notices.Count(n => n.Reply is null);

    /// <summary>Transfers that were not answered.</summary>
    public int TransfersOpen => Unanswered.Count();

    /// <summary>Transfers that wait for an answer.</summary>
    public IEnumerable<(Transfer Transfer, Violation Violation, IReadOnlyList<TransferStep> Steps, DateOnly? ReplyBy)> Unanswered =>
        Transfers.Where(t => t.Steps.All(s => s.Kind == RecordTransferStep.Received));

    /// <summary>Tasks given and not reported done, for a body.</summary>
    public int TasksOpen(string body) => TasksLeft(body).Count();

    /// <summary>Supervisions with a task given to a body and not reported done.</summary>
    public IEnumerable<(Supervision Supervision, IReadOnlyList<SupervisionStep> Steps)> TasksLeft(string body) =>
        Tasks.Where(t =>
            t.Steps.Count(s => s.Kind == SupervisionStepKind.TaskGiven && s.Body == body)
            > t.Steps.Count(s => s.Kind == SupervisionStepKind.TaskDone && s.Body == body)
        );
}

/// <summary>Reads what was sent to the body for which a seat speaks.</summary>
public sealed class BodyDesk(OfficeBooks books)
{
    public async Task<BodyPapers> OfAsync(ClaimsPrincipal who, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(who);
        var body = SeatBodies.Of(books.Plan, who.Login(), who.Role());
        if (body is null || !who.May(Permission.Department))
            return new([], [], []);
        await using var db = books.Read();
        var notices = await db.CopyNotices.Where(n => n.ToBody == body).OrderBy(n => n.ReplyBy).ToListAsync(stop);
        var replies = await db.CopyNoticeReplies.ToDictionaryAsync(r => r.CopyNoticeId, stop);
        var signed = db.Signatures.Where(s => s.SubjectKind == "transfer" && s.Outcome == "approved").Select(s => s.SubjectId);
        var transfers = await CaseShelf.TransfersAsync(db, db.Transfers.Where(t => t.ToBody == body && signed.Contains(t.Id)), stop);
        var tasked = db.SupervisionSteps.Where(s => s.Body == body && s.Kind == SupervisionStepKind.TaskGiven).Select(s => s.SupervisionId);
        var tasks = await CaseShelf.SupervisionsAsync(db, db.Supervisions.Where(s => tasked.Contains(s.Id)), stop);
        var ids = notices.Select(n => n.ViolationId).Concat(transfers.Select(t => t.Transfer.ViolationId)).ToList();
        var violations = await db.Violations.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, stop);
        return new(
            [.. notices.Select(n => (n, violations[n.ViolationId], replies.GetValueOrDefault(n.Id))).OrderBy(n => n.Item3 is null ? 0 : 1)],
            [.. transfers.Select(t => (t.Transfer, violations[t.Transfer.ViolationId], t.Steps, t.ReplyBy))],
            tasks
        );
    }
}
