using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>Writes what the workbench and the API decide, through the acts of determination.</summary>
public sealed class VerdictDesk(OfficeBooks books)
{
    public Task DecideAsync(Actor by, ParcelRow parcel, string code, string basis, CancellationToken stop = default) =>
        throw new NotSupportedException($"{books} {by} {parcel} {code} {basis} {stop}");

    public Task ConfirmAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        throw new NotSupportedException($"{books} {by} {parcel} {reasonCode} {remark} {stop}");

    public Task ReturnAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        throw new NotSupportedException($"{books} {by} {parcel} {reasonCode} {remark} {stop}");

    public Task WithdrawAsync(Actor by, ParcelRow parcel, CancellationToken stop = default) =>
        throw new NotSupportedException($"{books} {by} {parcel} {stop}");
}
