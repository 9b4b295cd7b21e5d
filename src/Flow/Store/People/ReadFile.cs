using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Rectification;

namespace Weipian.Flow.Store;

/// <summary>Takes a copy of a sealed file (查阅封存文件): a scan or photograph that holds personal data. Each reading stands in the
/// journal.</summary>
public static class ReadFile
{
    public const string Act = "read-file";

    /// <param name="RowId">The evidence, paper or report of a measure that names the file.</param>
    /// <param name="Sha256">Of its plain bytes.</param>
    public sealed record Request(Guid RowId, string Sha256, string Reason);

    /// <param name="Name">The name it came with.</param>
    public sealed record Shown(string Name, string Kind);

    /// <summary>Pure: a town reads what is about its own patches and measures.</summary>
    /// <param name="units">Units that are responsible for what the file is about.</param>
    /// <exception cref="Problem"><c>store.file-of-other-unit</c></exception>
    public static void Decide(Actor actor, IReadOnlyCollection<string> units)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(units);
        if (actor.Role == PlanRoles.Town && (actor.Unit is null || !units.Contains(actor.Unit)))
            throw Problem.Store.FileOfOtherUnit(actor.Login);
    }

    /// <exception cref="Problem"><c>store.act-not-allowed</c>, <c>store.file-of-other-unit</c>, <c>chain.not-there</c></exception>
    public static Task<Shown> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.RowId.ToString(),
            request.Reason,
            async act =>
            {
                var units =
                    await UnitsAsync(act.Db, request, stop)
                    ?? throw Problem.Chain.NotThere("封存文件", "sealed file", request.RowId.ToString());
                Decide(actor, units);
                var file =
                    SealedFiles.Find(act.Db, request.Sha256) ?? throw Problem.Chain.NotThere("封存文件", "sealed file", request.Sha256);
                act.Fact("kind", file.Kind);
                act.Fact("sha256", file.Sha256);
                return new Shown((await SealedFiles.NameAsync(act.Db, file.Sha256, stop))!, file.Kind);
            },
            stop
        );
    }

    /// <returns><c>null</c> when no such row names the file.</returns>
    private static async Task<IReadOnlyCollection<string>?> UnitsAsync(StoreContext db, Request request, CancellationToken stop)
    {
        var patch =
            await db
                .Evidence.Where(e => e.Id == request.RowId && e.Sha256 == request.Sha256)
                .Select(e => (Guid?)e.PatchId)
                .SingleOrDefaultAsync(stop)
            ?? await db
                .AttachedDocuments.Where(d => d.Id == request.RowId && d.Sha256 == request.Sha256)
                .Select(d => (Guid?)d.PatchId)
                .SingleOrDefaultAsync(stop);
        if (patch is { } id)
            return
            [
                .. (
                    await db
                        .PatchUnits.Where(u => u.PatchId == id && !db.PatchUnits.Any(later => later.SupersedesId == u.Id))
                        .Select(u => u.ResponsibleUnit)
                        .ToListAsync(stop)
                ).OfType<string>(),
            ];
        return
            await db.MeasureReports.SingleOrDefaultAsync(r => r.Id == request.RowId, stop) is { } report
            && KeptFile.Of(report).Any(f => f.Sha256 == request.Sha256)
            ? [(await db.Measures.SingleAsync(m => m.Id == report.MeasureId, stop)).Unit]
            : null;
    }
}
