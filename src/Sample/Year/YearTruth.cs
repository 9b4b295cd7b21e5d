using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weipian.Sample.Year;

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

/// <summary>Things out of the ordinary, each played on one violation: so every act and every step of a case occurs in the year.</summary>
public static class YearCourse
{
    /// <summary>A hearing is asked for and held before the decision.</summary>
    public const string Hearing = "hearing";

    /// <summary>The fine is paid later than the decision says, with leave.</summary>
    public const string Postponed = "payment-postponed";

    /// <summary>The time of the case rests and is extended.</summary>
    public const string Paused = "paused";

    /// <summary>The decision is reconsidered, then contested in court, and the court rules on its enforcement.</summary>
    public const string Contested = "contested";

    /// <summary>Half is removed and accepted in time, the other half late.</summary>
    public const string InTwoParts = "in-two-parts";

    /// <summary>The ground of <see cref="InTwoParts"/> is built on again.</summary>
    public const string Rebuilt = "rebuilt";

    /// <summary>Accepted by the district; the city finds half of it still there.</summary>
    public const string CityFails = "city-fails";

    /// <summary>The officer divides the parcel by hand before the verdict.</summary>
    public const string Split = "split";

    /// <summary>The case is handed to the police as a suspected crime; they receive, answer and end it.</summary>
    public const string Crime = "crime";

    public static IReadOnlyList<string> All { get; } =
    [Hearing, Postponed, Paused, Contested, InTwoParts, Rebuilt, CityFails, Split, Crime];
}

/// <summary>Something that the plan wants sent by a day, and the day on which it is sent.</summary>
public sealed record TrueSubmission(string CalendarId, DateOnly Due, DateOnly SentOn)
{
    public int LateDays => Math.Max(0, SentOn.DayNumber - Due.DayNumber);
}

/// <summary>What stands open on the ledger, by patch or number of the backlog, with the area that is left.</summary>
public sealed record TrueEntry(string Name, double AreaSquareMetres);

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

    /// <summary>A fined case is closed in time, one that orders demolition when nothing is left, one of the court when the court has
    /// it; null without a case, and for a case that stays open.</summary>
    public DateOnly? ClosedOn
    {
        get
        {
            var days = PlayDates.Of(Programme);
            return Fate switch
            {
                ViolationFate.Court => days.Served.AddDays(45),
                ViolationFate.Demolished => RemovedOn is not { } removed ? null
                : removed <= days.Closed ? days.Closed
                : days.LateClosed,
                _ => IsCase ? days.Closed : null,
            };
        }
    }
}

/// <summary>A violation of the backlog, as the list that is imported names it.</summary>
public sealed record TrueBacklog(string Number, string Unit, double AreaSquareMetres, DateOnly? RemovedOn);

/// <summary>A warning interview that must be held.</summary>
public sealed record TrueInterview(string Unit, string Ground, bool Released);

