using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Ends the trust in a field device: what it signs from now on is not taken.</summary>
public static class EndDevice
{
    public const string Act = "end-device";

    public sealed record Request(Guid DeviceId, string Reason);

    /// <exception cref="Problem"><c>store.not-your-seat</c>, <c>chain.not-there</c>, <c>chain.already-done</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return EndOfOwn.ActAsync(
            store,
            actor,
            Act,
            (request.DeviceId.ToString(), request.Reason),
            async act =>
            {
                var device =
                    await act.Db.DeviceKeys.SingleOrDefaultAsync(d => d.Id == request.DeviceId, stop)
                    ?? throw Problem.Chain.NotThere("设备", "device", request.DeviceId.ToString());
                var end = await act.Db.DeviceKeyEnds.FirstOrDefaultAsync(e => e.DeviceKeyId == device.Id, stop);
                return new(
                    device.Id,
                    device.SeatLogin,
                    "该设备的停用",
                    "The end of the device",
                    end is null ? null : (end.By, end.At),
                    id => new DeviceKeyEnd
                    {
                        Id = id,
                        DeviceKeyId = device.Id,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
            },
            stop
        );
    }
}
