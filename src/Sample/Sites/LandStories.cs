using static Weipian.Sample.SiteFacts;

namespace Weipian.Sample.Sites;

/// <summary>
/// What can befall a land patch. Each tale writes papers, findings and the truth that follows from them (domain rules of 2018 and 2019).
/// </summary>
internal static class LandStories
{
    private const string Photos = "photo_full,before_after_image";

    private static readonly DateOnly CaseBefore = new(2018, 10, 12);
    private static readonly DateOnly CaseAfter = new(2019, 2, 20);

    // ---- permitted -------------------------------------------------------------------------------------------------

    public static void ApprovedInFormerYear(Story s)
    {
        s.Yard(3, 30);
        var (permit, actual) = s.Dice.One(Permits.Uses);
        var on = s.Dice.Day(new(s.Programme.Year - 3, 3, 1), new(s.Programme.Year - 1, 6, 30));
        s.Approval(on, permit);
        s.Supply(Earlier(on.AddDays(s.Dice.Whole(20, 150)), s.Before), permit);
        Built(s, actual);
        s.Verdict(
            "L1",
            $"批准于{on:yyyy-MM-dd}，早于前时相，供地齐全，用途一致；往年批准本年建设",
            "approved in a former year, supplied, used as approved",
            formerYear: true
        );
    }

    public static void ApprovedThisYear(Story s)
    {
        s.Yard(3, 24);
        var (permit, actual) = s.Dice.One(Permits.Uses);
        s.Before = Later(s.Before, new(s.Programme.Year, 1, 20));
        if (s.After <= s.Before.AddDays(20))
            s.After = s.Before.AddDays(s.Dice.Whole(25, 40));
        var on = s.Dice.Day(new(s.Programme.Year, 1, 3), s.Before.AddDays(-8));
        s.Approval(on, permit);
        s.Supply(on.AddDays(s.Dice.Whole(1, 6)), permit);
        Built(s, actual);
        s.Verdict(
            "L1",
            $"本年{on:yyyy-MM-dd}批准，早于前时相，供地齐全，用途一致",
            "approved in the same year before the image before, supplied, used as approved"
        );
    }

    public static void Case1(Story s)
    {
        CaseDates(s);
        s.Yard(5, 12);
        s.Approval(new(2018, 8, 1), "工业用地");
        s.Supply(new(2018, 9, 10), "工业用地");
        Built(s, "工业");
        s.TheCase("TC1");
        s.Verdict(
            "L1",
            "2018-08-01批准，早于前时相2018-10-12；往年批准本年建设",
            "approved 2018-08-01, before the image of 2018-10-12",
            formerYear: true
        );
    }

    public static void Case2(Story s)
    {
        CaseDates(s);
        s.Yard(5, 12);
        s.Approval(new(2019, 3, 1), "工业用地");
        s.Supply(new(2018, 9, 10), "工业用地");
        Built(s, "工业");
        s.TheCase("TC2");
        s.Verdict(
            "I3",
            "2019-03-01批准，晚于后时相2019-02-20：未批先建",
            "approved 2019-03-01, after the image of 2019-02-20: built before approval"
        );
    }

    public static void Case3Doubtful(Story s)
    {
        CaseDates(s);
        Between(s, new(2019, 1, 15), null);
        s.TheCase("TC3");
        s.Doubtful(
            DoubtReasons.StartOfWorksUnknown,
            "2019-01-15批准，在两期影像之间，开工时间不明",
            "approved between the two images, start of works not known"
        );
    }

    public static void Case3Legal(Story s)
    {
        CaseDates(s);
        Between(s, new(2019, 1, 15), new(2019, 1, 20));
        s.TheCase("TC3");
        s.Verdict("L1", "批准后2019-01-20开工", "works started on 2019-01-20, after approval");
    }

    public static void Case3Illegal(Story s)
    {
        CaseDates(s);
        Between(s, new(2019, 1, 15), new(2018, 12, 5));
        s.TheCase("TC3");
        s.Verdict("I3", "批准前2018-12-05已开工", "works started on 2018-12-05, before approval");
    }

