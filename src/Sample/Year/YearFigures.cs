namespace Weipian.Sample.Year;

/// <summary>The figures of one frozen table, by responsible unit and column; <c>total</c> is the whole district.</summary>
/// <param name="Kind">Kind of the snapshot.</param>
/// <param name="Scope">Programmes joined by <c>+</c>.</param>
/// <param name="On">The day whose end it shows.</param>
/// <param name="Table">Id of the table; of an evaluation the same as its kind.</param>
public sealed record TrueTable(
    string Kind,
    string Scope,
    DateOnly On,
    string Table,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Rows
);

/// <summary>The figures of every quarter, counted from what the year plays: no table of the product is asked.</summary>
internal sealed class YearFigures(YearTruth year, IReadOnlyList<TruePatch> patches, IReadOnlyList<string> programmes, DateOnly on)
{
    /// <summary>The key of the district.</summary>
    public const string Whole = "total";

    public const string Evaluation = "evaluation-of-towns";

    private static readonly string[] Quarters = ["2019-q1", "2019-q2", "2019-q3"];

    private readonly List<TruePatch> mine = [.. patches.Where(p => programmes.Contains(p.Programme))];
    private readonly List<TrueViolation> found =
    [
        .. year.Violations.Where(v => programmes.Contains(v.Programme) && PlayDates.Of(v.Programme).Formed <= on),
    ];

    /// <summary>Every table that the year freezes.</summary>
    public static IReadOnlyList<TrueTable> Of(YearTruth year, IReadOnlyList<TruePatch> patches)
    {
        YearFigures At(DateOnly on, params string[] programmes) => new(year, patches, programmes, on);
        var results = "report:quarterly-results";
        return
        [
            .. At(Sent(year, "2018-annual-data-filling"), PlayDates.Annual).Reported("report:data-filling", withViolations: false),
            .. At(Sent(year, "2019-results-first"), Quarters[..2]).Reported(results, withViolations: true),
            .. At(Sent(year, "2019-results-second"), Quarters[2]).Reported(results, withViolations: true),
            .. At(Sent(year, "2019-rectification"), Quarters).Reported("report:year-end-results", withViolations: true),
            .. PlayDates.Evaluations.Select(e => At(e.On, [.. e.Programmes]).Evaluated()),
        ];
    }

    private static DateOnly Sent(YearTruth year, string calendarId) => year.Submissions.Single(s => s.CalendarId == calendarId).SentOn;

    private IEnumerable<TrueTable> Reported(string kind, bool withViolations)
    {
        yield return Table(kind, "unit-summary", ByUnit(mine, UnitOf, Summary));
        yield return Table(kind, "progress", ByUnit(mine, UnitOf, Progress));
        if (!withViolations)
            yield break;
        yield return Table(kind, "rectification", ByUnit(found, v => v.Unit, Rectification));
        yield return Table(kind, "clues", ByUnit(found, v => v.Unit, Clues));
    }

    private TrueTable Evaluated()
    {
        var units = mine.Select(UnitOf).Where(u => u.Length > 0).Union(found.Select(v => v.Unit)).Order(StringComparer.Ordinal);
        var rows = new SortedDictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        foreach (var unit in units)
            rows[unit] = Indicators([.. mine.Where(p => UnitOf(p) == unit)], [.. found.Where(v => v.Unit == unit)]);
        rows[Whole] = Indicators(mine, found);
        return Table(Evaluation, Evaluation, rows);
    }

    private TrueTable Table(string kind, string table, SortedDictionary<string, IReadOnlyDictionary<string, double>> rows) =>
        new(kind, string.Join('+', programmes), on, table, rows);

    private static SortedDictionary<string, IReadOnlyDictionary<string, double>> ByUnit<T>(
        List<T> all,
        Func<T, string> unit,
        Func<List<T>, Dictionary<string, double>> columns
    )
    {
        var rows = new SortedDictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        foreach (var group in all.GroupBy(unit))
            rows[group.Key] = columns([.. group]);
        rows[Whole] = columns(all);
        return rows;
    }

    /// <summary>The unit of the largest share; empty in the queue of the office.</summary>
    private static string UnitOf(TruePatch patch) => patch.Units.Count > 0 ? patch.Units[0] ?? "" : "";

    /// <summary>F2: parcels by what they were found to be.</summary>
    private Dictionary<string, double> Summary(List<TruePatch> all)
    {
        var columns = new Dictionary<string, double>(StringComparer.Ordinal) { ["issued-count"] = all.Count };
        foreach (var (group, letter) in new[] { ("verified", ' '), ("legal", 'L'), ("other", 'O'), ("illegal", 'I'), ("open", 'D') })
        {
            var parts = all.SelectMany(p => p.Parts.Where(x => letter == ' ' || Letter(x.Code) == letter).Select(x => (Patch: p, Part: x)))
                .ToList();
            columns[group + "-count"] = parts.Count + parts.Count(x => year.Is(YearCourse.Split, x.Patch.Number));
            columns[group + "-area"] = parts.Sum(x => x.Part.AreaSquareMetres);
        }
        return columns;
    }

