using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Rectification;

/// <summary>Another person than who reported goes to the place and says what was done (实地验收): all of it, a part, or nothing.</summary>
/// <remarks>
/// Nothing else removes a violation. Land that was agricultural is accepted as agricultural land again, by area and class. A part that is
/// accepted splits the measure: the rest becomes a measure of its own, due on the same day. When nothing is left of the violation the hold
/// on permits ends with the acceptance that said so. Every acceptance leaves a numbered form (整改验收单), a refusal too.
/// </remarks>
public static class AcceptMeasure
{
    public const string Act = "accept-measure";

    private const int AreaDecimals = 2;

    /// <param name="AreaSquareMetres">Accepted; 0 when refused.</param>
    /// <param name="CultivatedSquareMetres">Of it; of restored land the sum of the cultivated classes.</param>
    /// <param name="CodeStandard">Standard of the codes of <paramref name="Classes"/>.</param>
    /// <param name="Classes">Restored land by class: <c>0103=1200.5</c>, square metres; adds up to the accepted area.</param>
    /// <param name="HardSurfaceRemoved">硬化面已清除.</param>
    /// <param name="FoundationRemoved">基础已清除.</param>
    /// <param name="SoilCoverCentimetres">Thickness of the soil cover; of land that goes back to agriculture.</param>
    /// <param name="SidesPhotographed">From four sides and as a whole.</param>
    public sealed record Request(
        Guid ReportId,
        DateOnly InspectedOn,
        [OneOf("accepted", "partial", "refused")] string Outcome,
        double AreaSquareMetres,
        double CultivatedSquareMetres,
        [OneOf("gbt21010-2007", "gbt21010-2017", "tdt1055-2019")] string CodeStandard,
        IReadOnlyList<string> Classes,
        bool HardSurfaceRemoved,
        bool FoundationRemoved,
        int? SoilCoverCentimetres,
        bool Levelled,
        bool IrrigationRestored,
        bool Planted,
        bool AccessOpen,
        bool SidesPhotographed,
        bool BoundaryMeasured,
        string NoteZh,
        string Reason
    );

    /// <param name="RestId">The measure that the rest became.</param>
    /// <param name="RemainingSquareMetres">Of the violation, after this.</param>
    /// <param name="HoldsLifted">How many holds ended.</param>
    public sealed record Answer(Guid AcceptanceId, Guid? RestId, double RemainingSquareMetres, int HoldsLifted);

    /// <param name="PenaltyDoneOn">See <see cref="PenaltyExecution"/>.</param>
    /// <param name="Received">Finance gave a receipt for what is confiscated under the measure.</param>
    public sealed record Facts(
        Violation Violation,
        MeasureStanding Standing,
        MeasureReport Report,
        ViolationBalance Balance,
        DateOnly? PenaltyDoneOn,
        bool Received
    );

    /// <summary>An accepted area of one class.</summary>
    public sealed record ClassArea(LandClass Class, double SquareMetres);

