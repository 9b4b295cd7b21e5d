using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Flow.Rectification;

/// <summary>The violation that an act is about; refused when it is not there or a correction took its place.</summary>
public static class StandingViolation
{
    /// <exception cref="Problem"><c>chain.not-there</c>, <c>rectification.violation-superseded</c></exception>
    public static async Task<Violation> ReadAsync(StoreContext db, Guid id, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        var violation =
            await db.Violations.SingleOrDefaultAsync(v => v.Id == id, stop)
            ?? throw Problem.Chain.NotThere("违法", "violation", id.ToString());
        var heir = await db.Violations.Where(v => v.SupersedesId == id).OrderBy(v => v.Number).FirstOrDefaultAsync(stop);
        return heir is null ? violation : throw Problem.Rectification.Superseded(violation.Number, heir.Number);
    }
}

/// <summary>Whether the penalty of a violation was carried out (先处罚、后补办).</summary>
public static class PenaltyExecution
{
    /// <summary>The day from which formalities may follow: the decision paid or executed, or the signed handling without case; null while
    /// there is none.</summary>
    public static async Task<DateOnly?> DoneOnAsync(StoreContext db, Guid violation, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        var steps = await (
            from step in db.CaseSteps
            join file in db.CaseFiles on step.CaseFileId equals file.Id
            where file.ViolationId == violation
            orderby step.Ordinal
            select step
        ).ToListAsync(stop);
        if (steps.Exists(s => s.Kind == CaseStepKind.Decided))
            return steps.LastOrDefault(s => s.Kind is CaseStepKind.Paid or CaseStepKind.Executed)?.On;
        var signed = SecondSignatures.ApprovedIn(db, SecondSignatures.NonCase);
        return await db
            .NonCaseHandlings.Where(h => h.ViolationId == violation && signed.Contains(h.Id))
            .OrderBy(h => h.On)
            .Select(h => (DateOnly?)h.On)
            .FirstOrDefaultAsync(stop);
    }
}
