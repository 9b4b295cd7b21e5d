using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>What stands beside a case and decides whether it may be closed.</summary>
/// <param name="CrimeLines">Lines of criminal law that are reached.</param>
/// <param name="HasTransfer">A transfer of the violation is in force.</param>
/// <param name="HasCrimeTransfer">One of them is for crime.</param>
public sealed record CaseMatter(IReadOnlyList<CrimeLine> CrimeLines, bool HasTransfer, bool HasCrimeTransfer)
{
    public static async Task<CaseMatter> OfAsync(StoreContext db, Violation violation, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var lines = await CaseFiles.CrimeLines.OfAsync(db, violation, law, stop);
        var signed = SecondSignatures.ApprovedIn(db, SecondSignatures.Transfer);
        var kinds = await db
            .Transfers.Where(t => t.ViolationId == violation.Id && signed.Contains(t.Id))
            .Select(t => t.Kind)
            .ToListAsync(stop);
        return new([.. lines.Where(l => l.IsReached)], kinds.Count > 0, kinds.Contains(TransferKind.Crime));
    }
}
