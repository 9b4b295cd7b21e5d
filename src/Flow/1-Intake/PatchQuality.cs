using System.Globalization;
using NetTopologySuite.Geometries;
using Weipian.Flow.Plan;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;

namespace Weipian.Flow.Intake;

/// <summary>The quality control of a set of issued records: what a record, a file and the programme say together.</summary>
internal sealed class PatchQuality(IssuedFile file, WorkPlan plan, FindingList findings)
{
    // How far outside its patch an issued centre may lie before it is doubted: it was often computed on another projection.
    private const double CentreSlackShare = 0.1;

    // A wrong unit shows as a constant ratio; patches that deviate singly do not.
    private const double UnitRatioTolerance = 0.05;
    private const int UnitRatioRecordsMin = 3;

    private static readonly (double Ratio, string Hint)[] UnitRatios =
    [
        (2000.0 / 3, "m2"),
        (3.0 / 2000, "mu"),
        (15, "mu"),
        (1.0 / 15, "ha"),
        (10_000, "m2"),
        (1.0 / 10_000, "ha"),
    ];

    /// <summary>Refuses a number that the programme or an earlier record of the file has.</summary>
    public void CheckNumbers(IReadOnlySet<string> inProgramme)
    {
        var first = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var record in file.Records.Where(r => r.Number is not null))
        {
            if (inProgramme.Contains(record.Number!))
                findings.Hard(
                    record,
                    QualityRule.NumberUniqueness,
                    "number-in-programme",
                    $"编号 {record.Number} 在本批次中已有图斑，未接收",
                    $"Number {record.Number} is in the programme already; the record was not taken"
                );
            else if (!first.TryAdd(record.Number!, record.Row))
                findings.Hard(
                    record,
                    QualityRule.NumberUniqueness,
                    "duplicate-number",
                    $"编号 {record.Number} 与第 {first[record.Number!]} 条记录重复，未接收本条",
                    $"Number {record.Number} is that of record {first[record.Number!]} as well; this record was not taken"
                );
        }
    }

    /// <summary>Repairs and measures every geometry; what cannot be used at all is refused.</summary>
    public void PrepareShapes(CancellationToken stop)
    {
        var faults = new Problem?[file.Records.Count];
        var options = new ParallelOptions { CancellationToken = stop };
        Parallel.For(
            0,
            file.Records.Count,
            options,
            i =>
            {
                var record = file.Records[i];
                if (record.Shape is null)
                    return;
                try
                {
                    record.Prepared = ShapePreparation.Prepare(record.Shape, file.Crs, file.Detection.AxesSwapped);
                }
                catch (Problem fault)
                {
                    faults[i] = fault;
                }
            }
        );
        for (var i = 0; i < faults.Length; i++)
            CheckShape(file.Records[i], faults[i]);
    }

    /// <summary>The remaining checks of single records, and what the issued areas say together.</summary>
    public void CheckRecords(LawAsOf law)
    {
        var issuedShare = IssuedAreaShare(law);
        foreach (var record in file.Records.Where(r => !r.Refused))
        {
            CheckCounty(record);
            CheckUnit(record);
            CheckCentre(record);
            if (issuedShare is { } most)
                CheckArea(record, most);
        }
        CheckAreaUnit();
    }

    private void CheckShape(IssuedRecord record, Problem? fault)
    {
        if (fault is not null)
        {
            findings.Hard(
                record,
                QualityRule.DataValidity,
                fault.Code,
                $"图形无法使用，未接收：{fault.Chinese}",
                $"The geometry cannot be used; the record was not taken: {fault.English}"
            );
            return;
        }
        if (record.Prepared is not { } prepared)
            return;
        if (plan.Territory.China && !Inside(Home.China, prepared.Geographic.EnvelopeInternal))
            findings.Hard(
                record,
                QualityRule.MathematicalBase,
                "outside-china",
                "图形落在中国范围之外，未接收：请核对坐标系",
                "The geometry lies outside China; the record was not taken. Check the coordinate system"
            );
        foreach (var repair in prepared.Repairs.Select(note => RepairWording.Of(note, record.Row)))
            findings.SoftAt(
                record,
                QualityRule.RingValidity,
                repair.Kind,
                $"{repair.Zh}：面积由 {Metres(repair.AreaBefore!.Value)} 变为 {Metres(repair.AreaAfter!.Value)} 平方米",
                $"{repair.En}: the area went from {Metres(repair.AreaBefore.Value)} to {Metres(repair.AreaAfter.Value)} m²",
                (repair.Longitude!.Value, repair.Latitude!.Value)
            );
    }

    private void CheckCounty(IssuedRecord record)
    {
        if (record.County is not { } issued || plan.Territory.County is not { } county)
            return;
        if (!issued.StartsWith(county, StringComparison.Ordinal))
            findings.Soft(
                record,
                QualityRule.CodeConsistency,
                "other-county",
                $"行政区代码 {issued} 不属于 {county}",
                $"The county code {issued} does not belong to {county}"
            );
    }

    private void CheckUnit(IssuedRecord record)
    {
        if (record.Unit is { } unit && plan.Units.FindStatutory(unit) is null && plan.Units.FindResponsible(unit) is null)
            findings.Soft(
                record,
                QualityRule.CodeConsistency,
                "unknown-unit",
                $"方案中没有“{unit}”这个单位",
                $"The plan has no unit '{unit}'"
            );
    }

    /// <summary>The centre as issued, in either order and in degrees or in the coordinates of the file.</summary>
    private void CheckCentre(IssuedRecord record)
    {
        if (record.IssuedCentre is not var (x, y) || record.Prepared is not { } prepared)
            return;
        var box = prepared.Geographic.EnvelopeInternal.Copy();
        box.ExpandBy(box.Width * CentreSlackShare, box.Height * CentreSlackShare);
        foreach (var (a, b) in (ReadOnlySpan<(double, double)>)[(x, y), (y, x)])
        {
            if (box.Contains(a, b))
                return;
            if (file.Crs.IsGeographic)
                continue;
            var (longitude, latitude) = file.Crs.ToGeographic(a, b);
            if (box.Contains(longitude, latitude))
                return;
        }
        findings.Soft(
            record,
            QualityRule.IssuedAgainstComputed,
            "centre-outside",
            $"下发的中心点 {Plain(x)}, {Plain(y)} 不在图斑范围内",
            $"The issued centre {Plain(x)}, {Plain(y)} does not lie in the patch"
        );
    }

    private static double? IssuedAreaShare(LawAsOf law) =>
        law.IsSet("house/overlay/issued-area#difference_share_max")
            ? (double)law.Number("house/overlay/issued-area#difference_share_max").Value
            : null;

    private void CheckArea(IssuedRecord record, double shareMax)
    {
        if (record.IssuedAreaSquareMetres is not { } issued || record.Prepared is not { } prepared)
            return;
        var difference = issued - prepared.AreaSquareMetres;
        if (Math.Abs(difference) <= shareMax * prepared.AreaSquareMetres)
            return;
        var share = (difference / prepared.AreaSquareMetres).ToString("+0.0%;-0.0%", CultureInfo.InvariantCulture);
        findings.Soft(
            record,
            QualityRule.IssuedAgainstComputed,
            "area-differs",
            $"下发面积 {Metres(issued)} 平方米与图形面积 {Metres(prepared.AreaSquareMetres)} 平方米相差 {share}",
            $"The issued area {Metres(issued)} m² differs from the computed {Metres(prepared.AreaSquareMetres)} m² by {share}"
        );
    }

    private void CheckAreaUnit()
    {
        var ratios = file
            .Records.Where(r => r is { Refused: false, Prepared: not null, IssuedAreaSquareMetres: > 0 })
            .Select(r => r.IssuedAreaSquareMetres!.Value / r.Prepared!.AreaSquareMetres)
            .Order()
            .ToArray();
        if (ratios.Length < UnitRatioRecordsMin)
            return;
        var median = ratios[ratios.Length / 2];
        foreach (var (ratio, hint) in UnitRatios)
            if (Math.Abs(median / ratio - 1) <= UnitRatioTolerance)
                findings.File(
                    QualityRule.IssuedAgainstComputed,
                    "area-unit-doubtful",
                    $"下发面积普遍是图形面积的 {median:G4} 倍：面积单位可能有误，请核对 --area-unit（可能是 {hint}）",
                    $"Issued areas are {median:G4} times the computed ones throughout: the unit may be wrong, see --area-unit (perhaps {hint})"
                );
    }

    private static bool Inside(Extent extent, Envelope box) => extent.Contains(new Extent(box.MinX, box.MinY, box.MaxX, box.MaxY));

    private static string Metres(double area) => area.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Plain(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
