using System.Globalization;
using Weipian.GeoFiles;
using Weipian.Sample.Land;
using static Weipian.Sample.Sites.PaperRoles;

namespace Weipian.Sample.Files;

/// <summary>
/// Control lines and zones: permanent basic farmland, red line, urban boundary, nature reserve, plan zones, and the units.
/// </summary>
internal sealed class ControlFiles(District district)
{
    private const string Note = "合成数据";

    public static IReadOnlyList<WrittenField> FarmlandFields { get; } =
    [
        Text("BSM", 18),
        Text("JBNTTBBH", 20),
        Text("DLBM", 5),
        Text("DLMC", 30),
        Text("ZLDWDM", 19),
        Text("ZLDWMC", 40),
        Real("TBMJ", 2),
        Real("JBNTMJ", 2),
        Text("BZ", 20),
    ];

    public static IReadOnlyList<WrittenField> ZoneFields { get; } =
    [Text("BSM", 18), Text("XZQDM", 12), Text("GZQLXDM", 3), Text("GZQLXMC", 20), Real("GZQMJ", 2), Text("BZ", 20)];

    public static IReadOnlyList<WrittenField> LineFields { get; } =
    [Text("BSM", 18), Text("MC", 60), Text("LX", 20), Real("MJ", 2), Text("BZ", 20)];

    public static IReadOnlyList<WrittenField> UnitFields { get; } =
    [Text("BSM", 18), Text("XZQDM", 12), Text("XZQMC", 40), Real("DCMJ", 2), Text("BZ", 20)];

    /// <summary>Permanent basic farmland by field blocks, in the columns of the years before 2018.</summary>
    public IEnumerable<WrittenFeature> Farmland(Coordinates to)
    {
        var serial = 0;
        foreach (var block in district.Subdivision.Blocks)
        {
            if (!block.Protected || !IsField(block.Kind))
                continue;
            foreach (var piece in district.Pieces(block))
            {
                var ring = district.Ground(piece.Ring);
                var area = Coordinates.Area(ring);
                var use = block.Kind is BlockKind.Slope or BlockKind.SlopeField ? LandClass.Dry : LandClass.Irrigated;
                var unit = district.Units[piece.Label];
                yield return to.Feature(
                    [ring],
                    [
                        Serial("37030622", ++serial),
                        Serial("JBNT", serial),
                        use.Code(),
                        use.Name(),
                        unit.Code + "0010000000",
                        unit.Name,
                        Math.Round(area, 2),
                        Math.Round(area * 0.97, 2),
                        Note,
                    ]
                );
            }
        }
    }

    /// <summary>
    /// Construction control zones (建设用地管制区) over the whole district: 010 allowed, 020 conditional, 030 restricted, 040 forbidden.
    /// </summary>
    public IEnumerable<WrittenFeature> Zones(Coordinates to)
    {
        var serial = 0;
        foreach (var block in district.Subdivision.Blocks)
        foreach (var piece in district.Pieces(block))
            yield return Zone(to, ++serial, piece, ZoneOf(block));
        for (var i = 0; i < district.Subdivision.Cells.Count; i++)
        {
            if (district.Subdivision.Cells[i].Block >= 0)
                continue;
            foreach (var piece in district.Pieces(i))
                yield return Zone(to, ++serial, piece, "030");
        }
    }

    public IEnumerable<WrittenFeature> RedLine(Coordinates to)
    {
        var r = district.Lay.Radius;
        (double X, double Y, double Radius, string Name)[] areas =
        [
            (0.3 * r, -0.72 * r, 0.24 * r, "合成南部山区水源涵养生态保护红线"),
            (-0.12 * r, -0.8 * r, 0.15 * r, "合成水土保持生态保护红线"),
            (0.72 * r, -0.4 * r, 0.13 * r, "合成生物多样性生态保护红线"),
        ];
        return areas.Select((a, i) => Line(to, i, a.Name, "生态保护红线", [Blob(a.X, a.Y, a.Radius, 1500)]));
    }

    public IEnumerable<WrittenFeature> Reserve(Coordinates to)
    {
        var r = district.Lay.Radius;
        return [Line(to, 0, "合成自然保护区", "自然保护区", [Blob(0.34 * r, -0.74 * r, 0.15 * r, 900)])];
    }