    /// <summary>Pure: another person, in order, no more than reported, and the proof on the ground that the kind asks for.</summary>
    public static void Decide(Actor actor, Request request, Facts facts, IReadOnlyList<ClassArea> classes, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        OneOfAttribute.Check("Outcome", request.Outcome, [MeasureState.Accepted, MeasureState.Partial, MeasureState.Refused]);
        var (report, measure) = (facts.Report, facts.Standing.Measure);
        if (facts.Standing.Acceptances.FirstOrDefault(a => a.ReportId == report.Id) is { } done)
            throw Problem.Chain.AlreadyDone("该报告的验收", "The acceptance of this report", done.By, done.At);
        if (!facts.Standing.IsOpen)
            throw Problem.Rectification.MeasureEnded(measure.Kind);
        if (report.By == actor.Login)
            throw Problem.Chain.SamePerson(actor.Login, "验收", "accept it on site");
        if (request.InspectedOn > today)
            throw Problem.Chain.InFuture("验收日期", "The day on site", request.InspectedOn, today);
        if (request.InspectedOn < report.DoneOn)
            throw Problem.Chain.BeforeCause(
                "验收日期",
                "The day on site",
                request.InspectedOn,
                "完成日期",
                "the completion",
                report.DoneOn
            );
        DecideArea(request, measure, report);
        if (request.Outcome == MeasureState.Refused)
            return;
        if (measure.Kind == MeasureKind.DemolishRestore)
            DecideGround(request, facts, classes);
        if (measure.Kind == MeasureKind.Formalities && facts.PenaltyDoneOn is null)
            throw Problem.Rectification.PenaltyNotExecuted(facts.Violation.Number);
        if (measure.Kind == MeasureKind.Confiscate && !facts.Received)
            throw Problem.Rectification.NotReceived();
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>rectification.*</c></exception>
    public static Task<Answer> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        LandClassTable landClasses,
        DocumentBook documents,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(landClasses);
        ArgumentNullException.ThrowIfNull(documents);
        return store.ActAsync(
            actor,
            Act,
            request.ReportId.ToString(),
            request.Reason,
            async act =>
            {
                var facts = await FactsAsync(act, request, stop);
                var classes = ClassesOf(request, landClasses);
                Decide(actor, request, facts, classes, act.Today);
                return await WriteAsync(act, request, facts, classes, documents[AcceptancePaper.Kind], stop);
            },
            stop
        );
    }

    private static async Task<Facts> FactsAsync(ActScope act, Request request, CancellationToken stop)
    {
        var report =
            await act.Db.MeasureReports.SingleOrDefaultAsync(r => r.Id == request.ReportId, stop)
            ?? throw Problem.Chain.NotThere("整改报告", "report", request.ReportId.ToString());
        var standing = await MeasureStanding.OfOneAsync(act.Db, report.MeasureId, stop);
        var violation = await StandingViolation.ReadAsync(act.Db, standing.Measure.ViolationId, stop);
        var balance = await ViolationBalances.OfOneAsync(act.Db, violation.Id, act.Today, stop);
        var sent = act.Db.HandOvers.Where(h => h.MeasureId == report.MeasureId).Select(h => h.Id);
        var received = await act.Db.HandOverReceipts.AnyAsync(r => sent.Contains(r.HandOverId), stop);
        return new(violation, standing, report, balance, await PenaltyExecution.DoneOnAsync(act.Db, violation.Id, stop), received);
    }

    private static void DecideArea(Request request, Measure measure, MeasureReport report)
    {
        const double closure = ViolationBalance.ClosureSquareMetres;
        var area = request.AreaSquareMetres;
        if (area > report.AreaSquareMetres + closure)
            throw Problem.Rectification.AreaTooLarge("验收面积", "The accepted area", area, report.AreaSquareMetres);
        var fits = request.Outcome switch
        {
            MeasureState.Accepted => area >= measure.AreaSquareMetres - closure,
            MeasureState.Partial => area > 0 && area < measure.AreaSquareMetres - closure,
            _ => area == 0 && request.CultivatedSquareMetres == 0,
        };
        if (!fits)
            throw Problem.Chain.BadValue(
                "AreaSquareMetres",
                area.ToString("0.00", CultureInfo.InvariantCulture),
                "与结论相符的面积（全部、部分、退回为零）",
                "an area that goes with the outcome: all, a part, or zero when refused"
            );
        var most = Math.Min(area, measure.CultivatedSquareMetres);
        if (request.CultivatedSquareMetres < 0 || request.CultivatedSquareMetres > most + closure)
            throw Problem.Rectification.AreaTooLarge("其中耕地面积", "Its cultivated land", request.CultivatedSquareMetres, most);
        if (request.Outcome == MeasureState.Accepted && request.CultivatedSquareMetres < measure.CultivatedSquareMetres - closure)
            throw Problem.Rectification.NotRestored(
                "耕地",
                "Cultivated land",
                request.CultivatedSquareMetres,
                measure.CultivatedSquareMetres
            );
    }

