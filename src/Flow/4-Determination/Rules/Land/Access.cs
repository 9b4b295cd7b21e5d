using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>The access to a legal parcel (出入口): the rest of a patch that is legal nearly throughout, with little cultivated land.</summary>
internal sealed class Access : Rule
{
    private const decimal PercentPerWhole = 100;

    public override string Id => "land.access";

    public override IReadOnlyList<string> Codes => ["O12"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(Asserted(part)))
            return Conclude(conditions, "O12");
        if (part.Around is not { } around)
        {
            conditions.Add(new Check(Outcome.No, "不是合法地块以外的部分", "the part is not outside a legal parcel"));
            return Conclude(conditions, "O12");
        }
        if (LawChecks.ReadArea(law, LawKeys.AccessPatch, out var size) is not { } line)
        {
            conditions.Add(size);
            return Conclude(conditions, "O12");
        }
        if (line.Line.IsExceededBy(new SquareMetres(around.PatchAreaSquareMetres)))
            conditions.Add(
                LawChecks.AtLeast(
                    law,
                    LawKeys.AccessLegalShare,
                    around.LegalShare,
                    "图斑压盖合法地块的比例",
                    "share of the patch on legal parcels"
                )
            );
        else
            conditions.Add(MainBuilding(part, law));
        conditions.Add(
            LawChecks.Below(
                law,
                LawKeys.AccessCultivated,
                new SquareMetres(around.UnmatchedCultivatedSquareMetres),
                "合法地块以外的耕地",
                "cultivated land outside legal parcels"
            )
        );
        return Conclude(conditions, "O12");
    }

    private static Check Asserted(PartFacts part)
    {
        var known = SiteChecks.Answered(part, FactKeys.OutsidePartUse, out var outside);
        var ground = part.Site.Of(FactKeys.UseOnGround);
        if (outside is not null || known.Contradiction is not null || part.Site.IsIllegible(FactKeys.OutsidePartUse))
            return known;
        return ground?.Written == Ground.Access
            ? new(Outcome.Yes, Words.Zh(ground), Words.En(ground)) { Evidence = SiteChecks.Files(ground) }
            : new(Outcome.No, "没有说明是出入口", "nothing says that it is an access");
    }

    private static Check MainBuilding(PartFacts part, RuleLaw law)
    {
        var known = SiteChecks.Answered(part, FactKeys.MainBuildingOverlapPercent, out var answer);
        return answer?.Number is not { } percent
            ? known
            : LawChecks.AtLeast(
                law,
                LawKeys.AccessBuildingShare,
                percent / PercentPerWhole,
                "主体建筑压盖合法地块的比例",
                "share of the main building on the legal parcel"
            );
    }
}
