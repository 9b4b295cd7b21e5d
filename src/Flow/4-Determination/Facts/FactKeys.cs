namespace Weipian.Flow.Determinations;

/// <summary>How an answer of the visit form is written.</summary>
public enum FactType
{
    Text,
    Flag,
    Day,
    Number,
    Choice,
}

/// <summary>Whether later visits replace earlier answers, or must agree with them.</summary>
public enum FactNature
{
    /// <summary>What stands there on the day of the visit: the latest visit speaks.</summary>
    State,

    /// <summary>What happened once: two visits that differ contradict each other.</summary>
    History,
}

/// <summary>One field of the visit form that rules read.</summary>
/// <param name="Id">Key in the JSON object of the form.</param>
/// <param name="Choices">Allowed values of a <see cref="FactType.Choice"/>, else empty.</param>
public sealed record FactKey(string Id, FactType Type, FactNature Nature, string Zh, string En, IReadOnlyList<string> Choices)
{
    /// <summary>What a number can be at all, both ends inclusive; null where any number can be.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>A calendar year: of four digits, and not after the year of the visit that says it.</summary>
    public bool IsYear { get; init; }
}

/// <summary>A range of numbers, both ends inclusive; null: no end.</summary>
/// <param name="AboveLeast">The lower end itself is out: a width of zero is no width.</param>
public sealed record NumberRange(decimal Least, decimal? Most, bool AboveLeast = false)
{
    /// <summary>A length or an area of something that is there.</summary>
    public static NumberRange Positive { get; } = new(0, null, AboveLeast: true);

    /// <summary>An area that may be none.</summary>
    public static NumberRange NotNegative { get; } = new(0, null);

    /// <summary>A share in per cent.</summary>
    public static NumberRange Percent { get; } = new(0, 100);

    public bool Holds(decimal number) => (AboveLeast ? number > Least : number >= Least) && (Most is null || number <= Most);
}

