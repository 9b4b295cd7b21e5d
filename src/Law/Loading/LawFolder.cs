using System.Text;
using System.Text.RegularExpressions;

namespace Weipian.Law.Loading;

/// <summary>The tables of the book beside its dated values.</summary>
internal sealed record LawTables(LandClassTable LandClasses, WorkingCalendar Calendar, VerdictCatalogue Verdicts);

/// <summary>The layout of a law folder: every file has a place, and a file that has none is refused.</summary>
internal sealed partial class LawFolder
{
    private readonly LawFile[] files;

    public LawFolder(LawFile[] files)
    {
        this.files = files;
        foreach (var file in files)
            if (!KnownPlace().IsMatch(file.Path))
                throw Problem.Law.Malformed(file.Path, 1, 1, "法规库中没有这个位置", "the law book has no such place");
    }

    public static bool IsValueFile(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal)
        && (
            path.StartsWith("cn/", StringComparison.Ordinal)
            || path.StartsWith("house/", StringComparison.Ordinal)
            || path.StartsWith("practice/", StringComparison.Ordinal)
        );

    /// <param name="isKept">The book was kept with sealed verdicts.</param>
    public LawContext Context(bool isKept)
    {
        var book = LawYaml.Parse(File("book.yaml")).OnlyFields("title_zh", "title_en", "from", "through", "note");
        var sources = new Dictionary<string, LawSource>(StringComparer.Ordinal);
        var readings = new Dictionary<string, Reading>(StringComparer.Ordinal);
        foreach (var file in Under("readings/"))
        {
            var id = file.Path["readings/".Length..^".md".Length];
            readings.Add(id, ReadingOf(id, file));
        }
        var context = new LawContext(book.Require("from").Date, book.Require("through").Date, sources, readings) { IsKept = isKept };
        context.NoteOf(book);
        foreach (var (key, what) in LawYaml.Parse(File("sources.yaml")).Fields())
        {
            var (chinese, english) = context.Both(what);
            sources.Add(key, new(key, chinese, english));
        }
        return context;
    }

    /// <summary>English, then Chinese, each a line <c># title</c> and its text; books sealed before the second part came hold the
    /// first alone, which then speaks for both.</summary>
    private static Reading ReadingOf(string id, LawFile file)
    {
        var lines = Encoding.UTF8.GetString(file.Content.Span).Replace("\r", "", StringComparison.Ordinal).Split('\n');
        var heads = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("# ", StringComparison.Ordinal)).ToList();
        if (heads is not ([0] or [0, _]))
            throw Problem.Law.Malformed(
                file.Path,
                1,
                1,
                "第一行应为标题“# …”，中文部分另起标题，至多两部分",
                "the first line must be a title '# …', and the Chinese part the only other one"
            );
        var second = heads.Count == 2 ? heads[1] : lines.Length;
        var (title, text) = Part(lines[..second]);
        var (titleZh, textZh) = second < lines.Length ? Part(lines[second..]) : (title, text);
        return new(id, title, text, titleZh, textZh);

        static (string Title, string Text) Part(string[] part) => (part[0][2..].Trim(), string.Join('\n', part[1..]).Trim());
    }

    public LawTables Tables(LawContext context) =>
        new(
            new LandClassFiles(context).Read(Under("land-classes/")),
            CalendarFiles.Read(context, File("calendars/working-days.yaml"), File("calendars/working-days.csv")),
            new VerdictFiles(context).Read(Under("verdicts/"))
        );

    private LawFile File(string path) =>
        files.FirstOrDefault(f => f.Path == path) ?? throw Problem.Law.Malformed(path, 1, 1, "缺少该文件", "the file is missing");

    private LawFile[] Under(string folder) =>
        [
            .. files.Where(f =>
                f.Path.StartsWith(folder, StringComparison.Ordinal) && !f.Path.EndsWith("README.md", StringComparison.Ordinal)
            ),
        ];

    [GeneratedRegex(
        """
            ^(
                README\.md | CHANGES\.md | book\.yaml | sources\.yaml
                | (cn|house|practice)/(README\.md|[a-z0-9-]+(/[a-z0-9-]+)*\.yaml)
                | land-classes/(README\.md|[a-z0-9-]+\.(csv|yaml))
                | calendars/(README\.md|working-days\.(csv|yaml))
                | verdicts/(README\.md|[a-z0-9-]+\.yaml)
                | readings/[0-9]{4}-[a-z0-9-]+\.md
                | readings/README\.md
                | rules/(README\.md|[a-z0-9-]+\.csv)
                | (documents|indicators|reports)/(README\.md|[a-z0-9-]+\.yaml)
            )$
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex KnownPlace();
}