    public static void Case4(Story s)
    {
        const double SquareMetresOfMu = 2000.0 / 3;
        CaseDates(s);
        s.Polygons.Add(LocalShape.Yard(12 * SquareMetresOfMu, s.Dice));
        PartlyApproved(s, 7.4 * SquareMetresOfMu, new(2018, 8, 1));
        s.TheCase("TC4");
    }

    public static void Beyond(Story s)
    {
        s.Yard(5, 20);
        PartlyApproved(
            s,
            s.AreaSquareMetres * s.Dice.Between(0.45, 0.85),
            new(s.Programme.Year - 1, s.Dice.Whole(1, 6), s.Dice.Whole(1, 28))
        );
    }

    public static void OtherYardBeside(Story s)
    {
        var half = 0.42 * (s.Plot.Reach - 12);
        var first = LocalShape.Yard(half * half * 1.2, s.Dice);
        var second = LocalShape.Yard(half * half * 0.8, s.Dice);
        s.Polygons.Add(LocalShape.Moved(first, -s.Plot.Reach * 0.5, 0));
        s.Polygons.Add(LocalShape.Moved(second, s.Plot.Reach * 0.5, 0));
        var on = new DateOnly(s.Programme.Year - 1, s.Dice.Whole(1, 6), 11);
        s.Approval(on, "仓储用地", leftOf: 0);
        s.Supply(on.AddDays(30), "仓储用地", leftOf: 0);
        Built(s, "仓储");
        s.Part("L1", LocalShape.Area(first), formerYear: true);
        s.Part("I1", LocalShape.Area(second));
        s.Because("一处院落在批准范围内，另一处不相接且无手续", "one yard is approved, the other lies apart and has no title");
    }

    public static void Supplied(Story s)
    {
        s.Yard(2, 14);
        var (permit, actual) = s.Dice.One(Permits.Uses);
        s.Supply(s.Dice.Day(new(s.Programme.Year - 4, 1, 10), new(s.Programme.Year - 1, 6, 1)), permit);
        Built(s, actual)[ConversionDocument] = s.PaperNumber("合政土字", s.Programme.Year - 5);
        s.Verdict("L2", "供地手续齐全，并出示农转用批文", "supplied, and the conversion is proved by its document");
    }

    public static void Registered(Story s)
    {
        s.Yard(1, 10);
        var (permit, actual) = s.Dice.One(Permits.Uses);
        s.Registration(s.Dice.Day(new(2012, 1, 10), new(s.Programme.Year - 1, 6, 1)), permit);
        Built(s, actual);
        s.Verdict("L3", "不动产登记覆盖，用途一致", "a registered right covers it and the use matches");
    }

    public static void Linked(Story s)
    {
        s.Yard(4, 18);
        s.Linkage(s.Dice.Day(new(2016, 1, 10), new(s.Programme.Year - 1, 6, 1)), "农村宅基地");
        Built(s, "农村宅基地");
        s.Verdict("L4", "在增减挂钩建新区内，批准早于前时相", "inside an approved new-build plot of a linkage project");
    }

    public static void Advanced(Story s)
    {
        s.Yard(6, 20);
        var from = s.Before.AddDays(-s.Dice.Whole(20, 120));
        s.AdvanceUse(from, s.After.AddDays(s.Dice.Whole(60, 200)));
        Built(s, "公路")[MainApplicationLodgedOn] = from.AddDays(s.Dice.Whole(30, 60));
        s.Verdict("L5", "先行用地批准在期内，已按期报批", "advance use approved, in its term, the main application lodged");
    }

    public static void ExistingByImage(Story s)
    {
        s.Yard(0.5, 2);
        var form = Built(s, "农村宅基地");
        form[HistoryImageYear] = 2012;
        form[BuiltYear] = 2011;
        s.TheCase("TC10");
        s.Verdict("L7", "2012年影像已见房屋，不是新增", "the house is on the image of 2012: not new");
    }

    public static void ExistingByLandUse(Story s)
    {
        s.Yard(1, 4);
        Built(s, "工业");
        s.Verdict("L7", "基期地类为工业用地，不是新增", "construction land in the base year already");
    }