    /// <summary>Structures gone, ground levelled, classes that add up, agricultural land agricultural again.</summary>
    private static void DecideGround(Request request, Facts facts, IReadOnlyList<ClassArea> classes)
    {
        const double closure = ViolationBalance.ClosureSquareMetres;
        if (!request.HardSurfaceRemoved)
            throw Problem.Rectification.ChecklistOpen("硬化面已清除", "hard surface removed");
        if (!request.FoundationRemoved)
            throw Problem.Rectification.ChecklistOpen("基础已清除", "foundation removed");
        if (!request.Levelled)
            throw Problem.Rectification.ChecklistOpen("土地已平整", "levelled");
        var cultivated = classes.Where(c => c.Class.IsCultivated).Sum(c => c.SquareMetres);
        if (cultivated > 0 && request.SoilCoverCentimetres is null or <= 0)
            throw Problem.Rectification.ChecklistOpen("覆土厚度", "thickness of the soil cover");
        var sum = classes.Sum(c => c.SquareMetres);
        if (Math.Abs(sum - request.AreaSquareMetres) > closure)
            throw Problem.Rectification.ClassesDoNotAddUp(sum, request.AreaSquareMetres);
        if (Math.Abs(cultivated - request.CultivatedSquareMetres) > closure)
            throw Problem.Rectification.ClassesDoNotAddUp(cultivated, request.CultivatedSquareMetres);
        // What was no agricultural land before may stay what it is; everything else goes back (占用农用地的恢复农业用途).
        var other = facts.Violation.AreaSquareMetres - facts.Violation.AgriculturalSquareMetres;
        var agricultural = classes.Where(c => c.Class.ThreeClass == ThreeClass.Agricultural).Sum(c => c.SquareMetres);
        var wanted = Math.Max(0, request.AreaSquareMetres - other);
        if (agricultural < wanted - closure)
            throw Problem.Rectification.NotRestored("农用地", "Agricultural land", agricultural, wanted);
    }

    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    private static List<ClassArea> ClassesOf(Request request, LandClassTable landClasses) =>
        [
            .. request.Classes.Select(line =>
            {
                var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
                var isArea = double.TryParse(parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var area);
                return
                    parts.Length == 2
                    && isArea
                    && area >= 0
                    && landClasses.FindOrNull(request.CodeStandard, parts[0], request.InspectedOn) is { } found
                    ? new ClassArea(found, area)
                    : throw Problem.Chain.BadValue(
                        "Classes",
                        line,
                        "地类编码=平方米，如 0103=1200.5",
                        "class code=square metres, such as 0103=1200.5"
                    );
            }),
        ];

