using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;

namespace Weipian.Flow.Store;

/// <summary>Keeps a plain record of the office: a training, an instruction, a meeting, a budget line, a spending.</summary>
public static class KeepOfficeRecord
{
    public const string Act = "keep-record";

    private static readonly string[] MoneyKinds = [OfficeRecordKind.Budget, OfficeRecordKind.Spending];

    /// <param name="On">Not after today.</param>
    /// <param name="Unit">Id of a responsible unit; null for all.</param>
    /// <param name="SeatLogin">The seat that was trained or instructed; null for all. Of several seats each has its own record.</param>
    /// <param name="AmountFen">Hundredths of a yuan; of budget and spending only.</param>
    /// <param name="BudgetLineId">The budget line that a spending uses; null where it uses none.</param>
    public sealed record Request(
        [OneOf("training", "instruction", "meeting", "budget", "spending")] string Kind,
        DateOnly On,
        string TitleZh,
        string TextZh,
        string? Unit,
        string? SeatLogin,
        long? AmountFen,
        string Reason,
        Guid? BudgetLineId = null
    );

    /// <summary>Pure: money is the finance seat's, the rest is not; a day that has come; an amount where there is money.</summary>
    public static void Decide(Actor actor, Request request, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Kind", request.Kind, OfficeRecordKind.All);
        var isMoney = MoneyKinds.Contains(request.Kind);
        if (isMoney != (actor.Role == PlanRoles.Finance))
            throw Problem.Store.ActNotAllowed(
                actor.Login,
                actor.Role,
                $"{Act} {request.Kind}",
                isMoney ? [PlanRoles.Finance] : [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead]
            );
        if (request.On > today)
            throw Problem.Chain.InFuture("日期", "The date", request.On, today);
        if (isMoney && request.AmountFen is null or <= 0)
            throw Problem.Chain.BadValue("AmountFen", $"{request.AmountFen}", "大于零的金额", "an amount above zero");
        if (request.BudgetLineId is not null && request.Kind != OfficeRecordKind.Spending)
            throw Problem.Chain.BadValue("BudgetLineId", request.Kind, "只有支出使用预算", "only a spending uses a budget line");
        if (isMoney && request.SeatLogin is not null)
            throw Problem.Chain.BadValue("SeatLogin", request.SeatLogin, "经费不记到席位", "money is not recorded per seat");
        if (string.IsNullOrWhiteSpace(request.TitleZh))
            throw Problem.Chain.BadValue("TitleZh", "", "标题", "a title");
    }

    /// <returns>The id of the record.</returns>
    /// <exception cref="Problem"><c>store.act-not-allowed</c>, <c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Kind,
            request.Reason,
            async act =>
            {
                Decide(actor, request, act.Today);
                var same = act.Db.OfficeRecords.Where(r => r.Kind == request.Kind && r.On == request.On && r.TitleZh == request.TitleZh);
                if (
                    await same.FirstOrDefaultAsync(
                        r =>
                            r.TextZh == request.TextZh
                            && r.Unit == request.Unit
                            && r.SeatLogin == request.SeatLogin
                            && r.SubjectId == request.BudgetLineId
                            && r.AmountFen == request.AmountFen,
                        stop
                    ) is
                    { } done
                )
                    throw Problem.Chain.AlreadyDone("同一记录", "The same record", done.By, done.At);
                if (request.SeatLogin is { } login && store.Plan.FindSeat(login) is null)
                    throw Problem.Store.NoSuchSeat(login);
                if (request.Unit is { } unit && store.Plan.Units.Responsible.All(u => u.Id != unit))
                    throw Problem.Chain.NotThere("责任单位", "responsible unit", unit);
                await RequireLineAsync(act, request, stop);
                var record = new OfficeRecord
                {
                    Id = act.NewId(),
                    Kind = request.Kind,
                    On = request.On,
                    TitleZh = request.TitleZh,
                    TextZh = request.TextZh,
                    Unit = request.Unit,
                    SeatLogin = request.SeatLogin,
                    AmountFen = request.AmountFen,
                    SubjectId = request.BudgetLineId,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(record);
                return record.Id;
            },
            stop
        );
    }

    /// <summary>A spending uses a line that there is, and no more of it than is left.</summary>
    private static async Task RequireLineAsync(ActScope act, Request request, CancellationToken stop)
    {
        if (request.BudgetLineId is not { } id)
            return;
        var line =
            await act.Db.OfficeRecords.FirstOrDefaultAsync(r => r.Id == id && r.Kind == OfficeRecordKind.Budget, stop)
            ?? throw Problem.Chain.NotThere("预算", "budget line", id.ToString());
        var used =
            await act.Db.OfficeRecords.Where(r => r.SubjectId == id && r.Kind == OfficeRecordKind.Spending).SumAsync(r => r.AmountFen, stop)
            ?? 0;
        if (request.On < line.On)
            throw Problem.Chain.BeforeCause("支出日期", "The day of the spending", request.On, "预算日期", "the budget line", line.On);
        if (used + request.AmountFen > line.AmountFen)
            throw Problem.Store.BudgetLineExceeded(line.TitleZh, (line.AmountFen ?? 0) - used);
    }
}
