using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Not new: construction land in the base year already, or proved to stand before it (历史用地、存量).</summary>
/// <remarks>
/// A village polygon (203) is construction land as a whole and does not prove that this house stood: there the year must be proved.
/// </remarks>
internal sealed class Existing : Rule
{
    public override string Id => "land.existing";

    public override IReadOnlyList<string> Codes => ["L7"];

    public override IReadOnlyList<string> Roles => [LayerRole.LandUse];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(LayerChecks.BaseClass(part, law, out var classes)))
            return Conclude(conditions, "L7");
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Construction, Ground.Hardened, Ground.Storage, Ground.Road, Ground.Mining)))
            return Conclude(conditions, "L7");
        var village = classes.Any(c => Village203.IsVillage(c.Feature, c.Class));
        if (!village && classes.All(c => c.Class.ThreeClass == ThreeClass.Construction))
            conditions.Add(
                new Check(Outcome.Yes, "变化前已是建设用地，不是新增", "construction land before the change already: not new")
                {
                    Features = [.. classes.Select(c => c.Feature.Reference)],
                }
            );
        else
            conditions.Add(StoodBefore(part, classes[0].Feature.LayerAsOf.Year, village));
        return Conclude(conditions, "L7");
    }

    /// <summary>Whether an image of the base year or earlier shows the works.</summary>
    private static Check StoodBefore(PartFacts part, int baseYear, bool village)
    {
        var imageKnown = SiteChecks.Answered(part, FactKeys.HistoryImageYear, out var image);
        var builtKnown = SiteChecks.Answered(part, FactKeys.BuiltYear, out var built);
        if (imageKnown.Contradiction is not null)
            return imageKnown;
        if (builtKnown.Contradiction is not null)
            return builtKnown;
        if (part.Site.IsIllegible(FactKeys.HistoryImageYear))
            return imageKnown;
        if (image is null && part.Site.IsIllegible(FactKeys.BuiltYear))
            return builtKnown;
        if (image?.Number is { } shown && built?.Number is { } year && year > shown)
            return SiteChecks.Contradicts(
                "建成年份与历史影像矛盾",
                "the year built contradicts the historic image",
                (Words.Zh(image), Words.En(image)),
                (Words.Zh(built), Words.En(built)),
                image,
                built
            );
        if (image?.Number is { } seen)
            return imageKnown with
            {
                Outcome = seen <= baseYear ? Outcome.Yes : Outcome.No,
                Zh = $"{Words.Zh(image)}，{(seen <= baseYear ? "不晚于" : "晚于")}基期 {baseYear} 年",
                En = $"{Words.En(image)}: {(seen <= baseYear ? "not after" : "after")} the base year {baseYear}",
            };
        if (built?.Number is { } claimed && claimed <= baseYear)
            return builtKnown with
            {
                Outcome = Outcome.Unknown,
                Zh = $"{Words.Zh(built)}，没有历史影像证明",
                En = $"{Words.En(built)}, which no historic image proves",
                Missing = [SiteChecks.Ask(FactKeys.HistoryImageYear)],
            };
        if (built is not null)
            return builtKnown with
            {
                Outcome = Outcome.No,
                Zh = $"{Words.Zh(built)}，晚于基期 {baseYear} 年",
                En = $"{Words.En(built)}: after the base year {baseYear}",
            };
        return village && part.Site.Of(FactKeys.ConstructionDateKnown)?.Flag != false
            ? imageKnown
            : new(
                Outcome.No,
                "没有早于基期的证明，基期地类不是建设用地",
                "no proof older than the base year, and no construction land then"
            );
    }
}
