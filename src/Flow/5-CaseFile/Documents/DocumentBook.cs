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

    /// <summary>Where the list of fields comes from, and how well it is known.</summary>
    public string Source { get; init; } = "";

    public IReadOnlyList<DocumentField> Fields { get; init; } = [];
}

/// <summary>The kinds of documents of <c>law/documents</c>, by id.</summary>
public sealed class DocumentBook
{
    private readonly Dictionary<string, DocumentKind> kinds;

    private DocumentBook(IEnumerable<DocumentKind> kinds) => this.kinds = kinds.ToDictionary(k => k.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<DocumentKind> Kinds => kinds.Values;

    public DocumentKind this[string id] =>
        kinds.TryGetValue(id, out var kind) ? kind : throw new KeyNotFoundException($"law/documents has no document {id}");

    /// <param name="lawFolder">The folder <c>law</c>.</param>
    public static DocumentBook Load(string lawFolder)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        var files = Directory.GetFiles(Path.Combine(lawFolder, "documents"), "*.yaml").Order(StringComparer.Ordinal);
        return new(files.Select(f => reader.Deserialize<DocumentKind>(File.ReadAllText(f))));
    }
}