    public static void VillageHouse(Story s)
    {
        s.Yard(0.3, 0.7);
        var form = Built(s, "农村宅基地");
        form[RuralPermitNumber] = s.PaperNumber("合村建", s.Programme.Year - 1);
        form[RuralPermitOn] = s.Before.AddDays(-s.Dice.Whole(20, 200));
        form[OneHouseholdOnePlot] = true;
        s.Verdict("L8", "有宅基地批准，符合一户一宅", "rural housing permit, one plot to the household");
    }

    public static void SecondVillageHouse(Story s)
    {
        s.Yard(0.3, 0.7);
        var form = Built(s, "农村宅基地");
        form[RuralPermitNumber] = s.PaperNumber("合村建", s.Programme.Year - 1);
        form[RuralPermitOn] = s.Before.AddDays(-s.Dice.Whole(20, 200));
        form[OneHouseholdOnePlot] = false;
        s.Verdict("I1", "不符合一户一宅", "a second plot of the same household");
    }

    public static void OilWell(Story s)
    {
        s.Yard(2, 6);
        Built(s, "油田井场")[OilfieldDocument] = s.PaperNumber("合油地", s.Programme.Year);
        s.Verdict("L9", "油田专项下达文件", "an oil-field well site with its document");
    }

    public static void ReformPilot(Story s)
    {
        s.Yard(3, 8);
        Built(s, "采矿")[PilotDocument] = s.PaperNumber("合改革试点", s.Programme.Year - 1);
        s.Verdict("L10", "采矿用地方式改革试点", "a reform pilot with its approval");
    }

    // ---- other -----------------------------------------------------------------------------------------------------

    public static void Unchanged(Story s)
    {
        s.Yard(1, 15);
        s.Change = s.Dice.One<string>(["新增建（构）筑物", "疑似新增变化用地"]);
        s.Found((UseOnGround, Use.Unchanged), (PermanentBuilding, false), (Evidence, Photos));
        s.TheCase("TC11");
        s.Verdict("O1", "实地为篷布覆盖，用途未变", "a tarpaulin: the use is what it was");
    }

    public static void FarmFacility(Story s)
    {
        s.Yard(3, 15);
        Shed(s, recorded: true, interior: "farming", ancillaryShare: 0.04);
        s.Verdict("O2", "设施农用地已备案，规模合规，内部为农业用途", "a recorded farming facility within its scale, farmed inside");
    }

    public static void RuralRoad(Story s)
    {
        Road(s, 6.5);
        s.TheCase("TC9");
        s.Verdict("O3", "农村道路，宽6.5米，服务农业生产", "a rural road of 6.5 m that serves farming");
    }

    public static void TooWideRoad(Story s)
    {
        Road(s, 8.6);
        s.TheCase("TC9");
        s.Verdict("I1", "路宽8.6米，超过农村道路宽度，无用地手续", "a road of 8.6 m is no rural road and has no title");
    }

    public static void Temporary(Story s)
    {
        s.Yard(2, 12);
        var from = s.Before.AddDays(s.Dice.Whole(5, 15));
        s.TemporaryLand(from, from.AddYears(2).AddDays(-1), "施工临时用地");
        Built(s, "施工临时用地", permanent: false);
        s.Verdict("O4", "临时用地在期内，无永久建筑", "approved temporary land in its term, nothing permanent on it");
    }

    public static void Restructured(Story s)
    {
        s.Yard(2, 18);
        s.Change = "疑似新增变化用地";
        var use = s.Dice.One<string>([Use.Orchard, Use.Forest, Use.Pond]);
        s.Found((UseOnGround, use), (PermanentBuilding, false), (PloughLayerDestroyed, false), (Evidence, Photos));
        s.Verdict("O5", "农业结构调整，未建设", "farmland planted or flooded differently, nothing built");
    }

    public static void Solar(Story s)
    {
        s.Yard(6, 30);
        s.Change = "新增光伏用地";
        s.Found(
            (UseOnGround, Use.Solar),
            (SolarFilingNumber, s.PaperNumber("合光伏备", s.Programme.Year)),
            (SolarHardened, false),
            (PermanentBuilding, false),
            (Evidence, Photos + ",document")
        );
        s.Verdict("O6", "未利用地上的光伏板区，已备案，未硬化", "solar panels on unused land, filed, ground not hardened");
    }

