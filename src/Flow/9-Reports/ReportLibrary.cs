using Weipian.Flow.CaseFiles;
using Weipian.Law;

namespace Weipian.Flow.Reports;

/// <summary>What making documents and reports needs besides the store: the kinds, the law, the face of the letters.</summary>
public sealed class ReportLibrary(string lawFolder, string fontFolder, LawBook law)
{
    private readonly Lazy<DocumentBook> documents = new(() => DocumentBook.Load(lawFolder));
    private readonly Lazy<ReportBook> reports = new(() => ReportBook.Load(lawFolder));
    private readonly Lazy<TrueTypeFont> font = new(() => TrueTypeFont.Load(Path.Combine(fontFolder, "NotoSansSC-Regular.ttf")));

    private readonly Lazy<TrueTypeFont?> rare = new(() => File.Exists(RareFile) ? TrueTypeFont.Load(RareFile) : null);

    /// <summary>Names the file of a TrueType face for Han characters beyond the ordinary one.</summary>
    public const string RareSetting = "WEIPIAN_RARE_FACE";

    /// <summary>Where Debian's <c>fonts-hanazono</c> puts it.</summary>
    private const string RareUsual = "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf";

    private static string RareFile => Environment.GetEnvironmentVariable(RareSetting) is { Length: > 0 } named ? named : RareUsual;

    public LawBook Law => law;

    /// <summary>The face of rare characters; null where none is installed: then they are told by their code points.</summary>
    public TrueTypeFont? Rare => rare.Value;

    public DocumentBook Documents => documents.Value;

    public ReportBook Reports => reports.Value;

    /// <summary>Noto Sans SC, with its licence beside it.</summary>
    public TrueTypeFont Font => font.Value;

    /// <summary>An issued document as Word.</summary>
    /// <param name="watermark">Who takes the copy and when; null for the document itself.</param>
    public byte[] Word(OpenedDocument document, string? watermark = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return WordFile.Of(DocumentPaper.Of(document, Documents[document.Row.Kind]) with { Watermark = watermark });
    }

    /// <summary>An issued document as PDF.</summary>
    /// <param name="watermark">Who takes the copy and when; null for the document itself.</param>
    public byte[] Pdf(OpenedDocument document, string? watermark = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return PdfFile.Of(DocumentPaper.Of(document, Documents[document.Row.Kind]) with { Watermark = watermark }, Font, () => Rare);
    }
}
