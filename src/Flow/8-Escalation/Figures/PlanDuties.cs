using Weipian.Flow.Plan;

namespace Weipian.Flow.Escalation;

/// <summary>Which seats have to meet a date of the plan.</summary>
public static class PlanDuties
{
    /// <summary>The word of a plan file for every town, sub-district and zone.</summary>
    public const string ResponsibleUnits = "responsible-units";

    /// <summary>True when a body of another level acts: the date is waited for, and nobody here is late with it.</summary>
    public static bool IsOthers(WorkPlan plan, PlanDate date)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(date);
        return date.By.Count > 0 && date.By.All(id => plan.Bodies.FirstOrDefault(b => b.Id == id) is { Level: not "district" });
    }

    /// <summary>Something has to be sent by this date, and by this district.</summary>
    public static bool IsToBeSent(WorkPlan plan, PlanDate date) => date.Recipients.Count > 0 && !IsOthers(plan, date);

    /// <summary>The roles that have to meet it; where the plan does not say who, the office of the leading group.</summary>
    /// <remarks>What has to be sent is the office's as well: it signs what leaves the district.</remarks>
    public static IReadOnlySet<string> RolesOf(WorkPlan plan, PlanDate date)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(date);
        var roles = new HashSet<string>(StringComparer.Ordinal);
        if (date.By.Count == 0 || IsToBeSent(plan, date) || IsOthers(plan, date))
            roles.Add(PlanRoles.OfficeHead);
        foreach (var body in date.By)
            roles.UnionWith(RolesOf(plan, body));
        return roles;
    }

    private static IEnumerable<string> RolesOf(WorkPlan plan, string body)
    {
        var office = plan.LeadingGroup?.Office;
        if (body == ResponsibleUnits)
            return [PlanRoles.Town];
        if (body == office?.Body)
            return [PlanRoles.OfficeHead];
        if (body == office?.Host)
            return [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead];
        if (plan.Bodies.FirstOrDefault(b => b.Id == body) is not { Level: "district" })
            return [];
        // A government and a leading group have no department: the government's seat acts, and the office prepares it.
        return plan.Seats.Any(s => s.Body == body) ? [PlanRoles.Department] : [PlanRoles.Government, PlanRoles.OfficeHead];
    }
}
