using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>
/// A supply contract or allocation covers the part, and conversion is proved otherwise than by the layer of approvals: by a document, or
/// because the land was construction land already (供地手续).
/// </summary>
internal sealed class Supply : Rule
{
    private const string Lawful = "L2";
    private const string BeforeSupply = "I4";
    private const string OtherUse = "I6";

    public override string Id => "land.supply";

    public override IReadOnlyList<string> Codes => [Lawful, BeforeSupply, OtherUse];

    public override IReadOnlyList<string> Roles => [LayerRole.Supply, LayerRole.LandUse];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var covers = LayerChecks.Covers(part, LayerRole.Supply, out var supplies);
        if (covers.Outcome == Outcome.Yes)
            return Best([.. supplies.Select(s => AskOne(part, law, s))]);
        var conditions = new Conditions();
        conditions.Add(covers);
        return Conclude(conditions, Lawful);
    }

    private Step AskOne(PartFacts part, RuleLaw law, FeatureFacts supply)
    {
        var conditions = new Conditions();
        conditions.Add(
            new Check(Outcome.Yes, $"被{Words.Zh(supply)}覆盖", $"covered by {Words.En(supply)}") { Features = [supply.Reference] }
        );
        if (!conditions.Holds(Converted(part, law)))
            return Conclude(conditions, Lawful);
        conditions.Add(
            PermitTiming.Precedes(
                part,
                (Words.Zh(supply), Words.En(supply)),
                supply.Date,
                new("attribute:supply.date", $"{Words.Zh(supply)}的供地时间", $"date of {Words.En(supply)}"),
                BeforeSupply
            )
        );
        conditions.Add(UseMatch.Agrees(part, law, [supply], OtherUse));
        return Conclude(conditions, Lawful, supply.Document ?? $"{supply.LayerVersionId}#{supply.Number}");
    }

    /// <summary>A conversion that the layer of approvals holds is judged by the rule of approvals, with its own time logic.</summary>
    private static Check Converted(PartFacts part, RuleLaw law)
    {
        if (part.CoveredBy(LayerRole.Approval).Count > 0)
            return new(Outcome.No, "已有审批图层覆盖，按批准用地规则判定", "an approval covers the part: the rule of approvals judges it");
        var document = SiteChecks.Answered(part, FactKeys.ConversionDocument, out var answer);
        if (answer is not null || document.Contradiction is not null)
            return document;
        var baseClass = LayerChecks.BaseClass(part, law, out var classes);
        if (baseClass.Outcome != Outcome.Yes)
            return baseClass;
        return classes.All(c => c.Class.ThreeClass == ThreeClass.Construction)
            ? baseClass with
            {
                Zh = baseClass.Zh + "，原为建设用地，不需要转用",
                En = baseClass.En + ": construction land already, no conversion needed",
            }
            : baseClass with
            {
                Outcome = Outcome.No,
                Zh = baseClass.Zh + "，没有农转用证明",
                En = baseClass.En + ": no conversion is proved",
            };
    }
}
