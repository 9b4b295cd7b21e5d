using Weipian.Sample.Land;

namespace Weipian.Sample.Imagery;

/// <summary>How the land looks from above where no patch lies: fields with rows, villages with roofs, roads, woods, water.</summary>
/// <remarks>Drawn on paper, along whose axes fields and houses stand; the bending to the ground carries them along.</remarks>
internal sealed class SceneGround
{
    private const int Bucket = 1_500;

    private readonly District district;
    private readonly Dictionary<(int, int), List<int>> buckets = [];
    private readonly Noise broad;
    private readonly Noise fine;
    private readonly Noise leaves;

    public SceneGround(District district)
    {
        this.district = district;
        var cells = district.Subdivision.Cells;
        for (var i = 0; i < cells.Count; i++)
        for (var x = Div(cells[i].Left); x <= Div(cells[i].Right); x++)
        for (var y = Div(cells[i].Bottom); y <= Div(cells[i].Top); y++)
            if (buckets.TryGetValue((x, y), out var list))
                list.Add(i);
            else
                buckets[(x, y)] = [i];
        broad = new(Dice.Mix(district.Number ^ 0x1A6E), 400);
        fine = new(Dice.Mix(district.Number ^ 0x1A6F), 60);
        leaves = new(Dice.Mix(district.Number ^ 0x1A70), 28);
    }

    /// <summary>The cell at a place of paper, −1 outside; tries the one it was in first.</summary>
    public int CellAt(double x, double y, int last)
    {
        var cells = district.Subdivision.Cells;
        if (last >= 0 && Holds(cells[last], x, y))
            return last;
        if (buckets.TryGetValue(((int)Math.Floor(x / Bucket), (int)Math.Floor(y / Bucket)), out var near))
            foreach (var i in near)
                if (Holds(cells[i], x, y))
                    return i;
        return -1;
    }

    /// <summary>The colour of a place of paper in a scene.</summary>
    public Tone At(double x, double y, int cell, Scene scene)
    {
        if (cell < 0)
            return new Tone(120, 120, 98).Plus((float)(8 * broad.At(x, y)));
        var of = district.Subdivision.Cells[cell];
        var tone = of.Class switch
        {
            LandClass.Irrigated or LandClass.Dry => Field(x, y, cell, of, scene),
            LandClass.Orchard => Dotted(x, y, 45, 15, new(138, 126, 96), Green(scene, 0)),
            LandClass.Forest or LandClass.OtherForest or LandClass.Shrub => Wood(x, y, scene),
            LandClass.River or LandClass.Reservoir or LandClass.Pond => new Tone(62, 82, 84).Plus((float)(3 * broad.At(x, y))),
            LandClass.TidalFlat or LandClass.Bare or LandClass.OtherGrass => new Tone(156, 146, 116).Plus((float)(14 * broad.At(x, y))),
            LandClass.Highway or LandClass.WaterWorks => new Tone(158, 156, 152),
            LandClass.RuralRoad => new Tone(176, 168, 150),
            LandClass.Railway => new Tone(128, 122, 116),
            LandClass.Ditch => new Tone(92, 104, 82),
            LandClass.QuarryLand => new Tone(186, 180, 168).Plus((float)(22 * fine.At(x, y))),
            LandClass.Facility => Sheds(x - of.Left, new(150, 140, 112)),
            LandClass.Industry or LandClass.CityLand or LandClass.TownLand => Roofs(x - of.Left, y - of.Bottom, cell, 420, 300),
            _ => Roofs(x - of.Left, y - of.Bottom, cell, 150, 170),
        };
        return tone.Plus((float)(6 * broad.At(x, y) + 3 * fine.At(x, y)));
    }

    /// <summary>Green of that season, lighter or darker.</summary>
    public static Tone Green(Scene scene, float light) => new Tone(112, 104, 78).Under(new(58, 92, 48), scene.Leaves).Plus(light);

