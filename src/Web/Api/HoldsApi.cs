using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Holds for the permit desk: a question, its answer, and the questions asked before.</summary>
public static class HoldsApi
{
    /// <summary>A question that was asked, masked, with its answer; <see cref="ReadInquiry"/> shows it in full.</summary>
    public sealed record InquiryAnswer(Guid Id, string Asked, bool Held, string By, DateTime At);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/holds", AskAsync)
            .RequireAuthorization(Permission.Holds)
            .WithName("holds")
            .WithTags("holds")
            .WithSummary("Whether a party, a number or a place is held; the question is kept in the journal");
        api.MapGet("/holds/inquiries", InquiriesAsync)
            .RequireAuthorization(Permission.Holds)
            .WithName("hold-inquiries")
            .WithTags("holds")
            .WithSummary("Questions this seat asked, newest first");
    }

    private static Task<AskHold.Answer> AskAsync(OfficeBooks books, HttpContext http, string asked, string reason, CancellationToken stop)
    {
        PlainText.Require(nameof(asked), asked);
        PlainText.Require(nameof(reason), reason);
        return AskHold.Handle(books.Store, http.User.Actor(), new AskHold.Request(asked, reason), stop);
    }

    private static async Task<IReadOnlyList<InquiryAnswer>> InquiriesAsync(
        OfficeBooks books,
        HttpContext http,
        int limit = 100,
        CancellationToken stop = default
    )
    {
        var login = http.User.Login();
        await using var db = books.Store.Read();
        var inquiries = await db
            .HoldInquiries.Where(i => i.By == login)
            .OrderByDescending(i => i.At)
            .Take(Math.Clamp(limit, 1, Limits.PageRowsMax))
            .ToListAsync(stop);
        var masked = await ReadInquiry.MaskedAsync(db, inquiries, stop);
        return [.. inquiries.Select(i => new InquiryAnswer(i.Id, masked[i.Id], i.Held, i.By, i.At))];
    }
}
