using Weipian.Flow.Plan;

namespace Weipian.Flow.Rectification;

/// <summary>Who may do what in rectification (stage 6).</summary>
/// <remarks>
/// A town reports what it did; the bureau orders and accepts on site; the office head signs what leaves for the finance bureau, which alone
/// receives; the leading group, by its office head or the government, accepts the programme.
/// </remarks>
public static class RectificationActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [OrderMeasure.Act] = [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead],
            [ReportMeasure.Act] = [PlanRoles.Town, PlanRoles.DistrictOfficer],
            [AcceptMeasure.Act] = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead],
            [SendHandOver.Act] = [PlanRoles.OfficeHead],
            [ReceiveHandOver.Act] = [PlanRoles.Finance],
            [AcceptProgramme.Act] = [PlanRoles.OfficeHead, PlanRoles.Government],
        };
}
