using System.Security.Claims;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>The words of a watermark (水印): which seat, which person where one is recorded, when.</summary>
public sealed class CopyMark(OfficeBooks books, PostDesk posts)
{
    /// <summary>The header of an answer that repeats the words, as base 64 of UTF-8.</summary>
    public const string Header = "Weipian-Watermark";

    public async Task<string> OfAsync(ClaimsPrincipal who, CancellationToken stop = default)
    {
        var persons = (await posts.HoldersOnAsync(books.Today, stop))
            .Where(h => h.Row.Kind == "seat" && h.Row.Subject == who.Login())
            .Select(h => h.Row.PersonZh);
        var words = new[]
        {
            who.Post(),
            string.Join('、', persons),
            who.Login(),
            OfficeBooks.Moment(books.Store.Clock.GetUtcNow().UtcDateTime),
        };
        return Say.T("watermark", string.Join(" · ", words.Where(w => w.Length > 0)));
    }

    /// <summary>The words, told in the header as well.</summary>
    public async Task<string> OfAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var mark = await OfAsync(http.User, http.RequestAborted);
        http.Response.Headers[Header] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(mark));
        return mark;
    }
}
