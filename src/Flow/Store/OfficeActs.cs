using Weipian.Flow.Plan;

namespace Weipian.Flow.Store;

/// <summary>Who may do what with the plain records, the notices and the clock of the office.</summary>
public static class OfficeActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["keep-record"] = [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead, PlanRoles.Finance],
            ["notify-posts"] = [PlanRoles.OfficeHead, PlanRoles.Government],
            ["record-backup"] = [PlanRoles.Administrator, Actor.MachineRole],
            ["set-clock"] = [PlanRoles.Administrator, Actor.MachineRole],
        };
}
