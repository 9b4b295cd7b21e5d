using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Verification;

/// <summary>Who may do what in verification (stage 3).</summary>
public static class VerificationActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["record-visit"] = [PlanRoles.Town, PlanRoles.DistrictOfficer, Actor.MachineRole],
            ["record-visits"] = [Actor.MachineRole],
            ["assign-visits"] = [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead],
            [AttachDocument.Act] = [PlanRoles.Town, PlanRoles.DistrictOfficer],
            ["return-visit"] = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer],
        };
}
