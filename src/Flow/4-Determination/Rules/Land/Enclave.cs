using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Ground of another county or province inside the patch (飞地).</summary>
internal sealed class Enclave : Rule
{
    private const int CountyDigits = 6;

    public override string Id => "land.enclave";

    public override IReadOnlyList<string> Codes => ["O17"];

    public override IReadOnlyList<string> Roles => [LayerRole.AdministrativeUnit];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(LayerChecks.Covers(part, LayerRole.AdministrativeUnit, out var units)))
            return Conclude(conditions, "O17");
        var own = County(part.Patch.County);
        if (own.Length == 0)
        {
            conditions.Add(
                new Check(Outcome.Unknown, "图斑没有行政区代码", "the patch has no county code")
                {
                    Missing = [new("attribute:patch.county", "图斑的行政区代码", "county code of the patch")],
                }
            );
            return Conclude(conditions, "O17");
        }
        var foreign = units.Where(u => u.Code is not null && County(u.Code) != own).ToList();
        var home = units.Count(u => u.Code is not null && County(u.Code) == own);
        var codes = string.Join("、", units.Select(u => u.Code ?? "?"));
        conditions.Holds(
            foreign.Count > 0 && home == 0
                ? new(Outcome.Yes, $"本部分属行政区 {codes}，不属 {own}", $"the part lies in unit {codes}, not in {own}")
                {
                    Features = [.. foreign.Select(f => f.Reference)],
                }
                : new(Outcome.No, $"本部分属行政区 {codes}", $"the part lies in unit {codes}")
        );
        return Conclude(conditions, "O17", foreign.Count > 0 ? foreign[0].Code : null);
    }

    private static string County(string code) => code.Length > CountyDigits ? code[..CountyDigits] : code;
}
