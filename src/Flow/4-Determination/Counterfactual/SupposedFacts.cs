using System.Globalization;
using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>What could be supposed about a parcel, from what its rules asked for. Values come from the facts and the law, never from
/// here.</summary>
internal sealed class SupposedFacts
{
    /// <summary>Who stands behind a finding is no fact to be wished otherwise, nor is what was found there.</summary>
    private static readonly string[] AsFound =
    [
        FactKeys.UseOnGround.Id,
        FactKeys.ActualUse.Id,
        FactKeys.Party.Id,
        FactKeys.ProjectName.Id,
        FactKeys.Military.Id,
        FactKeys.EvidenceKinds.Id,
        FactKeys.ActivityKind.Id,
        FactKeys.Mineral.Id,
    ];

    private const string Layer = "layer";
    private const string Attribute = "attribute";
    private const string AnswerPrefix = "answer";
    private const string EvidencePrefix = "evidence";
    private const string DatePrefix = "date";
    private const string PaperZh = "（文号）";
    private const string RuralDwelling = "rural-dwelling";

    private readonly CounterfactualGround ground;
    private readonly RuleLaw law;
    private readonly string areaMu;

    public SupposedFacts(CounterfactualGround ground, RuleLaw law)
    {
        (this.ground, this.law) = (ground, law);
        areaMu = new SquareMetres(ground.AreaSquareMetres).ToMu().ToString();
    }

    /// <summary>What would bring a title further: what it misses, a feature of its layers, an answer that is otherwise.</summary>
    public IEnumerable<FactChange> For(Rule title, IReadOnlyList<Step> steps, IReadOnlyList<PartFacts> parts)
    {
        foreach (var change in For(steps, parts))
            yield return change;
        foreach (var role in title.Roles.Where(r => r is not (LayerRole.LandUse or LayerRole.PermanentFarmland)))
            yield return Feature(role, parts[0]);
        if (title is VillageHouse && law.Uses.Named(UseOf(parts[0])).Any(u => u.Id == RuralDwelling))
            foreach (var change in Answers(FactKeys.RuralPermitNumber, parts[0]))
                yield return change;
        foreach (var key in FactKeys.ById.Values.Where(k => !AsFound.Contains(k.Id) && parts[0].Site.Of(k) is not null))
        foreach (var change in Answers(key, parts[0]))
            yield return change;
    }

    /// <summary>What would bring unknown steps further.</summary>
    public IEnumerable<FactChange> For(IEnumerable<Step> steps, IReadOnlyList<PartFacts> parts)
    {
        var checks = steps.SelectMany(s => s.Checks).Where(c => c.Outcome == Outcome.Unknown).ToList();
        foreach (var check in checks)
        foreach (var missing in check.Missing)
        foreach (var change in For(missing, check, parts[0]))
            yield return change;
        if (checks.All(c => c.Contradiction is null))
            yield break;
        foreach (var key in FactKeys.ById.Values.Where(k => parts[0].Site.Of(k) is not null))
        {
            if (parts[0].Site.Disagreement(key) is { } pair)
                foreach (var one in (Answer[])[pair.First, pair.Second])
                    yield return Set(key, one.Written);
            else if (key.Id != FactKeys.UseOnGround.Id)
                yield return new AnswerWouldFall(key, $"“{key.Zh}”的陈述不成立", $"the {key.En} was stated wrongly");
        }
    }

    private IEnumerable<FactChange> For(Missing missing, Check check, PartFacts part)
    {
        var (kind, what) = Split(missing.What);
        switch (kind)
        {
            case Layer when what != LayerRole.LandUse && LayerRoles.InCutOrder.Contains(what):
                var zh = LayerRoles.Chinese(what);
                return
                [
                    new LayerWouldBeSilent(what, $"载入{zh}图层，本地块没有要素", $"the {what} layer is loaded and holds nothing here"),
                    Feature(what, part),
                ];
            case Attribute when check.Features.Count > 0:
                return Fields(what[(what.IndexOf('.', StringComparison.Ordinal) + 1)..], check.Features[0], part);
            case AnswerPrefix when FactKeys.ById.TryGetValue(what, out var key):
                return Answers(key, part);
            case EvidencePrefix:
                return [new EvidenceWouldBeBrought(what, $"补充{missing.Zh}", $"{missing.En} is brought")];
            case DatePrefix:
                return ImageDays(what, part);
            default:
                return [];
        }
    }

