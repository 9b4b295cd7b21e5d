using System.Globalization;
using Weipian.Flow.Plan;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Flow.Intake;

/// <summary>Reads an issued patch file: its columns, dates, areas, coordinate system. Writes nothing, refuses single records
/// only.</summary>
internal sealed class IssuedFile
{
    private const double SquareMetresOfMu = 2000.0 / 3;
    private const double SquareMetresOfHectare = 10_000;

    private static readonly string[] LandWords = ["land", "土地", "土地图斑"];
    private static readonly string[] MineralWords = ["mineral", "minerals", "矿产", "矿产图斑"];

    private readonly SourceLayer layer;
    private readonly ImportPatches.Request request;
    private readonly PlanProgramme programme;
    private readonly FindingList findings;

    private IssuedFile(
        SourceLayer layer,
        ImportPatches.Request request,
        PlanProgramme programme,
        Detection detection,
        FindingList findings,
        FieldMap learned
    )
    {
        (this.layer, this.request, this.programme, this.findings) = (layer, request, programme, findings);
        Detection = detection;
        var usual = FieldMap.Guess(layer, LayerRoles.Patch);
        var guessed = FieldMap.Guess(layer, LayerRoles.Patch, learned);
        request.Map?.Check(layer);
        Map = request.Map?.OrElse(guessed) ?? guessed;
        foreach (var (field, columns) in Map.Columns)
            if (!usual.Columns.ContainsKey(field) && request.Map?.Columns.ContainsKey(field) != true)
                findings.File(
                    QualityRule.FieldNameAndType,
                    "column-learned",
                    $"{field} 取自列 {string.Join("、", columns)}：以往的导入曾用 --map 这样指定",
                    $"'{field}' was taken from {string.Join(", ", columns)}, as named with --map in an earlier import"
                );
    }

    public FieldMap Map { get; }

    /// <summary><c>mu</c>, <c>m2</c>, <c>ha</c>; <c>null</c> when no column gives an area.</summary>
    public string? AreaUnit { get; private set; }

    public Detection Detection { get; }

    public CoordinateSystem Crs => Detection.Chosen!;

    /// <summary>How the coordinates were understood; what was taken for granted is said in it, once.</summary>
    public Wording CrsStatement =>
        Crs.AssumptionZh is { } assumed && !Detection.Zh.Contains(assumed, StringComparison.Ordinal)
            ? new($"{Detection.Zh}；{assumed}", $"{Detection.En}; {Crs.AssumptionEn}")
            : new(Detection.Zh, Detection.En);

    public IReadOnlyList<IssuedRecord> Records { get; private set; } = [];

    /// <summary>Reads every record.</summary>
    /// <exception cref="Problem"><c>files.*</c>, <c>geometry.*</c>, <c>intake.*</c>: the file as a whole cannot be used</exception>
    public static IssuedFile Read(
        SourceLayer layer,
        ImportPatches.Request request,
        WorkPlan plan,
        PlanProgramme programme,
        FindingList findings,
        FieldMap learned,
        CancellationToken stop
    )
    {
        var file = new IssuedFile(layer, request, programme, Detect(layer, request, plan), findings, learned);
        file.ChooseAreaUnit();
        file.CheckColumns();
        var records = new List<IssuedRecord>();
        foreach (var feature in layer.Read(request.Where))
        {
            stop.ThrowIfCancellationRequested();
            records.Add(file.Record(feature));
        }
        file.Records = records;
        return file;
    }

