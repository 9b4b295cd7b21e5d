using Weipian.GeoFiles;

namespace Weipian.Sample.Sites;

/// <summary>A reference layer of papers: permits, rights, projects. Which columns its file has and how they map.</summary>
/// <param name="Role">Role of the command line.</param>
/// <param name="File">File name; its end says the format.</param>
/// <param name="Layer">Name of the layer, labelled synthetic.</param>
/// <param name="Epsg">Coordinate system of the file.</param>
internal sealed record PaperRole(
    string Role,
    string File,
    string Layer,
    int Epsg,
    DateOnly AsOf,
    IReadOnlyList<WrittenField> Fields,
    IReadOnlyList<string> Map
);

/// <summary>
/// The layers of papers, in the formats in which offices hand them over: old Shapefiles in GBK, GeoPackages, one GeoJSON.
/// </summary>
internal static class PaperRoles
{
    private static readonly DateOnly Collected = new(2019, 10, 8);

    public static IReadOnlyList<PaperRole> All { get; } =
    [
        new(
            "approval",
            "approval-NZY.zip",
            "合成农转用批准",
            4527,
            Collected,
            [
                Text("XMMC", 80),
                Text("PZWH", 60),
                Date("PZSJ"),
                Text("PZJG", 40),
                Text("TDYT", 30),
                Text("YDDW", 60),
                Real("PZMJ", 4),
                Text("BZ", 40),
            ],
            ["number=XMMC", "document=PZWH", "date=PZSJ", "use=TDYT", "party=YDDW"]
        ),
        new(
            "supply",
            "supply-GD.zip",
            "合成供地",
            4527,
            Collected,
            [
                Text("XMMC", 80),
                Text("DZJGH", 40),
                Date("PZRQ"),
                Text("TDYT", 30),
                Text("GDFS", 20),
                Text("YDDWMC", 60),
                Real("GDMJ", 4),
                Text("BZ", 40),
            ],
            ["number=XMMC", "document=DZJGH", "date=PZRQ", "use=TDYT", "party=YDDWMC"]
        ),
        new(
            "registration",
            "registration-BDC.gpkg",
            "合成不动产登记",
            4490,
            Collected,
            [Text("BDCQZH", 60), Date("DJRQ"), Text("QLR", 60), Text("TDYT", 30), Real("MJ", 2), Text("BZ", 40)],
            ["document=BDCQZH", "date=DJRQ", "use=TDYT", "party=QLR"]
        ),
        new(
            "advance-use",
            "advance-use-XXYD.gpkg",
            "合成先行用地",
            4490,
            Collected,
            [Text("XMMC", 80), Text("PZWH", 60), Date("PZRQ"), Date("DQRQ"), Text("PZJG", 40), Text("BZ", 40)],
            ["number=XMMC", "document=PZWH", "date=PZRQ", "expiry=DQRQ"]
        ),
        new(
            "linkage-new-build",
            "linkage-ZJGG.gpkg",
            "合成增减挂钩建新区",
            4490,
            Collected,
            [Text("XMMC", 80), Text("PZWH", 60), Date("PZRQ"), Text("TDYT", 30), Text("PZJG", 40), Text("BZ", 40)],
            ["number=XMMC", "document=PZWH", "date=PZRQ", "use=TDYT"]
        ),
        new(
            "temporary-land",
            "temporary-LSYD.zip",
            "合成临时用地",
            4527,
            Collected,
            [Text("XMMC", 80), Text("PZWH", 60), Date("PZRQ"), Date("DQRQ"), Text("TDYT", 30), Text("SQR", 60), Text("BZ", 40)],
            ["number=XMMC", "document=PZWH", "date=PZRQ", "expiry=DQRQ", "use=TDYT", "party=SQR"]
        ),
        new(
            "facility-agriculture",
            "facility-SSNYD.geojson",
            "合成设施农用地备案",
            4490,
            Collected,
            [Text("BABH", 60), Date("BARQ"), Text("SSLX", 30), Text("JYZ", 60), Real("XMMJ", 2), Text("BZ", 40)],
            ["document=BABH", "date=BARQ", "use=SSLX", "party=JYZ"]
        ),
        new(
            "mining-right",
            "mining-CKQ.gpkg",
            "合成采矿权",
            4490,
            Collected,
            [
                Text("XKZH", 40),
                Text("KSMC", 60),
                Text("KQR", 60),
                Text("KZ", 30),
                Date("YXQQ"),
                Date("YXQZ"),
                Text("FZJG", 40),
                Text("BZ", 40),
            ],
            ["number=KSMC", "document=XKZH", "date=YXQQ", "expiry=YXQZ", "party=KQR", "kind=KZ"]
        ),
        new(
            "exploration-right",
            "exploration-TKQ.gpkg",
            "合成探矿权",
            4490,
            Collected,
            [
                Text("XKZH", 40),
                Text("XMMC", 60),
                Text("KQR", 60),
                Text("KZ", 30),
                Date("YXQQ"),
                Date("YXQZ"),
                Text("FZJG", 40),
                Text("BZ", 40),
            ],
            ["number=XMMC", "document=XKZH", "date=YXQQ", "expiry=YXQZ", "party=KQR", "kind=KZ"]
        ),
        new(
            "restoration-project",
            "restoration-STXF.zip",
            "合成生态修复项目",
            4548,
            Collected,
            [Text("XMMC", 80), Text("PZWH", 60), Date("PZRQ"), Date("JSRQ"), Text("SSDW", 60), Text("BZ", 40)],
            ["number=XMMC", "document=PZWH", "date=PZRQ", "expiry=JSRQ", "party=SSDW"]
        ),
        new(
            "prior-determination",
            "prior-WPPD.gpkg",
            "合成往年判定",
            4490,
            new(2018, 12, 31),
            [Text("JCBH", 40), Text("PDJG", 10), Date("PDRQ"), Text("BZ", 40)],
            ["number=JCBH", "code=PDJG", "date=PDRQ"]
        ),
        new(
            "survey-change",
            "survey-change-BGDC.gpkg",
            "合成变更调查",
            4490,
            new(2018, 12, 31),
            [Text("BGQDLBM", 5), Text("BGHDLBM", 5), Date("BGRQ"), Real("BGMJ", 2), Text("BZ", 40)],
            ["code=BGHDLBM", "date=BGRQ"]
        ),
    ];

    public static WrittenField Text(string name, int length) => new(name, "text", length);

    public static WrittenField Real(string name, int decimals) => new(name, "real", 18, decimals);

    public static WrittenField Date(string name) => new(name, "date");
}

/// <summary>One paper on the map: its rings on the ground (EPSG:4548) and the values of its columns.</summary>
internal sealed record Paper(string Role, IReadOnlyList<double[]> Rings, IReadOnlyList<object?> Values);