/// <summary>Every field of the visit form that rules read; a key that was not answered is not known, never "no".</summary>
public static class FactKeys
{
    public static readonly FactKey UseOnGround = State(
        "use_on_ground",
        FactType.Choice,
        "实地情况",
        "found on the ground",
        "construction",
        "facility",
        "road",
        "orchard",
        "forest",
        "pond",
        "field",
        "solar",
        "unchanged",
        "earthwork",
        "hardened",
        "storage",
        "lake",
        "soil_taking",
        "grave",
        "structure",
        "access",
        "restoration",
        "disaster",
        "mining"
    );
    public static readonly FactKey ActualUse = State("actual_use", FactType.Text, "实际用途", "actual use");
    public static readonly FactKey Party = State("party", FactType.Text, "用地单位（个人）", "party");
    public static readonly FactKey ProjectName = State("project_name", FactType.Text, "项目名称", "project name");
    public static readonly FactKey WorksStartedOn = History("works_started_on", FactType.Day, "开工时间", "start of works");
    public static readonly FactKey WorksStartedBasis = History(
        "works_started_basis",
        FactType.Choice,
        "开工时间依据",
        "basis of the start date",
        "contract",
        "start_permit",
        "earlier_image",
        "patrol_log"
    );
    public static readonly FactKey ConstructionDateKnown = History(
        "construction_date_known",
        FactType.Flag,
        "建设时间可查",
        "construction date known"
    );
    public static readonly FactKey BuiltYear = History("built_year", FactType.Number, "建成年份", "year built") with { IsYear = true };
    public static readonly FactKey HistoryImageYear = History(
        "history_image_year",
        FactType.Number,
        "最早可见建筑的影像年份",
        "year of the earliest image that shows the works"
    ) with
    {
        IsYear = true,
    };
    public static readonly FactKey PermanentBuilding = State("permanent_building", FactType.Flag, "永久性建筑物", "permanent building");
    public static readonly FactKey Military = State("military", FactType.Flag, "特殊用地", "special use");
    public static readonly FactKey EvidenceKinds = State("evidence", FactType.Text, "证据种类", "kinds of evidence");
    public static readonly FactKey ConversionDocument = History(
        "conversion_document",
        FactType.Text,
        "农转用批准文号",
        "number of the conversion approval"
    );
    public static readonly FactKey MainApplicationLodgedOn = History(
        "main_application_lodged_on",
        FactType.Day,
        "正式用地报批时间",
        "day of the main application"
    );
    public static readonly FactKey RuralPermitNumber = History(
        "rural_permit_no",
        FactType.Text,
        "宅基地批准书（乡村建设规划许可证）编号",
        "number of the rural housing permit"
    );
    public static readonly FactKey RuralPermitOn = History(
        "rural_permit_on",
        FactType.Day,
        "宅基地批准时间",
        "day of the rural housing permit"
    );
    public static readonly FactKey OneHouseholdOnePlot = History(
        "one_household_one_plot",
        FactType.Flag,
        "符合一户一宅",
        "one household, one plot"
    );
    public static readonly FactKey OilfieldDocument = History("oilfield_document", FactType.Text, "油田用地下达文号", "oilfield document");
    public static readonly FactKey PilotDocument = History("pilot_document", FactType.Text, "试点批准文号", "pilot approval");
    public static readonly FactKey RecordNumber = History(
        "recorded_no",
        FactType.Text,
        "设施农用地备案号",
        "number of the facility record"
    );
    public static readonly FactKey RecordedOn = History("recorded_on", FactType.Day, "设施农用地备案时间", "day of the facility record");
    public static readonly FactKey FacilityKind = State(
        "facility_kind",
        FactType.Choice,
        "设施类型",
        "kind of facility",
        "crops",
        "livestock",
        "cattle_sheep",
        "aquaculture",
        "grain_support"
    );
    public static readonly FactKey ProjectAreaMu = State("project_area_mu", FactType.Number, "项目用地面积（亩）", "project area (mu)") with
    {
        Range = NumberRange.Positive,
    };
    public static readonly FactKey AncillaryAreaMu = State(
        "ancillary_area_mu",
        FactType.Number,
        "附属（配套）设施面积（亩）",
        "ancillary area (mu)"
    ) with
    {
        Range = NumberRange.NotNegative,
    };
    public static readonly FactKey InteriorUse = State(
        "interior_use",
        FactType.Choice,
        "内部用途",
        "use inside",
        "farming",
        "warehouse",
        "factory",
        "dwelling",
        "catering"
    );
    public static readonly FactKey PloughLayerDestroyed = State(
        "plough_layer_destroyed",
        FactType.Flag,
        "耕作层被破坏",
        "plough layer destroyed"
    );
    public static readonly FactKey RoadWidthMetres = State("road_width_m", FactType.Number, "道路宽度（米）", "road width (m)") with
    {
        Range = NumberRange.Positive,
    };
    public static readonly FactKey RoadHardened = State("road_hardened", FactType.Flag, "路面硬化", "hardened road");
    public static readonly FactKey ServesFarming = State("serves_farming", FactType.Flag, "服务农业生产", "serves farming");
    public static readonly FactKey InRoadNetwork = State("in_road_network", FactType.Flag, "属国家公路网", "in the national road network");
    public static readonly FactKey SolarFilingNumber = History(
        "solar_project_filing_no",
        FactType.Text,
        "光伏项目备案号",
        "filing number of the solar project"
    );
    public static readonly FactKey SolarHardened = State("solar_hardened", FactType.Flag, "光伏板下硬化", "hardened under the panels");
    public static readonly FactKey GraveExisting = State("grave_existing", FactType.Flag, "原有土坟", "grave was there before");
    public static readonly FactKey StructureKind = State(
        "structure_kind",
        FactType.Choice,
        "附属构筑物种类",
        "kind of structure",
        "hydraulic",
        "slope",
        "pipe_gallery",
        "viaduct",
        "power"
    );
    public static readonly FactKey PlanFigureNumber = History(
        "plan_figure_no",
        FactType.Text,
        "设计（平面）图号",
        "number of the plan figure"
    );
    public static readonly FactKey DisasterProofNumber = History(
        "disaster_proof_no",
        FactType.Text,
        "灾毁证明文号",
        "number of the disaster proof"
    );
    public static readonly FactKey OutsidePartUse = State(
        "outside_part_use",
        FactType.Choice,
        "合法范围外部分用途",
        "use of the part outside",
        "access"
    );
    public static readonly FactKey MainBuildingOverlapPercent = State(
        "main_building_overlap_percent",
        FactType.Number,
        "主体建筑压盖合法地块比例（%）",
        "share of the main building on the legal parcel (%)"
    ) with
    {
        Range = NumberRange.Percent,
    };
    public static readonly FactKey ApprovalDocument = History("approval_document", FactType.Text, "批准文件", "approval shown on site");
    public static readonly FactKey ApprovingAuthority = History("approving_authority", FactType.Text, "批准机关", "approving authority");
    public static readonly FactKey ApprovedWithoutPower = History(
        "approved_without_power",
        FactType.Flag,
        "无权批准",
        "approved without power"
    );
    public static readonly FactKey MiningActivity = State("mining_activity", FactType.Flag, "存在勘查或采矿活动", "exploration or mining");
    public static readonly FactKey ActivityKind = State(
        "activity_kind",
        FactType.Choice,
        "矿业活动种类",
        "kind of activity",
        "mining",
        "exploration",
        "works_byproduct",
        "restoration",
        "sand_or_soil",
        "none"
    );
    public static readonly FactKey Mineral = State("mineral", FactType.Text, "矿种", "mineral");
    public static readonly FactKey RenewalAcceptedOn = History(
        "renewal_accepted_on",
        FactType.Day,
        "延续登记受理时间",
        "day the renewal was accepted"
    );
    public static readonly FactKey Destructive = History("destructive", FactType.Flag, "经鉴定属破坏性开采", "destructive mining");
    public static readonly FactKey IllegalTransfer = History(
        "illegal_transfer",
        FactType.Flag,
        "非法转让矿业权",
        "illegal transfer of the right"
    );
    public static readonly FactKey LicenceIssuedWithoutPower = History(
        "licence_issued_without_power",
        FactType.Flag,
        "违法发证",
        "licence issued without power"
    );
    public static readonly FactKey MineLandLegal = State("mine_land_legal", FactType.Flag, "采矿用地合法", "land of the mine is lawful");
    public static readonly FactKey CompensationFeeUnpaid = History(
        "compensation_fee_unpaid",
        FactType.Flag,
        "未按规定缴纳补偿费",
        "compensation fee unpaid"
    );
    public static readonly FactKey OtherMineralViolation = History(
        "other_mineral_violation",
        FactType.Flag,
        "其他矿业违法",
        "other violation of mining or exploration"
    );
    public static readonly FactKey WorksDocument = History(
        "works_document",
        FactType.Text,
        "工程建设（土地整理）批准文号",
        "document of the works"
    );

