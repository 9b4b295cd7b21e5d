using Weipian.Web.Acts;
using Weipian.Web.Reading;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Verification;

/// <summary>The coded reasons with which a visit goes back.</summary>
public static class ReturnReasons
{
    /// <summary>As a form offers them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ActOption>> Of(OfficeBooks books)
    {
        ArgumentNullException.ThrowIfNull(books);
        return new Dictionary<string, IReadOnlyList<ActOption>>
        {
            ["ReasonCode"] =
            [
                .. books
                    .Law.Verdicts.Reasons.Where(r => !r.Passes)
                    .Select(r => new ActOption(r.Id, $"{r.Id} {Say.Either(r.Chinese, r.English)}")),
            ],
        };
    }

    /// <summary>The words of a code, or the code itself when the list no longer has it.</summary>
    public static string Name(OfficeBooks books, string code)
    {
        ArgumentNullException.ThrowIfNull(books);
        return books.Law.Verdicts.Reasons.FirstOrDefault(r => r.Id == code) is { } coded ? Say.Either(coded.Chinese, coded.English) : code;
    }
}
