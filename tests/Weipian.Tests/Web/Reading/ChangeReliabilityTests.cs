using CsCheck;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Reading;

/// <summary>The number against confirmed verdicts: nothing is said of few, and what is said is right.</summary>
public sealed class ChangeReliabilityTests
{
    [Fact]
    public void Of_few_patches_nothing_is_said()
    {
        var of = ChangeReliability.Of([.. Enumerable.Range(0, 29).Select(i => ((double?)(i / 29.0), i % 2 == 0))]);
        Assert.Equal((29, null, null, null), (of.Count, of.Brier, of.CalibrationError, of.Area));
        Assert.All(of.Bins, b => Assert.Null(b.Share));
        Assert.Equal(5, of.Bins.Count);
    }

    [Fact]
    public void Silence_is_counted_apart_and_all_of_one_kind_has_no_curve()
    {
        var of = ChangeReliability.Of([.. Enumerable.Repeat(((double?)null, false), 7), .. Enumerable.Repeat(((double?)0.95, true), 40)]);
        Assert.Equal((40, 40, 7), (of.Count, of.Changed, of.Silent));
        Assert.Null(of.Area);
        Assert.Equal(0.0025, of.Brier!.Value, 1e-9);
        Assert.Equal(0.05, of.CalibrationError!.Value, 1e-9);
        Assert.Equal((40, 1.0), (of.Bins[4].Count, of.Bins[4].Share));
    }

    /// <summary>Worked by hand: 20 at 0.1 of which 2 changed, 20 at 0.7 of which 15.</summary>
    [Fact]
    public void A_worked_example()
    {
        var of = ChangeReliability.Of([
            .. Enumerable.Range(0, 20).Select(i => ((double?)0.1, i < 2)),
            .. Enumerable.Range(0, 20).Select(i => ((double?)0.7, i < 15)),
        ]);
        // (18 × 0.01 + 2 × 0.81 + 15 × 0.09 + 5 × 0.49) / 40
        Assert.Equal(0.14, of.Brier!.Value, 1e-9);
        // (|2 − 2| + |14 − 15|) / 40
        Assert.Equal(0.025, of.CalibrationError!.Value, 1e-9);
        // Pairs of 17 changed and 23 unchanged: 15 × 18 won, 2 × 18 and 15 × 5 tied, 2 × 5 lost.
        Assert.Equal((15 * 18 + (2 * 18 + 15 * 5) / 2.0) / (17 * 23), of.Area!.Value, 1e-9);
        Assert.Equal((20, 2, 0.1), (of.Bins[0].Count, of.Bins[0].Changed, of.Bins[0].Share));
        Assert.Equal(0.75, of.Bins[3].Share);
    }

    [Fact]
    public void The_area_by_ranks_is_the_share_of_pairs_in_the_right_order() =>
        Gen.Select(Gen.Int[0, 20], Gen.Bool)
            .Array[30, 80]
            .Sample(
                drawn =>
                {
                    var of = ChangeReliability.Of([.. drawn.Select(d => ((double?)(d.Item1 / 20.0), d.Item2))]);
                    var (yes, no) = (drawn.Where(d => d.Item2).ToList(), drawn.Where(d => !d.Item2).ToList());
                    if (yes.Count == 0 || no.Count == 0)
                        return of.Area is null;
                    var pairs = yes.Average(y =>
                        no.Average(n =>
                            y.Item1 > n.Item1 ? 1.0
                            : y.Item1 == n.Item1 ? 0.5
                            : 0.0
                        )
                    );
                    return Math.Abs(pairs - of.Area!.Value) < 1e-9;
                },
                iter: 200
            );
}
