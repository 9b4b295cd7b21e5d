using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Reports;

/// <summary>Who may do what with reports and packages (stage 9).</summary>
public static class ReportActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [FreezeReportFigures.Act] = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead, Actor.MachineRole],
            [MakeReport.Act] = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead, Actor.MachineRole],
            [SignReport.Act] = [PlanRoles.OfficeHead],
            [ReceiveVerdicts.Act] = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, Actor.MachineRole],
        };
}
