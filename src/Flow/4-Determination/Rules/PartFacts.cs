namespace Weipian.Flow.Determinations;

/// <summary>What rules see: one part of a patch, covered throughout by the same features.</summary>
public sealed record PartFacts
{
    private readonly IReadOnlyList<FeatureFacts> covering = [];
    private readonly Surroundings? around;

    public required PatchFacts Patch { get; init; }

    /// <summary>Features that cover the whole part, in the order of <see cref="LayerRoles.InCutOrder"/>, layer version, number.</summary>
    public required IReadOnlyList<FeatureFacts> Covering
    {
        get
        {
            Read?.NoteAll();
            return covering;
        }
        init => covering = value;
    }

    /// <summary>What lies around the part and in the rest of the patch; null on the first pass, when it is not known yet.</summary>
    public Surroundings? Around
    {
        get
        {
            Read?.NoteAround();
            return around;
        }
        init => around = value;
    }

    public SiteFacts Site => Patch.Site;

    /// <summary>Takes what is read of the part, beside its patch; null where nobody wants to know.</summary>
    internal PartReading? Read { get; init; }

    /// <summary>Features of a role that rules may read; faces that differ in others are judged once.</summary>
    public IReadOnlyList<FeatureFacts> CoveredBy(string role)
    {
        if (!LayerRoles.ReadByRules.Contains(role))
            throw new InvalidOperationException($"the role {role} is not among those that rules read");
        Read?.NoteRole(role);
        return covering is Coverage known ? known.Of(role) : [.. covering.Where(f => f.Role == role)];
    }
}

/// <summary>What lies around a part that no permit covers.</summary>
/// <param name="Touching">Features of permits and mining rights that the part touches without being covered by them.</param>
/// <param name="PatchAreaSquareMetres">Statutory area of the whole patch.</param>
/// <param name="LegalShare">Share of the patch that lies in legal parts, 0 to 1, six decimals.</param>
/// <param name="UnmatchedCultivatedSquareMetres">Cultivated land (gross) of the patch outside legal parts.</param>
/// <param name="IsSliver">The whole patch is below the sliver values of the law: there is no other part to go to.</param>
/// <param name="SliverLaw">The values behind <paramref name="IsSliver"/>.</param>
public sealed record Surroundings(
    IReadOnlyList<FeatureFacts> Touching,
    double PatchAreaSquareMetres,
    decimal LegalShare,
    double UnmatchedCultivatedSquareMetres,
    bool IsSliver,
    IReadOnlyList<LawUse> SliverLaw
);
