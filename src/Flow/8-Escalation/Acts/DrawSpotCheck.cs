using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Draws a spot check that was announced: opens its seed and reveals it with the result.</summary>
public static class DrawSpotCheck
{
    public const string Act = "draw-spot-check";

    public sealed record Request(Guid SpotCheckId, string Reason);

    /// <param name="Numbers">In the order drawn.</param>
    public sealed record Drawn(Guid Id, string Seed, IReadOnlyList<string> Numbers);

    /// <summary>Pure: drawn once; the list is the one that was announced.</summary>
    public static IReadOnlyList<SpotItem> Decide(SpotCheck check, SpotCheckDraw? earlier, string seed)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("抽取", "The draw", earlier.By, earlier.At);
        return SpotDraw.Of(seed, SpotPopulation.Read(check.PopulationJson), check.CountToDraw);
    }

    /// <exception cref="Problem"><c>chain.already-done</c>, <c>chain.not-there</c>, <c>escalation.seed-lost</c></exception>
    public static Task<Drawn> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.SpotCheckId.ToString(),
            request.Reason,
            async act =>
            {
                var check =
                    await act.Db.SpotChecks.SingleOrDefaultAsync(c => c.Id == request.SpotCheckId, stop)
                    ?? throw Problem.Chain.NotThere("抽查", "spot check", request.SpotCheckId.ToString());
                var earlier = await act.Db.SpotCheckDraws.SingleOrDefaultAsync(d => d.SpotCheckId == check.Id, stop);
                var seed = SeedSeal.Open(store.Folder, check);
                var drawn = Decide(check, earlier, seed);
                var row = new SpotCheckDraw
                {
                    Id = act.NewId(),
                    SpotCheckId = check.Id,
                    Seed = seed,
                    DrawnJson = CanonicalJson.Of(new JsonArray([.. drawn.Select(i => (JsonNode)i.Id.ToString())])),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("seed", seed);
                act.Fact("drawn", new JsonArray([.. drawn.Select(i => (JsonNode)i.Number)]));
                return new Drawn(row.Id, seed, [.. drawn.Select(i => i.Number)]);
            },
            stop
        );
    }
}
