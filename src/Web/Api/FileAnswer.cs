using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>A file that somebody brought, as an answer: a copy that names who took it and when. A sealed one is handed out only once its
/// reading stands in the journal.</summary>
internal static class FileAnswer
{
    /// <summary>The header with the hash of the original, for whoever holds the copy against it.</summary>
    public const string OriginalHeader = "Weipian-Original-Sha256";

    /// <summary>What a browser may show by itself; anything else is offered to be kept, so that no page of ours runs what somebody
    /// uploaded.</summary>
    private static readonly string[] Shown = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>The copy. Whether the seat sees what the file is about is asked before.</summary>
    /// <param name="row">The row that names the file.</param>
    /// <exception cref="Problem"><c>store.act-not-allowed</c>, <c>store.file-of-other-unit</c>, <c>store.blob-*</c>,
    /// <c>store.sealed-text-unreadable</c></exception>
    public static async Task<IResult> OfAsync(HttpContext http, Guid row, string sha256, string contentType, string name)
    {
        var stop = http.RequestAborted;
        var store = http.RequestServices.GetRequiredService<OfficeBooks>().Store;
        if (await IsSealedAsync(store, sha256, stop))
            name = (await ReadFile.Handle(store, http.User.Actor(), new(row, sha256, "查阅 read"), stop)).Name;
        var content = await SealedFiles.OpenAsync(store, sha256, stop);
        var words = await http.RequestServices.GetRequiredService<CopyMark>().OfAsync(http);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers[OriginalHeader] = sha256;
        var shown = Shown.Contains(contentType, StringComparer.Ordinal);
        return TypedResults.Stream(
            async into =>
            {
                await using (content)
                    await MarkedFile.WriteAsync(content, contentType, words, into, stop);
            },
            shown ? contentType : "application/octet-stream",
            shown ? null : name
        );
    }

    private static async Task<bool> IsSealedAsync(WeipianStore store, string sha256, CancellationToken stop)
    {
        await using var db = store.Read();
        return (await SealedFiles.AmongAsync(db, [sha256], stop)).Count > 0;
    }
}
