using System.Globalization;
using Weipian.GeoFiles;
using Weipian.Sample.Land;
using static Weipian.Sample.Sites.PaperRoles;

namespace Weipian.Sample.Files;

/// <summary>The land-use layer (地类图斑 DLTB) of one survey year, with the defects that such layers have.</summary>
internal sealed class LandUseFile(District district, Coordinates to, int year, CancellationToken stop)
{
    private const int FeaturesBetweenLooks = 2048;

    // Ridges within sloping fields: the coefficient by which dry land is deducted (KCXS).
    private const double RidgeCoefficient = 0.0823;

    public static IReadOnlyList<WrittenField> Fields { get; } =
    [
        Text("BSM", 18),
        Text("YSDM", 10),
        Text("TBBH", 8),
        Text("DLBM", 5),
        Text("DLMC", 30),
        Text("QSXZ", 2),
        Text("QSDWDM", 19),
        Text("QSDWMC", 40),
        Text("ZLDWDM", 19),
        Text("ZLDWMC", 40),
        Real("TBMJ", 2),
        Text("KCDLBM", 5),
        Real("KCXS", 4),
        Real("KCMJ", 2),
        Real("TBDLMJ", 2),
        Text("GDPDJB", 2),
        new("SJNF", "integer", 4),
        Text("BZ", 20),
    ];

    public static IReadOnlyList<string> Map { get; } = ["number=BSM", "code=DLBM", "unit=ZLDWDM", "kcxs=KCXS"];

    /// <summary>The features, drawn as they are asked for.</summary>
    public IEnumerable<WrittenFeature> Features()
    {
        var serial = 0;
        for (var i = 0; i < district.Subdivision.Cells.Count; i++)
        {
            if (i % FeaturesBetweenLooks == 0)
                stop.ThrowIfCancellationRequested();
            foreach (var piece in district.Pieces(i))
            {
                var ring = district.Ground(piece.Ring);
                var area = Coordinates.Area(ring);
                Array.Reverse(ring);
                SwapPairs(ring);
                var (written, extra) = Defects.Maybe(district, i, ring);
                yield return Feature(++serial, i, piece, written, area);
                if (extra is not null)
                    yield return Feature(++serial, i, piece, extra, Coordinates.Area(extra));
            }
        }
    }

    /// <summary>What the survey of 2018 changed, for the layer of changes: the piece, its class before and after.</summary>
    public static IEnumerable<(double[] Ring, LandClass From, LandClass To)> Changed(District district)
    {
        for (var i = 0; i < district.Subdivision.Cells.Count; i++)
        {
            var from = district.Subdivision.Cells[i].Class;
            var changed = ClassIn(district, i, 2018);
            if (changed == from)
                continue;
            foreach (var piece in district.Pieces(i))
                yield return (district.Ground(piece.Ring), from, changed);
        }
    }

    private WrittenFeature Feature(int serial, int cell, Piece piece, double[] ring, double area)
    {
        var use = ClassIn(district, cell, year);
        var unit = district.Units[piece.Label];
        var ridges = use == LandClass.Dry ? RidgeCoefficient : 0;
        var gross = Math.Round(area, 2);
        var deducted = Math.Round(area * ridges, 2);
        var place = unit.Code + "0010000000";
        return new(
            [new WrittenPolygon(to.Ring(ring), [])],
            [
                string.Create(CultureInfo.InvariantCulture, $"37030621{serial:D10}"),
                "2001010100",
                string.Create(CultureInfo.InvariantCulture, $"{serial % 10_000_000:D7}"),
                use.Code(),
                use.Name(),
                use.IsStateOwned() ? "20" : "30",
                place,
                unit.Name,
                place,
                unit.Name,
                gross,
                ridges > 0 ? "123" : null,
                ridges,
                deducted,
                gross - deducted,
                use.IsCultivated() ? (ridges > 0 ? "3" : "1") : null,
                (long)year,
                "合成数据",
            ]
        );
    }

    private static LandClass ClassIn(District district, int number, int year)
    {
        var cell = district.Subdivision.Cells[number];
        if (year < 2018 || cell.Block < 0 || !cell.Class.IsCultivated() || district.Subdivision.Blocks[cell.Block].Taken)
            return cell.Class;
        const double ShareChanged = 0.008;
        var dice = Dice.For(district.Number, "change", number);
        if (!dice.Chance(ShareChanged))
            return cell.Class;
        return dice.Share() switch
        {
            < 0.30 => LandClass.Facility,
            < 0.55 => LandClass.Industry,
            < 0.80 => LandClass.Orchard,
            < 0.90 => LandClass.Pond,
            _ => LandClass.OtherForest,
        };
    }