    private static (string Kind, string What) Split(string missing)
    {
        var colon = missing.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (missing, "") : (missing[..colon], missing[(colon + 1)..]);
    }

    /// <summary>A permit in order: dated not after the image before, running on the days that count, for the use that is made.</summary>
    private FeatureWouldCover Feature(string role, PartFacts part)
    {
        var day = Permitted(part);
        var last = LastDay(part);
        var runs = role is LayerRole.TemporaryLand or LayerRole.MiningRight or LayerRole.ExplorationRight or LayerRole.AdvanceUse;
        var start = role == LayerRole.TemporaryLand ? part.Patch.After ?? day : day;
        var use = role == LayerRole.MiningRight ? part.Site.Of(FactKeys.Mineral)?.Written : UseOf(part);
        var feature = new FeatureFacts
        {
            Role = role,
            LayerVersionId = "supposed",
            Number = 0,
            LayerAsOf = day,
            Geometry = ground.Geometry,
            Document = PaperZh,
            Date = start,
            Expiry = runs ? last : null,
            Use = role == LayerRole.MiningRight ? null : use,
            Kind = role == LayerRole.MiningRight ? use : null,
        };
        var zh = $"{Words.Of(start)} {(start == day ? "或以前" : "起")}的{LayerRoles.Chinese(role)}覆盖本地块 {areaMu} 亩";
        var en = $"{role} dated {(start == day ? "on or before" : "from")} {Words.Of(start)} covers the {areaMu} mu of the parcel";
        return new(
            feature,
            zh + (runs ? $"，有效至 {Words.Of(last)} 或以后" : "") + (string.IsNullOrEmpty(use) ? "" : $"，用途“{use}”"),
            en + (runs ? $", running to {Words.Of(last)} or later" : "") + (string.IsNullOrEmpty(use) ? "" : $", for \"{use}\"")
        );
    }

    private IEnumerable<FactChange> Fields(string field, FeatureReference of, PartFacts part)
    {
        var feature = part.Covering.FirstOrDefault(f => f.Reference == of);
        if (feature is null)
            return [];
        var (zh, en, day, last) = (Words.Zh(feature), Words.En(feature), Permitted(part), LastDay(part));
        return field switch
        {
            "date" => Days(part)
                .Prepend(day)
                .Distinct()
                .Select(d => Filled(field, of, f => f with { Date = d }, $"{zh}的日期为 {Words.Of(d)}", $"{en} dates from {Words.Of(d)}")),
            "expiry" =>
            [
                Filled(field, of, f => f with { Expiry = last }, $"{zh}有效至 {Words.Of(last)}", $"{en} runs to {Words.Of(last)}"),
                .. part.Patch.After is { } after
                    ?
                    [
                        Filled(
                            field,
                            of,
                            f => f with { Expiry = after.AddDays(-1) },
                            $"{zh}在后时相以前到期",
                            $"{en} ran out before the image after"
                        ),
                    ]
                    : (FactChange[])[],
            ],
            "use" => [Filled(field, of, f => f with { Use = UseOf(part) }, $"{zh}用途为“{UseOf(part)}”", $"{en} is for \"{UseOf(part)}\"")],
            "document" => [Filled(field, of, f => f with { Document = PaperZh }, $"{zh}有批准文号", $"{en} has its document number")],
            _ => [],
        };
    }

    private static FieldWouldBe Filled(string field, FeatureReference of, Func<FeatureFacts, FeatureFacts> fill, string zh, string en) =>
        new(of, field, fill, zh, en);

    private IEnumerable<FactChange> ImageDays(string which, PartFacts part)
    {
        var (zh, en) = which == "before" ? ("前时相", "image before") : ("后时相", "image after");
        var dates = part.Covering.Select(f => f.Date).OfType<DateOnly>().ToList();
        if (which == "before")
            dates.Add(Permitted(part));
        else
            dates.Add(LastDay(part));
        return dates
            .SelectMany(d => (DateOnly[])[d, d.AddDays(-1)])
            .Where(d => which == "before" ? part.Patch.After is not { } a || d < a : part.Patch.Before is not { } b || d > b)
            .Distinct()
            .Order()
            .Select(d => new ImageDayWouldBe(which, d, $"{zh}为 {Words.Of(d)}", $"the {en} is of {Words.Of(d)}"));
    }