    public IEnumerable<WrittenFeature> UrbanBoundary(Coordinates to)
    {
        var r = district.Lay.Radius;
        (double X, double Y, double Radius)[] towns =
            district.Size == SampleSize.Village
                ? [(0.3 * r, 0.3 * r, 0.25 * r)]
                : [(0.12 * r, 0.5 * r, 0.23 * r), (-0.55 * r, -0.35 * r, 9_500), (0.2 * r, -0.1 * r, 8_500), (0.1 * r, -0.62 * r, 7_000)];
        return towns.Select((t, i) => Line(to, i, $"合成城镇开发边界{i + 1}", "城镇集中建设区", [Blob(t.X, t.Y, t.Radius, 1200)]));
    }

    public IEnumerable<WrittenFeature> Units(Coordinates to) =>
        district.Units.Select(
            (unit, i) =>
            {
                var shape = district.Shapes[i];
                var area = Math.Round(shape.Area / Lay.AreaScale(shape.Centroid.X), 2);
                return to.Feature(shape, [Serial("37030610", i + 1), unit.Code, unit.Name, area, Note]);
            }
        );

    private static WrittenFeature Line(Coordinates to, int i, string name, string kind, IReadOnlyList<double[]> rings) =>
        to.Feature(rings, [Serial("37030630", i + 1), name, kind, Math.Round(rings.Sum(Coordinates.Area), 2), Note]);

    private static string Serial(string prefix, int serial) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{serial:D10}");

    private static bool IsField(BlockKind kind) =>
        kind is BlockKind.Farm or BlockKind.Slope or BlockKind.PlainField or BlockKind.SlopeField;

    private WrittenFeature Zone(Coordinates to, int serial, Piece piece, string zone)
    {
        var ring = district.Ground(piece.Ring);
        var name = zone switch
        {
            "010" => "允许建设区",
            "020" => "有条件建设区",
            "030" => "限制建设区",
            _ => "禁止建设区",
        };
        return to.Feature(
            [ring],
            [Serial("37030640", serial), district.Units[piece.Label].Code, zone, name, Math.Round(Coordinates.Area(ring), 2), Note]
        );
    }

    private string ZoneOf(Block block)
    {
        if (block.Kind is BlockKind.City or BlockKind.Town or BlockKind.Village or BlockKind.VillageCore or BlockKind.Built)
            return "010";
        if (district.Subdivision.Urban(block.MiddleX, block.MiddleY) < 1.5)
            return "020";
        return district.Lay.Hill(block.MiddleX, block.MiddleY) > 0.85 ? "040" : "030";
    }

    /// <summary>
    /// An uneven round shape on paper, carried to the ground; it stays inside the district. Without angles, so without a mathematical
    /// library.
    /// </summary>
    private double[] Blob(double x, double y, double radius, int vertices)
    {
        var rough = new Noise(Dice.Mix(district.Number ^ (ulong)(long)(x + 7 * y)), 0.5);
        var fine = new Noise(Dice.Mix(district.Number ^ (ulong)(long)(y + 9 * x)), 0.04);
        var quarter = vertices / 4;
        var pairs = new List<double>(vertices * 2 + 2);
        for (var i = 0; i < quarter * 4; i++)
        {
            var s = i % quarter / (double)quarter;
            var (c, d) = ((1 - s * s) / (1 + s * s), 2 * s / (1 + s * s));
            (c, d) = (i / quarter) switch
            {
                0 => (c, d),
                1 => (-d, c),
                2 => (-c, -d),
                _ => (d, -c),
            };
            var reach = radius * (1 + 0.22 * rough.At(c + 5, d + 5) + 0.035 * fine.At(c + 5, d + 5));
            while (reach > 100 && district.Borders.Outline(x + reach * c, y + reach * d) < 300)
                reach *= 0.98;
            var (east, north) = district.Lay.Ground(x + reach * c, y + reach * d);
            pairs.Add(east);
            pairs.Add(north);
        }
        pairs.Add(pairs[0]);
        pairs.Add(pairs[1]);
        return [.. pairs];
    }
}
