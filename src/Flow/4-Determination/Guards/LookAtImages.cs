using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>An officer has looked at the images before and after of a parcel whose proposal was hidden: from now on it is shown.</summary>
public static class LookAtImages
{
    public const string Act = "look-at-images";

    public sealed record Request(Guid ParcelId);

    public sealed record Looked(Guid LookId);

    /// <exception cref="Problem"><c>determination.no-such-parcel</c>, <c>determination.nothing-hidden</c>,
    /// <c>store.act-not-allowed</c></exception>
    public static Task<Looked> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ParcelId.ToString(),
            "已看前后影像 both images looked at",
            async act =>
            {
                var parcel =
                    await act.Db.Parcels.SingleOrDefaultAsync(p => p.Id == request.ParcelId, stop)
                    ?? throw Problem.Determination.NoSuchParcel(request.ParcelId.ToString());
                var programme = await act.Db.Patches.Where(p => p.Id == parcel.PatchId).Select(p => p.ProgrammeId).SingleAsync(stop);
                var guards = await act.Db.ReviewGuards.ToListAsync(stop);
                var known = await act.Db.ProposalLooks.AnyAsync(l => l.ParcelId == parcel.Id && l.By == act.By.Login, stop);
                var hidden =
                    !known
                    && GuardDraw.At(guards, act.At) is { } guard
                    && GuardDraw.IsHidden(guard, act.By.Login, GuardDraw.Subject(programme, parcel.Number));
                if (!hidden)
                    throw Problem.Determination.NothingHidden(parcel.Number);
                var look = new ProposalLook
                {
                    Id = act.NewId(),
                    ParcelId = parcel.Id,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(look);
                return new Looked(look.Id);
            },
            stop
        );
    }
}
