using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Weipian.Law.Loading;

/// <summary>Reads the verdict trees, the vocabulary of evidence and needs, the reviewers' reasons and the flags.</summary>
internal sealed class VerdictFiles(LawContext context)
{
    private static readonly string[] VerdictFields =
    [
        "code",
        "parent",
        "zh",
        "en",
        "when",
        "evidence",
        "needs",
        "from",
        "through",
        "article",
        "instrument",
        "confidence",
        "source",
        "readings",
        "note",
        "top",
    ];

    private const string AfterVerdict = "after-verdict";

    private static readonly string[] Ways =
    [
        VerdictNeed.ByDocument,
        VerdictNeed.ByPicture,
        VerdictNeed.ByAnswer,
        VerdictNeed.ByFeature,
        VerdictNeed.ByAreas,
        VerdictNeed.ByImageDates,
    ];

    private Dictionary<string, VerdictNeed> evidence = [];
    private Dictionary<string, VerdictNeed> needs = [];

    public VerdictCatalogue Read(IReadOnlyList<LawFile> files)
    {
        var words = LawYaml.Parse(File(files, "words")).OnlyFields("evidence", "needs", "texts");
        evidence = Words(words.Require("evidence"));
        needs = Words(words.Require("needs"));
        var reasons = LawYaml
            .Parse(File(files, "reasons"))
            .Fields()
            .Select(f => (Id: f.Name, Row: f.Value.OnlyFields("passes", "zh", "en")))
            .Select(r => new ReviewReason(r.Id, r.Row.Require("passes").Switch, r.Row.Require("zh").Text, r.Row.Require("en").Text))
            .ToArray();
        var flags = LawYaml
            .Parse(File(files, "flags"))
            .Fields()
            .Select(f => (Code: f.Name, Row: f.Value.OnlyFields("zh", "en", "hint")))
            .Select(r => new VerdictFlag(r.Code, r.Row.Require("zh").Text, r.Row.Require("en").Text, context.Both(r.Row.Require("hint"))))
            .ToArray();
        var trees = files
            .Where(f => f.Path.StartsWith("verdicts/tree-", StringComparison.Ordinal))
            .Select(f => ReadTree(LawYaml.Parse(f)))
            .ToArray();
        return new(trees, reasons, flags)
        {
            EvidenceWords = [.. evidence.Values],
            PersonalTexts = words.Optional("texts") is { } texts
                ? new([.. texts.Fields().Select(f => Number(f.Name, f.Value))])
                : PersonalTexts.None,
        };
    }

    private VerdictTree ReadTree(LawYaml root)
    {
        root.OnlyFields("kind", "zh", "en", "from", "through", "note", "source", "verdicts", "unset");
        context.NoteOf(root);
        var kind = root.Require("kind");
        if (kind.Text is not ("land" or "mineral"))
            throw kind.Malformed("应为 land 或 mineral", "land or mineral is expected");
        var (from, through) = (root.Require("from").Date, root.Require("through").Date);
        context.CheckSpan(root, from, through);
        var tree = new CitationFields((root.Require("zh").Text, root.Require("en").Text), null, null);
        if (root.Optional("unset") is { } unset)
        {
            if (root.Optional("verdicts") is { } both)
                throw both.Malformed("已写 unset 的目录不列判定", "a tree that is unset lists no verdicts");
            var why = unset.OnlyFields("zh", "en");
            return new(kind.Text, from, through, []) { Unset = (why.Require("zh").Text, why.Require("en").Text) };
        }
        var rows = new List<Verdict>();
        foreach (var node in root.Require("verdicts").Items())
        {
            var verdict = ReadVerdict(node.OnlyFields(VerdictFields), kind.Text, tree);
            if (rows.LastOrDefault(r => r.Code == verdict.Code) is { } earlier)
                Meet(earlier, verdict, node);
            rows.Add(verdict);
        }
        return new(kind.Text, from, through, rows);
    }

    private Verdict ReadVerdict(LawYaml node, string kind, CitationFields tree)
    {
        var code = node.Require("code").Text;
        var (from, through) = (node.Require("from").Date, node.Optional("through")?.Date);
        context.CheckSpan(node, from, through);
        return new(
            code,
            kind,
            context.Word(node.Require("parent"), LawVocabulary.Parents),
            node.Require("zh").Text,
            node.Require("en").Text,
            context.Both(node.Require("when")),
            Listed(node.Require("evidence"), evidence, "verdicts/words.yaml evidence"),
            Listed(node.Require("needs"), needs, "verdicts/words.yaml needs"),
            from,
            through,
            tree.Overlay(node, context).Build(node, code),
            context.NoteOf(node)
        )
        {
            Top = node.Optional("top")?.OnlyFields("zh", "en") is { } top ? (top.Require("zh").Text, top.Require("en").Text) : null,
        };
    }