    public static void Earthwork(Story s)
    {
        s.Yard(2, 20);
        s.Change = "新增推填土";
        s.Found((UseOnGround, Use.Earthwork), (PermanentBuilding, false), (Evidence, Photos));
        s.Verdict("O7", "推填土，尚不能确认建设", "bulldozed soil; construction is not certain");
    }

    public static void MilitaryLand(Story s)
    {
        s.Yard(3, 12);
        s.Found((Military, true));
        s.TheCase("TC12");
        s.Verdict("O9", "特殊用地", "special use; nothing else is recorded");
    }

    public static void Sliver(Story s)
    {
        s.Polygons.Add(LocalShape.Rectangle(s.Dice.Between(50, 90), s.Dice.Between(0.5, 0.8)));
        s.Change = "疑似新增变化用地";
        s.Verdict("O10", "边角细缝", "a thin residual");
    }

    public static void ExistingGrave(Story s)
    {
        s.Yard(0.1, 0.3);
        s.Found((UseOnGround, Use.Grave), (GraveExisting, true), (PermanentBuilding, false), (Evidence, Photos));
        s.Verdict("O11", "原有土坟", "an earth grave that was there before");
    }

    public static void AccessRoad(Story s)
    {
        const double QuarterMu = 500.0 / 3;
        s.Yard(8, 14);
        var outside = Math.Min(0.035 * s.AreaSquareMetres, QuarterMu);
        var inside = s.AreaSquareMetres - outside;
        var line = LocalShape.LineLeaving(s.Polygons[0], inside);
        var on = new DateOnly(s.Programme.Year - 1, s.Dice.Whole(1, 6), 21);
        s.Approval(on, "工业用地", line);
        s.Supply(on.AddDays(25), "工业用地", line);
        Built(s, "工业")[OutsidePartUse] = Use.Access;
        s.Part("L1", inside, formerYear: true);
        s.Part("O12", outside);
        s.Because(
            "合法地块的出入口，超出部分不足3.5%，耕地不足0.5亩",
            "the access to a legal parcel: under 3.5 % outside, under half a mu of cultivated land"
        );
    }

    public static void AncillaryStructure(Story s)
    {
        s.Yard(0.4, 2);
        s.Found(
            (UseOnGround, Use.Structure),
            (StructureKind, s.Dice.One<string>(["hydraulic", "slope", "pipe_gallery", "viaduct", "power"])),
            (PlanFigureNumber, s.PaperNumber("合图", s.Programme.Year)),
            (Evidence, Photos + ",document")
        );
        s.Verdict("O13", "附属构筑物，有设计图", "an ancillary structure with its plan figure");
    }

    public static void Restored(Story s)
    {
        s.Yard(4, 14);
        s.RestorationProject(new(2017, 4, 1), new(2020, 3, 31));
        s.MiningLicence(new(2012, 5, 1), new(2022, 4, 30), "建筑石料用灰岩");
        s.Found((UseOnGround, Use.Restoration), (PermanentBuilding, false), (Evidence, Photos + ",document"));
        s.Verdict("O14", "矿山修复，在批准的项目范围和有效矿区内", "restoration inside an approved project and a valid mine");
    }

    public static void Disaster(Story s)
    {
        s.Yard(2, 10);
        s.Change = "疑似新增变化用地";
        s.Found(
            (UseOnGround, Use.Disaster),
            (DisasterProofNumber, s.PaperNumber("合灾毁证", s.Programme.Year)),
            (Evidence, Photos + ",document")
        );
        s.Verdict("O15", "灾毁，有证明", "destroyed by a disaster, with the county's proof");
    }

    public static void InsideVillage(Story s)
    {
        s.Yard(0.4, 2);
        Built(s, "农村宅基地")[ConstructionDateKnown] = false;
        s.TheCase("TC10");
        s.Verdict("O16", "在村庄203范围内，建设时间不可查", "inside village land 203, the date of construction cannot be found");
    }

    public static void InEnclave(Story s)
    {
        s.Yard(2, 6);
        Built(s, "工业");
        s.Verdict("O17", "图斑位于邻区飞地", "the ground belongs to the neighbouring district");
    }

