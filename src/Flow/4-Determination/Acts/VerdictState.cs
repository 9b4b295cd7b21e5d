using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>Where a parcel stands between proposal and confirmed verdict.</summary>
public enum VerdictStage
{
    /// <summary>Nobody has judged it, or the verdict was withdrawn.</summary>
    Open,

    /// <summary>One person decided; another has to confirm.</summary>
    Decided,

    /// <summary>The second person sent it back.</summary>
    Returned,

    /// <summary>Two persons signed.</summary>
    Confirmed,
}

/// <summary>The verdict of a parcel that no later one replaces, with the second signature under it.</summary>
public sealed record VerdictState(Determination? Standing, Confirmation? Second)
{
    /// <summary>Code of the version by which an officer takes a verdict back: no verdict of any tree.</summary>
    public const string Withdrawn = "withdrawn";

    public VerdictStage Stage =>
        Standing is null or { Code: Withdrawn } ? VerdictStage.Open
        : Second is null ? VerdictStage.Decided
        : Second.Outcome == ConfirmationOutcome.Confirmed ? VerdictStage.Confirmed
        : VerdictStage.Returned;

    public static async Task<VerdictState> OfAsync(StoreContext db, Guid parcelId, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var all = await db.Determinations.Where(d => d.ParcelId == parcelId).ToListAsync(stop);
        var replaced = all.Select(d => d.SupersedesId).OfType<Guid>().ToHashSet();
        var standing = all.Where(d => !replaced.Contains(d.Id)).OrderBy(d => d.DecidedAt).LastOrDefault();
        var second = standing is null ? null : await db.Confirmations.SingleOrDefaultAsync(c => c.DeterminationId == standing.Id, stop);
        return new(standing, second);
    }
}