    private static void SwapPairs(double[] reversed)
    {
        for (var i = 0; i < reversed.Length; i += 2)
            (reversed[i], reversed[i + 1]) = (reversed[i + 1], reversed[i]);
    }
}

/// <summary>Defects as land-use layers really have them; never where a patch lies.</summary>
internal static class Defects
{
    private const double Share = 0.004;

    /// <summary>The ring with or without a defect, and now and then a sliver beside it.</summary>
    public static (double[] Ring, double[]? Extra) Maybe(District district, int number, double[] ring)
    {
        var cell = district.Subdivision.Cells[number];
        if (cell.Block < 0 || district.Subdivision.Blocks[cell.Block].Taken)
            return (ring, null);
        var dice = Dice.For(district.Number, "defect", number);
        if (!dice.Chance(Share))
            return (ring, null);
        return dice.Whole(0, 3) switch
        {
            0 => (SelfCrossing(ring, dice), null),
            1 => (DoubleVertex(ring, dice), null),
            2 => (Shifted(ring, dice), null),
            _ => (ring, SliverBeside(ring, dice)),
        };
    }

    /// <summary>A loop of some decimetres in one edge.</summary>
    public static double[] SelfCrossing(double[] ring, Dice dice)
    {
        var i = Edge(ring, dice);
        var (x, y, dx, dy) = Along(ring, i);
        var length = Math.Sqrt(dx * dx + dy * dy);
        var off = Math.Min(0.4, length * 0.1);
        var (nx, ny) = (-dy / length * off, dx / length * off);
        double[] loop = [x + 0.6 * dx + nx, y + 0.6 * dy + ny, x + 0.6 * dx - nx, y + 0.6 * dy - ny, x + 0.4 * dx + nx, y + 0.4 * dy + ny];
        return Inserted(ring, i + 1, [.. loop.Select(v => Math.Round(v, 4))]);
    }

    /// <summary>One vertex twice in a row.</summary>
    public static double[] DoubleVertex(double[] ring, Dice dice)
    {
        var i = Edge(ring, dice);
        return Inserted(ring, i + 1, [ring[2 * i], ring[2 * i + 1]]);
    }

    /// <summary>A vertex beside where the neighbour has it: a gap or an overlap.</summary>
    private static double[] Shifted(double[] ring, Dice dice)
    {
        var i = 1 + Edge(ring, dice) % (ring.Length / 2 - 2);
        var moved = (double[])ring.Clone();
        moved[2 * i] = Math.Round(moved[2 * i] + dice.Between(-0.3, 0.3), 4);
        moved[2 * i + 1] = Math.Round(moved[2 * i + 1] + dice.Between(-0.3, 0.3), 4);
        return moved;
    }

    private static double[] SliverBeside(double[] ring, Dice dice)
    {
        var i = Edge(ring, dice);
        var (x, y, dx, dy) = Along(ring, i);
        var length = Math.Sqrt(dx * dx + dy * dy);
        var thin = dice.Between(0.01, 0.08);
        return [x, y, x + dx, y + dy, Math.Round(x + dx / 2 + dy / length * thin, 4), Math.Round(y + dy / 2 - dx / length * thin, 4), x, y];
    }

    /// <summary>Number of an edge that is not too short.</summary>
    private static int Edge(double[] ring, Dice dice)
    {
        var edges = ring.Length / 2 - 1;
        var longest = 0;
        for (var i = 0; i < edges; i++)
            if (Length(ring, i) > Length(ring, longest))
                longest = i;
        var wanted = dice.Whole(0, edges - 1);
        return Length(ring, wanted) > 2 ? wanted : longest;
    }

    private static double Length(double[] ring, int i)
    {
        var (_, _, dx, dy) = Along(ring, i);
        return Math.Sqrt(dx * dx + dy * dy);
    }

    private static (double X, double Y, double Dx, double Dy) Along(double[] ring, int i) =>
        (ring[2 * i], ring[2 * i + 1], ring[2 * i + 2] - ring[2 * i], ring[2 * i + 3] - ring[2 * i + 1]);

    private static double[] Inserted(double[] ring, int at, double[] pairs) => [.. ring[..(2 * at)], .. pairs, .. ring[(2 * at)..]];
}
