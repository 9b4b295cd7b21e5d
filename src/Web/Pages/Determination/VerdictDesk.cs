using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>Writes what the workbench and the API decide, through the acts of determination.</summary>
public sealed class VerdictDesk
{
    public Task DecideAsync(Actor by, ParcelRow parcel, string code, string basis, CancellationToken stop = default) =>
        throw new NotSupportedException();

    public Task ConfirmAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        throw new NotSupportedException();

    public Task ReturnAsync(Actor by, ParcelRow parcel, string reasonCode, string remark, CancellationToken stop = default) =>
        throw new NotSupportedException();

    public Task WithdrawAsync(Actor by, ParcelRow parcel, string reason, CancellationToken stop = default) =>
        throw new NotSupportedException();
}
