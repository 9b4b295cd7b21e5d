using Weipian.Flow.Plan;

namespace Weipian.Flow.Escalation;

/// <summary>Who may do what in escalation and evaluation (stage 8).</summary>
/// <remarks>
/// The office proposes and the government decides: no role stands on both sides. Discipline inspection receives and answers. A town speaks
/// about itself only, in commitments and appeals.
/// </remarks>
public static class EscalationActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["submit-due"] = [PlanRoles.OfficeHead],
            ["commit-spot-check"] = [PlanRoles.OfficeHead],
            ["draw-spot-check"] = [PlanRoles.OfficeHead],
            ["record-spot-check-result"] = [PlanRoles.DistrictReviewer],
            ["record-integrity-finding"] = [PlanRoles.DistrictReviewer, PlanRoles.Government, PlanRoles.Discipline],
            ["propose-escalation"] = [PlanRoles.OfficeHead],
            ["decide-escalation"] = [PlanRoles.Government],
            ["start-interview"] = [PlanRoles.Government],
            ["record-interview-step"] = [PlanRoles.Town, PlanRoles.Government],
            ["circulate-unit"] = [PlanRoles.Government],
            ["hand-to-discipline"] = [PlanRoles.Government],
            ["record-accountability-step"] = [PlanRoles.Discipline],
            ["evaluate-towns"] = [PlanRoles.OfficeHead],
            ["appeal-evaluation"] = [PlanRoles.Town],
            ["answer-appeal"] = [PlanRoles.OfficeHead],
        };
}