    private static void Meet(Verdict earlier, Verdict later, LawYaml node)
    {
        Mark at = node.Start;
        var through = earlier.Through ?? DateOnly.MaxValue;
        if (later.From <= through)
            throw Problem.Law.Overlap(node.File, at.Line, at.Column, later.Code, later.From, through);
        if (later.From > through.AddDays(1))
            throw Problem.Law.Gap(node.File, at.Line, at.Column, later.Code, through.AddDays(1), later.From.AddDays(-1));
    }

    private static IReadOnlyList<VerdictNeed> Listed(LawYaml list, Dictionary<string, VerdictNeed> words, string where) =>
        [
            .. list.Items()
                .Select(i =>
                    words.TryGetValue(i.Text, out var word)
                        ? word
                        : throw Problem.Law.UnknownReference(i.File, i.Start.Line, i.Start.Column, where, i.Text)
                ),
        ];

    private Dictionary<string, VerdictNeed> Words(LawYaml map) =>
        map.Fields()
            .Select(f => (f.Name, Row: f.Value.OnlyFields("zh", "en", "met_by", "asked", "personal")))
            .ToDictionary(
                f => f.Name,
                f => new VerdictNeed(f.Name, f.Row.Require("zh").Text, f.Row.Require("en").Text)
                {
                    MetBy = f.Row.Optional("met_by") is { } ways ? [.. ways.Items().Select(Way)] : [],
                    IsAfterVerdict = f.Row.Optional("asked") is { } when && IsAfterVerdict(when),
                    Personal = Personal(f.Row),
                },
                StringComparer.Ordinal
            );

    private PersonalNumber Number(string id, LawYaml row)
    {
        row.OnlyFields("zh", "en", "pattern", "check", "personal");
        row.Require("personal");
        var (pattern, check) = (row.Require("pattern"), row.Optional("check"));
        if (check is { Text: not PersonalTexts.Gb11643 })
            throw check.Malformed($"应为 {PersonalTexts.Gb11643}", $"{PersonalTexts.Gb11643} is expected");
        try
        {
            return new(id, row.Require("zh").Text, row.Require("en").Text, pattern.Text, check?.Text, Personal(row));
        }
        catch (RegexParseException fault)
        {
            throw pattern.Malformed($"不是正则表达式（{fault.Message}）", $"not a regular expression ({fault.Message})");
        }
    }

    /// <summary>From which day on a file of the kind holds personal data: said from the first day of the book, or not at all, as in a
    /// book kept from before this was said.</summary>
    private (DateOnly From, bool Holds)[] Personal(LawYaml row)
    {
        if (row.Optional("personal") is not { } said)
            return [];
        var days = said.Fields().Select(d => (From: DayOf(d.Name, d.Value), Holds: d.Value.Switch)).ToArray();
        if (days.Length == 0 || days[0].From > context.From)
            throw said.Malformed($"应自 {context.From:yyyy-MM-dd} 起说明", $"it must be said from {context.From:yyyy-MM-dd} on");
        return days.Zip(days.Skip(1)).All(pair => pair.First.From < pair.Second.From)
            ? days
            : throw said.Malformed("日期应依次递增", "the days must rise");
    }

    private static DateOnly DayOf(string text, LawYaml node) =>
        LawYaml.TryDate(text, out var day)
            ? day
            : throw node.Malformed($"“{text}”不是 yyyy-MM-dd 日期", $"'{text}' is not a date yyyy-MM-dd");

    private static string Way(LawYaml node)
    {
        var word = node.Text.Split(':')[0];
        return Ways.Contains(word, StringComparer.Ordinal)
            ? node.Text
            : throw node.Malformed($"应为 {string.Join("、", Ways)} 之一", $"one of {string.Join(", ", Ways)} is expected");
    }

    private static bool IsAfterVerdict(LawYaml node) =>
        node.Text == AfterVerdict ? true : throw node.Malformed($"应为 {AfterVerdict}", $"{AfterVerdict} is expected");

    private static LawFile File(IReadOnlyList<LawFile> files, string name) =>
        files.FirstOrDefault(f => f.Path == $"verdicts/{name}.yaml")
        ?? throw Problem.Law.Malformed($"verdicts/{name}.yaml", 1, 1, "缺少该文件", "the file is missing");
}
