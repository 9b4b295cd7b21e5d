using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Rectification;

/// <summary>Orders what has to be done about a violation (责令整改), by whom, by when, over how much of it.</summary>
/// <remarks>
/// The responsible unit of the violation does it. Measures that remove area never cover more than what remains and is not yet under a
/// measure. A measure of which nothing was accepted may be replaced by one of another kind.
/// </remarks>
public static class OrderMeasure
{
    public const string Act = "order-measure";

    private const string ReplacesKey = "replaces";

    /// <param name="DueOn">Last day, inclusive until 24:00.</param>
    /// <param name="CultivatedSquareMetres">Of the area, net.</param>
    /// <param name="BasisZh">The decision, order or handling that it rests on.</param>
    /// <param name="ReplacesMeasureId">An open measure whose place it takes.</param>
    public sealed record Request(
        Guid ViolationId,
        [OneOf("demolish-restore", "formalities", "confiscate", "record-completion")] string Kind,
        DateOnly OrderedOn,
        DateOnly DueOn,
        double AreaSquareMetres,
        double CultivatedSquareMetres,
        string BasisZh,
        Guid? ReplacesMeasureId,
        string Reason
    );

    /// <param name="Balance">What is left of the violation today.</param>
    /// <param name="Others">Its measures, but for the one that is replaced.</param>
    /// <param name="Replaced">The measure whose place is taken; null for none.</param>
    public sealed record Facts(ViolationBalance Balance, IReadOnlyList<MeasureStanding> Others, MeasureStanding? Replaced);

    /// <summary>Pure: a kind there is, days in their order, an area that is open.</summary>
    public static void Decide(Request request, Facts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        OneOfAttribute.Check("Kind", request.Kind, MeasureKind.All);
        DecideDays(request, facts.Balance.Violation, today);
        if (facts.Replaced is { } replaced && (!replaced.IsOpen || replaced.Measure.ViolationId != request.ViolationId))
            throw Problem.Rectification.MeasureEnded(replaced.Measure.Kind);
        if (facts.Replaced is { Waiting: not null })
            throw Problem.Chain.OutOfOrder("改用其他措施", "replace the measure", "其报告正在等待验收", "its report waits for acceptance");
        if (request.AreaSquareMetres <= 0)
            throw Problem.Chain.BadValue("AreaSquareMetres", $"{request.AreaSquareMetres}", "大于零的面积", "an area above zero");
        var most = OpenSquareMetres(facts, request.Kind);
        if (request.AreaSquareMetres > most + ViolationBalance.ClosureSquareMetres)
            throw Problem.Rectification.AreaTooLarge("措施面积", "The area of the measure", request.AreaSquareMetres, most);
        var cultivated = Math.Min(request.AreaSquareMetres, facts.Balance.RemainingCultivatedSquareMetres);
        if (request.CultivatedSquareMetres < 0 || request.CultivatedSquareMetres > cultivated + ViolationBalance.ClosureSquareMetres)
            throw Problem.Rectification.AreaTooLarge("其中耕地面积", "Its cultivated land", request.CultivatedSquareMetres, cultivated);
    }

    /// <summary>The area that a further measure of a kind may cover: what remains less what open measures cover.</summary>
    public static double OpenSquareMetres(Facts facts, string kind)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var removes = MeasureKind.RemovesArea(kind);
        var under = facts.Others.Where(o => o.IsOpen && MeasureKind.RemovesArea(o.Measure.Kind) == removes);
        return Math.Max(0, facts.Balance.RemainingSquareMetres - under.Sum(o => o.Measure.AreaSquareMetres));
    }

    /// <returns>The id of the measure.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>rectification.*</c></exception>
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
                var violation = await StandingViolation.ReadAsync(act.Db, request.ViolationId, stop);
                var facts = await FactsAsync(act.Db, violation.Id, request.ReplacesMeasureId, act.Today, stop);
                Decide(request, facts, act.Today);
                return Write(act, request, violation);
            },
            stop
        );
    }

    /// <summary>What the order has to know of its violation.</summary>
    public static async Task<Facts> FactsAsync(
        StoreContext db,
        Guid violation,
        Guid? replaces,
        DateOnly today,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var measures = await MeasureStanding.OfAsync(db, db.Measures.Where(m => m.ViolationId == violation), stop);
        var replaced = replaces is { } id
            ? measures.FirstOrDefault(m => m.Measure.Id == id) ?? throw Problem.Chain.NotThere("整改措施", "measure", id.ToString())
            : null;
        return new(await ViolationBalances.OfOneAsync(db, violation, today, stop), [.. measures.Where(m => m != replaced)], replaced);
    }

    /// <summary>The measure whose place this one takes.</summary>
    internal static Guid? Replaces(Measure measure) =>
        measure.DetailsJson.Contains(ReplacesKey, StringComparison.Ordinal) && JsonNode.Parse(measure.DetailsJson)![ReplacesKey] is { } id
            ? Guid.Parse((string)id!)
            : null;

    private static Guid Write(ActScope act, Request request, Violation violation)
    {
        var details = new JsonObject { ["basis"] = request.BasisZh.Trim() };
        if (request.ReplacesMeasureId is { } replaced)
            details[ReplacesKey] = replaced.ToString();
        var measure = new Measure
        {
            Id = act.NewId(),
            ViolationId = violation.Id,
            Kind = request.Kind,
            Unit = violation.Unit,
            OrderedOn = request.OrderedOn,
            DueOn = request.DueOn,
            AreaSquareMetres = request.AreaSquareMetres,
            CultivatedSquareMetres = request.CultivatedSquareMetres,
            DetailsJson = CanonicalJson.Of(details),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(measure);
        act.Fact("violation", violation.Number);
        act.Fact("kind", measure.Kind);
        Tell.Unit(
            act,
            measure.Unit,
            "measure",
            measure.Id,
            $"{violation.Number} 须于 {measure.DueOn:yyyy-MM-dd} 前整改：{violation.NameZh}",
            $"{violation.Number} is to be rectified by {measure.DueOn:yyyy-MM-dd}"
        );
        return measure.Id;
    }

    private static void DecideDays(Request request, Violation violation, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(request.BasisZh))
            throw Problem.Rectification.ProofMissing("依据", "basis");
        // The historic backlog may have been ordered before it was entered here; before the act there was nothing to order.
        var cause =
            violation.Source == ViolationSource.Backlog
                ? new Cause("违法行为开始之日", "the start of the act", violation.StartedOn)
                : new Cause("认定违法之日", "the violation", ChinaTime.DayOf(violation.At));
        DayOrder.Require("责令日期", "The day of the order", request.OrderedOn, today, cause);
        DayOrder.RequireNotBefore("整改期限", "The due day", request.DueOn, new Cause("责令日期", "the order", request.OrderedOn));
    }
}
