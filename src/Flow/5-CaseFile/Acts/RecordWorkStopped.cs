using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Somebody saw that work stands still after a stop notice, or that it goes on and was reported upward.</summary>
/// <remarks>The notice itself does not change: a further row of the same document carries the day.</remarks>
public static class RecordWorkStopped
{
    public const string Act = "record-work-stopped";

    /// <param name="StopNoticeId">Any row of the notice.</param>
    /// <param name="StoppedOn">Null while it goes on; then the day of the report is needed.</param>
    /// <param name="ReportedOn">The day on which it was reported upward.</param>
    public sealed record Request(Guid StopNoticeId, DateOnly? StoppedOn, DateOnly? ReportedOn, string Reason);

    /// <summary>Pure: the own unit of a town; days that have come and follow the notice; a standstill is recorded once.</summary>
    /// <param name="notice">The newest row of the notice.</param>
    public static void Decide(Actor actor, Request request, StopNotice notice, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(notice);
        if (actor.Role == PlanRoles.Town && actor.Unit != notice.Unit)
            throw Problem.Chain.OtherUnit(actor.Login, notice.Unit);
        if (request.StoppedOn is null && request.ReportedOn is null)
            throw Problem.Chain.BadValue("StoppedOn", "", "停工日期或上报日期", "the day of the standstill or of the report");
        if (request.StoppedOn is not null && notice.StoppedOn is not null)
            throw Problem.Chain.AlreadyDone("停工", "The standstill", notice.By, notice.At);
        Cause served = new("送达日期", "the day of service", notice.ServedOn);
        if (request.StoppedOn is { } stopped)
            DayOrder.Require("停工日期", "The day of the standstill", stopped, today, served);
        // Who does not stop is reported after the notice; what is large is reported as soon as it is seen.
        Cause discovered = new("发现日期", "the day of discovery", notice.DiscoveredOn);
        if (request.ReportedOn is { } reported)
            DayOrder.Require("上报日期", "The day of the report", reported, today, discovered);
    }

    /// <returns>The id of the further row.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.StopNoticeId.ToString(),
            request.Reason,
            async act =>
            {
                var asked =
                    await act.Db.StopNotices.SingleOrDefaultAsync(n => n.Id == request.StopNoticeId, stop)
                    ?? throw Problem.Chain.NotThere("停止通知书", "stop notice", request.StopNoticeId.ToString());
                var newest = await act
                    .Db.StopNotices.Where(n => n.DocumentId == asked.DocumentId)
                    .OrderByDescending(n => n.At)
                    .FirstAsync(stop);
                Decide(actor, request, newest, act.Today);
                var addressee = await SealedRows.OpenAsync(act.Db, IssueStopNotice.SealedOf(newest), stop);
                var id = act.NewId();
                var row = new StopNotice
                {
                    Id = id,
                    PatchId = newest.PatchId,
                    ViolationId = newest.ViolationId,
                    Unit = newest.Unit,
                    DiscoveredBy = newest.DiscoveredBy,
                    DiscoveredOn = newest.DiscoveredOn,
                    ServedOn = newest.ServedOn,
                    StoppedOn = request.StoppedOn ?? newest.StoppedOn,
                    ReportedOn = request.ReportedOn ?? newest.ReportedOn,
                    DocumentId = newest.DocumentId,
                    AddresseeZh = SealedRows.Seal(act, SealedRows.StopNotice, id, addressee),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                return row.Id;
            },
            stop
        );
    }
}
