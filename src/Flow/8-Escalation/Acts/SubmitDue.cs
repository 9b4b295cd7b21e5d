using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>Records that what the plan wanted sent by a day was sent: when, to whom, with which report, and how late.</summary>
/// <remarks>A due day lasts until 24:00 in Asia/Shanghai; a part of a day after it counts whole.</remarks>
public static class SubmitDue
{
    public const string Act = "submit-due";

    /// <param name="CalendarId">A date of the plan that names recipients.</param>
    /// <param name="Recipient">Id of a body; empty for all that the plan names and that have not received it.</param>
    /// <param name="SentOn">Day of sending where it lies before today; empty for this moment.</param>
    /// <param name="ReportId">The report that was sent, when there is one.</param>
    /// <param name="SnapshotId">The frozen figures that were sent, when no report was made of them.</param>
    /// <param name="LateReasonZh">Why it is late; needed only then.</param>
    public sealed record Request(
        string CalendarId,
        string? Recipient,
        DateOnly? SentOn,
        Guid? ReportId,
        Guid? SnapshotId,
        string? LateReasonZh,
        string Reason
    );

    /// <param name="To">Recipients in the order of the plan.</param>
    public sealed record Decided(PlanDate Date, IReadOnlyList<string> To, DateTime SentAt, int LateDays);

    public sealed record Submitted(int Recipients, int LateDays);

    /// <summary>Pure: to whom it goes, at which instant, how many days late.</summary>
    /// <param name="sent">What was sent for this date already.</param>
    /// <param name="what">The report or the figures that were sent.</param>
    /// <param name="at">UTC.</param>
    public static Decided Decide(Request request, WorkPlan plan, IReadOnlyList<Submission> sent, Cause what, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sent);
        var date =
            plan.Calendar.Find(request.CalendarId) ?? throw Problem.Chain.NotThere("方案日期", "date of the plan", request.CalendarId);
        if (!PlanDuties.IsToBeSent(plan, date))
            throw Problem.Escalation.NothingToSend(date.Id, date.Name.Zh, date.Name.En);
        IReadOnlyList<string> to = string.IsNullOrWhiteSpace(request.Recipient) ? date.Recipients : [request.Recipient];
        if (to.FirstOrDefault(r => !date.Recipients.Contains(r)) is { } stranger)
            throw Problem.Escalation.WrongRecipient(stranger, date.Name.Zh, date.Name.En, string.Join(", ", date.Recipients));
        if (to.Select(r => sent.FirstOrDefault(s => s.Recipient == r)).OfType<Submission>().FirstOrDefault() is { } earlier)
            throw Problem.Chain.AlreadyDone("报送", "The submission", earlier.By, earlier.At);
        var sentAt = SentAt(request.SentOn, at, Cause.Plan(plan), what);
        var late = date.DaysLate(new DateTimeOffset(sentAt, TimeSpan.Zero));
        if (late > 0 && string.IsNullOrWhiteSpace(request.LateReasonZh))
            throw Problem.Chain.LateWithoutReason(date.Name.Zh, date.Name.En, date.Due, late);
        return new(date, to, sentAt, late);
    }

    /// <exception cref="Problem"><c>escalation.*</c>, <c>chain.*</c></exception>
    public static Task<Submitted> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.CalendarId,
            request.Reason,
            async act =>
            {
                var what = await WhatWasSentAsync(act.Db, request, stop);
                var sent = await act.Db.Submissions.Where(s => s.CalendarId == request.CalendarId).ToListAsync(stop);
                var decided = Decide(request, store.Plan, sent, what, act.At);
                await RequireBatchAsync(act, decided.Date, law, stop);
                foreach (var recipient in decided.To)
                    act.Db.Add(RowOf(act, request, decided, recipient));
                act.Fact("lateDays", decided.LateDays);
                return new Submitted(decided.To.Count, decided.LateDays);
            },
            stop
        );
    }

    /// <summary>Verdicts are reported only under the signature of the head: every programme of the date that has patches has a batch.
    /// </summary>
    private static async Task RequireBatchAsync(ActScope act, PlanDate date, LawBook law, CancellationToken stop)
    {
        if (!CountyGate.IsAskedFor(date.Kind, law, act.Today))
            return;
        var without = await act
            .Db.Patches.Where(p => date.Programmes.Contains(p.ProgrammeId))
            .Select(p => p.ProgrammeId)
            .Distinct()
            .Where(id => !act.Db.VerdictBatches.Any(b => b.ProgrammeId == id))
            .OrderBy(id => id)
            .ToListAsync(stop);
        if (without.Count > 0)
            throw Problem.Determination.BatchMissing(date.Name.Zh, date.Name.En, without);
    }

    /// <summary>The moment itself, or the last one of an earlier day: nobody is made late by the hour of writing it down.</summary>
    private static DateTime SentAt(DateOnly? on, DateTime at, Cause plan, Cause what)
    {
        var today = ChinaTime.DayOf(new DateTimeOffset(at, TimeSpan.Zero));
        var day = on ?? today;
        DayOrder.Require("报送日期", "The day of sending", day, today, plan, what);
        if (day == today)
            return at;
        return ChinaTime.EndOf(day).UtcDateTime.AddSeconds(-1);
    }

    /// <summary>Nothing is sent before the day whose end its figures show.</summary>
    private static async Task<Cause> WhatWasSentAsync(StoreContext db, Request request, CancellationToken stop)
    {
        DateOnly? figures = null;
        if (request.ReportId is { } id)
            figures = (
                await db.Reports.SingleOrDefaultAsync(r => r.Id == id, stop)
                ?? throw Problem.Chain.NotThere("报告", "report", id.ToString())
            ).OnDay;
        if (request.SnapshotId is { } frozen)
        {
            var snapshot =
                await db.Snapshots.SingleOrDefaultAsync(s => s.Id == frozen, stop)
                ?? throw Problem.Chain.NotThere("固化快照", "snapshot", frozen.ToString());
            figures ??= snapshot.OnDay;
        }
        return new("报告截止日期", "the day of the figures of the report", figures);
    }

    private static Submission RowOf(ActScope act, Request request, Decided decided, string recipient) =>
        new()
        {
            Id = act.NewId(),
            CalendarId = decided.Date.Id,
            Recipient = recipient,
            SentAt = decided.SentAt,
            LateDays = decided.LateDays,
            LateReasonZh = decided.LateDays > 0 ? request.LateReasonZh!.Trim() : null,
            SnapshotId = request.SnapshotId,
            ReportId = request.ReportId,
            By = act.By.Login,
            At = act.At,
        };
}
