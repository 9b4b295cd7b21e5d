using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using UglyToad.PdfPig;
using Weipian.Flow.Reports;
using Weipian.Law;

namespace Weipian.Tests.Flow.Reports;

/// <summary>Reads what was rendered with other people's readers.</summary>
internal static class ReadBack
{
    public static string Law { get; } = Path.Combine(Repository.Root, "law");

    public static ReportLibrary Library { get; } = new(Law, Path.Combine(AppContext.BaseDirectory, "fonts"), LawBook.Load(Law));

    /// <summary>All text of a Word file without white space; its form is checked by Microsoft's own validator.</summary>
    public static string Word(byte[] file)
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var body = word.MainDocumentPart!.Document!.Body!;
        return Tight(string.Concat(body.Descendants<DocumentFormat.OpenXml.Wordprocessing.Text>().Select(t => t.Text)));
    }

    /// <summary>All text of a PDF without white space.</summary>
    public static string Pdf(byte[] file)
    {
        using var pdf = PdfDocument.Open(file);
        var text = new StringBuilder();
        foreach (var page in pdf.GetPages())
            text.Append(string.Concat(page.Letters.Select(l => l.Value)));
        return Tight(text.ToString());
    }

    public static string Tight(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