/// <summary>What must have happened at the end of the played year (真值), decided from the truth of the patches and the sample's number
/// alone and written beside it before anything is acted.</summary>
/// <remarks>This project knows no rule and no measured area: what the product computes is compared with it, never copied into it.</remarks>
/// <param name="Number">The number of the sample.</param>
/// <param name="Tempers">Temper by responsible unit.</param>
/// <param name="Days">What every seat has to do on the days on which the lists are compared.</param>
/// <param name="Figures">The tables that the year freezes.</param>
/// <param name="Courses">The patch on which each of <see cref="YearCourse"/> is played; a sample may lack one.</param>
public sealed record YearTruth(
    ulong Number,
    IReadOnlyDictionary<string, string> Tempers,
    IReadOnlyList<TrueViolation> Violations,
    IReadOnlyList<TrueBacklog> Backlog,
    IReadOnlyList<TrueInterview> Interviews,
    IReadOnlyDictionary<string, string> Courses,
    IReadOnlyList<TrueSubmission> Submissions,
    IReadOnlyList<TrueDay> Days,
    IReadOnlyList<TrueTable> Figures
)
{
    public const string FileName = "truth-of-the-year.json";

    /// <summary>The responsible unit to which the office assigns what lies in units that the plan gives to nobody: the economic
    /// development zone, whose outline the plan does not tell.</summary>
    public const string AssignedTo = "zone";

    /// <summary>Statutory units of the sample to which the plan gives no responsible one (附件 names neither).</summary>
    public static IReadOnlyList<string> Unnamed { get; } = ["370306100", "370306103", "370306104"];

    private const double Half = 0.5;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The truth beside the files of the sample: as it was written first, or told now.</summary>
    /// <param name="responsible">Id of the responsible unit that the plan names for a statutory unit; null for none.</param>
    public static YearTruth OfSample(string sampleFiles, Func<string, string?> responsible)
    {
        ArgumentNullException.ThrowIfNull(sampleFiles);
        var path = Path.Combine(sampleFiles, FileName);
        if (!File.Exists(path))
            File.WriteAllText(
                path,
                JsonSerializer.Serialize(Tell(File.ReadAllText(Path.Combine(sampleFiles, "truth.json")), responsible), Readable)
            );
        return JsonSerializer.Deserialize<YearTruth>(File.ReadAllText(path), Readable)!;
    }

    public TrueViolation? Find(string patch) => Violations.FirstOrDefault(v => v.Patch == patch);

    /// <summary>Whether something out of the ordinary is played on a patch.</summary>
    public bool Is(string course, string patch) => Courses.GetValueOrDefault(course) == patch;

    /// <summary>What stands open on the ledger of the annual programme on the day after its acceptance by the leading group. The backlog
    /// is not on it: the plan joins it with the work of 2019 (二（三）), so it is counted at the end of that year.</summary>
    public IEnumerable<TrueEntry> OnAnnualLedger() =>
        Violations
            .Where(v => v.Programme == PlayDates.Annual && !(v.RemovedOn <= PlayDates.AnnualAccepted))
            .Select(v => new TrueEntry(v.Patch, v.AreaSquareMetres * (Is(YearCourse.InTwoParts, v.Patch) ? Half : 1)));

    /// <summary>What stands open on the ledger at the end of the year: what was not removed on the day that counted, less what was struck
    /// off since.</summary>
    public IEnumerable<TrueEntry> OnLedger() =>
        Violations
            .Where(v => v.RemovedOn is null || v.RemovedOn > PlayDates.EndOfYear)
            .Select(v => new TrueEntry(v.Patch, v.AreaSquareMetres))
            .Concat(OpenBacklog());

    /// <summary>What stands open when the city is done: what nobody removed, and what the city found standing.</summary>
    public IEnumerable<TrueEntry> OnLedgerAfterTheCity() =>
        Violations
            .Where(v => v.RemovedOn is null || Is(YearCourse.CityFails, v.Patch))
            .Select(v => new TrueEntry(v.Patch, v.AreaSquareMetres * (v.RemovedOn is null ? 1 : Half)))
            .Concat(OpenBacklog());

    /// <summary>Pure: what the year brings, from what is true of the patches.</summary>
    /// <param name="truth">The text of <c>truth.json</c>.</param>
    public static YearTruth Tell(string truth, Func<string, string?> responsible)
    {
        ArgumentNullException.ThrowIfNull(responsible);
        using var told = JsonDocument.Parse(truth);
        var number = told.RootElement.GetProperty("number").GetUInt64();
        var illegal = told.RootElement.GetProperty("patches").EnumerateArray().Select(p => Illegal(p, responsible)).OfType<Told>().ToList();
        var rebuilt = Rebuilt(illegal);
        var found = Fated(number, illegal, rebuilt);
        var tempers = Tempered(number, found);
        var violations = found
            .Select(v => v with { RemovedOn = RemovedOn(v, tempers[v.Unit], v.Patch == rebuilt?.Cleared) })
            .OrderBy(v => v.Programme, StringComparer.Ordinal)
            .ThenBy(v => v.Patch, StringComparer.Ordinal)
            .ToList();
        var courses = YearCourses.Of(
            violations,
            tempers,
            rebuilt,
            illegal.Where(i => i.IsWhole).Select(i => i.Violation.Patch).ToHashSet(StringComparer.Ordinal)
        );
        var year = new YearTruth(
            number,
            tempers,
            violations,
            Historic(tempers),
            [.. Interviewed(tempers, violations)],
            courses,
            Sent(),
            [],
            []
        );
        var patches = told.RootElement.GetProperty("patches").EnumerateArray().Select(p => PatchOf(p, responsible)).ToList();
        return year with
        {
            Days = [.. PlayDates.Compared.Select(on => YearDues.Of(year, patches, on))],
            Figures = YearFigures.Of(year, patches),
        };
    }

    /// <param name="IsWhole">The patch has one verdict.</param>
    /// <param name="Earlier">The patch of an earlier programme on the same ground.</param>
    private sealed record Told(TrueViolation Violation, bool IsWhole, string? Earlier);

    private IEnumerable<TrueEntry> OpenBacklog() =>
        Backlog.Where(b => b.RemovedOn is null).Select(b => new TrueEntry(b.Number, b.AreaSquareMetres));

    private static Told? Illegal(JsonElement patch, Func<string, string?> responsible)
    {
        var all = patch.GetProperty("parts").EnumerateArray().ToList();
        var parts = all.Where(p => IsIllegal(p.GetProperty("code").GetString()!)).ToList();
        var unit = patch
            .GetProperty("units")
            .EnumerateArray()
            .Select(u => UnitOf(u.GetProperty("code").GetString()!, responsible))
            .FirstOrDefault(u => u is not null);
        if (parts.Count == 0 || unit is null)
            return null;
        var violation = new TrueViolation(
            patch.GetProperty("programme").GetString()!,
            patch.GetProperty("number").GetString()!,
            patch.GetProperty("kind").GetString()!,
            unit,
            parts.Sum(p => p.GetProperty("area_m2").GetDouble()),
            "",
            null
        );
        return new(violation, all.Count == 1, patch.GetProperty("persists_from").GetString());
    }

    private static IEnumerable<TruePart> PartsOf(JsonElement patch) =>
        patch
            .GetProperty("parts")
            .EnumerateArray()
            .Select(p => new TruePart(p.GetProperty("code").GetString()!, p.GetProperty("area_m2").GetDouble()));

    private static TruePatch PatchOf(JsonElement patch, Func<string, string?> responsible) =>
        new(
            patch.GetProperty("programme").GetString()!,
            patch.GetProperty("number").GetString()!,
            [
                .. patch
                    .GetProperty("units")
                    .EnumerateArray()
                    .Select(u => UnitOf(u.GetProperty("code").GetString()!, responsible))
                    .Distinct(),
            ],
            [.. PartsOf(patch)],
            PartsOf(patch).Any(p => p.Code is "D0" or "MD0"),
            patch.GetProperty("visited").GetBoolean()
        );

    /// <summary>Who answers for a statutory unit: as the plan has it, and where it names nobody, as the office assigns.</summary>
    private static string? UnitOf(string code, Func<string, string?> responsible) =>
        responsible(code) ?? (Unnamed.Contains(code) ? AssignedTo : null);

    /// <summary>The violation that is cleared in the annual programme and the later one on its ground.</summary>
    private static (string Cleared, string Again)? Rebuilt(List<Told> illegal)
    {
        var annual = illegal
            .Where(i => i.Violation.Programme == PlayDates.Annual)
            .Select(i => i.Violation.Patch)
            .ToHashSet(StringComparer.Ordinal);
        return illegal.FirstOrDefault(i => i.Earlier is { } earlier && annual.Contains(earlier)) is { } again
            ? (again.Earlier!, again.Violation.Patch)
            : null;
    }

    /// <summary>Fates in turn, in an order that the number draws; units with few violations come first: each removes some.</summary>
    private static List<TrueViolation> Fated(ulong number, List<Told> illegal, (string Cleared, string Again)? rebuilt)
    {
        var count = illegal.CountBy(i => i.Violation.Unit).ToDictionary();
        var turn = 0;
        return
        [
            .. illegal
                .Select(i => i.Violation)
                .OrderBy(v => count[v.Unit])
                .ThenBy(v => Draw(number, v.Patch))
                .Select(v =>
                    v with
                    {
                        Fate =
                            v.Kind == "mineral" ? ViolationFate.Records
                            : v.Patch == rebuilt?.Cleared ? ViolationFate.Demolished
                            : v.Patch == rebuilt?.Again ? ViolationFate.Court
                            : ViolationFate.OfLand[turn++ % ViolationFate.OfLand.Count],
                    }
                ),
        ];
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

    private static DateOnly? RemovedOn(TrueViolation violation, string temper, bool isInTwoParts)
    {
        var days = PlayDates.Of(violation.Programme);
        return violation.Fate is ViolationFate.Transferred or ViolationFate.Court ? null
            : isInTwoParts || temper == UnitTemper.Late ? days.LateAccepted
            : temper == UnitTemper.Cheating && violation.Programme != PlayDates.Annual ? null
            : days.Accepted;
    }

    private static List<TrueBacklog> Historic(SortedDictionary<string, string> tempers) =>
        tempers.Count == 0
            ? []
            : [new("历史-001", tempers.Keys.First(), 1500, PlayDates.BacklogAccepted), new("历史-002", tempers.Keys.Last(), 2400, null)];

    /// <summary>The days of the plan (四) and those on which the office sends; one is missed by two days.</summary>
    private static List<TrueSubmission> Sent() =>
        [
            new("2018-annual-data-filling", new(2019, 5, 8), new(2019, 5, 8)),
            new("2018-annual-summary", new(2019, 6, 1), new(2019, 6, 3)),
            new("2018-annual-acceptance", new(2019, 6, 15), new(2019, 6, 15)),
            new("2019-results-first", new(2019, 7, 10), new(2019, 7, 10)),
            new("2019-results-second", new(2019, 10, 10), new(2019, 10, 10)),
            new("2019-rectification", new(2019, 12, 31), new(2019, 12, 31)),
        ];

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
