using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Escalation;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Flow.Reports;
using Weipian.Flow.Verification;

namespace Weipian.Flow.Store;

/// <summary>The tables of the chain after the verdict: visits given out, cases, measures, ledger, escalation, reports.</summary>
/// <remarks>All of them are append-only; what happens later to a thing is a further row that names it.</remarks>
public abstract partial class StoreContext
{
    public DbSet<VisitAssignment> VisitAssignments => Set<VisitAssignment>();
    public DbSet<VisitReturn> VisitReturns => Set<VisitReturn>();
    public DbSet<EvidencePlace> EvidencePlaces => Set<EvidencePlace>();
    public DbSet<AttachedDocument> AttachedDocuments => Set<AttachedDocument>();
    public DbSet<VerdictBatch> VerdictBatches => Set<VerdictBatch>();
    public DbSet<VerdictBatchItem> VerdictBatchItems => Set<VerdictBatchItem>();
    public DbSet<CaseFile> CaseFiles => Set<CaseFile>();
    public DbSet<CaseStep> CaseSteps => Set<CaseStep>();
    public DbSet<CopyNotice> CopyNotices => Set<CopyNotice>();
    public DbSet<CopyNoticeReply> CopyNoticeReplies => Set<CopyNoticeReply>();
    public DbSet<Hold> Holds => Set<Hold>();
    public DbSet<HoldLift> HoldLifts => Set<HoldLift>();
    public DbSet<HoldInquiry> HoldInquiries => Set<HoldInquiry>();
    public DbSet<IssuedDocument> IssuedDocuments => Set<IssuedDocument>();
    public DbSet<NonCaseHandling> NonCaseHandlings => Set<NonCaseHandling>();
    public DbSet<Party> Parties => Set<Party>();
    public DbSet<PartyIdentity> PartyIdentities => Set<PartyIdentity>();
    public DbSet<ViolationParty> ViolationParties => Set<ViolationParty>();
    public DbSet<StopNotice> StopNotices => Set<StopNotice>();
    public DbSet<Supervision> Supervisions => Set<Supervision>();
    public DbSet<SupervisionStep> SupervisionSteps => Set<SupervisionStep>();
    public DbSet<Transfer> Transfers => Set<Transfer>();
    public DbSet<TransferStep> TransferSteps => Set<TransferStep>();
    public DbSet<Violation> Violations => Set<Violation>();
    public DbSet<ViolationParcel> ViolationParcels => Set<ViolationParcel>();
    public DbSet<DecisionTrace> DecisionTraces => Set<DecisionTrace>();
    public DbSet<HandOver> HandOvers => Set<HandOver>();
    public DbSet<HandOverReceipt> HandOverReceipts => Set<HandOverReceipt>();
    public DbSet<Measure> Measures => Set<Measure>();
    public DbSet<MeasureReport> MeasureReports => Set<MeasureReport>();
    public DbSet<MeasureAcceptance> MeasureAcceptances => Set<MeasureAcceptance>();
    public DbSet<ProgrammeAcceptance> ProgrammeAcceptances => Set<ProgrammeAcceptance>();
    public DbSet<CityRound> CityRounds => Set<CityRound>();
    public DbSet<CityResult> CityResults => Set<CityResult>();
    public DbSet<CreditRecord> CreditRecords => Set<CreditRecord>();
    public DbSet<CreditStep> CreditSteps => Set<CreditStep>();
    public DbSet<DeductionSheet> DeductionSheets => Set<DeductionSheet>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<LedgerClosing> LedgerClosings => Set<LedgerClosing>();
    public DbSet<LedgerClosingProposal> LedgerClosingProposals => Set<LedgerClosingProposal>();
    public DbSet<SurveyLink> SurveyLinks => Set<SurveyLink>();
    public DbSet<Accountability> Accountabilities => Set<Accountability>();
    public DbSet<AccountabilityStep> AccountabilitySteps => Set<AccountabilityStep>();
    public DbSet<EscalationProposal> EscalationProposals => Set<EscalationProposal>();
    public DbSet<GovernmentDecision> GovernmentDecisions => Set<GovernmentDecision>();
    public DbSet<Evaluation> Evaluations => Set<Evaluation>();
    public DbSet<EvaluationAppeal> EvaluationAppeals => Set<EvaluationAppeal>();
    public DbSet<IntegrityFinding> IntegrityFindings => Set<IntegrityFinding>();
    public DbSet<Interview> Interviews => Set<Interview>();
    public DbSet<InterviewStep> InterviewSteps => Set<InterviewStep>();
    public DbSet<SpotCheck> SpotChecks => Set<SpotCheck>();
    public DbSet<SpotCheckDraw> SpotCheckDraws => Set<SpotCheckDraw>();
    public DbSet<SpotCheckResult> SpotCheckResults => Set<SpotCheckResult>();
    public DbSet<Submission> Submissions => Set<Submission>();
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<ReceivedVerdict> ReceivedVerdicts => Set<ReceivedVerdict>();
    public DbSet<OfficeRecord> OfficeRecords => Set<OfficeRecord>();
    public DbSet<Signature> Signatures => Set<Signature>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<Snapshot> Snapshots => Set<Snapshot>();