    private static async Task<Answer> WriteAsync(
        ActScope act,
        Request request,
        Facts facts,
        IReadOnlyList<ClassArea> classes,
        DocumentKind form,
        CancellationToken stop
    )
    {
        var acceptance = new MeasureAcceptance
        {
            Id = act.NewId(),
            MeasureId = facts.Standing.Measure.Id,
            ReportId = facts.Report.Id,
            InspectedOn = request.InspectedOn,
            Outcome = request.Outcome,
            AreaSquareMetres = request.AreaSquareMetres,
            CultivatedSquareMetres = request.CultivatedSquareMetres,
            ClassesJson = ClassesJson(request, classes),
            ChecklistJson = Checklist(request),
            NoteZh = request.NoteZh.Trim(),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(acceptance);
        var rest = request.Outcome == MeasureState.Partial ? Rest(act, facts.Standing.Measure, acceptance) : null;
        var removed = MeasureKind.RemovesArea(facts.Standing.Measure.Kind) ? request.AreaSquareMetres : 0;
        var remaining = Math.Round(facts.Balance.RemainingSquareMetres - removed, AreaDecimals);
        remaining = remaining <= ViolationBalance.ClosureSquareMetres ? 0 : remaining;
        var lifted = remaining == 0 && removed > 0 ? await LiftHoldsAsync(act, facts.Violation, acceptance, stop) : 0;
        var party = (await CaseInHand.OfAsync(act.Db, facts.Violation, stop)).Identity?.NameZh;
        var fields = AcceptancePaper.Fields(act.Store.Plan, facts, acceptance, party, remaining);
        await DocumentIssue.IssueAsync(act, form, "measure", acceptance.MeasureId, request.InspectedOn, fields, stop);
        act.Fact("violation", facts.Violation.Number);
        act.Fact("outcome", request.Outcome);
        act.Fact("remaining", remaining);
        Tell.Unit(
            act,
            facts.Standing.Measure.Unit,
            "measure",
            facts.Standing.Measure.Id,
            $"{facts.Violation.Number} 验收{(request.Outcome == MeasureState.Refused ? "退回" : "通过")}，剩余 {remaining:0.00} 平方米",
            $"{facts.Violation.Number} was {request.Outcome} on site; {remaining:0.00} m² remain"
        );
        return new(acceptance.Id, rest?.Id, remaining, lifted);
    }

    /// <summary>What was not accepted goes on as a measure of its own, due as before.</summary>
    private static Measure Rest(ActScope act, Measure measure, MeasureAcceptance acceptance)
    {
        var details = JsonNode.Parse(measure.DetailsJson)!.AsObject();
        details.Remove("replaces");
        var rest = new Measure
        {
            Id = act.NewId(),
            ViolationId = measure.ViolationId,
            Kind = measure.Kind,
            Unit = measure.Unit,
            OrderedOn = measure.OrderedOn,
            DueOn = measure.DueOn,
            AreaSquareMetres = measure.AreaSquareMetres - acceptance.AreaSquareMetres,
            CultivatedSquareMetres = Math.Max(0, measure.CultivatedSquareMetres - acceptance.CultivatedSquareMetres),
            DetailsJson = CanonicalJson.Of(details),
            SplitFromId = measure.Id,
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(rest);
        return rest;
    }

    /// <summary>A hold on what a correction replaced ends with the one that took its place.</summary>
    private static async Task<int> LiftHoldsAsync(ActScope act, Violation violation, MeasureAcceptance acceptance, CancellationToken stop)
    {
        var ground = $"{violation.Number} 经实地验收，违法状态已消除";
        var lifted = 0;
        foreach (var id in await ChainAsync(act.Db, violation, stop))
            lifted += await Holds.LiftAsync(act, id, HoldCause.Acceptance, acceptance.Id, ground, stop);
        return lifted;
    }

    /// <summary>The violation and those that it replaced.</summary>
    private static async Task<List<Guid>> ChainAsync(StoreContext db, Violation violation, CancellationToken stop)
    {
        var ids = new List<Guid> { violation.Id };
        for (var earlier = violation.SupersedesId; earlier is { } id; )
        {
            ids.Add(id);
            earlier = await db.Violations.Where(v => v.Id == id).Select(v => v.SupersedesId).SingleAsync(stop);
        }
        return ids;
    }

    private static string ClassesJson(Request request, IReadOnlyList<ClassArea> classes)
    {
        var areas = new JsonObject();
        foreach (var same in classes.GroupBy(c => c.Class.Code, StringComparer.Ordinal))
            areas[same.Key] = same.Sum(c => c.SquareMetres);
        return CanonicalJson.Of(new JsonObject { ["standard"] = request.CodeStandard, ["areas"] = areas });
    }

    private static string Checklist(Request request) =>
        CanonicalJson.Of(
            new JsonObject
            {
                ["hardSurfaceRemoved"] = request.HardSurfaceRemoved,
                ["foundationRemoved"] = request.FoundationRemoved,
                ["soilCoverCentimetres"] = request.SoilCoverCentimetres,
                ["levelled"] = request.Levelled,
                ["irrigationRestored"] = request.IrrigationRestored,
                ["planted"] = request.Planted,
                ["accessOpen"] = request.AccessOpen,
                ["sidesPhotographed"] = request.SidesPhotographed,
                ["boundaryMeasured"] = request.BoundaryMeasured,
            }
        );
}
