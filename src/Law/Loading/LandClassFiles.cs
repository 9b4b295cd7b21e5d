namespace Weipian.Law.Loading;

/// <summary>
/// Reads the land-class tables: <c>survey-*.csv</c> are standards of land use, the other two are what must not be mistaken for them.
/// </summary>
internal sealed class LandClassFiles(LawContext context)
{
    private static readonly string[] SurveyColumns =
    [
        "code",
        "name",
        "level_one",
        "use",
        "from",
        "through",
        "three_class",
        "cultivated",
        "adjustable",
        "candidates_2017",
        "confidence",
        "note",
    ];

    private readonly Dictionary<string, List<LandClass>> surveys = new(StringComparer.Ordinal);

    public LandClassTable Read(IReadOnlyList<LawFile> files)
    {
        var planning = new Dictionary<string, PlanningClass>(StringComparer.Ordinal);
        var attributes = new Dictionary<(string, string), SurveyAttributeCode>();
        var citations = new Dictionary<string, Citation>(StringComparer.Ordinal);
        var standards =
            files.FirstOrDefault(f => f.Path == "land-classes/standards.yaml")
            ?? throw Problem.Law.Malformed("land-classes/standards.yaml", 1, 1, "缺少该文件", "the file is missing");
        foreach (var (id, standard) in LawYaml.Parse(standards).Fields())
        {
            standard.OnlyFields("zh", "en", "file", "kind", "confidence", "source", "compared_on", "compared_with", "readings", "note");
            context.NoteOf(standard);
            citations[id] = CitationFields.OfTable(standard, context);
            var file = files.FirstOrDefault(f => f.Path == "land-classes/" + standard.Require("file").Text);
            if (file is null)
                throw standard.Require("file").Malformed("没有这个文件", "there is no such file");
            switch (standard.Require("kind").Text)
            {
                case "survey":
                    ReadSurvey(id, file);
                    break;
                case "planning":
                    foreach (var row in LawCsv.Parse(file, "code", "name", "confidence").Rows)
                        if (!planning.TryAdd(row.Required("code"), new(id, row["code"], row.Required("name"), Known(row))))
                            throw row.Malformed("code", "代码重复", "the code occurs twice");
                    break;
                case "attributes":
                    foreach (var row in LawCsv.Parse(file, "attribute", "code", "name", "confidence").Rows)
                        if (
                            !attributes.TryAdd(
                                (row.Required("attribute"), row.Required("code")),
                                new(row["attribute"], row["code"], row.Required("name"), Known(row))
                            )
                        )
                            throw row.Malformed("code", "代码重复", "the code occurs twice");
                    break;
                default:
                    throw standard
                        .Require("kind")
                        .Malformed("应为 survey、planning 或 attributes", "survey, planning or attributes is expected");
            }
        }
        CheckCandidates(files);
        return new(surveys, planning, attributes, citations);
    }

    private void ReadSurvey(string standard, LawFile file)
    {
        var rows = surveys[standard] = [];
        foreach (var row in LawCsv.Parse(file, SurveyColumns).Rows)
        {
            var (from, through) = (row.Date("from"), row.OptionalDate("through"));
            if (through < from || from < context.From || from > context.Through)
                throw row.Malformed("from", "起止日期不成立或超出法规库范围", "the dates do not hold or lie outside the book");
            var found = new LandClass(
                standard,
                row.Required("code"),
                row.Required("name"),
                row.Required("level_one"),
                Word(row, "use", LawVocabulary.LandUses),
                Word(row, "three_class", LawVocabulary.ThreeClasses),
                row.YesNo("cultivated"),
                row.YesNo("adjustable"),
                row["candidates_2017"].Length == 0 ? [] : row["candidates_2017"].Split(' '),
                from,
                through,
                Known(row),
                row["note"].Length == 0 ? null : row["note"]
            );
            if (rows.LastOrDefault(r => r.Code == found.Code) is { } earlier)
                Meet(earlier, found, row);
            rows.Add(found);
        }
    }

    private static void Meet(LandClass earlier, LandClass later, LawCsv.Row row)
    {
        var (line, column, through) = (row.Line, row.ColumnOf("from"), earlier.Through ?? DateOnly.MaxValue);
        if (later.From <= through)
            throw Problem.Law.Overlap(row.File, line, column, later.Code, later.From, through);
        if (later.From > through.AddDays(1))
            throw Problem.Law.Gap(row.File, line, column, later.Code, through.AddDays(1), later.From.AddDays(-1));
    }

    /// <summary>A candidate is a code that GB/T 21010-2017 or the third survey (for K codes) really has.</summary>
    private void CheckCandidates(IReadOnlyList<LawFile> files)
    {
        var known = surveys
            .Where(s => s.Key is LandClassStandard.Gbt2017 or LandClassStandard.ThirdSurvey)
            .SelectMany(s => s.Value.Select(r => r.Code))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var found in surveys.Values.SelectMany(r => r))
        foreach (var candidate in found.Candidates2017.Where(c => !known.Contains(c)))
            throw Problem.Law.UnknownReference(files[0].Path, 1, 1, $"candidates_2017 of {found.Standard} {found.Code}", candidate);
    }

    private static Confidence Known(LawCsv.Row row) => Word(row, "confidence", LawVocabulary.Confidences);

    private static T Word<T>(LawCsv.Row row, string column, IReadOnlyDictionary<string, T> words) =>
        words.TryGetValue(row[column], out var value)
            ? value
            : throw row.Malformed(
                column,
                $"“{row[column]}”不在可用值之中：{string.Join("、", words.Keys)}",
                $"'{row[column]}' is not one of: {string.Join(", ", words.Keys)}"
            );
}