    private IEnumerable<FactChange> Answers(FactKey key, PartFacts part)
    {
        var held = part.Site.Disagreement(key) is null ? part.Site.Of(key)?.Written : null;
        var written = key.Type switch
        {
            FactType.Flag => ["true", "false"],
            FactType.Choice => key.Choices,
            FactType.Day => [.. Days(part).Select(Words.Of)],
            FactType.Number => [.. Numbers(key, part).Distinct().Select(n => n.ToString(CultureInfo.InvariantCulture))],
            _ when key == FactKeys.ActualUse => [UseOf(part)],
            _ when key == FactKeys.Mineral => [.. part.CoveredBy(LayerRole.MiningRight).Select(f => f.Kind).OfType<string>()],
            _ => (IEnumerable<string>)[PaperZh],
        };
        return written.Where(w => w != held).Select(w => Set(key, w));
    }

    private static AnswerWouldBe Set(FactKey key, string written)
    {
        var (zh, en) = Words.Told(key, written);
        return new(key, written, $"“{key.Zh}”为“{zh}”", $"the {key.En} is \"{en}\"");
    }

    /// <summary>The days at which an answer turns: those of the permits over the part and the day before each.</summary>
    private static IEnumerable<DateOnly> Days(PartFacts part) =>
        part
            .Covering.SelectMany(f => (DateOnly?[])[f.Date, f.Expiry])
            .OfType<DateOnly>()
            .Append(Permitted(part))
            .SelectMany(d => (DateOnly[])[d, d.AddDays(-1)])
            .Where(d => part.Patch.After is not { } after || d <= after)
            .Distinct()
            .Order();

    /// <summary>The numbers at which an answer turns, from the law and the layers.</summary>
    private IEnumerable<decimal> Numbers(FactKey key, PartFacts part)
    {
        if (key == FactKeys.RoadWidthMetres && law.Region is { } region)
        {
            foreach (
                var limit in (LawNumber?[])[law.Number(LawKeys.RuralRoadWidthMin(region)), law.Number(LawKeys.RuralRoadWidthMax(region))]
            )
                if (limit is not null)
                    yield return limit.Value;
        }
        else if (key == FactKeys.HistoryImageYear || key == FactKeys.BuiltYear)
        {
            foreach (var year in part.CoveredBy(LayerRole.LandUse).Select(f => f.LayerAsOf.Year))
            {
                yield return year;
                yield return year + 1;
            }
        }
        else if (key == FactKeys.AncillaryAreaMu)
            yield return 0;
        else if (key == FactKeys.ProjectAreaMu)
            yield return new SquareMetres(ground.AreaSquareMetres).ToMu().Value;
        else if (key == FactKeys.MainBuildingOverlapPercent && law.Number(LawKeys.AccessBuildingShare) is { } share)
            yield return share.Value * PercentPerWhole;
    }

    private const decimal PercentPerWhole = 100;

    /// <summary>The use that is made; where nobody said, the one a permit over the part names.</summary>
    private string UseOf(PartFacts part) =>
        part.Site.Of(FactKeys.ActualUse)?.Written
        ?? part.Covering.FirstOrDefault(f => f.Use is not null && law.Uses.Named(f.Use).Count > 0)?.Use
        ?? law.Uses.All[0].Zh;

    /// <summary>A day on which a permit is early enough.</summary>
    private static DateOnly Permitted(PartFacts part) =>
        part.Patch.Before
        ?? part.Patch.After?.AddDays(-1)
        ?? part.Covering.Select(f => f.LayerAsOf).DefaultIfEmpty(DateOnly.MinValue).Max();

    /// <summary>The last day on which a term is tested: the image after, or the last visit.</summary>
    private static DateOnly LastDay(PartFacts part) =>
        new[] { part.Patch.After, part.Site.LastVisitedOn, Permitted(part) }.OfType<DateOnly>().Max();
}
