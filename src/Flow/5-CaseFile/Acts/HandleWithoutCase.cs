using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>An officer says why a violation is dealt with without a case (非立案处理); in force once the head of the office signed it.</summary>
public static class HandleWithoutCase
{
    public const string Act = "handle-without-case";

    public static IReadOnlyList<string> Kinds { get; } = ["joint-demolition", "self-corrected", "historic-recovered", "other"];

    /// <param name="On">The day on which it was dealt with; not after today.</param>
    /// <param name="ReasonZh">Why no case is opened.</param>
    public sealed record Request(
        Guid ViolationId,
        [OneOf("joint-demolition", "self-corrected", "historic-recovered", "other")] string Kind,
        DateOnly On,
        string ReasonZh,
        string Reason
    );

    /// <summary>Pure: a known kind, a reason in words, no case, nothing that waits for its signature.</summary>
    /// <param name="verdict">What it answers.</param>
    public static void Decide(Request request, CaseFile? file, NonCaseHandling? standing, Cause verdict, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Kind", request.Kind, Kinds);
        if (string.IsNullOrWhiteSpace(request.ReasonZh))
            throw Problem.Chain.BadValue("ReasonZh", "", "不立案的理由", "why no case is opened");
        DayOrder.Require("处理日期", "The day it was dealt with", request.On, today, verdict);
        if (file is not null)
            throw Problem.Chain.OutOfOrder(
                "作非立案处理",
                "handle it without case",
                $"已立案 {file.Number}",
                $"case {file.Number} was opened"
            );
        if (standing is not null)
            throw Problem.Chain.AlreadyDone("非立案处理", "Handling without case", standing.By, standing.At);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.violation-replaced</c></exception>
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
                var violation = await act.Db.ViolationAsync(request.ViolationId, stop);
                var file = await act.Db.CaseFiles.SingleOrDefaultAsync(c => c.ViolationId == violation.Id, stop);
                var verdict = await VerifiedDays.CauseAsync(act.Db, violation, stop);
                Decide(request, file, await StandingAsync(act.Db, violation.Id, stop), verdict, act.Today);
                var handling = new NonCaseHandling
                {
                    Id = act.NewId(),
                    ViolationId = violation.Id,
                    Kind = request.Kind,
                    On = request.On,
                    ReasonZh = request.ReasonZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(handling);
                act.Fact("violation", violation.Number);
                return handling.Id;
            },
            stop
        );
    }

    /// <summary>Whether a handling of the violation was signed.</summary>
    public static Task<bool> IsInForceAsync(StoreContext db, Guid violation, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var signed = SecondSignatures.ApprovedIn(db, SecondSignatures.NonCase);
        return db.NonCaseHandlings.AnyAsync(h => h.ViolationId == violation && signed.Contains(h.Id), stop);
    }

    /// <summary>The handling that waits or is in force; one that was sent back stands no more.</summary>
    private static Task<NonCaseHandling?> StandingAsync(StoreContext db, Guid violation, CancellationToken stop) =>
        db
            .NonCaseHandlings.Where(h => h.ViolationId == violation)
            .Where(h => !db.Signatures.Any(s => s.SubjectId == h.Id && s.Outcome == SecondSignatures.Returned))
            .OrderBy(h => h.At)
            .FirstOrDefaultAsync(stop);
}
