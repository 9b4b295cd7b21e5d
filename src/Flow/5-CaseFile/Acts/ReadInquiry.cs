using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Shows what was asked of the holds, in full; each reading stands in the journal. The permit desk reads its own
/// questions.</summary>
public static class ReadInquiry
{
    public const string Act = "read-inquiry";

    public sealed record Request(Guid InquiryId, string Reason);

    public sealed record Shown(Guid InquiryId, string Asked, bool Held);

    /// <summary>Pure: a seat reads what it asked itself, an officer of the district what anybody asked.</summary>
    /// <exception cref="Problem"><c>chain.not-there</c>: whether there is such a question of another seat is not told</exception>
    public static void Decide(Actor actor, HoldInquiry? inquiry, Guid asked)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (inquiry is null || (inquiry.By != actor.Login && actor.Role != PlanRoles.DistrictOfficer))
            throw Problem.Chain.NotThere("查询", "question", asked.ToString());
    }

    /// <summary>What a list shows of a question: the first character of what was asked.</summary>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c></exception>
    public static async Task<IReadOnlyDictionary<Guid, string>> MaskedAsync(
        StoreContext db,
        IReadOnlyCollection<HoldInquiry> inquiries,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(inquiries);
        return (await OpenedAsync(db, inquiries, stop)).ToDictionary(t => t.Key, t => PartyRows.Mask(t.Value));
    }

    internal static Task<IReadOnlyDictionary<Guid, string>> OpenedAsync(
        StoreContext db,
        IReadOnlyCollection<HoldInquiry> inquiries,
        CancellationToken stop = default
    ) => SealedRows.OpenAsync(db, [.. inquiries.Select(RowOf)], stop);

    /// <exception cref="Problem"><c>chain.not-there</c>, <c>store.sealed-text-unreadable</c></exception>
    public static Task<Shown> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.InquiryId.ToString(),
            request.Reason,
            async act =>
            {
                var inquiry = await act.Db.HoldInquiries.SingleOrDefaultAsync(i => i.Id == request.InquiryId, stop);
                Decide(actor, inquiry, request.InquiryId);
                return new Shown(inquiry!.Id, await SealedRows.OpenAsync(act.Db, RowOf(inquiry), stop), inquiry.Held);
            },
            stop
        );
    }

    private static SealedRow RowOf(HoldInquiry inquiry) => new(SealedRows.Inquiry, inquiry.Id, inquiry.Asked);
}
