using System.Security.Claims;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>The lock of a patch for who judges by program. It writes nothing that stays: no reason and no key are asked for.</summary>
public static class LocksApi
{
    /// <summary>Who has the patch, and for how long.</summary>
    /// <param name="Mine">The seat that asked has it.</param>
    /// <param name="SecondsLeft">Until it ends by itself; ask again before that.</param>
    public sealed record LockAnswer(string Holder, bool Mine, DateTime Until, int SecondsLeft);

    public static void Map(IEndpointRouteBuilder api)
    {
        var locks = api.MapGroup("/patches/{id:guid}/lock").WithTags("verdicts").RequireAuthorization(Permission.Lock);
        locks.MapPut("", TakeAsync).WithName("lock-patch").WithSummary("Take or renew the lock of a patch, or learn who has it");
        locks.MapDelete("", ReleaseAsync).WithName("unlock-patch").WithSummary("Give the lock of a patch back");
    }

    private static async Task<LockAnswer> TakeAsync(
        Guid id,
        ProgrammeRows rows,
        LeaseDesk desk,
        ClaimsPrincipal who,
        CancellationToken stop
    )
    {
        _ = await rows.SeenAsync(id, Sight.Of(who), stop);
        var lease = await desk.TakeAsync(who.Actor(), id, stop);
        return new(lease.Holder, lease.Holder == who.Login(), lease.Until, desk.SecondsLeft(lease));
    }

    private static async Task<IResult> ReleaseAsync(Guid id, LeaseDesk desk, ClaimsPrincipal who, CancellationToken stop)
    {
        await desk.ReleaseAsync(who.Actor(), id, stop);
        return Results.NoContent();
    }
}
