namespace Weipian.Flow.Determinations;

/// <summary>Keys of the law book that rules read. The numbers stand there, each with its day, unit and source.</summary>
internal static class LawKeys
{
    public const string RuralRoadWidthMin = "cn/rural-road/width#metres_min";
    public const string RuralRoadWidthMax = "cn/rural-road/width#metres_max";
    public const string TemporaryTermYearsMax = "cn/temporary-land/term#years_max";
    public const string GrainSupportMu = "cn/facility-land-2014/scale#grain_support_mu";
    public const string GrainPlantingMu = "cn/facility-land-2014/scale#grain_planting_mu";
    public const string GrainSupportCeilingMu = "cn/facility-land-2014/scale#grain_support_mu_max";
    public const string AccessPatch = "cn/access/rule#patch";
    public const string AccessLegalShare = "cn/access/rule#legal_share";
    public const string AccessBuildingShare = "cn/access/rule#building_share";
    public const string AccessCultivated = "cn/access/rule#cultivated";
    public const string SliverArea = "cn/sliver#area";
    public const string SliverWidth = "cn/sliver#width";

    public static string FacilityAncillaryShare(string kind) => $"cn/facility-land-2014/scale#{kind}_share";

    public static string FacilityAncillaryMu(string kind) => $"cn/facility-land-2014/scale#{kind}_mu";
}
