using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Announces a spot check (随机抽查): the list that is drawn from and the hash of a secret seed are fixed before anything is
/// drawn.</summary>
/// <remarks>Nobody, the office included, knows the seed before the draw; after it, anybody can compute the draw again.</remarks>
public static class CommitSpotCheck
{
    public const string Act = "commit-spot-check";

    /// <param name="Of">What is drawn from, as it stands now.</param>
    public sealed record Request(
        string ProgrammeId,
        [OneOf("confirmed-patches", "removed-violations")] string Of,
        int CountToDraw,
        string Reason
    );

    public sealed record Committed(Guid Id, string SeedSha256, string PopulationSha256, int Population);

    /// <summary>Pure: enough to draw from.</summary>
    public static void Decide(Request request, SpotPopulation population)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(population);
        if (request.CountToDraw < 1)
            throw Problem.Chain.BadValue("CountToDraw", $"{request.CountToDraw}", "至少抽取一件", "at least one");
        if (population.Items.Count < request.CountToDraw)
            throw Problem.Escalation.PopulationTooSmall(population.Items.Count, request.CountToDraw);
    }

    /// <param name="newSeed">Where the seed comes from; random where it is not given. A sample takes one from the list, so that it plays
    /// the same year again.</param>
    /// <exception cref="Problem"><c>escalation.population-too-small</c>, <c>chain.*</c></exception>
    public static Task<Committed> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        Func<SpotPopulation, string>? newSeed = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Of", request.Of, SpotPopulation.Kinds);
        return store.ActAsync(
            actor,
            Act,
            request.ProgrammeId,
            request.Reason,
            async act =>
            {
                if (store.Plan.FindProgramme(request.ProgrammeId) is null)
                    throw Problem.Chain.NotThere("工作批次", "programme", request.ProgrammeId);
                var population = await PopulationAsync(act, request, stop);
                Decide(request, population);
                var (of, sha256) = (request.ProgrammeId, population.Sha256);
                var waiting = act.Db.SpotChecks.Where(c => !act.Db.SpotCheckDraws.Any(d => d.SpotCheckId == c.Id));
                if (await waiting.FirstOrDefaultAsync(c => c.ProgrammeId == of && c.PopulationSha256 == sha256, stop) is { } done)
                    throw Problem.Chain.AlreadyDone("同一名单的抽查公告", "The spot check of this list", done.By, done.At);
                var seed = newSeed?.Invoke(population) ?? SpotDraw.NewSeed();
                var id = act.NewId();
                var check = new SpotCheck
                {
                    Id = id,
                    ProgrammeId = request.ProgrammeId,
                    SeedSha256 = SpotDraw.Commitment(seed),
                    SealedSeed = SeedSeal.Seal(store.Folder, id, seed),
                    PopulationSha256 = population.Sha256,
                    PopulationJson = population.Json,
                    CountToDraw = request.CountToDraw,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(check);
                act.Fact("seedSha256", check.SeedSha256);
                act.Fact("populationSha256", check.PopulationSha256);
                return new Committed(id, check.SeedSha256, check.PopulationSha256, population.Items.Count);
            },
            stop
        );
    }

    private static async Task<SpotPopulation> PopulationAsync(ActScope act, Request request, CancellationToken stop)
    {
        var items = request.Of == "confirmed-patches" ? await PatchesAsync(act, request, stop) : await RemovedAsync(act, request, stop);
        return new(request.Of, [.. items.OrderBy(i => i.Number, StringComparer.Ordinal)]);
    }

    private static Task<List<SpotItem>> PatchesAsync(ActScope act, Request request, CancellationToken stop) =>
        act
            .Db.Patches.Where(p =>
                p.ProgrammeId == request.ProgrammeId
                && act.Db.Determinations.Any(d =>
                    d.PatchId == p.Id
                    && act.Db.Confirmations.Any(c => c.DeterminationId == d.Id && c.Outcome == ConfirmationOutcome.Confirmed)
                )
            )
            .Select(p => new SpotItem(p.Number, p.Id))
            .ToListAsync(stop);

    private static async Task<List<SpotItem>> RemovedAsync(ActScope act, Request request, CancellationToken stop)
    {
        var ofProgramme = act.Db.Violations.Where(v => v.ProgrammeId == request.ProgrammeId);
        var balances = await ViolationBalances.OfAsync(act.Db, ofProgramme, act.Today, stop);
        return [.. balances.Where(b => b.IsRemoved).Select(b => new SpotItem(b.Violation.Number, b.Violation.Id))];
    }
}
