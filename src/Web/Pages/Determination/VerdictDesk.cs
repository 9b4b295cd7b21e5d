using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>What was on the screen when a verdict was given.</summary>
/// <param name="Proposal">The proposal; <c>null</c> for none.</param>
/// <param name="Verdict">The newest version of the verdict; <c>null</c> for none.</param>
/// <param name="TakenBack">How many second signatures under it had been taken back.</param>
public sealed record VerdictSeen(Guid? Proposal, Guid? Verdict, int TakenBack = 0);

/// <summary>Hands what the workbench and the API decide to the acts of determination, with what was on the screen.</summary>
/// <remarks>Who may do what is decided by the acts; a verdict that somebody else has moved on in the meantime is refused by them.</remarks>
public sealed partial class VerdictDesk(OfficeBooks books)
{
    /// <param name="correction">Why a verdict that left with a signed batch is corrected.</param>
    public Task<DecideVerdict.Decided> DecideAsync(
        Actor by,
        ParcelRow parcel,
        string code,
        string basis,
        string? correction = null,
        CancellationToken stop = default
    ) =>
        DecideVerdict.Handle(
            books.Store,
            by,
            new DecideVerdict.Request(parcel.Id, code, Plain(basis), parcel.ProposalId, parcel.DeterminationId, correction),
            books.DeterminationLaw,
            stop
        );

    public Task ConfirmAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        ConfirmVerdict.Handle(
            books.Store,
            by,
            new ConfirmVerdict.Request(parcel.DeterminationId ?? Guid.Empty, reasonCode, InWords(reasonCode, Plain(remark))),
            books.DeterminationLaw,
            stop
        );

    public Task ReturnAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        ReturnVerdict.Handle(
            books.Store,
            by,
            new ReturnVerdict.Request(parcel.DeterminationId ?? Guid.Empty, reasonCode, InWords(reasonCode, Plain(remark))),
            books.DeterminationLaw,
            stop
        );

    public Task WithdrawAsync(Actor by, ParcelRow parcel, string reason, CancellationToken stop = default) =>
        WithdrawVerdict.Handle(
            books.Store,
            by,
            new WithdrawVerdict.Request(parcel.Id, parcel.DeterminationId ?? Guid.Empty, Plain(reason)),
            books.DeterminationLaw,
            stop
        );

    public Task<TakeBackSignature.TakenBack> TakeBackAsync(Actor by, ParcelRow parcel, string reason, CancellationToken stop = default) =>
        TakeBackSignature.Handle(books.Store, by, new(parcel.DeterminationId ?? Guid.Empty, Plain(reason)), stop);

    /// <param name="corners">Longitude and latitude of the corners of the line.</param>
    public Task<SplitParcel.Split> SplitAsync(Actor by, Guid parcel, double[][] corners, string reason, CancellationToken stop = default)
    {
        if (corners.Length < 2 || corners.Any(c => c.Length != 2 || !c.All(double.IsFinite)))
            throw Problem.Web.BadRequest("line");
        var line = Degrees.CreateLineString([.. corners.Select(c => new Coordinate(c[0], c[1]))]);
        return SplitParcel.Handle(books.Store, by, new(parcel, line, Plain(reason)), books.DeterminationLaw, stop);
    }

    /// <summary>Takes a merged parcel apart again, into what was merged.</summary>
    public Task<SplitParcel.Split> TakeApartAsync(Actor by, Guid parcel, string reason, CancellationToken stop = default) =>
        SplitParcel.Handle(books.Store, by, new(parcel, Line: null, Plain(reason)), books.DeterminationLaw, stop);

    /// <param name="parcels">Ids of at least two parcels in force of one patch.</param>
    public Task<MergeParcels.Merged> MergeAsync(
        Actor by,
        IReadOnlyCollection<Guid> parcels,
        string reason,
        CancellationToken stop = default
    ) => MergeParcels.Handle(books.Store, by, new([.. parcels.Select(p => p.ToString())], Plain(reason)), books.DeterminationLaw, stop);

    /// <exception cref="Problem"><c>web.text-too-long</c>, <c>web.hidden-character</c></exception>
    private static string Plain(string text)
    {
        Serving.PlainText.Require("reason", text);
        return text;
    }

    private static readonly GeometryFactory Degrees = new(new PrecisionModel(), 4490);

    /// <summary>The coded reason in Chinese when nothing was added to it: a reason is never blank.</summary>
    private string InWords(string reasonCode, string remark) =>
        string.IsNullOrWhiteSpace(remark) ? books.Law.Verdicts.Reasons.FirstOrDefault(r => r.Id == reasonCode)?.Chinese ?? "" : remark;
}
