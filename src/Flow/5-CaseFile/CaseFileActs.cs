using Weipian.Flow.Plan;

namespace Weipian.Flow.CaseFiles;

/// <summary>Who may do what with violations, cases, transfers, holds and supervision (stage 5).</summary>
/// <remarks>The officer prepares, the reviewer checks the law, the head of the office signs; units, bodies, persons and the kind of a step
/// are checked by the acts.</remarks>
public static class CaseFileActs
{
    private static readonly string[] Officer = [PlanRoles.DistrictOfficer];
    private static readonly string[] Head = [PlanRoles.OfficeHead];
    private static readonly string[] Field = [PlanRoles.Town, PlanRoles.DistrictOfficer];
    private static readonly string[] Office = [PlanRoles.DistrictOfficer, PlanRoles.OfficeHead];

    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [FormViolation.Act] = Officer,
            [FormViolations.Act] = Officer,
            [CorrectViolation.Act] = Officer,
            [ImportBacklog.Act] = Officer,
            [AddParty.Act] = Officer,
            [ReadDocument.Act] =
            [
                PlanRoles.Town,
                PlanRoles.DistrictOfficer,
                PlanRoles.DistrictReviewer,
                PlanRoles.OfficeHead,
                PlanRoles.Government,
                PlanRoles.Finance,
                PlanRoles.Discipline,
                PlanRoles.Department,
            ],
            [ReadInquiry.Act] = [PlanRoles.DistrictOfficer, PlanRoles.PermitDesk],
            [ReadIdentity.Act] =
            [
                PlanRoles.Town,
                PlanRoles.DistrictOfficer,
                PlanRoles.DistrictReviewer,
                PlanRoles.OfficeHead,
                PlanRoles.Government,
                PlanRoles.Discipline,
            ],
            [RecordDecisionTrace.Act] = Officer,
            [IssueStopNotice.Act] = Field,
            [RecordWorkStopped.Act] = Field,
            [OpenCaseFile.Act] = Officer,
            [SignCaseFiling.Act] = Head,
            [RecordCaseStep.Act] = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead],
            [HandleWithoutCase.Act] = Officer,
            [SignNonCaseHandling.Act] = Head,
            [TransferViolation.Act] = Officer,
            [SignTransfer.Act] = Head,
            [RecordTransferStep.Act] =
            [
                PlanRoles.Department,
                PlanRoles.Discipline,
                PlanRoles.Finance,
                PlanRoles.Government,
                PlanRoles.DistrictOfficer,
            ],
            [SendCopyNotice.Act] = Office,
            [ReplyCopyNotice.Act] = [PlanRoles.Department, PlanRoles.Finance, PlanRoles.Discipline],
            [AskHold.Act] = [PlanRoles.PermitDesk, PlanRoles.DistrictOfficer],
            [RaiseSupervision.Act] = Office,
            [RecordSupervisionStep.Act] =
            [
                PlanRoles.Government,
                PlanRoles.OfficeHead,
                PlanRoles.DistrictOfficer,
                PlanRoles.Department,
                PlanRoles.Finance,
            ],
        };
}
