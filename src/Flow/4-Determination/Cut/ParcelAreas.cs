using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Statutory areas of a part by what the layers say, square metres. Null: the role is not loaded, which is not zero.</summary>
/// <param name="Total">Of the part.</param>
/// <param name="CultivatedGross">耕地, the pieces as they lie.</param>
/// <param name="CultivatedNet">耕地 net of the deduction coefficient (KCXS): the figure for ratios and thresholds.</param>
/// <param name="Agricultural">农用地.</param>
/// <param name="Construction">建设用地.</param>
/// <param name="Unused">未利用地.</param>
/// <param name="Unclassified">Covered by no land-use polygon, or by one whose code the standard does not hold.</param>
/// <param name="PermanentFarmland">永久基本农田.</param>
/// <param name="EcologicalRedline">生态保护红线.</param>
/// <param name="NatureReserve">自然保护地.</param>
/// <param name="OutsideUrbanBoundary">Outside the urban boundary (城镇开发边界).</param>
/// <param name="PlanConforming">Where the plan allows construction (允许建设区).</param>
/// <param name="PlanNotConforming">Where it does not, or has no zone.</param>
public sealed record ParcelAreas(
    double Total,
    double? CultivatedGross,
    double? CultivatedNet,
    double? Agricultural,
    double? Construction,
    double? Unused,
    double? Unclassified,
    double? PermanentFarmland,
    double? EcologicalRedline,
    double? NatureReserve,
    double? OutsideUrbanBoundary,
    double? PlanConforming,
    double? PlanNotConforming
);

/// <summary>Sums faces into areas, in the order of the faces. A face under several features of a role counts once.</summary>
internal static class AreaSums
{
    public static ParcelAreas Of(PatchFacts patch, IEnumerable<Face> faces, RuleTree tree, RuleLaw law)
    {
        var all = faces.ToList();
        var landUse = patch.Role(LayerRole.LandUse).Loaded;
        return new(
            all.Sum(f => f.AreaSquareMetres),
            landUse ? all.Where(f => ClassOf(f, law) is { IsCultivated: true }).Sum(f => f.AreaSquareMetres) : null,
            landUse ? all.Where(f => ClassOf(f, law) is { IsCultivated: true }).Sum(f => Net(f, tree)) : null,
            landUse ? SumOf(ThreeClass.Agricultural) : null,
            landUse ? SumOf(ThreeClass.Construction) : null,
            landUse ? SumOf(ThreeClass.Unused) : null,
            landUse ? all.Where(f => ClassOf(f, law) is null).Sum(f => f.AreaSquareMetres) : null,
            Covered(LayerRole.PermanentFarmland),
            Covered(LayerRole.EcologicalRedline),
            Covered(LayerRole.NatureReserve),
            Loaded(LayerRole.UrbanBoundary) ? all.Where(f => !Has(f, LayerRole.UrbanBoundary)).Sum(f => f.AreaSquareMetres) : null,
            Loaded(LayerRole.PlanZone) ? all.Where(f => Conforms(f, law)).Sum(f => f.AreaSquareMetres) : null,
            Loaded(LayerRole.PlanZone) ? all.Where(f => !Conforms(f, law)).Sum(f => f.AreaSquareMetres) : null
        );

        bool Loaded(string role) => patch.Role(role).Loaded;
        double? Covered(string role) => Loaded(role) ? all.Where(f => Has(f, role)).Sum(f => f.AreaSquareMetres) : null;
        double SumOf(ThreeClass three) => all.Where(f => ClassOf(f, law)?.ThreeClass == three).Sum(f => f.AreaSquareMetres);
    }

    /// <summary>Cultivated land of a face, as it lies.</summary>
    public static double Cultivated(Face face, RuleLaw law) => ClassOf(face, law) is { IsCultivated: true } ? face.AreaSquareMetres : 0;

    /// <summary>Where land-use polygons overlap, a defect of the layer, the one with the lowest number speaks.</summary>
    private static FeatureFacts? LandUseOf(Face face) => face.Covering.FirstOrDefault(f => f.Role == LayerRole.LandUse);

    private static LandClass? ClassOf(Face face, RuleLaw law) =>
        LandUseOf(face) is { Code: { } code } feature ? law.LandClass(feature.Standard ?? LandClassStandard.None, code) : null;

    /// <summary>A coefficient that is no share of the whole deducts nothing: more farmland is shown rather than less than none.</summary>
    private static double Net(Face face, RuleTree tree) =>
        LandUseOf(face)?.DeductionCoefficient is { } share && (tree.ReadsLeniently || share is >= 0 and <= 1)
            ? face.AreaSquareMetres * (1 - (double)share)
            : face.AreaSquareMetres;

    private static bool Has(Face face, string role) => face.Covering.Any(f => f.Role == role);

    private static bool Conforms(Face face, RuleLaw law) =>
        face.Covering.Any(f => f.Role == LayerRole.PlanZone && f.Code is { } code && law.PlanZoneConforms(code));
}