    // ---- against the law -------------------------------------------------------------------------------------------

    public static void NoTitle(Story s)
    {
        s.Yard(0.8, 22);
        Built(s, s.Dice.One(Permits.Uses).Actual);
        s.Verdict("I1", "无用地手续建设", "built without any title");
    }

    /// <summary>In the third quarter the images are of late summer: what stood there before was gone by then.</summary>
    public static void BuiltAgain(Story s)
    {
        if (s.Programme == Programme.ThirdQuarter)
            (s.Before, s.After) = (new(2019, 8, 26), new(2019, 9, 2));
        NoTitle(s);
    }

    public static void NoTitleOverTwoUnits(Story s)
    {
        s.Polygons.Add(LocalShape.Rectangle(96, 70));
        Built(s, "仓储");
        s.TheCase("TC13");
        s.Verdict("I1", "无用地手续建设，跨两个镇（街道）", "built without title across two towns");
    }

    public static void WithoutPower(Story s)
    {
        s.Yard(2, 9);
        var form = Built(s, "工业");
        form[ApprovalDocument] = s.PaperNumber("合镇土", s.Programme.Year - 1);
        form[ApprovingAuthority] = "合成镇人民政府";
        form[ApprovedWithoutPower] = true;
        s.Verdict("I2", "由无批准权的镇政府批准", "approved by a town that has no power to approve");
    }

    public static void ApprovedAfterwards(Story s)
    {
        s.Yard(3, 16);
        var (permit, actual) = s.Dice.One(Permits.Uses);
        s.Approval(s.After.AddDays(s.Dice.Whole(3, 60)), permit);
        s.Supply(s.Before.AddDays(-s.Dice.Whole(5, 60)), permit);
        Built(s, actual);
        s.Verdict("I3", "批准晚于后时相：未批先建", "approved after the image that shows the works");
    }

    public static void NotSupplied(Story s)
    {
        s.Yard(4, 18);
        s.Approval(s.Dice.Day(new(2017, 1, 10), new(2017, 12, 20)), "工业用地");
        Built(s, "工业");
        s.TheCase("TC5");
        s.Verdict("I4", "2017年已转用，未供地即建厂房", "converted in 2017, never supplied, a factory built");
    }

    public static void OtherUse(Story s)
    {
        s.Yard(3, 14);
        var on = new DateOnly(s.Programme.Year - 1, s.Dice.Whole(1, 5), 9);
        s.Approval(on, "工业用地");
        s.Supply(on.AddDays(40), "工业用地");
        Built(s, "商务金融");
        s.Verdict("I6", "批准为工业用地，实际为商务金融", "approved for industry, used for offices");
    }

    public static void TemporaryExpired(Story s)
    {
        CaseDates(s);
        s.Yard(2, 9);
        s.TemporaryLand(new(2017, 1, 1), new(2018, 12, 31), "施工临时用地");
        Built(s, "施工临时用地", permanent: false);
        s.TheCase("TC6");
        s.Verdict("I7", "临时用地2018-12-31到期，仍在使用", "the temporary permit ended on 2018-12-31 and the land is still used");
    }

    public static void TemporaryNotYet(Story s)
    {
        s.Yard(2, 9);
        s.TemporaryLand(s.After.AddDays(4), s.After.AddDays(4).AddYears(1), "施工临时用地");
        Built(s, "施工临时用地", permanent: false);
        s.Verdict("I7", "临时用地批准晚于后时相", "the temporary permit began after the image that shows the use");
    }

    public static void TemporaryConcrete(Story s)
    {
        s.Yard(2, 9);
        var from = s.Before.AddDays(-10);
        s.TemporaryLand(from, from.AddYears(2).AddDays(-1), "施工临时用地");
        Built(s, "施工临时用地", permanent: true);
        s.TheCase("TC7");
        s.Verdict("I7", "临时用地上建有永久性建筑", "a concrete building on temporary land");
    }

    public static void ShedUsedOtherwise(Story s)
    {
        s.Yard(3, 10);
        Shed(s, recorded: true, interior: s.Dice.One<string>(["warehouse", "factory"]), ancillaryShare: 0.04);
        s.TheCase("TC8");
        s.Verdict("I8", "设施大棚内部为仓库（厂房）", "a recorded shed that holds a warehouse or a workshop");
    }

