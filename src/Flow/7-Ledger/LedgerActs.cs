using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>Who may do what with the ledger of remaining violations (stage 7).</summary>
/// <remarks>Closing is proposed by the reviewer and signed by the office head; entering is done by the machine, or by the office head when
/// it did not run.</remarks>
public static class LedgerActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [EnterLedger.Act] = [Actor.MachineRole, PlanRoles.OfficeHead],
            [ProposeClosing.Act] = [PlanRoles.DistrictReviewer],
            [CloseLedgerEntry.Act] = [PlanRoles.OfficeHead],
            [ReopenLedgerEntry.Act] = [PlanRoles.DistrictReviewer, PlanRoles.OfficeHead],
            [LinkSurvey.Act] = [PlanRoles.DistrictOfficer],
            [MakeDeductionSheet.Act] = [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead],
            [EnterCredit.Act] = [PlanRoles.DistrictOfficer],
            [RecordCreditStep.Act] = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead],
            [ExportCredit.Act] = [PlanRoles.OfficeHead],
            [StartCityRound.Act] = [PlanRoles.OfficeHead],
            [RecordCityResult.Act] = [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead],
        };
}
