using Weipian.Flow.CaseFiles;
using Weipian.Flow.Reports;
using Weipian.Web.Acts;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Issued documents as files. They are rendered from their frozen fields whenever they are asked for.</summary>
public static class DocumentsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(
                "/documents/{id:guid}.docx",
                (Guid id, HttpContext http, DocumentShelf shelf, ActHall hall, CopyMark mark) =>
                    FileAsync(id, http, shelf, hall, mark, "docx")
            )
            .RequireAuthorization(Permission.Documents)
            .WithName("document-docx")
            .WithTags("documents")
            .WithSummary("An issued document as Word");
        api.MapGet(
                "/documents/{id:guid}.pdf",
                (Guid id, HttpContext http, DocumentShelf shelf, ActHall hall, CopyMark mark) =>
                    FileAsync(id, http, shelf, hall, mark, "pdf")
            )
            .RequireAuthorization(Permission.Documents)
            .WithName("document-pdf")
            .WithTags("documents")
            .WithSummary("An issued document as PDF");
    }

    /// <summary>A copy names who took it and when, and stands in the journal where the document names a party.</summary>
    private static async Task<IResult> FileAsync(Guid id, HttpContext http, DocumentShelf shelf, ActHall hall, CopyMark mark, string form)
    {
        var document =
            await shelf.FindAsync(id, http.User, http.RequestAborted) ?? throw Problem.Chain.NotThere("文书", "document", id.ToString());
        if (document.IsPersonal)
            await ReadDocument.Handle(hall.Store, http.User.Actor(), new(document.Row.Id, $"下载 download {form}"), http.RequestAborted);
        var words = await mark.OfAsync(http);
        var content = form == "pdf" ? hall.Reports.Pdf(document, words) : hall.Reports.Word(document, words);
        return TypedResults.File(content, form == "pdf" ? PdfFile.ContentType : WordFile.ContentType, $"{document.Row.Number}.{form}");
    }
}
