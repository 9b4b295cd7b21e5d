namespace Weipian.Sample.Sites;

/// <summary>
/// How the papers of a story are written: one maker for each layer, with the columns in the order of <see cref="PaperRoles"/>.
/// </summary>
internal static class Permits
{
    private const string Note = "合成数据";
    private const double SquareMetresOfHectare = 10_000;

    /// <summary>Uses as permits write them, and the word of the form for the same use.</summary>
    public static IReadOnlyList<(string Permit, string Actual)> Uses { get; } =
    [
        ("工业用地", "工业"),
        ("仓储用地", "仓储"),
        ("商务金融用地", "商务金融"),
        ("城镇住宅用地", "城镇住宅"),
        ("机关团体用地", "机关团体"),
        ("公共设施用地", "公共设施"),
        ("批发零售用地", "批发零售"),
    ];

    public static void Approval(this Story s, DateOnly on, string use, double? leftOf = null) =>
        s.Covered(
            "approval",
            [
                s.Project,
                s.PaperNumber("合政土字", on.Year),
                on,
                "合成省人民政府",
                use,
                s.Party,
                Math.Round(s.AreaSquareMetres / SquareMetresOfHectare, 4),
                Note,
            ],
            leftOf
        );

    public static void Supply(this Story s, DateOnly on, string use, double? leftOf = null) =>
        s.Covered(
            "supply",
            [
                s.Project,
                s.PaperNumber("合成电子监管", on.Year),
                on,
                use,
                s.Dice.Chance(0.8) ? "出让" : "划拨",
                s.Party,
                Math.Round(s.AreaSquareMetres / SquareMetresOfHectare, 4),
                Note,
            ],
            leftOf
        );

    public static void Registration(this Story s, DateOnly on, string use) =>
        s.Covered("registration", [s.PaperNumber("合不动产权", on.Year), on, s.Party, use, Math.Round(s.AreaSquareMetres, 2), Note]);

    public static void AdvanceUse(this Story s, DateOnly from, DateOnly to) =>
        s.Covered("advance-use", [s.Project, s.PaperNumber("合先行用地", from.Year), from, to, "合成省自然资源厅", Note]);

    public static void Linkage(this Story s, DateOnly on, string use) =>
        s.Covered("linkage-new-build", [s.Project, s.PaperNumber("合增减挂钩", on.Year), on, use, "合成省自然资源厅", Note]);

    public static void TemporaryLand(this Story s, DateOnly from, DateOnly to, string use) =>
        s.Covered("temporary-land", [s.Project, s.PaperNumber("合临地", from.Year), from, to, use, s.Party, Note]);

    public static void FacilityRecord(this Story s, DateOnly on, string kind) =>
        s.Covered("facility-agriculture", [s.PaperNumber("合设农备", on.Year), on, kind, s.Party, Math.Round(s.AreaSquareMetres, 2), Note]);

    public static void MiningLicence(this Story s, DateOnly from, DateOnly to, string mineral, double? leftOf = null) =>
        s.Covered(
            "mining-right",
            [s.PaperNumber("合采证", from.Year), s.Project + "矿山", s.Party, mineral, from, to, "合成省自然资源厅", Note],
            leftOf,
            margin: 12
        );

    public static void ExplorationLicence(this Story s, DateOnly from, DateOnly to, string mineral, double? leftOf = null) =>
        s.Covered(
            "exploration-right",
            [s.PaperNumber("合探证", from.Year), s.Project + "勘查", s.Party, mineral, from, to, "合成省自然资源厅", Note],
            leftOf,
            margin: 12
        );

    public static void RestorationProject(this Story s, DateOnly from, DateOnly to) =>
        s.Covered("restoration-project", [s.Project + "修复", s.PaperNumber("合生态修复", from.Year), from, to, s.Party, Note], margin: 11);
}
