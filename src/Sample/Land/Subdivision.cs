namespace Weipian.Sample.Land;

/// <summary>What a block of land mainly is.</summary>
internal enum BlockKind : byte
{
    Farm,
    Slope,
    Village,
    Town,
    City,
    Hills,
    Water,

    // Grounds made to order for a patch.
    PlainField,
    SlopeField,
    VillageCore,
    Built,
    Unused,
}

/// <summary>A block between roads: the home of at most one patch. Corners in decimetres of paper.</summary>
internal sealed class Block(int number, int left, int bottom, int right, int top)
{
    public int Number { get; } = number;
    public int Left { get; } = left;
    public int Bottom { get; } = bottom;
    public int Right { get; } = right;
    public int Top { get; } = top;
    public BlockKind Kind { get; set; }

    /// <summary>True when a patch and its permits lie here: nothing else is drawn over it and nothing in it is defective.</summary>
    public bool Taken { get; set; }

    /// <summary>The unit that owns the block although another lies around it: an enclave (飞地); null for every other block.</summary>
    public Unit? Enclave { get; set; }

    /// <summary>True when the block may be permanent basic farmland.</summary>
    public bool Protected { get; set; }

    public int MiddleX => (Left + Right) / 2;
    public int MiddleY => (Bottom + Top) / 2;
    public int ShorterSide => Math.Min(Right - Left, Top - Bottom);
}

/// <summary>The form of a cell: a rectangle, a rectangle without its corners, or one of those corners.</summary>
internal enum CellForm : byte
{
    Rectangle,
    Octagon,
    CornerLowerLeft,
    CornerLowerRight,
    CornerUpperRight,
    CornerUpperLeft,
}

/// <summary>One land-use polygon on paper, convex. Decimetres.</summary>
/// <param name="Chamfer">Length cut from each corner of an octagon; 0 otherwise.</param>
/// <param name="Block">Number of its block, or −1 for roads, railways and rivers between blocks.</param>
internal readonly record struct Cell(int Left, int Bottom, int Right, int Top, CellForm Form, int Chamfer, LandClass Class, int Block);

/// <summary>Divides the sheet of paper by roads and rivers into blocks, and later the blocks into fields, villages and woods.</summary>
internal sealed class Subdivision
{
    private readonly Lay lay;
    private readonly Borders borders;
    private readonly List<Block> blocks = [];
    private readonly List<Cell> cells = [];
    private readonly (double X, double Y, double Radius)[] towns;
    private readonly double core;

    public Subdivision(Lay lay, Borders borders, bool withCity)
    {
        this.lay = lay;
        this.borders = borders;
        var r = lay.Radius;
        core = withCity ? 0.15 * r : 0;
        towns = withCity
            ? [(-0.55 * r, -0.35 * r, 7_000), (0.2 * r, -0.1 * r, 6_000), (0.1 * r, -0.62 * r, 5_000), (0.6 * r, -0.2 * r, 5_500)]
            : [];
        Divide(-lay.Half, -lay.Half, lay.Half, lay.Half, 0);
        foreach (var block in blocks)
            block.Kind = KindOf(block);
    }

    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>Land-use polygons, complete after <see cref="Fill"/>.</summary>
    public IReadOnlyList<Cell> Cells => cells;

    /// <summary>Distance from the middle of the town, as a share of its radius; below 1 is inside.</summary>
    public double Urban(double x, double y)
    {
        var (u, v) = (0.12 * lay.Radius, 0.5 * lay.Radius);
        var near = core > 0 ? Math.Sqrt((x - u) * (x - u) + (y - v) * (y - v)) / core : double.PositiveInfinity;
        foreach (var town in towns)
            near = Math.Min(near, Math.Sqrt((x - town.X) * (x - town.X) + (y - town.Y) * (y - town.Y)) / town.Radius);
        return near;
    }

    /// <summary>Draws the land-use polygons of every block. Called once, after patches have chosen their blocks.</summary>
    public void Fill(CancellationToken stop)
    {
        var filling = new BlockFilling(lay, cells);
        foreach (var block in blocks)
        {
            stop.ThrowIfCancellationRequested();
            filling.Fill(block);
        }
    }

