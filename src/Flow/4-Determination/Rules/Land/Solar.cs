using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Solar panels on unused land, filed, without hardening (光伏板区).</summary>
internal sealed class Solar : Rule
{
    public override string Id => "land.solar";

    public override IReadOnlyList<string> Codes => ["O6"];

    public override IReadOnlyList<string> Roles => [LayerRole.LandUse, LayerRole.PermanentFarmland];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Solar)))
            return Conclude(conditions, "O6");
        conditions.Add(
            AllowedLand(part, law),
            LayerChecks.Outside(part, LayerRole.PermanentFarmland),
            SiteChecks.Answered(part, FactKeys.SolarFilingNumber, out var filing),
            SiteChecks.FlagIs(part, FactKeys.SolarHardened, expected: false)
        );
        return Conclude(conditions, "O6", filing?.Written);
    }

    /// <summary>
    /// On farmland off permanent farmland, arrays of poverty relief or of hybrid farming could keep the class under provincial standards
    /// that the law book does not hold: unknown, not illegal.
    /// </summary>
    private static Check AllowedLand(PartFacts part, RuleLaw law)
    {
        var known = LayerChecks.BaseClass(part, law, out var classes);
        if (classes.Count == 0 || classes.All(c => c.Class.ThreeClass != ThreeClass.Agricultural))
            return known;
        if (law.Switch(LawKeys.SolarOnFarmland) is not { } allowed)
            return LawChecks.NoValue(LawKeys.SolarOnFarmland);
        return allowed.Value
            ? known with
            {
                Outcome = Outcome.Unknown,
                Zh = known.Zh + "，农用地上的光伏是否符合省级标准不明",
                En = known.En + ": whether solar on farmland meets the provincial standard is not known",
                Missing = [new("law:solar", "省级光伏复合（扶贫）用地标准及认定", "the provincial standard for hybrid or relief solar")],
                Law = [allowed.Use],
            }
            : known with
            {
                Outcome = Outcome.No,
                Zh = known.Zh + "，不得占用农用地",
                En = known.En + ": farmland may not be used",
                Law = [allowed.Use],
            };
    }
}
