using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Web.Reading;

namespace Weipian.Web.Serving;

/// <summary>Runs the rules anew on a patch when a visit came in: what was seen on site is a fact of the rules, and the proposal on the
/// officer's desk rests on it at once.</summary>
/// <remarks>
/// The visit stands whatever comes of it: where the rules cannot be run, nothing was compared yet, say, it is said in the log, and a
/// verdict on the old proposal is refused. A server that died between a visit and its proposals makes up for them at its next start.
/// </remarks>
public sealed partial class ProposalWatch(OfficeBooks books, ILogger<ProposalWatch> log) : IHostedService
{
    private const string Reason = "核查后重新提出建议 proposed anew after a visit";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var patch in await LeftBehindAsync(cancellationToken))
            await RenewAsync(patch);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Proposes anew on a patch that has proposals and no verdict yet.</summary>
    public async Task RenewAsync(Guid patch)
    {
        try
        {
            await using var db = books.Store.Read();
            var programme = await db.Patches.Where(p => p.Id == patch).Select(p => p.ProgrammeId).SingleAsync();
            if (!await db.Proposals.AnyAsync(p => p.PatchId == patch) || await db.Determinations.AnyAsync(d => d.PatchId == patch))
                return;
            var done = await ProposeVerdicts.Handle(books.Store, Actor.Machine, new(programme, [patch], Reason), books.DeterminationLaw);
            foreach (var conflict in done.Conflicts)
                RulesConflict(log, patch, conflict.En);
        }
        catch (Problem fault)
        {
            NotProposed(log, patch, fault);
        }
    }

    /// <summary>Patches without a verdict whose last visit is younger than their last proposal.</summary>
    private async Task<IReadOnlyList<Guid>> LeftBehindAsync(CancellationToken stop)
    {
        await using var db = books.Store.Read();
        return await db
            .Patches.Where(p => !db.Determinations.Any(d => d.PatchId == p.Id))
            .Where(p =>
                db.Visits.Where(v => v.PatchId == p.Id).Max(v => (DateTime?)v.RecordedAt)
                > db.Proposals.Where(o => o.PatchId == p.Id).Max(o => (DateTime?)o.ProposedAt)
            )
            .OrderBy(p => p.Number)
            .Select(p => p.Id)
            .ToListAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "nothing was proposed on patch {Patch} after a visit: {Refusal}")]
    private static partial void RulesConflict(ILogger log, Guid patch, string refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the rules were not run again on patch {Patch} after a visit")]
    private static partial void NotProposed(ILogger log, Guid patch, Exception fault);
}