    private static void MapChain(ModelBuilder model)
    {
        MapOffice(model);
        MapVerification(model);
        MapBatches(model);
        MapCaseFiles(model);
        MapCaseFilesFurther(model);
        MapCaseFilesLast(model);
        MapRectification(model);
        MapLedger(model);
        MapEscalation(model);
        MapEscalationFurther(model);
        MapReports(model);
    }

    private static void MapOffice(ModelBuilder model)
    {
        model.Entity<OfficeRecord>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<Signature>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new
                {
                    r.SubjectKind,
                    r.SubjectId,
                    r.Purpose,
                })
                .IsUnique();
            row.HasIndex(r => r.SubjectId);
        });
        model.Entity<Notice>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.SubjectId);
            row.HasIndex(r => new { r.ToKind, r.To });
        });
        model.Entity<Snapshot>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
        });
    }

    private static void MapVerification(ModelBuilder model)
    {
        model.Entity<VisitAssignment>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<VisitAssignment, Patch>(row, nameof(VisitAssignment.PatchId));
            To<VisitAssignment, VisitAssignment>(row, nameof(VisitAssignment.SupersedesId));
            row.HasIndex(r => r.Unit);
        });
        model.Entity<VisitReturn>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<VisitReturn, Visit>(row, nameof(VisitReturn.VisitId));
        });
        model.Entity<EvidencePlace>(row =>
        {
            row.HasKey(r => r.EvidenceId);
            row.Property(r => r.EvidenceId).ValueGeneratedNever();
            To<EvidencePlace, Evidence>(row, nameof(EvidencePlace.EvidenceId));
        });
    }

    private static void MapBatches(ModelBuilder model)
    {
        model.Entity<AttachedDocument>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<AttachedDocument, Patch>(row, nameof(AttachedDocument.PatchId));
            To<AttachedDocument, AttachedDocument>(row, nameof(AttachedDocument.SupersedesId));
        });
        model.Entity<VerdictBatch>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<VerdictBatch, Snapshot>(row, nameof(VerdictBatch.SnapshotId));
            row.HasIndex(r => new { r.ProgrammeId, r.Ordinal }).IsUnique();
        });
        model.Entity<VerdictBatchItem>(row =>
        {
            row.HasKey(r => new { r.BatchId, r.ParcelId });
            To<VerdictBatchItem, VerdictBatch>(row, nameof(VerdictBatchItem.BatchId));
            To<VerdictBatchItem, Parcel>(row, nameof(VerdictBatchItem.ParcelId));
            To<VerdictBatchItem, Determination>(row, nameof(VerdictBatchItem.DeterminationId));
        });
    }

    private static void MapCaseFiles(ModelBuilder model)
    {
        model.Entity<CaseFile>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.Number).IsUnique();
            row.HasIndex(r => r.ViolationId).IsUnique();
            To<CaseFile, Violation>(row, nameof(CaseFile.ViolationId));
        });
        model.Entity<CaseStep>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new { r.CaseFileId, r.Ordinal }).IsUnique();
            To<CaseStep, CaseFile>(row, nameof(CaseStep.CaseFileId));
            To<CaseStep, IssuedDocument>(row, nameof(CaseStep.DocumentId));
        });
        model.Entity<CopyNotice>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<CopyNotice, Violation>(row, nameof(CopyNotice.ViolationId));
            To<CopyNotice, IssuedDocument>(row, nameof(CopyNotice.DocumentId));
        });
        model.Entity<CopyNoticeReply>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<CopyNoticeReply, CopyNotice>(row, nameof(CopyNoticeReply.CopyNoticeId));
        });
        model.Entity<Hold>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Hold, Violation>(row, nameof(Hold.ViolationId));
        });
        model.Entity<HoldLift>(row =>
        {
            row.HasKey(r => r.HoldId);
            row.Property(r => r.HoldId).ValueGeneratedNever();
            To<HoldLift, Hold>(row, nameof(HoldLift.HoldId));
        });
        model.Entity<HoldInquiry>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<IssuedDocument>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new
                {
                    r.Series,
                    r.Year,
                    r.Serial,
                })
                .IsUnique();
            row.HasIndex(r => r.SubjectId);
        });
        model.Entity<NonCaseHandling>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<NonCaseHandling, Violation>(row, nameof(NonCaseHandling.ViolationId));
        });
    }

    private static void MapCaseFilesFurther(ModelBuilder model)
    {
        model.Entity<Party>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<PartyIdentity>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<PartyIdentity, Party>(row, nameof(PartyIdentity.PartyId));
        });
        model.Entity<ViolationParty>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<ViolationParty, Violation>(row, nameof(ViolationParty.ViolationId));
            To<ViolationParty, Party>(row, nameof(ViolationParty.PartyId));
        });
        model.Entity<StopNotice>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<StopNotice, Patch>(row, nameof(StopNotice.PatchId));
            To<StopNotice, Violation>(row, nameof(StopNotice.ViolationId));
            To<StopNotice, IssuedDocument>(row, nameof(StopNotice.DocumentId));
        });
        model.Entity<Supervision>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Supervision, Violation>(row, nameof(Supervision.ViolationId));
        });
        model.Entity<SupervisionStep>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<SupervisionStep, Supervision>(row, nameof(SupervisionStep.SupervisionId));
            To<SupervisionStep, IssuedDocument>(row, nameof(SupervisionStep.DocumentId));
        });
        model.Entity<Transfer>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Transfer, Violation>(row, nameof(Transfer.ViolationId));
            To<Transfer, IssuedDocument>(row, nameof(Transfer.DocumentId));
        });
        model.Entity<TransferStep>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<TransferStep, Transfer>(row, nameof(TransferStep.TransferId));
        });
        model.Entity<Violation>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.Number).IsUnique();
            To<Violation, Violation>(row, nameof(Violation.SupersedesId));
            To<Violation, Programme>(row, nameof(Violation.ProgrammeId));
            row.HasIndex(r => r.Unit);
        });
    }

    private static void MapCaseFilesLast(ModelBuilder model)
    {
        model.Entity<ViolationParcel>(row =>
        {
            row.HasKey(r => new { r.ViolationId, r.ParcelId });
            To<ViolationParcel, Violation>(row, nameof(ViolationParcel.ViolationId));
            To<ViolationParcel, Parcel>(row, nameof(ViolationParcel.ParcelId));
            To<ViolationParcel, Patch>(row, nameof(ViolationParcel.PatchId));
            To<ViolationParcel, Determination>(row, nameof(ViolationParcel.DeterminationId));
        });
        model.Entity<DecisionTrace>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<DecisionTrace, Violation>(row, nameof(DecisionTrace.ViolationId));
        });
    }

    private static void MapRectification(ModelBuilder model)
    {
        model.Entity<HandOver>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<HandOver, Measure>(row, nameof(HandOver.MeasureId));
            To<HandOver, Violation>(row, nameof(HandOver.ViolationId));
            To<HandOver, IssuedDocument>(row, nameof(HandOver.DocumentId));
        });
        model.Entity<HandOverReceipt>(row =>
        {
            row.HasKey(r => r.HandOverId);
            row.Property(r => r.HandOverId).ValueGeneratedNever();
            To<HandOverReceipt, HandOver>(row, nameof(HandOverReceipt.HandOverId));
        });
        model.Entity<Measure>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Measure, Violation>(row, nameof(Measure.ViolationId));
            To<Measure, Measure>(row, nameof(Measure.SplitFromId));
            row.HasIndex(r => r.Unit);
        });
        model.Entity<MeasureReport>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<MeasureReport, Measure>(row, nameof(MeasureReport.MeasureId));
        });
        model.Entity<MeasureAcceptance>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.ReportId).IsUnique();
            To<MeasureAcceptance, Measure>(row, nameof(MeasureAcceptance.MeasureId));
            To<MeasureAcceptance, MeasureReport>(row, nameof(MeasureAcceptance.ReportId));
        });
        model.Entity<ProgrammeAcceptance>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<ProgrammeAcceptance, Snapshot>(row, nameof(ProgrammeAcceptance.SnapshotId));
            To<ProgrammeAcceptance, Programme>(row, nameof(ProgrammeAcceptance.ProgrammeId));
        });
    }

    private static void MapLedger(ModelBuilder model)
    {
        model.Entity<CityRound>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<CityResult>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new { r.CityRoundId, r.ViolationId }).IsUnique();
            To<CityResult, CityRound>(row, nameof(CityResult.CityRoundId));
            To<CityResult, Violation>(row, nameof(CityResult.ViolationId));
        });
        model.Entity<CreditRecord>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<CreditRecord, Party>(row, nameof(CreditRecord.PartyId));
            To<CreditRecord, Violation>(row, nameof(CreditRecord.ViolationId));
        });
        model.Entity<CreditStep>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<CreditStep, CreditRecord>(row, nameof(CreditStep.CreditRecordId));
        });
        model.Entity<DeductionSheet>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<DeductionSheet, Snapshot>(row, nameof(DeductionSheet.SnapshotId));
        });
        model.Entity<LedgerEntry>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.Number).IsUnique();
            To<LedgerEntry, Violation>(row, nameof(LedgerEntry.ViolationId));
            To<LedgerEntry, Snapshot>(row, nameof(LedgerEntry.SnapshotId));
            To<LedgerEntry, LedgerEntry>(row, nameof(LedgerEntry.ReopensId));
        });
        model.Entity<LedgerClosing>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.LedgerEntryId).IsUnique();
            To<LedgerClosing, LedgerEntry>(row, nameof(LedgerClosing.LedgerEntryId));
        });
        model.Entity<LedgerClosingProposal>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<LedgerClosingProposal, LedgerEntry>(row, nameof(LedgerClosingProposal.LedgerEntryId));
        });
        model.Entity<SurveyLink>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<SurveyLink, Violation>(row, nameof(SurveyLink.ViolationId));
            To<SurveyLink, Parcel>(row, nameof(SurveyLink.ParcelId));
        });
    }

    private static void MapEscalation(ModelBuilder model)
    {
        model.Entity<Accountability>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Accountability, Interview>(row, nameof(Accountability.InterviewId));
            To<Accountability, EscalationProposal>(row, nameof(Accountability.ProposalId));
        });
        model.Entity<AccountabilityStep>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<AccountabilityStep, Accountability>(row, nameof(AccountabilityStep.AccountabilityId));
        });
        model.Entity<EscalationProposal>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.Unit);
        });
        model.Entity<GovernmentDecision>(row =>
        {
            row.HasKey(r => r.ProposalId);
            row.Property(r => r.ProposalId).ValueGeneratedNever();
            To<GovernmentDecision, EscalationProposal>(row, nameof(GovernmentDecision.ProposalId));
        });
        model.Entity<Evaluation>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Evaluation, Snapshot>(row, nameof(Evaluation.SnapshotId));
        });
        model.Entity<EvaluationAppeal>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<EvaluationAppeal, Evaluation>(row, nameof(EvaluationAppeal.EvaluationId));
            To<EvaluationAppeal, EvaluationAppeal>(row, nameof(EvaluationAppeal.AnswersId));
        });
        model.Entity<IntegrityFinding>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<IntegrityFinding, Violation>(row, nameof(IntegrityFinding.ViolationId));
            row.HasIndex(r => r.Unit);
        });
        model.Entity<Interview>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.ProposalId).IsUnique();
            To<Interview, EscalationProposal>(row, nameof(Interview.ProposalId));
            To<Interview, IssuedDocument>(row, nameof(Interview.DocumentId));
            row.HasIndex(r => r.Unit);
        });
        model.Entity<InterviewStep>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<InterviewStep, Interview>(row, nameof(InterviewStep.InterviewId));
            To<InterviewStep, InterviewStep>(row, nameof(InterviewStep.CommitmentId));
        });
        model.Entity<SpotCheck>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<SpotCheck, Programme>(row, nameof(SpotCheck.ProgrammeId));
        });
    }

    private static void MapEscalationFurther(ModelBuilder model)
    {
        model.Entity<SpotCheckDraw>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => r.SpotCheckId).IsUnique();
            To<SpotCheckDraw, SpotCheck>(row, nameof(SpotCheckDraw.SpotCheckId));
        });
        model.Entity<SpotCheckResult>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<SpotCheckResult, SpotCheckDraw>(row, nameof(SpotCheckResult.SpotCheckDrawId));
        });
        model.Entity<Submission>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Submission, Snapshot>(row, nameof(Submission.SnapshotId));
            To<Submission, Report>(row, nameof(Submission.ReportId));
        });
    }

    private static void MapReports(ModelBuilder model)
    {
        model.Entity<Report>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<Report, Snapshot>(row, nameof(Report.SnapshotId));
        });
        model.Entity<ReceivedVerdict>(row =>
        {
            row.Property(r => r.Id).ValueGeneratedNever();
            To<ReceivedVerdict, Programme>(row, nameof(ReceivedVerdict.ProgrammeId));
        });
    }

    /// <summary>A reference that holds its target; an index comes with it.</summary>
    private static void To<TRow, TTarget>(EntityTypeBuilder<TRow> row, string column)
        where TRow : class
        where TTarget : class => row.HasOne<TTarget>().WithMany().HasForeignKey(column).OnDelete(DeleteBehavior.Restrict);
}
