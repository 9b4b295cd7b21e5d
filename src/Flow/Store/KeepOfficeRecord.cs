using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;

namespace Weipian.Flow.Store;

/// <summary>Keeps a plain record of the office: a training, an instruction, a meeting, a budget line, a spending.</summary>
public static class KeepOfficeRecord
{
    public const string Act = "keep-record";

    private static readonly string[] MoneyKinds = [OfficeRecordKind.Budget, OfficeRecordKind.Spending];

    /// <param name="On">Not after today.</param>
    /// <param name="AmountFen">Hundredths of a yuan; of budget and spending only.</param>
    public sealed record Request(
        [OneOf("training", "instruction", "meeting", "budget", "spending")] string Kind,
        DateOnly On,
        string TitleZh,
        string TextZh,
        string? Unit,
        string? SeatLogin,
        long? AmountFen,
        string Reason
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
                        r => r.TextZh == request.TextZh && r.Unit == request.Unit && r.AmountFen == request.AmountFen,
                        stop
                    ) is
                    { } done
                )
                    throw Problem.Chain.AlreadyDone("同一记录", "The same record", done.By, done.At);
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
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(record);
                return record.Id;
            },
            stop
        );
    }
}
