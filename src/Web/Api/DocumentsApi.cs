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
                (Guid id, HttpContext http, DocumentShelf shelf, ActHall hall) => FileAsync(id, http, shelf, hall, "docx")
            )
            .RequireAuthorization(Permission.Documents)
            .WithName("document-docx")
            .WithTags("documents")
            .WithSummary("An issued document as Word");
        api.MapGet(
                "/documents/{id:guid}.pdf",
                (Guid id, HttpContext http, DocumentShelf shelf, ActHall hall) => FileAsync(id, http, shelf, hall, "pdf")
            )
            .RequireAuthorization(Permission.Documents)
            .WithName("document-pdf")
            .WithTags("documents")
            .WithSummary("An issued document as PDF");
    }

    private static async Task<IResult> FileAsync(Guid id, HttpContext http, DocumentShelf shelf, ActHall hall, string form)
    {
        var document =
            await shelf.FindAsync(id, http.User, http.RequestAborted) ?? throw Problem.Chain.NotThere("文书", "document", id.ToString());
        var content = form == "pdf" ? hall.Reports.Pdf(document) : hall.Reports.Word(document);
        return TypedResults.File(content, form == "pdf" ? PdfFile.ContentType : WordFile.ContentType, $"{document.Number}.{form}");
    }
}
