namespace Weipian.GeoFiles;

/// <summary>The roles a layer can have, and which columns usually feed which field of the contract.</summary>
/// <remarks>
/// The column names are those of the national patch table, TD/T 1057-2020 and the databases of plans and permits. They are only a
/// guess for convenience: what was taken is shown to the user and recorded with the layer, and <c>--map</c> goes before it.
/// </remarks>
public static class LayerRoles
{
    /// <summary>An issued patch file: no role of <c>layer add</c>, but it has usual columns too.</summary>
    public const string Patch = "patch";

    /// <summary>The roles of <c>layer add --role</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "land-use",
        "permanent-farmland",
        "ecological-redline",
        "urban-boundary",
        "nature-reserve",
        "plan-zone",
        "approval",
        "supply",
        "registration",
        "advance-use",
        "linkage-new-build",
        "temporary-land",
        "facility-agriculture",
        "mining-right",
        "exploration-right",
        "restoration-project",
        "administrative-unit",
        "prior-determination",
        "survey-change",
    ];

    private static readonly Dictionary<string, (string Field, string[] Columns)[]> Usual = new(StringComparer.Ordinal)
    {
        [Patch] =
        [
            ("number", ["JCBH", "监测编号", "图斑编号", "TBBH"]),
            ("before", ["QSX", "前时相"]),
            ("after", ["HSX", "后时相"]),
            ("area", ["JCMJ", "监测面积", "MJ"]),
            ("kind", ["TBLX", "图斑类型"]),
            ("county", ["XZQDM", "行政区代码"]),
            ("unit", ["乡镇街道"]),
            ("code", ["DLBM"]),
        ],
        ["land-use"] =
        [
            ("number", ["TBBH", "BSM"]),
            ("code", ["DLBM"]),
            ("kcxs", ["KCXS"]),
            ("area", ["TBMJ"]),
            ("unit", ["ZLDWDM"]),
            ("county", ["XZQDM"]),
        ],
        ["permanent-farmland"] =
        [
            ("number", ["YJJBNTTBBH", "JBNTTBBH", "TBBH", "BSM"]),
            ("code", ["DLBM"]),
            ("kcxs", ["KCXS"]),
            ("area", ["YJJBNTTBMJ", "JBNTMJ"]),
            ("unit", ["ZLDWDM"]),
            ("date", ["BHKSSJ"]),
            ("expiry", ["BHJSSJ"]),
        ],
        ["ecological-redline"] = [("number", ["HXBM", "BSM"]), ("kind", ["HXLX"]), ("use", ["HXMC"]), ("area", ["MJ"])],
        ["urban-boundary"] = [("number", ["BSM"]), ("code", ["GHFQDM"]), ("use", ["GHFQMC"]), ("area", ["MJ"]), ("unit", ["XZQDM"])],
        ["nature-reserve"] = [("number", ["BSM"]), ("kind", ["ZRBHDLX"]), ("code", ["ZRBHDFQ"]), ("use", ["ZRBHDMC"]), ("area", ["MJ"])],
        ["plan-zone"] = [("number", ["BSM"]), ("code", ["GZQLXDM", "TDYTQLXDM"]), ("area", ["GZQMJ", "MJ"])],
        ["approval"] =
        [
            ("number", ["PCBH", "XMBH", "XMDM", "DKBH", "地块编号"]),
            ("document", ["PZWH"]),
            ("date", ["PZSJ", "PZRQ"]),
            ("use", ["PCMC", "XMMC", "地块名称"]),
            ("area", ["PZMJ", "XMMJ", "DKMJ", "地块面积"]),
            ("kind", ["PCLX"]),
        ],
        ["supply"] =
        [
            ("number", ["XMBH", "DZJGH", "DKBH", "地块编号"]),
            ("document", ["SZFPW", "PZWH"]),
            ("date", ["PZRQ", "PZSJ"]),
            ("party", ["YDDWMC"]),
            ("use", ["DKYTMS", "TDYT", "XMMC", "地块用途"]),
            ("area", ["PZMJ", "JSYDMJ", "DKMJ", "地块面积"]),
            ("kind", ["GDFS"]),
        ],
        ["advance-use"] =
        [
            ("number", ["XMDM", "DKBH", "地块编号"]),
            ("document", ["PZWH"]),
            ("date", ["PZRQ", "PZSJ"]),
            ("use", ["XMMC"]),
            ("area", ["DKMJ"]),
        ],
        ["temporary-land"] =
        [
            ("number", ["GLTBBSM", "XMDM", "DKBH", "地块编号"]),
            ("document", ["PZWH"]),
            ("date", ["PZRQ", "PZSJ"]),
            ("use", ["XMMC"]),
            ("area", ["PZMJ", "TBMJ", "DKMJ"]),
        ],
        ["mining-right"] = RightColumns(),
        ["exploration-right"] = RightColumns(),
        ["administrative-unit"] = [("unit", ["XZQDM"]), ("code", ["XZQDM"]), ("use", ["XZQMC"]), ("area", ["DCMJ", "JSMJ"])],
        ["survey-change"] = [("number", ["TBBH", "BSM"]), ("code", ["DLBM"]), ("area", ["TBMJ"]), ("kcxs", ["KCXS"])],
    };

    // Of these a column of the same name is taken for every role; a bare "area" or "unit" of a foreign file could mean anything.
    private static readonly string[] SelfNamed =
    [
        "number",
        "before",
        "after",
        "code",
        "document",
        "date",
        "expiry",
        "party",
        "kcxs",
        "cluster",
    ];

    /// <summary>Fields and the columns that usually feed them, best first.</summary>
    internal static IEnumerable<(string Field, IEnumerable<string> Columns)> UsualColumns(string role)
    {
        var usual = Usual.GetValueOrDefault(role) ?? [];
        foreach (var field in FieldMap.FieldNames)
        {
            IEnumerable<string> columns = usual.FirstOrDefault(pair => pair.Field == field).Columns ?? [];
            yield return (field, SelfNamed.Contains(field) ? columns.Append(field) : columns);
        }
    }

    /// <exception cref="Problem">files.unknown-role</exception>
    public static void Check(string role)
    {
        if (role != Patch && !Names.Contains(role))
            throw Problem.Files.UnknownRole(role, string.Join(", ", Names));
    }

    /// <summary>The role whose marking columns are there, or <c>null</c>.</summary>
    internal static string? Guess(IReadOnlyList<SourceField> fields)
    {
        var names = fields.Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        bool Has(params string[] columns) => columns.All(names.Contains);
        return Has("JCBH") || Has("监测编号") || Has("number", "before", "after") ? Patch
            : names.Any(name => name.StartsWith("YJJBNT", StringComparison.OrdinalIgnoreCase)) || Has("JBNTTBBH") ? "permanent-farmland"
            : Has("GHFQDM") ? "urban-boundary"
            : Has("HXBM") ? "ecological-redline"
            : Has("ZRBHDMC") ? "nature-reserve"
            : Has("GZQLXDM") || Has("TDYTQLXDM") ? "plan-zone"
            : Has("XKZH", "KSMC") ? "mining-right"
            : Has("GDFS") || Has("YDDWMC") ? "supply"
            : Has("PZWH") || Has("地块编号", "界址点数") ? "approval"
            : Has("DLBM") ? "land-use"
            : Has("XZQDM", "XZQMC") ? "administrative-unit"
            : null;
    }

    private static (string, string[])[] RightColumns() =>
        [
            ("number", ["XKZH"]),
            ("document", ["XKZH"]),
            ("party", ["KQR"]),
            ("use", ["KSMC"]),
            ("kind", ["KZ"]),
            ("area", ["MJ"]),
            ("date", ["YXQQ"]),
            ("expiry", ["YXQZ"]),
        ];
}
