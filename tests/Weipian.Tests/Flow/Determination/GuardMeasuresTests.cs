using Weipian.Flow.Determinations;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>The draw, the agreement and the bias as pure functions.</summary>
[Requirement("R16")]
public sealed class GuardMeasuresTests
{
    private static readonly string[] Three = ["a", "b", "c"];

    [Fact]
    public void Of_too_few_readings_there_is_no_agreement()
    {
        var few = CohenKappa.Of(Three, Enumerable.Repeat(("a", "a"), 10).Append(("b", "a")), pairsMin: 20);
        Assert.Null(few.Kappa);
        Assert.Null(few.Low);
        Assert.Equal((11, 10), (few.Pairs, few.Agreeing));
        Assert.Null(CohenKappa.Of(Three, [], pairsMin: 0).Kappa);
    }

    [Fact]
    public void Where_both_used_one_class_agreement_cannot_be_told_from_chance() =>
        Assert.Null(CohenKappa.Of(Three, Enumerable.Repeat(("a", "a"), 50), pairsMin: 20).Kappa);

    [Fact]
    public void A_class_that_is_not_counted_stops_the_request() =>
        Assert.Throws<KeyNotFoundException>(() => CohenKappa.Of(Three, [("x", "a")], 0));

    /// <summary>Worked by hand: p_o 0.89, p_e 0.8·0.8 + 0.1·0.05 + 0.1·0.15 = 0.66, κ = 0.23 / 0.34. Its standard error agrees with leaving
    /// out one pair at a time within a tenth: both are estimates of the same thing by different ways.</summary>
    [Fact]
    public void Kappa_and_its_error_are_those_of_the_hand_calculation()
    {
        int[][] counts =
        [
            [75, 1, 4],
            [5, 4, 1],
            [0, 0, 10],
        ];
        var found = CohenKappa.Of(Three, Pairs(counts), 20);
        Assert.Equal(0.23 / 0.34, found.Kappa!.Value, 12);
        Assert.Equal(counts, found.Counts);
        var without = new List<double>();
        for (var i = 0; i < 3; i++)
        for (var j = 0; j < 3; j++)
        for (var n = 0; n < counts[i][j]; n++)
        {
            var fewer = counts.Select(row => row.ToArray()).ToArray();
            fewer[i][j]--;
            without.Add(CohenKappa.Of(Three, Pairs(fewer), 20).Kappa!.Value);
        }
        var mean = without.Average();
        var leftOut = Math.Sqrt(99.0 / 100 * without.Sum(k => (k - mean) * (k - mean)));
        Assert.InRange(found.StandardError!.Value / leftOut, 0.9, 1.1);
        Assert.True(found.Low < found.Kappa && found.Kappa < found.High && found.High <= 1);
    }

    [Fact]
    public void Perfect_agreement_is_one_and_chance_is_nought()
    {
        Assert.Equal(
            1,
            CohenKappa
                .Of(
                    Three,
                    Pairs([
                        [10, 0, 0],
                        [0, 10, 0],
                        [0, 0, 10],
                    ]),
                    20
                )
                .Kappa!.Value,
            12
        );
        Assert.Equal(
            0,
            CohenKappa
                .Of(
                    Three,
                    Pairs([
                        [10, 10, 0],
                        [10, 10, 0],
                        [0, 0, 0],
                    ]),
                    20
                )
                .Kappa!.Value,
            12
        );
    }

    [Fact]
    public void Nothing_is_drawn_of_nought_and_everything_of_a_thousand()
    {
        Assert.DoesNotContain(Enumerable.Range(0, 200), i => GuardDraw.IsDrawn("00", "known", "a", $"p/{i}", 0));
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(GuardDraw.IsDrawn("00", "known", "a", $"p/{i}", 1000)));
    }

    /// <summary>20,000 draws at 3 %: four standard deviations are 4·√(0.03·0.97/20000) = 0.48 %. The seed is fixed, and so is the
    /// outcome.</summary>
    [Fact]
    public void The_share_that_is_drawn_is_the_share_that_was_set_and_the_same_seed_draws_the_same()
    {
        List<int> Drawn(string seed, string kind, string login) =>
            [.. Enumerable.Range(0, 20_000).Where(i => GuardDraw.IsDrawn(seed, kind, login, $"2018-annual/{i}", 30))];
        var seed = new string('5', 64);
        var first = Drawn(seed, ReadingKind.Known, "reader");
        Assert.InRange(first.Count / 20_000.0, 0.0252, 0.0348);
        Assert.Equal(first, Drawn(seed, ReadingKind.Known, "reader"));
        // Another reader, another guard and another seed draw others: of 600 about 18 in common.
        foreach (
            var other in new[]
            {
                Drawn(seed, ReadingKind.Known, "other"),
                Drawn(seed, ReadingKind.Second, "reader"),
                Drawn("6", ReadingKind.Known, "reader"),
            }
        )
            Assert.InRange(first.Intersect(other).Count(), 0, 60);
    }

    [Fact]
    public void Following_a_wrong_proposal_is_counted_apart_by_whether_it_was_seen()
    {
        var bias = AutomationBias.Of([
            new("I1", "L1", "I1", ProposalShown: true),
            new("L1", "L1", "I1", ProposalShown: true),
            new("L1", "L1", "L1", ProposalShown: true),
            new("I1", "L1", "I1", ProposalShown: false),
            new("O1", "L1", "L1", ProposalShown: false),
        ]);
        Assert.Equal(new BiasArm(3, 1, 2, 1), bias.Shown);
        Assert.Equal(new BiasArm(2, 2, 1, 0), bias.Hidden);
    }

    private static IEnumerable<(string, string)> Pairs(int[][] counts) =>
        from i in Enumerable.Range(0, counts.Length)
        from j in Enumerable.Range(0, counts.Length)
        from _ in Enumerable.Range(0, counts[i][j])
        select (Three[i], Three[j]);
}
