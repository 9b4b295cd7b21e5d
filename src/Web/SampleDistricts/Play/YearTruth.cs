using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weipian.Flow.Plan;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>How a responsible unit behaves in the played year.</summary>
public static class UnitTemper
{
    /// <summary>Removes in time.</summary>
    public const string Prompt = "prompt";

    /// <summary>Removes after the day that was set.</summary>
    public const string Late = "late";

    /// <summary>Reports in the quarters of 2019 what it did not do; nothing is accepted.</summary>
    public const string Cheating = "cheating";
}

/// <summary>What becomes of a violation in the played year.</summary>
public static class ViolationFate
{
    /// <summary>A case whose decision orders demolition; the unit removes.</summary>
    public const string Demolished = "demolished";

    /// <summary>No case: the party removed by itself.</summary>
    public const string SelfCorrected = "self-corrected";

    /// <summary>Handed to another department; nothing is removed in the year.</summary>
    public const string Transferred = "transferred";

    /// <summary>A case that confiscates and fines; formalities follow the penalty.</summary>
    public const string Confiscated = "confiscated";

    /// <summary>A case that fines; formalities follow the penalty.</summary>
    public const string Formalities = "formalities";

    /// <summary>A case in which nobody removes and the court is asked; nothing is removed in the year.</summary>
    public const string Court = "court";

    /// <summary>A mineral case that fines; the records are completed.</summary>
    public const string Records = "records";

    /// <summary>What land goes through in turn, in an order that the number draws.</summary>
    public static IReadOnlyList<string> OfLand { get; } =
    [Demolished, SelfCorrected, Demolished, Transferred, Confiscated, Demolished, Formalities, Court, Demolished, Demolished];
}

/// <summary>A violation that must come to be, told before anything is acted.</summary>
/// <param name="Unit">The responsible unit: that of the largest share that has one.</param>
/// <param name="AreaSquareMetres">Of the illegal parts, by construction.</param>
/// <param name="RemovedOn">The day on site on which nothing is left; null when it is not removed in the year.</param>
public sealed record TrueViolation(
    string Programme,
    string Patch,
    string Kind,
    string Unit,
    double AreaSquareMetres,
    string Fate,
    DateOnly? RemovedOn
)
{
    public bool IsCase => Fate is not (ViolationFate.SelfCorrected or ViolationFate.Transferred);
}

/// <summary>A violation of the backlog, as the list that is imported names it.</summary>
public sealed record TrueBacklog(string Number, string Unit, double AreaSquareMetres, DateOnly? RemovedOn);

/// <summary>A warning interview that must be held.</summary>
public sealed record TrueInterview(string Unit, string Ground, bool Released);

