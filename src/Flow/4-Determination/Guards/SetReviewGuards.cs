using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>The head of the office sets by which shares verdicts are guarded from now on; a fresh seed is drawn with it.</summary>
/// <remarks>The seed is not chosen by anybody: who could choose it could choose who is tested. What was drawn before stays drawn.</remarks>
public static class SetReviewGuards
{
    public const string Act = "set-review-guards";

    /// <param name="KnownPerMille">Of a thousand; null takes the share of the house.</param>
    /// <param name="SecondPerMille">Of a thousand; null takes the share of the house.</param>
    /// <param name="HiddenPerMille">Of a thousand; null takes the share of the house.</param>
    public sealed record Request(int? KnownPerMille, int? SecondPerMille, int? HiddenPerMille, string Reason);

    public sealed record Set(int KnownPerMille, int SecondPerMille, int HiddenPerMille);

    /// <summary>Pure: the shares, each within its range.</summary>
    /// <exception cref="Problem"><c>determination.share-out-of-range</c></exception>
    public static Set Decide(Request request, GuardRates rates)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rates);
        return new(
            Within(request.KnownPerMille ?? rates.KnownPerMille),
            Within(request.SecondPerMille ?? rates.SecondPerMille),
            Within(request.HiddenPerMille ?? rates.HiddenPerMille)
        );

        int Within(int share) =>
            share >= 0 && share <= rates.PerMilleMax ? share : throw Problem.Determination.ShareOutOfRange(share, rates.PerMilleMax);
    }

    /// <exception cref="Problem"><c>determination.share-out-of-range</c>, <c>chain.already-done</c>,
    /// <c>store.act-not-allowed</c></exception>
    public static Task<Set> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var set = Decide(request, GuardRates.Of(law));
        return store.ActAsync(
            actor,
            Act,
            "review-guards",
            request.Reason,
            async act =>
            {
                var guards = await act.Db.ReviewGuards.ToListAsync(stop);
                if (GuardDraw.At(guards, act.At) is { } now && new Set(now.KnownPerMille, now.SecondPerMille, now.HiddenPerMille) == set)
                    throw Problem.Chain.AlreadyDone("同样的抽取比例", "The same shares", now.By, now.At);
                act.Db.Add(
                    new ReviewGuard
                    {
                        Id = act.NewId(),
                        SeedHex = Convert.ToHexStringLower(Seed(act, guards.Count)),
                        KnownPerMille = set.KnownPerMille,
                        SecondPerMille = set.SecondPerMille,
                        HiddenPerMille = set.HiddenPerMille,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                act.Fact("knownPerMille", set.KnownPerMille);
                act.Fact("secondPerMille", set.SecondPerMille);
                act.Fact("hiddenPerMille", set.HiddenPerMille);
                return set;
            },
            stop
        );
    }

    /// <summary>Chance; in the synthetic sample the same for every play of its year, so that two plays draw the same.</summary>
    private static byte[] Seed(ActScope act, int before) =>
        File.Exists(act.Store.Folder.SampleSeats)
            ? SHA256.HashData(Encoding.UTF8.GetBytes($"synthetic sample {before}"))
            : RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
}