    /// <summary>The class of a verdict: the letter of its code, after the M of minerals.</summary>
    private static char Letter(string code) => code[0] == 'M' ? code[1] : code[0];

    /// <summary>F3: all but the doubtful are filled in and signed by the day of every report.</summary>
    private static Dictionary<string, double> Progress(List<TruePatch> all)
    {
        var done = all.Count(p => !p.IsDoubtful);
        return new(StringComparer.Ordinal)
        {
            ["all"] = all.Count,
            ["filled"] = done,
            ["unfilled"] = all.Count - done,
            ["confirmed"] = done,
            ["returned"] = 0,
            ["submitted"] = done,
        };
    }

    private Dictionary<string, double> Rectification(List<TrueViolation> all) =>
        new(StringComparer.Ordinal)
        {
            ["all-before"] = all.Count(v => PlayDates.Of(v.Programme).Formed <= MonthBefore),
            ["all"] = all.Count,
            ["area"] = all.Sum(v => v.AreaSquareMetres),
            ["unclosed"] = all.Count(v => IsFiled(v) && !IsClosed(v)),
            ["closed"] = all.Count(IsClosed),
            ["closed-rectified-before"] = all.Count(v => v.IsCase && v.ClosedOn <= MonthBefore && v.RemovedOn <= MonthBefore),
            ["closed-rectified"] = all.Count(v => IsClosed(v) && IsRemoved(v)),
            ["non-case"] = all.Count(v => IsWithout(v, ViolationFate.SelfCorrected)),
            ["transferred"] = all.Count(v => IsWithout(v, ViolationFate.Transferred)),
            ["unhandled"] = all.Count(v => !IsSettled(v)),
        };

    /// <summary>F4: what was removed and how.</summary>
    private Dictionary<string, double> Clues(List<TrueViolation> all)
    {
        var columns = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (
            var (group, holds) in new (string, Func<TrueViolation, bool>)[]
            {
                ("all", _ => true),
                ("done", IsRemoved),
                ("demolished", v => IsRemoved(v) && IsByDemolition(v)),
                ("formalities", v => IsRemoved(v) && !IsByDemolition(v)),
                ("open", v => !IsRemoved(v)),
            }
        )
        {
            columns[group + "-count"] = all.Count(holds);
            columns[group + "-area"] = all.Where(holds).Sum(v => v.AreaSquareMetres);
        }
        return columns;
    }

    /// <summary>Both terms of every indicator that counts; the ratio of cultivated land needs areas that nobody told.</summary>
    private Dictionary<string, double> Indicators(List<TruePatch> all, List<TrueViolation> violations)
    {
        var handedIn = all.Count(p => p.IsVisited || p.Parts.Any(x => Letter(x.Code) != 'D'));
        var toFile = violations.Count(v => v.IsCase || !IsSettled(v));
        (string Id, double Above, double Below)[] ratios =
        [
            ("filling-rate", all.Count(p => !p.IsDoubtful), all.Count),
            ("error-rate", 0, handedIn),
            ("filing-rate", violations.Count(IsFiled), toFile),
            ("closing-rate", violations.Count(IsClosed), violations.Count(IsFiled)),
            ("duty-rate", violations.Count(v => IsClosed(v) || IsWithout(v, ViolationFate.SelfCorrected)), violations.Count),
            (
                "rectification-rate",
                violations.Count(v => (IsClosed(v) && IsRemoved(v)) || IsWithout(v, ViolationFate.SelfCorrected)),
                violations.Count
            ),
            ("removed-area-rate", violations.Where(IsRemoved).Sum(v => v.AreaSquareMetres), violations.Sum(v => v.AreaSquareMetres)),
            ("discovery-rate", 0, violations.Count),
            ("stopping-rate", violations.Count(v => PlayDates.Of(v.Programme).Opened <= on), violations.Count),
        ];
        var columns = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (id, above, below) in ratios)
            (columns[id + "/above"], columns[id + "/below"]) = (above, below);
        return columns;
    }

    /// <summary>A case, a handling without one, or a transfer, signed by the head of the office.</summary>
    private bool IsSettled(TrueViolation violation) => PlayDates.Of(violation.Programme).Signed <= on;

    private bool IsFiled(TrueViolation violation) => violation.IsCase && IsSettled(violation);

    private bool IsWithout(TrueViolation violation, string fate) => violation.Fate == fate && IsSettled(violation);

    private bool IsClosed(TrueViolation violation) => IsFiled(violation) && violation.ClosedOn <= on;

    /// <summary>The last day of the month before that of the figures.</summary>
    private DateOnly MonthBefore => new DateOnly(on.Year, on.Month, 1).AddDays(-1);

    private bool IsRemoved(TrueViolation violation) => violation.RemovedOn <= on;

    private static bool IsByDemolition(TrueViolation violation) =>
        violation.Fate is ViolationFate.Demolished or ViolationFate.SelfCorrected;
}