    public static void ShedNotRecorded(Story s)
    {
        s.Yard(2, 9);
        Shed(s, recorded: false, interior: "farming", ancillaryShare: 0.04);
        s.Verdict("I8", "设施农用地未备案", "a farming facility without a record");
    }

    public static void ShedOnProtectedFarmland(Story s)
    {
        s.Yard(2, 9);
        Shed(s, recorded: true, interior: "farming", ancillaryShare: 0.04);
        s.Verdict("I8", "设施农用地占用永久基本农田", "a farming facility on permanent basic farmland");
    }

    public static void ShedTooLarge(Story s)
    {
        s.Yard(4, 12);
        Shed(s, recorded: true, interior: "farming", ancillaryShare: 0.2);
        s.Verdict("I8", "附属设施规模超标", "ancillary facilities out of scale");
    }

    public static void FarmlandDestroyed(Story s)
    {
        s.Yard(2, 16);
        s.Change = "疑似新增变化用地";
        var use = s.Dice.One<string>([Use.Lake, Use.SoilTaking, Use.Hardened, Use.Storage]);
        s.Found((UseOnGround, use), (PloughLayerDestroyed, true), (PermanentBuilding, false), (Evidence, Photos));
        s.Verdict("I9", "破坏耕地耕作层", "the plough layer of cultivated land destroyed");
    }

    // ---- doubtful --------------------------------------------------------------------------------------------------

    public static void StartUnknown(Story s)
    {
        var days = s.After.DayNumber - s.Before.DayNumber;
        Between(s, s.Before.AddDays(days / 3), null);
        s.Doubtful(
            DoubtReasons.StartOfWorksUnknown,
            "批准时间在两期影像之间，开工时间不明",
            "approved between the two images, start of works not known"
        );
    }

    public static void StartsDisagree(Story s)
    {
        var days = s.After.DayNumber - s.Before.DayNumber;
        var on = s.Before.AddDays(days / 2);
        Between(s, on, on.AddDays(days / 4));
        var again = new Dictionary<string, object>(s.Visits[0].Facts, StringComparer.Ordinal) { [WorksStartedOn] = on.AddDays(-days / 4) };
        s.Found([.. again.Select(f => (f.Key, f.Value))]);
        s.Doubtful(DoubtReasons.Contradiction, "两次核查的开工时间不一致", "two visits disagree about the start of works");
    }

    public static void StartAfterImage(Story s)
    {
        s.Yard(2, 9);
        var form = Built(s, "工业");
        form[WorksStartedOn] = s.After.AddDays(s.Dice.Whole(12, 30));
        form[WorksStartedBasis] = "contract";
        s.Doubtful(
            DoubtReasons.Contradiction,
            "所述开工时间晚于已见变化的后时相",
            "the stated start of works is later than the image that shows them"
        );
    }

    public static void UnchangedWithBuilding(Story s)
    {
        s.Yard(1, 6);
        s.Found((UseOnGround, Use.Unchanged), (PermanentBuilding, true), (Evidence, Photos));
        s.Doubtful(DoubtReasons.Contradiction, "填写未变化又填写有永久建筑", "said to be unchanged and to carry a permanent building");
    }

    public static void DateMissing(Story s)
    {
        s.Yard(2, 10);
        var (permit, actual) = s.Dice.One(Permits.Uses);
        var on = new DateOnly(s.Programme.Year - 1, 3, 3);
        s.Approval(on, permit);
        s.Supply(on.AddDays(30), permit);
        Built(s, actual);
        if (s.Dice.Chance(0.5))
            s.BeforeWritten = "";
        else
            s.AfterWritten = "";
        s.Doubtful(DoubtReasons.ImageDateMissing, "下发数据缺少影像时间", "the issued record lacks an image date");
    }

    public static void NotVisited(Story s)
    {
        s.Yard(1, 16);
        s.Doubtful(DoubtReasons.NotVisited, "没有手续覆盖，尚未实地核查", "nothing covers it and nobody has been there");
    }