    /// <summary>All keys, by id.</summary>
    public static IReadOnlyDictionary<string, FactKey> ById { get; } =
        typeof(FactKeys)
            .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Where(f => f.FieldType == typeof(FactKey))
            .Select(f => (FactKey)f.GetValue(null)!)
            .ToDictionary(k => k.Id, StringComparer.Ordinal);

    private static FactKey State(string id, FactType type, string zh, string en, params string[] choices) =>
        new(id, type, FactNature.State, zh, en, choices);

    private static FactKey History(string id, FactType type, string zh, string en, params string[] choices) =>
        new(id, type, FactNature.History, zh, en, choices);
}

/// <summary>Words of <see cref="FactKeys.UseOnGround"/>.</summary>
public static class Ground
{
    public const string Construction = "construction";
    public const string Facility = "facility";
    public const string Road = "road";
    public const string Orchard = "orchard";
    public const string Forest = "forest";
    public const string Pond = "pond";
    public const string Field = "field";
    public const string Solar = "solar";
    public const string Unchanged = "unchanged";
    public const string Earthwork = "earthwork";
    public const string Hardened = "hardened";
    public const string Storage = "storage";
    public const string Lake = "lake";
    public const string SoilTaking = "soil_taking";
    public const string Grave = "grave";
    public const string Structure = "structure";
    public const string Access = "access";
    public const string Restoration = "restoration";
    public const string Disaster = "disaster";
    public const string Mining = "mining";
}

/// <summary>Words of <see cref="FactKeys.EvidenceKinds"/>, a list separated by commas.</summary>
public static class EvidenceKind
{
    public const string PhotoFull = "photo_full";
    public const string PhotoInterior = "photo_interior";
    public const string PhotoWidth = "photo_width";
    public const string BeforeAfterImage = "before_after_image";
    public const string Document = "document";
}
