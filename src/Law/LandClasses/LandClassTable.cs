namespace Weipian.Law;

/// <summary>The land-class tables of every standard, dated. Codes are matched whole: never by prefix, suffix or substring.</summary>
public sealed class LandClassTable
{
    private readonly Dictionary<string, List<LandClass>> surveys;
    private readonly Dictionary<(string Standard, string Code), LandClass[]> byCode;
    private readonly Dictionary<string, PlanningClass> planning;
    private readonly Dictionary<(string, string), SurveyAttributeCode> attributes;
    private readonly Dictionary<string, Citation> citations;

    internal LandClassTable(
        Dictionary<string, List<LandClass>> surveys,
        Dictionary<string, PlanningClass> planning,
        Dictionary<(string, string), SurveyAttributeCode> attributes,
        Dictionary<string, Citation> citations
    )
    {
        this.citations = citations;
        (this.surveys, this.planning, this.attributes) = (surveys, planning, attributes);
        byCode = surveys.Values.SelectMany(rows => rows).GroupBy(r => (r.Standard, r.Code)).ToDictionary(g => g.Key, g => g.ToArray());
        Standards = [.. surveys.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The standards whose codes land-use layers may carry.</summary>
    public IReadOnlyList<string> Standards { get; }

    /// <summary>
    /// The class of a code on a day; null when the standard has no such code, and always null for <see cref="LandClassStandard.None"/>.
    /// </summary>
    /// <remarks>Refuses a standard it does not know and a day outside what the table states for the code.</remarks>
    public LandClass? Find(string standard, string code, DateOnly on)
    {
        if (standard == LandClassStandard.None)
            return null;
        if (!surveys.ContainsKey(standard))
            throw Problem.Law.UnknownLandClassStandard(standard, string.Join(", ", [.. Standards, LandClassStandard.None]));
        if (!byCode.TryGetValue((standard, code), out var rows))
            return null;
        return Stated(rows, on)
            ?? throw Problem.Law.NotInForce(
                $"{standard} {code}",
                on,
                LawSpan.Chinese(rows[0].From, rows[^1].Through),
                LawSpan.English(rows[0].From, rows[^1].Through)
            );
    }

    /// <summary>The same without refusing: null too when the standard is unknown or the table says nothing about that day.</summary>
    /// <remarks>For a caller to whom an unnamed code is an outcome: a doubt, or a code shown as it is.</remarks>
    public LandClass? FindOrNull(string standard, string code, DateOnly on) =>
        byCode.TryGetValue((standard, code), out var rows) ? Stated(rows, on) : null;

    private static LandClass? Stated(LandClass[] rows, DateOnly on) =>
        Array.Find(rows, r => r.From <= on && (r.Through is null || on <= r.Through));

    /// <summary>Where the table of a standard comes from.</summary>
    public Citation CitationOf(string standard) =>
        citations.GetValueOrDefault(standard)
        ?? throw Problem.Law.UnknownLandClassStandard(standard, string.Join(", ", citations.Keys.Order(StringComparer.Ordinal)));

    /// <summary>Every row of a standard, dated rows of one code one after the other.</summary>
    public IReadOnlyList<LandClass> Rows(string standard) =>
        surveys.TryGetValue(standard, out var rows)
            ? rows
            : throw Problem.Law.UnknownLandClassStandard(standard, string.Join(", ", Standards));

    /// <summary>A code of the spatial-planning classification; null when unknown.</summary>
    public PlanningClass? FindPlanning(string code) => planning.GetValueOrDefault(code);

    /// <summary>A code of a survey attribute (CZCSXM …); null when unknown.</summary>
    public SurveyAttributeCode? FindAttribute(string attribute, string code) => attributes.GetValueOrDefault((attribute, code));
}
