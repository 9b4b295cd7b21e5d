using Weipian.Flow.CaseFiles;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of violations, cases, transfers, holds and supervision.</summary>
public static class CaseFileDoors
{
    public static IReadOnlyList<ActDoor> All { get; } = [.. Violations, .. Cases, .. Others];

    private static IEnumerable<ActDoor> Violations =>
        [
            ActDoor.Of<FormViolation.Request, FormViolation.Formed>(
                FormViolation.Act,
                (hall, who, request, stop) => FormViolation.Handle(hall.Store, who, request, hall.Books.Law, stop)
            ),
            ActDoor.Of<FormViolations.Request, FormViolations.Formed>(
                FormViolations.Act,
                (hall, who, request, stop) => FormViolations.Handle(hall.Store, who, request, hall.Books.Law, stop)
            ),
            ActDoor.Of<CorrectViolation.Request, FormViolation.Formed>(
                CorrectViolation.Act,
                (hall, who, request, stop) => CorrectViolation.Handle(hall.Store, who, request, hall.Books.Law, stop)
            ),
            ActDoor.Of<ImportBacklog.Request, int>(
                ImportBacklog.Act,
                (hall, who, request, stop) => ImportBacklog.Handle(hall.Store, who, request, hall.Books.Law, stop)
            ),
            ActDoor.Of<AddParty.Request, AddParty.Added>(
                AddParty.Act,
                (hall, who, request, stop) => AddParty.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<ReadIdentity.Request, ReadIdentity.Shown>(
                ReadIdentity.Act,
                (hall, who, request, stop) => ReadIdentity.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<ReadInquiry.Request, ReadInquiry.Shown>(
                ReadInquiry.Act,
                (hall, who, request, stop) => ReadInquiry.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<RecordDecisionTrace.Request, Guid>(
                RecordDecisionTrace.Act,
                (hall, who, request, stop) => RecordDecisionTrace.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<IssueStopNotice.Request, IssueStopNotice.Issued>(
                IssueStopNotice.Act,
                (hall, who, request, stop) => IssueStopNotice.Handle(hall.Store, who, request, hall.CaseLaw, stop)
            ),
            ActDoor.Of<RecordWorkStopped.Request, Guid>(
                RecordWorkStopped.Act,
                (hall, who, request, stop) => RecordWorkStopped.Handle(hall.Store, who, request, stop)
            ),
        ];

    private static IEnumerable<ActDoor> Cases =>
        [
            ActDoor.Of<OpenCaseFile.Request, OpenCaseFile.Opened>(
                OpenCaseFile.Act,
                (hall, who, request, stop) => OpenCaseFile.Handle(hall.Store, who, request, hall.CaseLaw, stop)
            ),
            ActDoor.Of<SignCaseFiling.Request, SignCaseFiling.Signed>(
                SignCaseFiling.Act,
                (hall, who, request, stop) => SignCaseFiling.Handle(hall.Store, who, request, hall.CaseLaw, stop)
            ),
            ActDoor.Of<RecordCaseStep.Request, RecordCaseStep.Recorded>(
                RecordCaseStep.Act,
                (hall, who, request, stop) => RecordCaseStep.Handle(hall.Store, who, request, hall.CaseLaw, stop)
            ),
            ActDoor.Of<HandleWithoutCase.Request, Guid>(
                HandleWithoutCase.Act,
                (hall, who, request, stop) => HandleWithoutCase.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<SignNonCaseHandling.Request, Guid>(
                SignNonCaseHandling.Act,
                (hall, who, request, stop) => SignNonCaseHandling.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<TransferViolation.Request, TransferViolation.Sent>(
                TransferViolation.Act,
                (hall, who, request, stop) => TransferViolation.Handle(hall.Store, who, request, hall.CaseLaw, stop)
            ),
            ActDoor.Of<SignTransfer.Request, Guid>(
                SignTransfer.Act,
                (hall, who, request, stop) => SignTransfer.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<RecordTransferStep.Request, Guid>(
                RecordTransferStep.Act,
                (hall, who, request, stop) => RecordTransferStep.Handle(hall.Store, who, request, stop)
            ),
        ];

    private static IEnumerable<ActDoor> Others =>
        [
            ActDoor.Of<SendCopyNotice.Request, SendCopyNotice.Sent>(
                SendCopyNotice.Act,
                (hall, who, request, stop) => SendCopyNotice.Handle(hall.Store, who, request, hall.CaseLaw, stop)
            ),
            ActDoor.Of<ReplyCopyNotice.Request, Guid>(
                ReplyCopyNotice.Act,
                (hall, who, request, stop) => ReplyCopyNotice.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<AskHold.Request, AskHold.Answer>(
                AskHold.Act,
                (hall, who, request, stop) => AskHold.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<RaiseSupervision.Request, Guid>(
                RaiseSupervision.Act,
                (hall, who, request, stop) => RaiseSupervision.Handle(hall.Store, who, request, stop)
            ),
            ActDoor.Of<RecordSupervisionStep.Request, Guid>(
                RecordSupervisionStep.Act,
                (hall, who, request, stop) => RecordSupervisionStep.Handle(hall.Store, who, request, hall.Documents, stop)
            ),
        ];
}
