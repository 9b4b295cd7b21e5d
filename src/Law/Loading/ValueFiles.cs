using System.Text.RegularExpressions;

namespace Weipian.Law.Loading;

/// <summary>Reads <c>cn/**</c>, <c>house/**</c> and <c>practice/**</c>: the dated values, article by article.</summary>
internal sealed partial class ValueFiles(LawContext context)
{
    private static readonly string[] EntryFields =
    [
        "value",
        "unset",
        "gap",
        "until",
        "unit",
        "rolls_forward",
        "instrument",
        "article",
        "confidence",
        "source",
        "compared_on",
        "compared_with",
        "readings",
        "note",
    ];

    private readonly Dictionary<string, (string Chinese, string English)> instruments = new(StringComparer.Ordinal);

    public IEnumerable<LawEntry> Read(IReadOnlyList<LawFile> files)
    {
        foreach (var file in files.Where(f => FileName(f.Path) == "instrument.yaml"))
        {
            var root = LawYaml.Parse(file).OnlyFields("zh", "en", "number", "note");
            context.NoteOf(root);
            instruments[Folder(file.Path)] = (root.Require("zh").Text, root.Require("en").Text);
        }
        return files.Where(f => FileName(f.Path) != "instrument.yaml").SelectMany(ReadArticle);
    }

    private IEnumerable<LawEntry> ReadArticle(LawFile file)
    {
        var root = LawYaml
            .Parse(file)
            .OnlyFields(
                "article",
                "says",
                "selected_by",
                "confidence",
                "source",
                "compared_on",
                "compared_with",
                "readings",
                "values",
                "note"
            );
        if (!file.Path.EndsWith(".yaml", StringComparison.Ordinal) || !FileStem().IsMatch(file.Path))
            throw root.Malformed(
                $"文件名“{file.Path}”应为小写字母、数字和连字符，后缀 .yaml",
                $"'{file.Path}' must be lower-case letters, digits and hyphens, ending in .yaml"
            );
        if (!instruments.TryGetValue(Folder(file.Path), out var instrument))
            throw root.Malformed("同一文件夹内缺少 instrument.yaml", "instrument.yaml is missing in the same folder");
        if (!root.Has("article"))
            throw root.Malformed(
                "缺少字段“article”（未查到条号的写 null）",
                "the field 'article' is missing (write null when the number was not found)"
            );
        if (!root.Has("compared_on"))
            throw root.Malformed(
                "缺少字段“compared_on”（未核对过的写 null）",
                "the field 'compared_on' is missing (write null when nobody has)"
            );
        context.NoteOf(root);
        var says = context.Both(root.Require("says"));
        var selected = root.Require("selected_by").Items().Select(i => context.Word(i, LawVocabulary.Dates)).ToArray();
        if (selected.Length == 0)
            throw root.Require("selected_by").Malformed("至少写一个日期", "at least one date is needed");
        var cited = new CitationFields(instrument, root.Optional("article")?.Text, null).Overlay(root, context);
        foreach (var (name, value) in root.Require("values").Fields())
        {
            if (!ValueName().IsMatch(name))
                throw Problem.Law.Malformed(
                    file.Path,
                    value.KeyStart.Line,
                    value.KeyStart.Column,
                    $"值的名称“{name}”应为小写字母、数字和下划线",
                    $"the name '{name}' must be lower-case letters, digits and underscores"
                );
            var key = file.Path[..^".yaml".Length] + "#" + name;
            yield return new(key, value.Require("zh").Text, value.Require("en").Text, says, selected, Periods(value, name, cited));
        }
    }

    private List<LawPeriod> Periods(LawYaml value, string name, CitationFields cited)
    {
        string? unit = null;
        var rolls = false;
        if (value.Optional("unit") is { } unitNode)
            unit = Unit(unitNode);
        if (value.Optional("rolls_forward") is { } rollsNode)
            rolls = rollsNode.Switch;
        var periods = new List<LawPeriod>();
        foreach (var (field, entry) in value.Fields())
        {
            if (!LawYaml.TryDate(field, out var from))
            {
                if (field is "zh" or "en" or "unit" or "rolls_forward")
                    continue;
                throw Problem.Law.UnknownField(
                    entry.File,
                    entry.KeyStart.Line,
                    entry.KeyStart.Column,
                    field,
                    "zh, en, unit, rolls_forward, yyyy-MM-dd"
                );
            }
            var period = Period(from, entry, name, unit, rolls || value.Has("rolls_forward") ? rolls : null, cited);
            if (periods.Count > 0)
                periods[^1] = Join(periods[^1], period, entry, name);
            periods.Add(period);
        }
        if (periods.Count == 0)
            throw value.Malformed($"“{name}”没有任何日期", $"'{name}' has no date");
        return periods;
    }

