using System.Globalization;
using Weipian.Geo;
using Weipian.Tests.Geo;

namespace Weipian.Bench;

/// <summary>Patches and the eight layers they are compared with, generated from fixed seeds: the same on every machine.</summary>
/// <remarks>
/// Land use is a coverage whose neighbours share every vertex of their borders bit for bit; numbers of vertices are heavy-tailed, one
/// feature in seventy is a road or river merged from up to sixty cells, every 997th ring has two vertices the wrong way round (it
/// crosses itself) and every 101st repeats one. Of twenty patches fourteen are stars of 0.05 to 5 ha, two copy a land-use feature exactly
/// and two with a noise of a centimetre, one has a hole and one has two parts.
/// </remarks>
internal sealed class Workload
{
    private const double West = 117.0;
    private const double South = 36.0;
    private const double CellDegrees = 0.0006;
    private const double PlanZoneDegrees = 0.008;
    private const int MedianSide = 6;
    private const int LongestRun = 60;
    private const double CellsPerFeature = 1.07;
    private const int CrossedEvery = 997;
    private const int RepeatedEvery = 101;
    private const double CentimetreDegrees = 1e-7;

    private readonly JitteredCoverage coverage;
    private readonly int columns;
    private readonly (int Cell, int Length)[] runs;

    private Workload(string name, int features, int patches)
    {
        (Name, PatchCount) = (name, patches);
        columns = (int)Math.Sqrt(features * CellsPerFeature);
        coverage = new JitteredCoverage(West, South, CellDegrees, columns, columns, MedianSide, 11, heavyTailed: true);
        runs = [.. Runs()];
    }

    public string Name { get; }

    public int PatchCount { get; }

    public int LandUseCount => runs.Length;

    /// <summary>About 20,000 land-use features and 1,000 patches (S, to try things out), 269,000 and 10,000 (M), 883,000 and 50,000
    /// (L).</summary>
    public static Workload? Named(string name) =>
        name switch
        {
            "S" => new Workload(name, 20_000, 1_000),
            "M" => new Workload(name, 269_000, 10_000),
            "L" => new Workload(name, 883_000, 50_000),
            _ => null,
        };

    public IEnumerable<(Shape Shape, string Code)> LandUse() =>
        Enumerable.Range(0, runs.Length).Select(i => (new Shape([Ring(i)]), (i % 40).ToString("D4", CultureInfo.InvariantCulture)));

    public IEnumerable<(Shape Shape, string Code)> Patches() => Enumerable.Range(0, PatchCount).Select(i => (Patch(i), ""));

    /// <summary>What plan zones cover whatever their seed: their outermost nodes lie less than half a cell off the straight edge.</summary>
    public Extent CoveredByPlanZones
    {
        get
        {
            var box = coverage.Box;
            const double half = PlanZoneDegrees / 2;
            return new(box.MinX + half, box.MinY + half, box.MaxX - half, box.MaxY - half);
        }
    }

    /// <summary>The seven layers beside land use.</summary>
    public IEnumerable<(string Name, IEnumerable<(Shape Shape, string Code)> Features)> OtherLayers()
    {
        var box = coverage.Box;
        var (width, height) = (box.MaxX - box.MinX, box.MaxY - box.MinY);
        yield return ("farmland", Cells(Covering(0.003, 9, 2)).Where((_, i) => i % 3 != 2));
        yield return ("plan-zone", Cells(Covering(PlanZoneDegrees, 20, 3)));
        yield return ("unit", Cells(Covering(width / 3, 1500, 4)));
        var (x, y) = (box.MinX + width / 2, box.MinY + height / 2);
        yield return ("red-line", [(new Shape([RedLine(x, y, 0.35 * Math.Min(width, height), 27_000)]), "")]);
        var scattered = Math.Max(1, PatchCount / 2);
        yield return ("approval", Stars(1_000_000, scattered, 0.001, 12));
        yield return ("supply", Stars(2_000_000, scattered, 0.0007, 9));
        yield return ("registration", Stars(3_000_000, 2 * scattered, 0.0004, 7));

        JitteredCoverage Covering(double cell, int vertices, uint seed) =>
            new(box.MinX, box.MinY, cell, (int)Math.Ceiling(width / cell), (int)Math.Ceiling(height / cell), vertices, seed);
    }

    /// <summary>Checked and repaired on all cores, in their order.</summary>
    public static IEnumerable<LayerFeature> Prepared(IEnumerable<(Shape Shape, string Code)> features) =>
        features
            .Select((f, i) => (f.Shape, f.Code, Number: i + 1L))
            .AsParallel()
            .AsOrdered()
            .Select(f => new LayerFeature(f.Number, f.Code, ShapePreparation.Prepare(f.Shape, CoordinateSystem.Cgcs2000)));

