using Weipian.Flow.CaseFiles;

namespace Weipian.Flow.Reports;

/// <summary>Lays an issued document out from its frozen fields: a letter as running text with seal and date, a form as ruled
/// rows.</summary>
/// <remarks>Nothing is looked up: the same row gives the same paper for ever. Every field that was frozen is printed once.</remarks>
public static class DocumentPaper
{
    private static readonly string[] PlacedElsewhere = ["number", "addressee", "seal", "date"];

    /// <summary>Under each opinion of a form: who gave it signs and dates it by hand.</summary>
    private const string ToSign = "\n签字：　　　　　　　　　　年　　月　　日";

    private static readonly char[] Stops = ['。', '；', ';', '.', '，', '、'];

    public static Paper Of(OpenedDocument document, DocumentKind kind)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Layout == "table" ? Form(kind, document.Row, document.Fields) : Letter(kind, document.Row, document.Fields);
    }

    private static Paper Form(DocumentKind kind, IssuedDocument document, IReadOnlyDictionary<string, string> fields)
    {
        var rows = kind
            .Fields.Where(f => f.Id != "number" && fields.ContainsKey(f.Id))
            .Select(f =>
                (IReadOnlyList<string>)[f.Zh, f.Id.EndsWith("-opinion", StringComparison.Ordinal) ? fields[f.Id] + ToSign : fields[f.Id]]
            );
        return new(kind.Zh, document.Number, [new PaperTable([1, 4], [.. rows], LabelColumn: true)]);
    }

    private static Paper Letter(DocumentKind kind, IssuedDocument document, IReadOnlyDictionary<string, string> fields)
    {
        var blocks = new List<PaperBlock>();
        if (fields.TryGetValue("addressee", out var addressee))
            blocks.Add(new PaperPassage(addressee + "：", Indented: false));
        var printed = new HashSet<string>(PlacedElsewhere, StringComparer.Ordinal);
        foreach (var passage in kind.Text)
        {
            var named = DocumentBook.FieldMark().Matches(passage).Select(m => m.Groups[1].Value).ToList();
            if (!named.TrueForAll(fields.ContainsKey))
                continue;
            printed.UnionWith(named);
            blocks.Add(new PaperPassage(Filled(passage, fields)));
        }
        foreach (var field in kind.Fields.Where(f => !printed.Contains(f.Id) && fields.ContainsKey(f.Id)))
            blocks.Add(new PaperPassage($"{field.Zh}：{fields[field.Id]}"));
        var seal = fields.GetValueOrDefault("seal");
        string[] ends = [.. seal is not null ? [seal, "（印章）"] : Array.Empty<string>(), fields["date"]];
        blocks.Add(new PaperClosing(ends));
        return new(kind.Zh, document.Number, blocks, seal);
    }

    /// <summary>A field that ends its own sentence does not bring a second full stop.</summary>
    private static string Filled(string passage, IReadOnlyDictionary<string, string> fields) =>
        DocumentBook
            .FieldMark()
            .Replace(
                passage,
                mark =>
                {
                    var text = fields[mark.Groups[1].Value];
                    var end = mark.Index + mark.Length;
                    return end < passage.Length && Stops.Contains(passage[end]) ? text.TrimEnd(Stops) : text;
                }
            );
}
