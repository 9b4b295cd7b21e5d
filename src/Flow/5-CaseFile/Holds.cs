using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>What may end a hold. There is no act that lifts one by hand: the act that ends the cause lifts it.</summary>
public static class HoldCause
{
    /// <summary>Accepted on site with nothing left.</summary>
    public const string Acceptance = "acceptance";

    /// <summary>The verdict that made it a violation was corrected.</summary>
    public const string VerdictCorrected = "verdict-corrected";

    /// <summary>The decision was performed, and nothing on the ground has to be removed.</summary>
    public const string DecisionExecuted = "decision-executed";

    public static IReadOnlyList<string> All { get; } = [Acceptance, VerdictCorrected, DecisionExecuted];
}

/// <summary>Holds in force, and their end.</summary>
public static class Holds
{
    /// <summary>Holds that nothing has lifted.</summary>
    public static IQueryable<Hold> InForce(StoreContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Holds.Where(h => !db.HoldLifts.Any(l => l.HoldId == h.Id));
    }

    /// <summary>Lifts the holds of a violation inside the act that ended their cause.</summary>
    /// <param name="cause">One of <see cref="HoldCause"/>.</param>
    /// <param name="causeId">The acceptance, the correction or the step that ended it.</param>
    /// <returns>How many were lifted.</returns>
    public static async Task<int> LiftAsync(
        ActScope act,
        Guid violationId,
        string cause,
        Guid causeId,
        string groundZh,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(act);
        OneOfAttribute.Check("CauseKind", cause, HoldCause.All);
        var open = await InForce(act.Db).Where(h => h.ViolationId == violationId).ToListAsync(stop);
        act.Db.AddRange(
            open.Select(hold => new HoldLift
            {
                HoldId = hold.Id,
                LiftedOn = act.Today,
                GroundZh = groundZh,
                CauseKind = cause,
                CauseId = causeId,
                By = act.By.Login,
                At = act.At,
            })
        );
        return open.Count;
    }
}
