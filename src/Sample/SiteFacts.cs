namespace Weipian.Sample;

/// <summary>The form keys of a visit that the sample fills in: the vocabulary it shares with the rules, as plain words.</summary>
/// <remarks>
/// A key that is absent means "not known", never "no". Dates are ISO, numbers JSON numbers, yes and no JSON booleans, the rest words.
/// The rules define the same words on their side; a test of the sample compares the two lists.
/// </remarks>
public static class SiteFacts
{
    /// <summary>Use found on the ground; a word of <see cref="Use"/>.</summary>
    public const string UseOnGround = "use_on_ground";

    /// <summary>Actual use (实际用途), the word that permits carry in TDYT.</summary>
    public const string ActualUse = "actual_use";

    /// <summary>Who uses the land (用地单位).</summary>
    public const string Party = "party";

    /// <summary>Name of the project; equal to XMMC of the approval when it is the same project.</summary>
    public const string ProjectName = "project_name";

    /// <summary>Proved day on which works started.</summary>
    public const string WorksStartedOn = "works_started_on";

    /// <summary>What proves it: <c>contract</c>, <c>start_permit</c>, <c>earlier_image</c>, <c>patrol_log</c>.</summary>
    public const string WorksStartedBasis = "works_started_basis";

    /// <summary>Whether the day or year of construction is known at all.</summary>
    public const string ConstructionDateKnown = "construction_date_known";

    /// <summary>Year in which it was built.</summary>
    public const string BuiltYear = "built_year";

    /// <summary>Year of the earliest image that shows the building.</summary>
    public const string HistoryImageYear = "history_image_year";

    /// <summary>Whether a permanent building stands there.</summary>
    public const string PermanentBuilding = "permanent_building";

    /// <summary>Military land: nothing else is recorded beside it.</summary>
    public const string Military = "military";

    /// <summary>
    /// Kinds of evidence held: <c>photo_full</c>, <c>photo_interior</c>, <c>photo_width</c>, <c>before_after_image</c>, <c>document</c>,
    /// joined by commas.
    /// </summary>
    public const string Evidence = "evidence";

    /// <summary>Number of the conversion approval that the officer saw.</summary>
    public const string ConversionDocument = "conversion_document";

    /// <summary>Day on which the main application of an advance use was lodged.</summary>
    public const string MainApplicationLodgedOn = "main_application_lodged_on";

    /// <summary>Number of the rural housing permit.</summary>
    public const string RuralPermitNumber = "rural_permit_no";

    /// <summary>Day of the rural housing permit.</summary>
    public const string RuralPermitOn = "rural_permit_on";

    /// <summary>Whether the household has this one plot only (一户一宅).</summary>
    public const string OneHouseholdOnePlot = "one_household_one_plot";

    /// <summary>Document of an oil-field well site.</summary>
    public const string OilfieldDocument = "oilfield_document";

    /// <summary>Document of a reform pilot.</summary>
    public const string PilotDocument = "pilot_document";

    /// <summary>Number of the county record of a farming facility (备案号).</summary>
    public const string RecordNumber = "recorded_no";

    /// <summary>
    /// Kind of farming facility: <c>crops</c>, <c>livestock</c>, <c>cattle_sheep</c>, <c>aquaculture</c>, <c>grain_support</c>.
    /// </summary>
    public const string FacilityKind = "facility_kind";

    /// <summary>Land of the whole farming project, 亩.</summary>
    public const string ProjectAreaMu = "project_area_mu";

    /// <summary>Land of its ancillary facilities, 亩.</summary>
    public const string AncillaryAreaMu = "ancillary_area_mu";

    /// <summary>What is inside the shed: <c>farming</c>, <c>warehouse</c>, <c>factory</c>, <c>dwelling</c>, <c>catering</c>.</summary>
    public const string InteriorUse = "interior_use";

    /// <summary>Whether the plough layer was destroyed.</summary>
    public const string PloughLayerDestroyed = "plough_layer_destroyed";

    /// <summary>Measured width of a road, metres.</summary>
    public const string RoadWidthMetres = "road_width_m";

    /// <summary>Whether the road is hardened.</summary>
    public const string RoadHardened = "road_hardened";

    /// <summary>Whether the road serves farm production.</summary>
    public const string ServesFarming = "serves_farming";

    /// <summary>Whether the road belongs to the national road network.</summary>
    public const string InRoadNetwork = "in_road_network";

    /// <summary>Filing number of a solar project.</summary>
    public const string SolarFilingNumber = "solar_project_filing_no";

    /// <summary>Whether the ground under the panels was hardened.</summary>
    public const string SolarHardened = "solar_hardened";

    /// <summary>Whether the grave was there before.</summary>
    public const string GraveExisting = "grave_existing";

    /// <summary>Ancillary structure: <c>hydraulic</c>, <c>slope</c>, <c>pipe_gallery</c>, <c>viaduct</c>, <c>power</c>.</summary>
    public const string StructureKind = "structure_kind";

    /// <summary>Number of the plan figure of a structure.</summary>
    public const string PlanFigureNumber = "plan_figure_no";

    /// <summary>Number of the county's proof of a disaster.</summary>
    public const string DisasterProofNumber = "disaster_proof_no";

    /// <summary>Use of the part outside a legal parcel: <c>access</c>.</summary>
    public const string OutsidePartUse = "outside_part_use";

    /// <summary>Number of an approval that was shown on site.</summary>
    public const string ApprovalDocument = "approval_document";

    /// <summary>The authority that gave it.</summary>
    public const string ApprovingAuthority = "approving_authority";

    /// <summary>Whether that authority had no power to give it.</summary>
    public const string ApprovedWithoutPower = "approved_without_power";

    /// <summary>Whether there is exploration or mining at the patch and around it.</summary>
    public const string MiningActivity = "mining_activity";

    /// <summary>
    /// Kind of activity: <c>mining</c>, <c>exploration</c>, <c>works_byproduct</c>, <c>restoration</c>, <c>sand_or_soil</c>, <c>none</c>.
    /// </summary>
    public const string ActivityKind = "activity_kind";

    /// <summary>The mineral (矿种).</summary>
    public const string Mineral = "mineral";

    /// <summary>Day on which a renewal application was accepted.</summary>
    public const string RenewalAcceptedOn = "renewal_accepted_on";

    /// <summary>Whether mining is destructive (破坏性开采).</summary>
    public const string Destructive = "destructive";

    /// <summary>Whether the right was transferred illegally.</summary>
    public const string IllegalTransfer = "illegal_transfer";

    /// <summary>Whether the land of a mine is used lawfully.</summary>
    public const string MineLandLegal = "mine_land_legal";

    /// <summary>Whether fees for mineral resources were not paid as prescribed.</summary>
    public const string CompensationFeeUnpaid = "compensation_fee_unpaid";

    /// <summary>Whether another violation of mining or exploration was found.</summary>
    public const string OtherMineralViolation = "other_mineral_violation";

    /// <summary>Whether the licence was issued by an authority without power.</summary>
    public const string LicenceIssuedWithoutPower = "licence_issued_without_power";

    /// <summary>Document of the works or land-levelling project whose by-product is taken.</summary>
    public const string WorksDocument = "works_document";

    /// <summary>Words of <see cref="UseOnGround"/>.</summary>
    public static class Use
    {
        public const string Construction = "construction";
        public const string Facility = "facility";
        public const string Road = "road";
        public const string Orchard = "orchard";
        public const string Forest = "forest";
        public const string Pond = "pond";
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
}