    /// <summary>The earlier period runs to the day before the later one, unless it states its own end, which must then meet it.</summary>
    private static LawPeriod Join(LawPeriod earlier, LawPeriod later, LawYaml entry, string name)
    {
        var meets = later.From.AddDays(-1);
        if (later.From <= earlier.From)
            throw Problem.Law.Malformed(
                entry.File,
                entry.KeyStart.Line,
                entry.KeyStart.Column,
                $"“{name}”的日期应由早到晚，不得重复",
                $"the dates of '{name}' must ascend without repetition"
            );
        if (earlier.Through is { } through && through < meets)
            throw Problem.Law.Gap(entry.File, entry.KeyStart.Line, entry.KeyStart.Column, name, through.AddDays(1), meets);
        if (earlier.Through is { } beyond && beyond > meets)
            throw Problem.Law.Overlap(entry.File, entry.KeyStart.Line, entry.KeyStart.Column, name, later.From, beyond);
        return earlier with { Through = meets };
    }

    private LawPeriod Period(DateOnly from, LawYaml entry, string name, string? unit, bool? rolls, CitationFields cited)
    {
        entry.OnlyFields(EntryFields);
        if (new[] { "value", "unset", "gap" }.Count(f => entry.Optional(f) is not null) != 1)
            throw entry.Malformed("value、unset、gap 三者须有且只有一个", "exactly one of value, unset and gap is needed");
        DateOnly? through = entry.Optional("until")?.Date;
        context.CheckSpan(entry, from, through);
        unit = entry.Optional("unit") is { } own ? Unit(own) : unit;
        if (unit is null)
            throw entry.Malformed($"“{name}”没有单位", $"'{name}' has no unit");
        rolls = entry.Optional("rolls_forward")?.Switch ?? rolls;
        if (unit is "day" or "month" or "year" && rolls is null)
            throw entry.Malformed(
                "日、月、年期限须写明 rolls_forward（末日休息时是否顺延）",
                "a term in days, months or years states rolls_forward (whether a last day off moves on)"
            );
        var merged = cited.Overlay(entry, context);
        var note = context.NoteOf(entry);
        var roll = unit is "day" or "month" or "year" && rolls == true;
        if (entry.Optional("value") is { } value)
        {
            var citation = merged.Build(entry, name);
            var isSwitch = unit == LawVocabulary.Switch;
            decimal? number = isSwitch ? null : Number(value, unit);
            return new(from, through, LawStanding.InForce, number, isSwitch ? value.Switch : null, unit, roll, citation, null, note);
        }
        var gap = entry.Optional("gap");
        var why = (gap ?? entry.Require("unset")).OnlyFields("zh", "en");
        return new(
            from,
            through,
            gap is null ? LawStanding.Unset : LawStanding.DeclaredGap,
            null,
            null,
            unit,
            roll,
            merged.BuildUnset(),
            (why.Require("zh").Text, why.Require("en").Text),
            note
        );
    }

    private static decimal Number(LawYaml value, string unit)
    {
        var number = value.Number;
        if (LawVocabulary.Terms.ContainsKey(unit) && (number < 1 || number != decimal.Truncate(number) || number > 10_000))
            throw value.Malformed("期限应为正整数", "a term is a positive whole number");
        if (number < 0 || (unit == "ratio" && number > 1))
            throw value.Malformed("数值超出单位的范围（比率为 0 至 1）", "the number is outside its unit (a ratio is 0 to 1)");
        return number;
    }

    private static string Unit(LawYaml node) =>
        LawVocabulary.Units.Contains(node.Text, StringComparer.Ordinal)
            ? node.Text
            : throw Problem.Law.UnknownUnit(
                node.File,
                node.Start.Line,
                node.Start.Column,
                node.Text,
                string.Join(", ", LawVocabulary.Units)
            );

    private static string Folder(string path) => path[..path.LastIndexOf('/')];

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    [GeneratedRegex("^[a-z]+(/[a-z0-9-]+)+\\.yaml$")]
    private static partial Regex FileStem();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex ValueName();
}
