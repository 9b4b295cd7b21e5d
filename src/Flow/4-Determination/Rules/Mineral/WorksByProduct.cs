namespace Weipian.Flow.Determinations;

/// <summary>Sand, stone or soil as a by-product of construction or of land levelling, with the document of the works (工程建设、土地整理).</summary>
internal sealed class WorksByProduct : Rule
{
    public override string Id => "mineral.works-by-product";

    public override IReadOnlyList<string> Codes => ["MO3"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(Activity.Is(part, Activity.WorksByProduct)))
            conditions.Add(SiteChecks.Answered(part, FactKeys.WorksDocument, out _));
        return Conclude(conditions, "MO3", part.Site.Of(FactKeys.WorksDocument)?.Written);
    }
}
