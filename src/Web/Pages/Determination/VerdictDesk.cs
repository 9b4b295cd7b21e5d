using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>Hands what the workbench and the API decide to the acts of determination, with what was on the screen.</summary>
/// <remarks>Who may do what is decided by the acts; a verdict that somebody else has moved on in the meantime is refused by them.</remarks>
public sealed class VerdictDesk(OfficeBooks books)
{
    public Task DecideAsync(Actor by, ParcelRow parcel, string code, string basis, CancellationToken stop = default) =>
        DecideVerdict.Handle(
            books.Store,
            by,
            new DecideVerdict.Request(parcel.Id, code, basis, parcel.ProposalId, parcel.DeterminationId),
            books.DeterminationLaw,
            stop
        );

    public Task ConfirmAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        ConfirmVerdict.Handle(
            books.Store,
            by,
            new ConfirmVerdict.Request(parcel.DeterminationId ?? Guid.Empty, reasonCode, InWords(reasonCode, remark)),
            books.DeterminationLaw,
            stop
        );

    public Task ReturnAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        ReturnVerdict.Handle(
            books.Store,
            by,
            new ReturnVerdict.Request(parcel.DeterminationId ?? Guid.Empty, reasonCode, InWords(reasonCode, remark)),
            books.DeterminationLaw,
            stop
        );

    public Task SplitAsync(Actor by, ParcelRow parcel, LineString line, string reason, CancellationToken stop = default) =>
        SplitParcel.Handle(books.Store, by, new SplitParcel.Request(parcel.Id, line, reason), books.DeterminationLaw, stop);

    public Task WithdrawAsync(Actor by, ParcelRow parcel, string reason, CancellationToken stop = default) =>
        WithdrawVerdict.Handle(
            books.Store,
            by,
            new WithdrawVerdict.Request(parcel.Id, parcel.DeterminationId ?? Guid.Empty, reason),
            books.DeterminationLaw,
            stop
        );

    /// <summary>The coded reason in Chinese when nothing was added to it: a reason is never blank.</summary>
    private string InWords(string reasonCode, string remark) =>
        string.IsNullOrWhiteSpace(remark) ? books.Law.Verdicts.Reasons.FirstOrDefault(r => r.Id == reasonCode)?.Chinese ?? "" : remark;
}