    private Tone Field(double x, double y, int cell, Cell of, Scene scene)
    {
        // A field is sown or bare as a whole, and by the year: it looks otherwise on another day without having changed.
        var own = Dice.Mix(district.Number ^ ((ulong)cell * 0x9E3779B97F4A7C15) ^ (ulong)(scene.Ordinal / 2));
        var sown = (own >> 40 & 0xFF) < 255 * scene.Growing;
        var shade = (float)(own >> 20 & 0xFF) / 255 * 22 - 11;
        var tone = sown ? scene.Crop : new Tone(152, 134, 102);
        var across = of.Right - of.Left > of.Top - of.Bottom ? y : x;
        var row = Math.Abs(across % 30 / 15 - 1);
        return tone.Plus(shade + (float)(row * 5 - 2.5));
    }

    private Tone Wood(double x, double y, Scene scene) => Green(scene, (float)(16 * leaves.At(x, y) + 9 * fine.At(x, y)));

    public static Tone Dotted(double x, double y, double step, double radius, Tone ground, Tone dot)
    {
        var (u, v) = (x - Math.Floor(x / step) * step - step / 2, y - Math.Floor(y / step) * step - step / 2);
        return u * u + v * v < radius * radius ? dot : ground;
    }

    private static Tone Sheds(double x, Tone ground) => (x - Math.Floor(x / 140) * 140) < 90 ? new(214, 218, 216) : ground;

    /// <summary>Houses on a grid, each with a roof of its own and a shadow to its north.</summary>
    private Tone Roofs(double x, double y, int cell, double wide, double deep)
    {
        var (i, j) = ((long)Math.Floor(x / wide), (long)Math.Floor(y / deep));
        var (u, v) = (x - i * wide, y - j * deep);
        var own = Dice.Mix(district.Number ^ ((ulong)cell << 20) ^ ((ulong)i * 0x9E3779B97F4A7C15) ^ ((ulong)j * 0xC2B2AE3D27D4EB4F));
        var yard = new Tone(164, 156, 140);
        if ((own & 7) == 0)
            return yard;
        var (w, d) = (wide * (0.62 + (own >> 8 & 15) / 80.0), deep * (0.45 + (own >> 12 & 15) / 100.0));
        if (u > wide * 0.12 && u < wide * 0.12 + w && v > deep * 0.12 && v < deep * 0.12 + d)
            return RoofOf(own);
        return u > wide * 0.1 && u < wide * 0.1 + w && v >= deep * 0.12 + d && v < deep * 0.12 + d + 40 ? yard.Times(0.55f) : yard;
    }

    public static Tone RoofOf(ulong own) =>
        (own >> 30 & 7) switch
        {
            0 or 1 => new(176, 96, 76),
            2 => new(96, 128, 178),
            3 => new(206, 204, 198),
            4 => new(124, 116, 112),
            _ => new(160, 112, 94),
        };

    private static int Div(int paper) => (int)Math.Floor(paper / (double)Bucket);

    private static bool Holds(Cell c, double x, double y)
    {
        if (x < c.Left || x >= c.Right || y < c.Bottom || y >= c.Top)
            return false;
        var (l, r, b, t) = (x - c.Left, c.Right - x, y - c.Bottom, c.Top - y);
        var (w, h) = ((double)(c.Right - c.Left), (double)(c.Top - c.Bottom));
        return c.Form switch
        {
            CellForm.Rectangle => true,
            CellForm.Octagon => l + b >= c.Chamfer && r + b >= c.Chamfer && l + t >= c.Chamfer && r + t >= c.Chamfer,
            CellForm.CornerLowerLeft => l / w + b / h <= 1,
            CellForm.CornerLowerRight => r / w + b / h <= 1,
            CellForm.CornerUpperRight => r / w + t / h <= 1,
            _ => l / w + t / h <= 1,
        };
    }
}
