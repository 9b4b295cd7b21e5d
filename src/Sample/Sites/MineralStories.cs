using static Weipian.Sample.SiteFacts;

namespace Weipian.Sample.Sites;

/// <summary>What can befall a mineral patch.</summary>
internal static class MineralStories
{
    private const string Photos = "photo_full,before_after_image";
    private const string Limestone = "建筑石料用灰岩";
    private const string Bauxite = "铝土矿";
    private const string Clay = "砖瓦用粘土";

    public static void InLicence(Story s)
    {
        Licensed(s);
        s.Verdict("ML1", "在有效采矿权范围内开采", "mining inside a valid licence");
    }

    public static void InExploration(Story s)
    {
        ExplorationLicensed(s);
        s.Verdict("ML3", "在有效探矿权范围内勘查", "exploring inside a valid licence");
    }

    public static void RenewalAccepted(Story s)
    {
        Pit(s);
        var expiry = s.Before.AddDays(-s.Dice.Whole(10, 40));
        s.MiningLicence(expiry.AddYears(-5).AddDays(1), expiry, Limestone);
        Active(s, "mining", Limestone)[RenewalAcceptedOn] = expiry.AddDays(-s.Dice.Whole(5, 50));
        s.Verdict("ML2", "期满前延续申请已受理", "the renewal was accepted before the licence expired");
    }

    public static void NoActivity(Story s)
    {
        Pit(s);
        s.Found(
            (MiningActivity, false),
            (ActivityKind, "none"),
            (UseOnGround, Use.Unchanged),
            (PermanentBuilding, false),
            (Evidence, Photos)
        );
        s.Verdict("MO1", "图斑中心及周边无勘查开采活动", "no exploration or mining at the patch or around it");
    }

    public static void Restoration(Story s)
    {
        Pit(s);
        s.RestorationProject(new(2017, 4, 1), new(2020, 3, 31));
        s.Found((ActivityKind, "restoration"), (UseOnGround, Use.Restoration), (Evidence, Photos + ",document"));
        s.Verdict("MO2", "治理修复项目范围内", "inside a restoration project");
    }

    public static void ByProduct(Story s)
    {
        Pit(s);
        Active(s, "works_byproduct", "土石料")[WorksDocument] = s.PaperNumber("合土地整理", s.Programme.Year);
        s.Verdict("MO3", "工程建设（土地整理）取土石", "a by-product of works with their document");
    }

    public static void MilitaryLand(Story s)
    {
        Pit(s);
        s.Found((Military, true));
        s.TheCase("TC12");
        s.Verdict("MO1", "特殊用地", "special use; nothing else is recorded");
    }

    public static void NoLicence(Story s)
    {
        Pit(s);
        var mineral = s.Dice.Chance(0.6) ? Limestone : Clay;
        Active(s, "mining", mineral);
        s.Verdict("MI1", "无证开采", "mining without a licence");
    }

    public static void BeyondLicence(Story s)
    {
        s.Yard(8, 16);
        var inside = s.AreaSquareMetres * s.Dice.Between(0.5, 0.8);
        s.MiningLicence(new(2014, 9, 1), new(2024, 8, 31), Limestone, LocalShape.LineLeaving(s.Polygons[0], inside));
        Active(s, "mining", Limestone);
        s.Part("ML1", inside);
        s.Part("MI2", s.AreaSquareMetres - inside);
        s.Because("矿区范围内合法，越界部分违法", "legal inside the licence, beyond it outside");
    }

    public static void LicenceExpired(Story s)
    {
        Pit(s);
        var expiry = s.Before.AddDays(-s.Dice.Whole(30, 400));
        s.MiningLicence(expiry.AddYears(-5).AddDays(1), expiry, Limestone);
        Active(s, "mining", Limestone);
        s.Verdict("MI3", "许可证过期后开采", "mining after the licence expired");
    }

    public static void UnlicensedExploration(Story s)
    {
        Pit(s);
        Active(s, "exploration", Bauxite);
        s.Verdict("MI7", "无证勘查", "exploring without a licence");
    }

    public static void ExplorationBeyond(Story s)
    {
        s.Yard(6, 14);
        var inside = s.AreaSquareMetres * s.Dice.Between(0.5, 0.8);
        s.ExplorationLicence(new(2018, 1, 5), new(2021, 1, 4), Bauxite, LocalShape.LineLeaving(s.Polygons[0], inside));
        Active(s, "exploration", Bauxite);
        s.Part("ML3", inside);
        s.Part("MI8", s.AreaSquareMetres - inside);
        s.Because("勘查区范围内合法，越界部分违法", "legal inside the exploration licence, beyond it outside");
    }

