using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Weipian.Flow.CaseFiles;

/// <summary>A field of a document (文书要素).</summary>
public sealed class DocumentField
{
    public string Id { get; init; } = "";

    public string Zh { get; init; } = "";

    public string En { get; init; } = "";

    /// <summary>The document is not issued without it.</summary>
    public bool Required { get; init; } = true;
}

/// <summary>A kind of document (文书): its name, the series its number comes from, its fields in the order printed.</summary>
public sealed class DocumentKind
{
    public string Id { get; init; } = "";

    public string Zh { get; init; } = "";

    public string En { get; init; } = "";

    /// <summary>机关代字, the word before the year in the number.</summary>
    public string Series { get; init; } = "";

    /// <summary><c>letter</c>: running text with a seal; <c>table</c>: a form of ruled rows.</summary>
    public string Layout { get; init; } = "letter";

    /// <summary>Where the list of fields comes from, and how well it is known.</summary>
    public string Source { get; init; } = "";

    /// <summary>The running text of a letter, by paragraph, with <c>{field}</c> where a field goes. A paragraph that names a field left
    /// out is left out with it; fields that no paragraph names are printed as lines of their own.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    public IReadOnlyList<DocumentField> Fields { get; init; } = [];
}

/// <summary>The kinds of documents of <c>law/documents</c>, by id.</summary>
public sealed partial class DocumentBook
{
    private readonly Dictionary<string, DocumentKind> kinds;

    private DocumentBook(IEnumerable<DocumentKind> kinds) => this.kinds = kinds.ToDictionary(k => k.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<DocumentKind> Kinds => kinds.Values;

    public DocumentKind this[string id] =>
        kinds.TryGetValue(id, out var kind) ? kind : throw new KeyNotFoundException($"law/documents has no document {id}");

    /// <param name="lawFolder">The folder <c>law</c>.</param>
    /// <exception cref="Problem"><c>law.malformed</c></exception>
    public static DocumentBook Load(string lawFolder)
    {
        var reader = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithTypeMapping<IReadOnlyList<DocumentField>, List<DocumentField>>()
            .WithTypeMapping<IReadOnlyList<string>, List<string>>()
            .Build();
        var files = Directory.GetFiles(Path.Combine(lawFolder, "documents"), "*.yaml").Order(StringComparer.Ordinal);
        var read = new List<DocumentKind>();
        foreach (var file in files)
        {
            var name = $"documents/{Path.GetFileName(file)}";
            var kind = Read(reader, name, File.ReadAllText(file));
            if (kind.Id != Path.GetFileNameWithoutExtension(file))
                throw Faulty(name, $"id 应与文件名相同，现为“{kind.Id}”", $"the id must be the name of the file, not '{kind.Id}'");
            if (read.FirstOrDefault(k => k.Series == kind.Series) is { } other)
                throw Faulty(name, $"字号系列“{kind.Series}”已用于 {other.Id}", $"the series '{kind.Series}' belongs to {other.Id}");
            Check(name, kind);
            read.Add(kind);
        }
        return new(read);
    }

    private static DocumentKind Read(IDeserializer reader, string name, string text)
    {
        try
        {
            return reader.Deserialize<DocumentKind>(text) ?? throw Faulty(name, "文件是空的", "the file is empty");
        }
        catch (YamlException e)
        {
            throw Problem.Law.Malformed(name, e.Start.Line, e.Start.Column, $"不能读取（{e.Message}）", $"it cannot be read ({e.Message})");
        }
    }

    private static void Check(string name, DocumentKind kind)
    {
        if (kind.Zh.Length == 0 || kind.En.Length == 0 || kind.Series.Length == 0 || kind.Source.Length == 0)
            throw Faulty(name, "缺少 zh、en、series 或 source", "zh, en, series or source is missing");
        if (kind.Layout is not ("letter" or "table"))
            throw Faulty(name, $"layout 应为 letter 或 table，现为“{kind.Layout}”", $"the layout is letter or table, not '{kind.Layout}'");
        if (kind.Fields.GroupBy(f => f.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Faulty(name, $"要素“{twice.Key}”列了两次", $"the field '{twice.Key}' is listed twice");
        if (kind.Fields.FirstOrDefault(f => f.Id.Length == 0 || f.Zh.Length == 0 || f.En.Length == 0) is { } nameless)
            throw Faulty(name, $"要素“{nameless.Id}”缺少 id、zh 或 en", $"the field '{nameless.Id}' lacks id, zh or en");
        foreach (var needed in (string[])["number", "date"])
            if (!kind.Fields.Any(f => f.Id == needed && f.Required))
                throw Faulty(name, $"缺少必填要素“{needed}”", $"the required field '{needed}' is missing");
        foreach (Match mark in FieldMark().Matches(string.Concat(kind.Text)))
            if (!kind.Fields.Any(f => f.Id == mark.Groups[1].Value))
                throw Faulty(name, $"正文引用了没有的要素“{mark.Value}”", $"the text names a field that is not there, '{mark.Value}'");
    }

    /// <summary>A place in the running text where a field goes.</summary>
    [GeneratedRegex(@"\{([^{}]*)\}")]
    internal static partial Regex FieldMark();

    private static Problem Faulty(string name, string zh, string en) => Problem.Law.Malformed(name, 1, 1, zh, en);
}
