using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>For which body of the plan a seat speaks.</summary>
public static class SeatBodies
{
    /// <summary>Roles that are a body by themselves.</summary>
    private static readonly Dictionary<string, string> BodyOfRole = new(StringComparer.Ordinal)
    {
        [PlanRoles.Finance] = "finance-bureau",
        [PlanRoles.Discipline] = "discipline-inspection",
        [PlanRoles.Government] = "district-government",
    };

    /// <summary>Id of the body; null for a seat that speaks for none.</summary>
    public static string? Of(WorkPlan plan, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(actor);
        return Of(plan, actor.Login, actor.Role);
    }

    /// <inheritdoc cref="Of(WorkPlan, Actor)"/>
    public static string? Of(WorkPlan plan, string login, string role)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.FindSeat(login)?.Body ?? BodyOfRole.GetValueOrDefault(role);
    }

    /// <summary>Whether a seat of the plan speaks for this body.</summary>
    public static bool HasSeat(WorkPlan plan, string body)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Seats.Any(s => Of(plan, s.Login, s.Role) == body);
    }
}