/// <summary>What must have happened at the end of the played year (真值), decided from the truth of the patches and the sample's number
/// alone and written beside it before anything is acted.</summary>
/// <remarks>No rule and no measured area is asked: what the product computes is compared with it, never copied into it.</remarks>
/// <param name="Number">The number of the sample.</param>
/// <param name="Tempers">Temper by responsible unit.</param>
public sealed record YearTruth(
    ulong Number,
    IReadOnlyDictionary<string, string> Tempers,
    IReadOnlyList<TrueViolation> Violations,
    IReadOnlyList<TrueBacklog> Backlog,
    IReadOnlyList<TrueInterview> Interviews
)
{
    public const string FileName = "truth-of-the-year.json";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The truth beside the files of the sample: as it was written first, or told now.</summary>
    public static YearTruth OfSample(string sampleFiles, WorkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(sampleFiles);
        var path = Path.Combine(sampleFiles, FileName);
        if (!File.Exists(path))
            File.WriteAllText(
                path,
                JsonSerializer.Serialize(Tell(File.ReadAllText(Path.Combine(sampleFiles, "truth.json")), plan), Readable)
            );
        return JsonSerializer.Deserialize<YearTruth>(File.ReadAllText(path), Readable)!;
    }

    public TrueViolation? Find(string patch) => Violations.FirstOrDefault(v => v.Patch == patch);

    /// <summary>What stands open on the ledger at the end of the year: what was not removed on the day that counted, less what was struck
    /// off since.</summary>
    public IEnumerable<TrueViolation> OnLedger()
    {
        var end = PlayDates.EndOfYear;
        return Violations.Where(v => v.RemovedOn is null || v.RemovedOn > end);
    }

    /// <summary>Pure: what the year brings, from what is true of the patches.</summary>
    /// <param name="truth">The text of <c>truth.json</c>.</param>
    public static YearTruth Tell(string truth, WorkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var told = JsonDocument.Parse(truth);
        var number = told.RootElement.GetProperty("number").GetUInt64();
        var found = told
            .RootElement.GetProperty("patches")
            .EnumerateArray()
            .Select(p => Illegal(p, plan))
            .OfType<TrueViolation>()
            .OrderBy(v => Draw(number, v.Patch))
            .ToList();
        var tempers = Tempered(number, found);
        var turn = 0;
        var violations = found
            .Select(v =>
                v with
                {
                    Fate = v.Kind == "mineral" ? ViolationFate.Records : ViolationFate.OfLand[turn++ % ViolationFate.OfLand.Count],
                }
            )
            .Select(v => v with { RemovedOn = RemovedOn(v, tempers[v.Unit]) })
            .OrderBy(v => v.Programme, StringComparer.Ordinal)
            .ThenBy(v => v.Patch, StringComparer.Ordinal)
            .ToList();
        return new(number, tempers, violations, Historic(tempers), [.. Interviewed(tempers, violations)]);
    }

    private static TrueViolation? Illegal(JsonElement patch, WorkPlan plan)
    {
        var parts = patch.GetProperty("parts").EnumerateArray().Where(p => IsIllegal(p.GetProperty("code").GetString()!)).ToList();
        var unit = patch
            .GetProperty("units")
            .EnumerateArray()
            .Select(u => plan.Units.ResponsibleFor(u.GetProperty("code").GetString()!)?.Id)
            .FirstOrDefault(u => u is not null);
        return parts.Count == 0 || unit is null
            ? null
            : new(
                patch.GetProperty("programme").GetString()!,
                patch.GetProperty("number").GetString()!,
                patch.GetProperty("kind").GetString()!,
                unit,
                parts.Sum(p => p.GetProperty("area_m2").GetDouble()),
                "",
                null
            );
    }

    private static bool IsIllegal(string code) => code.StartsWith('I') || code.StartsWith("MI", StringComparison.Ordinal);

    private static readonly string[] FirstQuarters = ["2019-q1", "2019-q2"];

    /// <summary>One unit cheats, one is late, of the others every third is late.</summary>
    private static SortedDictionary<string, string> Tempered(ulong number, List<TrueViolation> found)
    {
        var units = found
            .Where(v => FirstQuarters.Contains(v.Programme))
            .Select(v => v.Unit)
            .Distinct()
            .OrderBy(u => Draw(number, u))
            .ToList();
        units.AddRange(found.Select(v => v.Unit).Distinct().Except(units).OrderBy(u => Draw(number, u)).ToList());
        var tempers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (unit, i) in units.Select((u, i) => (u, i)))
            tempers[unit] =
                i == 0 ? UnitTemper.Cheating
                : i % 3 == 1 ? UnitTemper.Late
                : UnitTemper.Prompt;
        return tempers;
    }

    private static DateOnly? RemovedOn(TrueViolation violation, string temper)
    {
        var days = PlayDates.Of(violation.Programme);
        return violation.Fate is ViolationFate.Transferred or ViolationFate.Court ? null
            : temper == UnitTemper.Late ? days.LateAccepted
            : temper == UnitTemper.Cheating && violation.Programme != PlayDates.Annual ? null
            : days.Accepted;
    }

    private static List<TrueBacklog> Historic(SortedDictionary<string, string> tempers) =>
        tempers.Count == 0
            ? []
            : [new("历史-001", tempers.Keys.First(), 1500, PlayDates.BacklogAccepted), new("历史-002", tempers.Keys.Last(), 2400, null)];

    /// <summary>Who cheated is interviewed for it and handed over; who was late is interviewed for weak supervision and released.</summary>
    private static IEnumerable<TrueInterview> Interviewed(SortedDictionary<string, string> tempers, List<TrueViolation> violations)
    {
        foreach (var (unit, _) in tempers.Where(t => t.Value == UnitTemper.Cheating))
            if (violations.Any(v => v.Unit == unit && FirstQuarters.Contains(v.Programme) && IsUnderMeasure(v)))
                yield return new(unit, "interview-false-data", Released: false);
        foreach (var (unit, _) in tempers.Where(t => t.Value == UnitTemper.Late).Take(1))
            yield return new(unit, "interview-weak-supervision", Released: true);
    }

    private static bool IsUnderMeasure(TrueViolation violation) => violation.Fate is not (ViolationFate.Transferred or ViolationFate.Court);

    /// <summary>A number of its own for each name, the same on every machine (FNV-1a).</summary>
    private static ulong Draw(ulong number, string name)
    {
        const ulong offset = 14695981039346656037;
        const ulong prime = 1099511628211;
        var hash = offset;
        foreach (var c in number.ToString(CultureInfo.InvariantCulture) + "/" + name)
            hash = unchecked((hash ^ c) * prime);
        return hash;
    }
}