    public static void IllegalTransfer(Story s)
    {
        Licensed(s)[SiteFacts.IllegalTransfer] = true;
        s.Verdict("MI4", "非法转让采矿权", "the mining right was transferred illegally");
    }

    public static void DestructiveMining(Story s)
    {
        Licensed(s)[Destructive] = true;
        s.Verdict("MI5", "破坏性开采", "destructive mining");
    }

    public static void IssuedWithoutPower(Story s)
    {
        Licensed(s)[LicenceIssuedWithoutPower] = true;
        s.Verdict("MI12", "违法发放采矿许可证", "the licence was issued without power");
    }

    public static void LicenceOfATown(Story s)
    {
        Pit(s);
        Active(s, "mining", Clay)[LicenceIssuedWithoutPower] = true;
        s.Verdict(
            "MI12",
            "出示的许可证由无权机关发放，登记中没有",
            "the licence shown came from an authority without power and is in no register"
        );
    }

    public static void SandAndSoil(Story s)
    {
        Pit(s);
        Active(s, "sand_or_soil", "土");
        s.Verdict("MO5", "一般工程取土，无采矿特征", "earth taken for ordinary works, without the marks of mining");
    }

    public static void LandOfTheMine(Story s)
    {
        Licensed(s)[MineLandLegal] = false;
        s.Verdict("MO4", "采矿合法，用地违法，转土地图斑", "lawful mining on unlawful land: a land patch is opened as well");
    }

    public static void OtherMiningViolation(Story s)
    {
        Licensed(s)[OtherMineralViolation] = true;
        s.Verdict("MI6", "其他违法开采", "another violation of mining");
    }

    public static void FeeUnpaid(Story s)
    {
        Licensed(s)[CompensationFeeUnpaid] = true;
        s.Verdict("MI11", "不按规定缴纳补偿费", "fees not paid as prescribed");
    }

    public static void ExplorationTransferred(Story s)
    {
        ExplorationLicensed(s)[SiteFacts.IllegalTransfer] = true;
        s.Verdict("MI9", "非法转让探矿权", "the exploration right was transferred illegally");
    }

    public static void OtherExplorationViolation(Story s)
    {
        ExplorationLicensed(s)[OtherMineralViolation] = true;
        s.Verdict("MI10", "其他违法勘查", "another violation of exploration");
    }

    public static void NotVisited(Story s)
    {
        Pit(s);
        s.Doubtful(DoubtReasons.NotVisited, "没有矿业权覆盖，尚未实地核查", "no licence covers it and nobody has been there");
    }

    public static void DateMissing(Story s)
    {
        Pit(s);
        s.MiningLicence(new(2015, 3, 1), new(2025, 2, 28), Limestone);
        Active(s, "mining", Limestone);
        s.AfterWritten = "";
        s.Doubtful(DoubtReasons.ImageDateMissing, "下发数据缺少后时相", "the issued record lacks the date of the image after");
    }

    public static void KindUnknown(Story s)
    {
        Pit(s);
        s.Found((MiningActivity, true), (Mineral, Limestone), (Evidence, Photos));
        s.Doubtful(DoubtReasons.EvidenceMissing, "活动种类不明", "whether it is mining or something else is not known");
    }

    private static Dictionary<string, object> Licensed(Story s)
    {
        Pit(s);
        s.MiningLicence(new(2015, 3, 1), new(2025, 2, 28), Limestone);
        var form = Active(s, "mining", Limestone);
        form[MineLandLegal] = true;
        return form;
    }

    private static Dictionary<string, object> ExplorationLicensed(Story s)
    {
        Pit(s);
        s.ExplorationLicence(new(2017, 6, 1), new(2020, 5, 31), Bauxite);
        return Active(s, "exploration", Bauxite);
    }

    private static void Pit(Story s)
    {
        s.Kind = "mineral";
        s.Change = "疑似采矿";
        s.Yard(3, 18);
    }

    private static Dictionary<string, object> Active(Story s, string kind, string mineral)
    {
        s.Kind = "mineral";
        s.Change = "疑似采矿";
        return s.Found(
            (MiningActivity, true),
            (ActivityKind, kind),
            (Mineral, mineral),
            (UseOnGround, Use.Mining),
            (Party, s.Party),
            (PermanentBuilding, false),
            (Evidence, Photos)
        );
    }
}
