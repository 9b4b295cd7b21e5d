using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Weipian.Flow.Reports;

/// <summary>A section of a narrative: passages with <c>{table.column}</c> for a total and <c>{word}</c> for a fact, then a table.</summary>
public sealed class ReportSection
{
    public string Zh { get; init; } = "";

    public string En { get; init; } = "";

    /// <summary>A passage that names a fact which is not there is left out.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Id of one of the tables of the report; null for none.</summary>
    public string? Table { get; init; }

    /// <summary>Only these columns of the table; all when empty.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>A kind of report: its name, its form, the tables it freezes.</summary>
public sealed class ReportKind
{
    public string Id { get; init; } = "";

    public string Zh { get; init; } = "";

    public string En { get; init; } = "";

    /// <summary>One of <see cref="ReportForm"/>.</summary>
    public string Form { get; init; } = "";

    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Of a narrative.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];
}

/// <summary>What file a kind of report becomes.</summary>
public static class ReportForm
{
    /// <summary>XLSX.</summary>
    public const string Table = "table";

    /// <summary>DOCX.</summary>
    public const string Narrative = "narrative";

    /// <summary>ZIP with parcels and cards; refused while something is missing.</summary>
    public const string UploadPackage = "upload-package";

    /// <summary>ZIP with tables, documents, evidence index and open points.</summary>
    public const string InspectionPack = "inspection-pack";

    public static IReadOnlyList<string> All { get; } = [Table, Narrative, UploadPackage, InspectionPack];
}

/// <summary>The kinds of reports of <c>law/reports</c>, by id.</summary>
public sealed class ReportBook
{
    private readonly Dictionary<string, ReportKind> kinds;

    private ReportBook(IEnumerable<ReportKind> kinds) => this.kinds = kinds.ToDictionary(k => k.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<ReportKind> Kinds => kinds.Values;

    /// <exception cref="Problem"><c>reports.unknown-kind</c></exception>
    public ReportKind this[string id] => kinds.TryGetValue(id, out var kind) ? kind : throw Problem.Reports.UnknownKind(id, kinds.Keys);

    /// <param name="lawFolder">The folder <c>law</c>.</param>
    /// <exception cref="Problem"><c>law.malformed</c></exception>
    public static ReportBook Load(string lawFolder)
    {
        var reader = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithTypeMapping<IReadOnlyList<ReportSection>, List<ReportSection>>()
            .WithTypeMapping<IReadOnlyList<string>, List<string>>()
            .Build();
        var read = new List<ReportKind>();
        foreach (var file in Directory.GetFiles(Path.Combine(lawFolder, "reports"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var name = $"reports/{Path.GetFileName(file)}";
            var kind = Read(reader, name, File.ReadAllText(file));
            Check(name, Path.GetFileNameWithoutExtension(file), kind);
            read.Add(kind);
        }
        return new(read);
    }

    private static ReportKind Read(IDeserializer reader, string name, string text)
    {
        try
        {
            return reader.Deserialize<ReportKind>(text) ?? throw Faulty(name, "文件是空的", "the file is empty");
        }
        catch (YamlException e)
        {
            throw Problem.Law.Malformed(name, e.Start.Line, e.Start.Column, $"不能读取（{e.Message}）", $"it cannot be read ({e.Message})");
        }
    }

    private static void Check(string name, string id, ReportKind kind)
    {
        if (kind.Id != id || kind.Zh.Length == 0 || kind.En.Length == 0)
            throw Faulty(name, "id 应与文件名相同，并须有 zh 和 en", "the id must be the name of the file, and zh and en must be there");
        if (!ReportForm.All.Contains(kind.Form))
            throw Faulty(name, $"不认识形式“{kind.Form}”", $"the form '{kind.Form}' is not known");
        var known = ReportFigures.TableIds;
        foreach (var table in kind.Tables.Concat(kind.Sections.Select(s => s.Table).OfType<string>()))
            if (!known.Contains(table) || !kind.Tables.Contains(table))
                throw Faulty(name, $"没有表“{table}”", $"there is no table '{table}'");
        if (kind.Form == ReportForm.Narrative && kind.Sections.Count == 0)
            throw Faulty(name, "缺少章节", "sections are missing");
    }

    private static Problem Faulty(string name, string zh, string en) => Problem.Law.Malformed(name, 1, 1, zh, en);
}