    private void Divide(int left, int bottom, int right, int top, int level)
    {
        if (IsFarOutside(left, bottom, right, top))
            return;
        var (width, height) = (right - left, top - bottom);
        var longer = Math.Max(width, height);
        var (x, y) = (left + width / 2, bottom + height / 2);
        if (longer <= BlockMax(x, y))
        {
            blocks.Add(new(blocks.Count, left, bottom, right, top));
            return;
        }
        var dice = Dice.For(lay.Number, "divide", ((long)x << 32) ^ (uint)y ^ ((long)level << 58));
        var upright = width > height * 1.15 || (height <= width * 1.15 && dice.Chance(0.5));
        var corridor = Corridor.For(longer, level, dice);
        var wide = corridor.Sum(lane => lane.Width);
        var from = (upright ? left : bottom) + (int)((upright ? width : height) * dice.Between(0.38, 0.62)) - wide / 2;
        var at = from;
        foreach (var lane in corridor)
        {
            Lane(upright, at, at + lane.Width, upright ? bottom : left, upright ? top : right, lane.Class);
            at += lane.Width;
        }
        if (upright)
        {
            Divide(left, bottom, from, top, level + 1);
            Divide(at, bottom, right, top, level + 1);
        }
        else
        {
            Divide(left, bottom, right, from, level + 1);
            Divide(left, at, right, top, level + 1);
        }
    }

    /// <summary>A lane in lengths of about a kilometre, as roads are cut in the survey; shorter where a border of units is near.</summary>
    private void Lane(bool upright, int near, int far, int start, int end, LandClass use)
    {
        const int Length = 9_000;
        const int Shortest = 1_300;
        var (left, bottom, right, top) = upright ? (near, start, far, end) : (start, near, end, far);
        if (IsFarOutside(left, bottom, right, top))
            return;
        if (end - start <= Shortest * 2 || (end - start <= Length * 2 && !IsNearBorder(left, bottom, right, top)))
        {
            cells.Add(new(left, bottom, right, top, CellForm.Rectangle, 0, use, -1));
            return;
        }
        var middle = start + (end - start) / 2;
        Lane(upright, near, far, start, middle, use);
        Lane(upright, near, far, middle, end, use);
    }

    private bool IsNearBorder(int left, int bottom, int right, int top)
    {
        var reach = Math.Max(right - left, top - bottom) * 0.75;
        var (x, y) = ((left + right) / 2.0, (bottom + top) / 2.0);
        return borders.Cuts.Any(cut => Math.Abs(cut.At(x, y)) < reach);
    }

    private bool IsFarOutside(int left, int bottom, int right, int top)
    {
        var reach = 2_500 + 1.3 * Math.Sqrt(Math.Pow((double)right - left, 2) + Math.Pow((double)top - bottom, 2));
        return borders.Outline((left + right) / 2.0, (bottom + top) / 2.0) < -reach;
    }

    private double BlockMax(double x, double y)
    {
        if (Urban(x, y) < 1)
            return 4_200;
        return 4_900 + 1_400 * Math.Clamp((lay.Hill(x, y) - 0.55) * 5, 0, 1);
    }

    private BlockKind KindOf(Block block)
    {
        var (x, y) = (block.MiddleX, block.MiddleY);
        var dice = Dice.For(lay.Number, "kind", block.Number);
        var urban = Urban(x, y) + dice.Between(-0.15, 0.15);
        if (urban < 1)
            return core > 0 && y > 0.2 * lay.Radius ? BlockKind.City : BlockKind.Town;
        var hill = lay.Hill(x, y);
        if (hill > 0.62)
            return BlockKind.Hills;
        if (dice.Chance(0.015))
            return BlockKind.Water;
        if (dice.Chance(hill > 0.45 ? 0.07 : 0.15) && block.ShorterSide > 2_200)
            return BlockKind.Village;
        block.Protected = hill < 0.5 && dice.Chance(0.72);
        return hill > 0.45 ? BlockKind.Slope : BlockKind.Farm;
    }
}

/// <summary>What runs between two halves of a division: lanes side by side, widths in decimetres.</summary>
internal static class Corridor
{
    public static IReadOnlyList<(LandClass Class, int Width)> For(int longer, int level, Dice dice)
    {
        if (level == 0)
            return
            [
                (LandClass.RuralRoad, 40),
                (LandClass.TidalFlat, 110),
                (LandClass.River, 340),
                (LandClass.TidalFlat, 130),
                (LandClass.WaterWorks, 60),
            ];
        if (level == 1)
            return dice.Chance(0.5)
                ? [(LandClass.Highway, 260)]
                : [(LandClass.Railway, 140), (LandClass.Forest, 90), (LandClass.Highway, 160)];
        if (longer > 26_000)
            return [(LandClass.Highway, 150)];
        if (longer > 11_000)
            return dice.Chance(0.4) ? [(LandClass.Highway, 90)] : [(LandClass.RuralRoad, 65), (LandClass.Ditch, 35)];
        return dice.Chance(0.25) ? [(LandClass.Ditch, 40)] : [(LandClass.RuralRoad, 45)];
    }
}