    private static Detection Detect(SourceLayer layer, ImportPatches.Request request, WorkPlan plan)
    {
        var within = Home.Of(plan);
        var box = layer.Extent;
        var detection = request switch
        {
            { CrsEpsg: { } epsg } => CoordinateSystemDetection.DetectOrdered(OrderedSystem.Of(epsg, request.Transformation)!, box, within),
            { Transformation: { } given } => CoordinateSystemDetection.DetectTransforming(layer.CrsText, layer.Epsg, box, given, within),
            { AssumeDatum: true } => CoordinateSystemDetection.DetectAssuming(layer.CrsText, layer.Epsg, box, within),
            _ => CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, box, within),
        };
        return detection.Chosen is not null
            ? detection
            : throw Problem.Files.CrsUndecided(Path.GetFileName(request.Path), layer.Name, detection.Zh, detection.En);
    }

    private void ChooseAreaUnit()
    {
        if (!Map.Columns.TryGetValue("area", out var columns))
            return;
        var measured = Measured();
        var byName = Map.AreaUnitGuess();
        AreaUnit =
            request.AreaUnit
            ?? (measured.IsCertain ? measured.Unit : byName ?? measured.Unit)
            ?? throw Problem.Intake.AreaUnitUnknown(string.Join(",", columns));
        if (AreaUnit is not ("mu" or "m2" or "ha"))
            throw Problem.Intake.AreaUnitWrong(AreaUnit);
        var basis = measured.Report(columns[0]).Basis;
        if (measured.IsCertain && measured.Unit != (request.AreaUnit ?? byName ?? measured.Unit))
            findings.File(
                QualityRule.FieldNameAndType,
                "area-unit-differs",
                $"面积列 {columns[0]}：{basis.Zh}；采用 {AreaUnit}",
                $"The area column {columns[0]}: {basis.En}; {AreaUnit} was taken"
            );
    }

    /// <summary>The first records, their stated areas held against their geometry.</summary>
    private AreaUnits Measured()
    {
        const int Compared = 200;
        var units = new AreaUnits();
        foreach (var feature in layer.Read(request.Where).Take(Compared))
            try
            {
                if (feature.Shape is { } shape)
                    units.Compare(Map.Value(feature, "area"), ShapePreparation.Prepare(shape, Crs, Detection.AxesSwapped).AreaSquareMetres);
            }
            catch (Problem)
            {
                continue; // Refused by itself, with its reason, when its turn comes.
            }
        return units;
    }

    private void CheckColumns()
    {
        if (!Map.Columns.ContainsKey("number"))
            throw Problem.Intake.NumberColumnMissing(layer.Name, layer.Fields.Select(f => f.Name));
        foreach (var (field, zh) in (ReadOnlySpan<(string, string)>)[("before", "前时相"), ("after", "后时相"), ("area", "监测面积")])
            if (!Map.Columns.ContainsKey(field))
                findings.File(
                    QualityRule.FieldNameAndType,
                    "column-missing",
                    $"没有找到{zh}字段：可用 --map {field}=字段名 指定；{WithoutZh(field)}",
                    $"No column for '{field}' was found: name one with --map {field}=COLUMN. {WithoutEn(field)}"
                );
        foreach (var defect in layer.Defects)
            findings.File(defect.Rule, "file", defect.Zh, defect.En);
        CheckCrs();
    }

    private static string WithoutZh(string field) => field == "area" ? "没有下发面积，只用计算面积" : "缺少时相的图斑只能判为存疑";

    private static string WithoutEn(string field) =>
        field == "area" ? "No issued area stands beside the computed one" : "A patch without its dates can only be doubtful";

    private void CheckCrs()
    {
        if (Crs.Epsg == CoordinateSystem.Cgcs2000.Epsg && Crs.AssumptionZh is null && !Detection.AxesSwapped)
            return;
        var (zh, en) = (Detection.Zh, Detection.En);
        if (Crs.AssumptionZh is not null)
            findings.File(
                QualityRule.MathematicalBase,
                Crs.Transformation is null ? "taken-as-cgcs2000" : "datum-transformed",
                CrsStatement.Zh,
                CrsStatement.En
            );
        else if (!Crs.IsGeographic)
            findings.File(
                QualityRule.MathematicalBase,
                "transformed",
                $"数学基础不是 CGCS2000 经纬度，已由 {Crs.Name} 转换：{zh}",
                $"The coordinates are not CGCS2000 longitude and latitude; they were transformed from {Crs.Name}: {en}"
            );
        if (Detection.AxesSwapped)
            findings.File(QualityRule.MathematicalBase, "axes-exchanged", $"坐标轴已对调：{zh}", $"The axes were exchanged: {en}");
    }

    private IssuedRecord Record(SourceFeature feature)
    {
        var (before, beforeFault) = DateText.Parse(Map.Value(feature, "before"));
        var (after, afterFault) = DateText.Parse(Map.Value(feature, "after"));
        var kindText = Map.Text(feature, "kind");
        var change = Text(feature, "TBLX", "图斑类型") ?? (KindOf(kindText) is null ? kindText : null);
        var record = new IssuedRecord
        {
            Row = feature.Row,
            Number = Map.Text(feature, "number"),
            Kind = KindOf(kindText) ?? DefaultKind,
            Change = change,
            // Several image dates on one side: the span is the widest, so that it never claims more than is known.
            Before = before.Count > 0 ? before.Min() : null,
            After = after.Count > 0 ? after.Max() : null,
            IssuedAreaSquareMetres = Area(feature),
            County = Map.Text(feature, "county"),
            Unit = Map.Text(feature, "unit"),
            Cluster = Map.Text(feature, "cluster"),
            IssuedCentre = Real(feature.Values.Get("XZB")) is { } x && Real(feature.Values.Get("YZB")) is { } y ? (x, y) : null,
            AttributesJson = IssuedRecord.Attributes(feature.Values),
            Shape = feature.Shape,
        };
        CheckRecord(record, feature, ("前时相", "before", beforeFault, before.Count), ("后时相", "after", afterFault, after.Count));
        return record;
    }

    /// <summary>A text that held a hidden character is taken with it spelled out; a number with one is no number.</summary>
    private void CheckTexts(IssuedRecord record, FeatureValues values)
    {
        foreach (var (name, value) in values)
        {
            if (value is not string text || HiddenText.ShownIn(text) is not { } code)
                continue;
            if (record.Number is { } number && text.Trim() == number)
                findings.Hard(
                    record,
                    QualityRule.DataValidity,
                    "hidden-character",
                    $"编号中有看不见的字符 {code}，未接收",
                    $"The number holds the hidden character {code}; the record was not taken"
                );
            else
                findings.Soft(
                    record,
                    QualityRule.DataValidity,
                    "hidden-character-shown",
                    $"字段“{HiddenText.Shown(name)}”中有看不见的字符 {code}，已显示为文字",
                    $"The field '{HiddenText.Shown(name)}' holds the hidden character {code}, which is spelled out"
                );
        }
    }

    private void CheckRecord(
        IssuedRecord record,
        SourceFeature feature,
        params ReadOnlySpan<(string Zh, string Field, string? Fault, int Count)> dates
    )
    {
        if (record.Number is null)
            findings.Hard(
                record,
                QualityRule.MandatoryFields,
                "no-number",
                "没有图斑编号，未接收",
                "The record has no number; it was not taken"
            );
        CheckTexts(record, feature.Values);
        if (feature.GeometryFault is { } fault)
            findings.Hard(
                record,
                QualityRule.DataValidity,
                $"geometry-{fault.Kind}",
                $"图形无法使用，未接收：{fault.Zh}",
                $"The geometry cannot be used; the record was not taken: {fault.En}"
            );
        foreach (var (zh, field, unreadable, count) in dates)
        {
            if (unreadable is not null)
                findings.Soft(
                    record,
                    QualityRule.FieldNameAndType,
                    $"{field}-unreadable",
                    $"{zh}“{unreadable}”不是日期",
                    $"The '{field}' date cannot be read: '{unreadable}'"
                );
            if (count == 0)
                findings.Soft(
                    record,
                    QualityRule.MandatoryFields,
                    $"{field}-missing",
                    $"缺少{zh}，只能判为存疑",
                    $"The '{field}' date is missing: the verdict can only be doubtful"
                );
            if (count > 1)
                findings.Soft(
                    record,
                    QualityRule.FieldNameAndType,
                    $"{field}-joined",
                    $"{zh}有 {count} 个日期，取最宽的时段",
                    $"{count} '{field}' dates are joined: the widest span was taken"
                );
        }
        if (record.Before > record.After)
            findings.Hard(
                record,
                QualityRule.DataValidity,
                "dates-reversed",
                $"前时相 {record.Before:yyyy-MM-dd} 晚于后时相 {record.After:yyyy-MM-dd}，未接收",
                $"The earlier image ({record.Before:yyyy-MM-dd}) is after the later one ({record.After:yyyy-MM-dd}); the record was not taken"
            );
        if (!programme.Kinds.Contains(record.Kind, StringComparer.Ordinal))
            findings.Soft(
                record,
                QualityRule.CodeConsistency,
                "kind-not-in-programme",
                $"批次 {programme.Id} 不含此类图斑：{record.Kind}",
                $"Programme {programme.Id} has no patches of kind {record.Kind}"
            );
    }

    private string DefaultKind => programme.Kinds.Count == 1 ? programme.Kinds[0] : PatchKind.Land;

    private static string? KindOf(string? text) =>
        text is null ? null
        : LandWords.Contains(text, StringComparer.OrdinalIgnoreCase) ? PatchKind.Land
        : MineralWords.Contains(text, StringComparer.OrdinalIgnoreCase) ? PatchKind.Mineral
        : null;

    private double? Area(SourceFeature feature) =>
        Real(Map.Value(feature, "area")) is { } area
            ? AreaUnit switch
            {
                "mu" => area * SquareMetresOfMu,
                "ha" => area * SquareMetresOfHectare,
                _ => area,
            }
            : null;

    private static string? Text(SourceFeature feature, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            if (Convert.ToString(feature.Values.Get(column), CultureInfo.InvariantCulture)?.Trim() is { Length: > 0 } text)
                return text;
        return null;
    }

    private static double? Real(object? value) =>
        value switch
        {
            double real when double.IsFinite(real) => real,
            long whole => whole,
            string text
                when double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                    && double.IsFinite(real) => real,
            _ => null,
        };
}
