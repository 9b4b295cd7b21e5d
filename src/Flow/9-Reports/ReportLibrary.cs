using Weipian.Flow.CaseFiles;
using Weipian.Law;

namespace Weipian.Flow.Reports;

/// <summary>What making documents and reports needs besides the store: the kinds, the law, the face of the letters.</summary>
public sealed class ReportLibrary(string lawFolder, string fontFolder, LawBook law)
{
    private readonly Lazy<DocumentBook> documents = new(() => DocumentBook.Load(lawFolder));
    private readonly Lazy<ReportBook> reports = new(() => ReportBook.Load(lawFolder));
    private readonly Lazy<TrueTypeFont> font = new(() => TrueTypeFont.Load(Path.Combine(fontFolder, "NotoSansSC-Regular.ttf")));

    public LawBook Law => law;

    public DocumentBook Documents => documents.Value;

    public ReportBook Reports => reports.Value;

    /// <summary>Noto Sans SC, with its licence beside it.</summary>
    public TrueTypeFont Font => font.Value;

    /// <summary>An issued document as Word.</summary>
    public byte[] Word(IssuedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return WordFile.Of(DocumentPaper.Of(document, Documents[document.Kind]));
    }

    /// <summary>An issued document as PDF.</summary>
    public byte[] Pdf(IssuedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return PdfFile.Of(DocumentPaper.Of(document, Documents[document.Kind]), Font);
    }
}