    public static void LandUseMissing(Story s)
    {
        s.Before = s.Dice.Day(new(2017, 10, 10), new(2017, 12, 10));
        s.Yard(2, 10);
        Built(s, "工业");
        s.Doubtful(DoubtReasons.LandUseMissing, "前时相早于现有地类图层", "the image before is older than any land-use layer held");
    }

    public static void InteriorUnknown(Story s)
    {
        s.Yard(3, 10);
        var form = Shed(s, recorded: true, interior: "farming", ancillaryShare: 0.04);
        form.Remove(InteriorUse);
        form[Evidence] = Photos;
        s.Doubtful(DoubtReasons.EvidenceMissing, "缺少设施内部用途和照片", "what is inside the facility is not known");
    }

    public static void WidthUnknown(Story s)
    {
        Road(s, 5.5);
        s.Visits[0].Facts.Remove(RoadWidthMetres);
        s.Doubtful(DoubtReasons.EvidenceMissing, "缺少道路宽度", "the width of the road was not measured");
    }

    public static void SolarNotFiled(Story s)
    {
        s.Yard(6, 20);
        s.Change = "新增光伏用地";
        s.Found((UseOnGround, Use.Solar), (SolarHardened, false), (PermanentBuilding, false), (Evidence, Photos));
        s.Doubtful(DoubtReasons.EvidenceMissing, "缺少光伏项目备案号", "the filing of the solar project was not shown");
    }

    // ---- what tales share ------------------------------------------------------------------------------------------

    private static Dictionary<string, object> Built(Story s, string actual, bool permanent = true) =>
        s.Found(
            (UseOnGround, Use.Construction),
            (ActualUse, actual),
            (Party, s.Party),
            (ProjectName, s.Project),
            (PermanentBuilding, permanent),
            (Evidence, Photos)
        );

    private static Dictionary<string, object> Shed(Story s, bool recorded, string interior, double ancillaryShare)
    {
        var on = s.Before.AddDays(-s.Dice.Whole(20, 200));
        var project = Math.Round(s.Dice.Between(40, 120), 1);
        var form = s.Found(
            (UseOnGround, Use.Facility),
            (FacilityKind, "crops"),
            (ProjectAreaMu, project),
            (AncillaryAreaMu, Math.Round(project * ancillaryShare, 2)),
            (InteriorUse, interior),
            (PloughLayerDestroyed, false),
            (Party, s.Party),
            (Evidence, Photos + ",photo_interior")
        );
        if (recorded)
        {
            s.FacilityRecord(on, "种植设施");
            form[RecordNumber] = s.PaperNumber("合设农备", on.Year);
        }
        return form;
    }

    private static void Road(Story s, double width)
    {
        s.Change = "新增线性地物";
        s.Polygons.Add(LocalShape.Band(Math.Min(2 * s.Plot.Reach - 16, 170), width, s.Dice));
        s.Found(
            (UseOnGround, Use.Road),
            (RoadWidthMetres, width),
            (RoadHardened, true),
            (ServesFarming, true),
            (InRoadNetwork, false),
            (Evidence, Photos + ",photo_width")
        );
    }

    private static void Between(Story s, DateOnly approved, DateOnly? started)
    {
        s.Yard(4, 14);
        s.Approval(approved, "工业用地");
        s.Supply(s.Before.AddDays(-20), "工业用地");
        var form = Built(s, "工业");
        if (started is { } day)
        {
            form[WorksStartedOn] = day;
            form[WorksStartedBasis] = s.Dice.One<string>(["contract", "start_permit", "earlier_image", "patrol_log"]);
            form[Evidence] = Photos + ",document";
        }
    }

    private static void PartlyApproved(Story s, double inside, DateOnly on)
    {
        var line = LocalShape.LineLeaving(s.Polygons[0], inside);
        s.Approval(on, "工业用地", line);
        s.Supply(on.AddDays(30), "工业用地", line);
        Built(s, "工业");
        s.Part("L1", inside, on.Year < s.Programme.Year);
        s.Part("I5", s.AreaSquareMetres - inside);
        s.Because("批准范围内合法，超出部分为超占", "legal inside the approved boundary, beyond it outside");
    }

    private static void CaseDates(Story s) => (s.Before, s.After) = (CaseBefore, CaseAfter);

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
