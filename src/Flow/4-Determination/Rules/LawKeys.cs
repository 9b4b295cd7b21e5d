namespace Weipian.Flow.Determinations;

/// <summary>Keys of the law book that rules read. The numbers stand there, each with its days, unit and source.</summary>
internal static class LawKeys
{
    public const string TemporaryTerm = "cn/land-administration-law-regulation/20#temporary_use_years_max";
    public const string GrainSupport = "cn/facility-agriculture-notices/scale#supporting_area_max_grain";
    public const string GrainSupportCeiling = "cn/facility-agriculture-notices/scale#supporting_area_cap";
    public const string PlantingOnPermanentFarmland = "cn/facility-agriculture-notices/permanent-farmland#planting_facility_allowed";
    public const string LivestockOnPermanentFarmland = "cn/facility-agriculture-notices/permanent-farmland#livestock_facility_allowed";
    public const string SolarOnFarmland = "cn/solar-land-notices/farmland#arrays_allowed_on_ordinary_farmland";
    public const string AccessPatch = "house/determination/access-way#large_patch_above";
    public const string AccessLegalShare = "house/determination/access-way#overlap_share_min_large";
    public const string AccessBuildingShare = "house/determination/access-way#overlap_share_min_small";
    public const string AccessCultivated = "house/determination/access-way#unmatched_cultivated_below";
    public const string FactsOfOneSet = "house/determination/what-would-change#facts_max";
    public const string SetsShown = "house/determination/what-would-change#shown_max";
    public const string AsksOfOneTitle = "house/determination/what-would-change#asks_max";
    public const string SliverArea = "house/overlay/sliver#area_below";
    public const string SliverWidth = "house/overlay/sliver#mean_width_below";

    /// <param name="region"><c>north</c> or <c>south</c>.</param>
    public static string RuralRoadWidthMin(string region) => $"cn/gbt-21010-2017/1006#width_{region}_min";

    /// <inheritdoc cref="RuralRoadWidthMin"/>
    public static string RuralRoadWidthMax(string region) => $"cn/gbt-21010-2017/1006#width_{region}_max";

    /// <inheritdoc cref="RuralRoadWidthMin"/>
    public static string GrainPlanting(string region) => $"cn/facility-agriculture-notices/scale#supporting_planted_area_{region}";

    /// <param name="kind">A word of <see cref="FactKeys.FacilityKind"/> other than grain.</param>
    public static string FacilityShare(string kind) => $"cn/facility-agriculture-notices/scale#ancillary_share_max_{kind}";

    /// <summary>Cattle and sheep have a share of their own and the area of livestock.</summary>
    public static string FacilityArea(string kind) =>
        $"cn/facility-agriculture-notices/scale#ancillary_area_max_{(kind == "cattle_sheep" ? "livestock" : kind)}";
}
