using CsCheck;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Whether rings are simple and apart: the short way against measuring every pair.</summary>
public sealed class SegmentsTests
{
    [Fact]
    public void Rings_of_whole_numbers_are_judged_as_every_pair_is() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9])
            .Array[3, 12]
            .Array[1, 3]
            .Sample(rings =>
            {
                _ = AssertAsEveryPair([.. rings.Select(ring => ring.Select(p => ((double)p.Item1, (double)p.Item2)).ToArray())]);
            });

    /// <summary>Rings that are simple unless a vertex of one is moved to the place of another.</summary>
    [Fact]
    public void Long_rings_are_judged_as_every_pair_is()
    {
        var simple = 0;
        Gen.Select(Gen.Double[1, 1.2].Array[3, 300], Gen.Int[0, 299], Gen.Int[0, 299], Gen.Int[0, 3], Gen.Int[1, 3])
            .Sample(
                given =>
                {
                    var (radii, from, to, moved, rings) = given;
                    var all = new List<(double X, double Y)[]>();
                    for (var i = 0; i < rings; i++)
                        all.Add([.. radii.Select((r, k) => Place(r, k, radii.Length, 3.0 * i))]);
                    if (moved == 0)
                        all[0][from % radii.Length] = all[^1][to % radii.Length];
                    if (AssertAsEveryPair(all))
                        simple++;
                },
                iter: 500,
                threads: 1
            );
        Assert.True(simple > 100);
    }

    /// <summary>On a star; on steps of a tenth, so that many edges run straight to one side.</summary>
    private static (double X, double Y) Place(double radius, int vertex, int count, double east)
    {
        var angle = 2 * Math.PI * vertex / count;
        var (x, y) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        return count < 40 ? (Math.Round(x, 1) + east, Math.Round(y, 1)) : (x + east, y);
    }

    private static bool AssertAsEveryPair(List<(double X, double Y)[]> rings)
    {
        var segments = new Segments();
        foreach (var ring in rings)
        {
            var kept = ring.Where((p, i) => p != ring[(i + 1) % ring.Length]).ToArray();
            if (kept.Length >= 3)
                segments.AddRing(kept.Select(p => p.X).ToArray(), kept.Select(p => p.Y).ToArray());
        }
        var expected = true;
        for (var i = 0; i < segments.Count; i++)
        for (var j = i + 1; j < segments.Count; j++)
            if (segments.Meet(i, j) is var meeting and not Meeting.Apart)
                expected &= meeting == Meeting.Touch && segments.AreNeighbours(i, j);
        Assert.Equal(expected, segments.MeetOnlyInOrder());
        return expected;
    }
}
