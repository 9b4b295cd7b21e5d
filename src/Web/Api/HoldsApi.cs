using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Web.Acts;
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
        // The question may be a name: it goes in the body, never in an address, which logs and histories keep.
        api.MapPost("/holds", AskAsync)
            .Accepts<AskHold.Request>("application/json")
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

    private static async Task<IResult> AskAsync(HttpContext http, ActHall hall, Idempotency keys) =>
        await ActsApi.DoAsync(ActDoors.Find(AskHold.Act), http, hall, keys);

    private static async Task<IReadOnlyList<InquiryAnswer>> InquiriesAsync(
        OfficeBooks books,
        HttpContext http,
        int limit = 100,
        CancellationToken stop = default
    )
    {
        var login = http.User.Login();
        await using var db = books.Read();
        var inquiries = await db
            .HoldInquiries.Where(i => i.By == login)
            .OrderByDescending(i => i.At)
            .Take(Math.Clamp(limit, 1, Limits.PageRowsMax))
            .ToListAsync(stop);
        var masked = await ReadInquiry.MaskedAsync(db, inquiries, stop);
        return [.. inquiries.Select(i => new InquiryAnswer(i.Id, masked[i.Id], i.Held, i.By, i.At))];
    }
}
