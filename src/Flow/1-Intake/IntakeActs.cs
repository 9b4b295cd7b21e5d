using Weipian.Flow.Plan;

namespace Weipian.Flow.Intake;

/// <summary>Who may do what in intake (stage 1), beside the imports, which decide by themselves.</summary>
public static class IntakeActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal) { [AssignUnit.Act] = [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead] };
}
