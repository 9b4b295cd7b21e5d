using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>A town in the field, or the district at the desk, orders an act to stop (责令停止违法行为); its days tell how fast that
/// was.</summary>
public static class IssueStopNotice
{
    public const string Act = "issue-stop-notice";

    /// <param name="PatchId">The patch that shows the act.</param>
    /// <param name="ViolationId">The violation, once one was formed.</param>
    /// <param name="DiscoveredOn">The day it was seen; not after it was served.</param>
    /// <param name="OrderZh">What the addressee has to do.</param>
    public sealed record Request(
        Guid PatchId,
        Guid? ViolationId,
        [OneOf("patrol", "patch", "report")] string DiscoveredBy,
        DateOnly DiscoveredOn,
        DateOnly ServedOn,
        string AddresseeZh,
        string ActZh,
        string ProvisionZh,
        string BasisZh,
        string OrderZh,
        string Reason
    );

    public sealed record Issued(Guid StopNoticeId, string Document);

    /// <summary>Pure: the own unit of a town, a known source, days in their order.</summary>
    /// <param name="units">Responsible units of the patch, largest share first.</param>
    /// <returns>The unit that answers for the place.</returns>
    public static string Decide(Actor actor, Request request, Patch patch, IReadOnlyList<string> units, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(units);
        OneOfAttribute.Check("DiscoveredBy", request.DiscoveredBy, DiscoverySource.All);
        if (actor.Role == PlanRoles.Town && (actor.Unit is null || !units.Contains(actor.Unit)))
            throw Problem.Chain.OtherUnit(actor.Login, units.Count > 0 ? units[0] : "—");
        Cause discovery = new("发现日期", "the day of discovery", request.DiscoveredOn);
        DayOrder.Require("送达日期", "The day of service", request.ServedOn, today, discovery);
        // A patrol may see what no later image shows yet, but not what the earlier image shows not to be there.
        var shown = request.DiscoveredBy == DiscoverySource.Patch ? patch.After : patch.Before;
        DayOrder.RequireNotBefore("发现日期", "The day of discovery", request.DiscoveredOn, Cause.Images(shown));
        return actor.Unit ?? (units.Count > 0 ? units[0] : "");
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.document-field-missing</c></exception>
    public static Task<Issued> Handle(WeipianStore store, Actor actor, Request request, CaseLaw law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.PatchId.ToString(),
            request.Reason,
            async act =>
            {
                var patch =
                    await act.Db.Patches.SingleOrDefaultAsync(p => p.Id == request.PatchId, stop)
                    ?? throw Problem.Chain.NotThere("图斑", "patch", request.PatchId.ToString());
                // A patch may lie in two towns; a violation on it is one town's.
                if (
                    request.ViolationId is { } id
                    && await act.Db.ViolationAsync(id, stop) is var violation
                    && actor.Role == PlanRoles.Town
                    && violation.Unit != actor.Unit
                )
                    throw Problem.Chain.OtherUnit(actor.Login, violation.Unit);
                var shares = await IllegalParcels.UnitsAsync(act.Db, [request.PatchId], stop);
                var unit = Decide(actor, request, patch, [.. shares[request.PatchId].Select(u => u.Unit).Distinct()], act.Today);
                var addressee = request.AddresseeZh.Trim();
                var same = await act
                    .Db.StopNotices.Where(n => n.PatchId == request.PatchId && n.ServedOn == request.ServedOn)
                    .Where(n => n.ViolationId == request.ViolationId)
                    .ToListAsync(stop);
                var addressees = await AddresseesAsync(act.Db, same, stop);
                if (same.Find(n => addressees[n.Id] == addressee) is { } done)
                    throw Problem.Chain.AlreadyDone("当日对该当事人的制止", "The stop notice to them of that day", done.By, done.At);
                var kind = law.Documents["stop-notice"];
                var notice = act.NewId();
                var fields = CaseDocuments.Fields(kind, Texts(request, act.Store.Plan), null);
                var document = await DocumentIssue.IssueAsync(act, kind, "stop-notice", notice, request.ServedOn, fields, stop);
                act.Db.Add(RowOf(act, notice, request, unit, document.Id));
                return new Issued(notice, document.Number);
            },
            stop
        );
    }

    /// <summary>To whom notices were addressed, by the id of the row.</summary>
    internal static Task<IReadOnlyDictionary<Guid, string>> AddresseesAsync(
        StoreContext db,
        IReadOnlyCollection<StopNotice> notices,
        CancellationToken stop = default
    ) => SealedRows.OpenAsync(db, [.. notices.Select(SealedOf)], stop);

    internal static SealedRow SealedOf(StopNotice notice) => new(SealedRows.StopNotice, notice.Id, notice.AddresseeZh);

    private static Dictionary<string, string> Texts(Request request, WorkPlan plan) =>
        new(StringComparer.Ordinal)
        {
            ["addressee"] = request.AddresseeZh,
            ["act"] = request.ActZh,
            ["provision"] = request.ProvisionZh,
            ["basis"] = request.BasisZh,
            ["order"] = request.OrderZh,
            ["seal"] = CaseDocuments.Authority(plan),
        };

    private static StopNotice RowOf(ActScope act, Guid id, Request request, string unit, Guid document) =>
        new()
        {
            Id = id,
            PatchId = request.PatchId,
            ViolationId = request.ViolationId,
            Unit = unit,
            DiscoveredBy = request.DiscoveredBy,
            DiscoveredOn = request.DiscoveredOn,
            ServedOn = request.ServedOn,
            DocumentId = document,
            AddresseeZh = SealedRows.Seal(act, SealedRows.StopNotice, id, request.AddresseeZh.Trim()),
            By = act.By.Login,
            At = act.At,
        };
}

/// <summary>How long it took from the image to the standstill, in calendar days; null where a day is missing.</summary>
public sealed record StopTimes(int? ImageToDiscovery, int DiscoveryToNotice, int? NoticeToStop, int? ImageToStop)
{
    /// <param name="image">The day of the image that shows the act.</param>
    /// <param name="notice">The newest row of the notice.</param>
    public static StopTimes Of(DateOnly? image, StopNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return new(
            Days(image, notice.DiscoveredOn),
            notice.ServedOn.DayNumber - notice.DiscoveredOn.DayNumber,
            Days(notice.ServedOn, notice.StoppedOn),
            Days(image, notice.StoppedOn)
        );
    }

    private static int? Days(DateOnly? from, DateOnly? to) => to?.DayNumber - from?.DayNumber;
}