    private static IEnumerable<(Shape, string)> Cells(JitteredCoverage covering) =>
        Enumerable.Range(0, covering.Count).Select(i => (new Shape([covering.Ring(i)]), "z" + i % 5));

    private IEnumerable<(Shape, string)> Stars(int first, int count, double radius, int vertices) =>
        Enumerable.Range(first, count).Select(i => (new Shape([coverage.Patch(i, radius, vertices)]), ""));

    private IEnumerable<(int Cell, int Length)> Runs()
    {
        for (var cell = 0; cell < coverage.Count; )
        {
            var left = columns - cell % columns;
            var dice = Dice(cell, 1);
            var length = dice < 1.0 / 70 ? Math.Min(left, (int)Math.Min(LongestRun, 3 * Math.Pow(Dice(cell, 2), -0.6))) : 1;
            yield return (cell, length);
            cell += length;
        }
    }

    private double[] Ring(int feature)
    {
        var ring = coverage.RingOfRun(runs[feature].Cell, runs[feature].Length);
        if ((feature + 1) % CrossedEvery == 0)
            (ring[4], ring[5], ring[6], ring[7]) = (ring[6], ring[7], ring[4], ring[5]);
        if ((feature + 1) % RepeatedEvery != 0)
            return ring;
        double[] repeated = [.. ring[..4], ring[2], ring[3], .. ring[4..]];
        return repeated;
    }

    private Shape Patch(int i)
    {
        // Areas of 0.05 to 5 ha, evenly on a scale of orders of magnitude.
        var radius = 0.00012 * Math.Pow(10, Dice(i, 3));
        var copied = (int)(Dice(i, 4) * runs.Length);
        return (i % 20) switch
        {
            14 or 15 => new Shape([Ring(copied)]),
            16 or 17 => new Shape([Noisy(Ring(copied))]),
            18 => new Shape([coverage.Patch(i, radius, 40), Smaller(coverage.Patch(i, radius, 40))]),
            19 => new Shape([coverage.Patch(i, radius, 25), Aside(coverage.Patch(i, radius, 15), 4 * radius)]),
            _ => new Shape([coverage.Patch(i, radius, 12 + i % 60)]),
        };
    }

    /// <summary>Moved towards the middle of the coverage.</summary>
    private double[] Aside(double[] ring, double degrees)
    {
        var by = ring[0] < (coverage.Box.MinX + coverage.Box.MaxX) / 2 ? degrees : -degrees;
        return [.. ring.Select((v, i) => i % 2 == 0 ? v + by : v)];
    }

    private static double[] Noisy(double[] ring)
    {
        for (var i = 0; i + 2 < ring.Length; i++)
            ring[i] += (Dice(i, 5) - 0.5) * 2 * CentimetreDegrees;
        (ring[^2], ring[^1]) = (ring[0], ring[1]);
        return ring;
    }

    /// <summary>The same ring at 0.4 of its size about the mean of its vertices: a hole.</summary>
    private static double[] Smaller(double[] ring)
    {
        var count = ring.Length / 2 - 1;
        double x = 0,
            y = 0;
        for (var i = 0; i < count; i++)
            (x, y) = (x + ring[2 * i] / count, y + ring[2 * i + 1] / count);
        for (var i = 0; i < ring.Length; i += 2)
            (ring[i], ring[i + 1]) = (x + 0.4 * (ring[i] - x), y + 0.4 * (ring[i + 1] - y));
        return ring;
    }

    private static double[] RedLine(double longitude, double latitude, double radius, int vertices)
    {
        var ring = new double[2 * vertices + 2];
        for (var i = 0; i < vertices; i++)
        {
            var angle = 2 * Math.PI * i / vertices;
            var r = radius * (1 + 0.2 * Math.Sin(5 * angle) + 0.03 * Math.Sin(91 * angle) + 0.0004 * Math.Sin(i * 0.9));
            (ring[2 * i], ring[2 * i + 1]) = (longitude + r * Math.Cos(angle), latitude + r * Math.Sin(angle));
        }
        (ring[^2], ring[^1]) = (ring[0], ring[1]);
        return ring;
    }

    /// <summary>A number in (0, 1] that depends on its arguments alone.</summary>
    private static double Dice(int a, int salt)
    {
        var h = ((ulong)(uint)a << 8 | (uint)salt) * 0x9E3779B97F4A7C15UL;
        h = (h ^ (h >> 31)) * 0xBF58476D1CE4E5B9UL;
        h = (h ^ (h >> 27)) * 0x94D049BB133111EBUL;
        return (((h ^ (h >> 31)) >> 11) + 1) * (1.0 / (1UL << 53));
    }
}
