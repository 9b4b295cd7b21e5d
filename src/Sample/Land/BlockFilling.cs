namespace Weipian.Sample.Land;

/// <summary>Draws the land-use polygons of one block: fields in strips, a village among them, woods, or streets of a town.</summary>
internal sealed class BlockFilling(Lay lay, List<Cell> cells)
{
    private int block;
    private readonly Noise stands = new(Dice.Mix(lay.Number ^ 0x57), 6_500);
    private Dice dice = new(0);

    public void Fill(Block of)
    {
        block = of.Number;
        dice = Dice.For(lay.Number, "fill", of.Number);
        var sheet = new Sheet(of.Left, of.Bottom, of.Right, of.Top);
        switch (of.Kind)
        {
            case BlockKind.Farm:
                Fields(sheet, LandClass.Irrigated, varied: true);
                break;
            case BlockKind.Slope:
                Fields(sheet, LandClass.Dry, varied: true);
                break;
            case BlockKind.PlainField:
                Fields(sheet, LandClass.Irrigated, varied: false);
                break;
            case BlockKind.SlopeField:
                Fields(sheet, LandClass.Dry, varied: false);
                break;
            case BlockKind.Village:
                Core(sheet, dice.Between(0.14, 0.24), LandClass.VillageLand);
                break;
            case BlockKind.VillageCore:
                Core(sheet, 0.06, LandClass.VillageLand);
                break;
            case BlockKind.Built:
                Core(sheet, 0.06, LandClass.Industry);
                break;
            case BlockKind.Water:
                Core(sheet, dice.Between(0.1, 0.3), sheet.Shorter > 3_000 ? LandClass.Reservoir : LandClass.Pond);
                break;
            case BlockKind.Unused:
                Woods(sheet, 2_400, _ => dice.Chance(0.7) ? LandClass.OtherGrass : LandClass.Bare);
                break;
            case BlockKind.Town:
                Streets(sheet, LandClass.TownLand);
                break;
            case BlockKind.City:
                Streets(sheet, LandClass.CityLand);
                break;
            default:
                Hillside(sheet);
                break;
        }
    }

    private void Add(Sheet s, LandClass use, CellForm form = CellForm.Rectangle, int chamfer = 0) =>
        cells.Add(new(s.Left, s.Bottom, s.Right, s.Top, form, chamfer, use, block));

    /// <summary>Tiers of strips, a path or a ditch between the tiers.</summary>
    private void Fields(Sheet sheet, LandClass main, bool varied)
    {
        var upright = sheet.Width > sheet.Height == dice.Chance(0.75);
        var across = upright ? sheet.Width : sheet.Height;
        var tiers = Math.Max(1, (int)(across / dice.Between(1_000, 1_900) + 0.5));
        var at = 0;
        for (var i = 0; i < tiers; i++)
        {
            var end = across * (i + 1) / tiers;
            if (varied && i > 0 && dice.Chance(0.65))
            {
                var wide = dice.Whole(20, 34);
                Add(sheet.Slice(upright, at, at + wide), dice.Chance(0.75) ? LandClass.RuralRoad : LandClass.Ditch);
                at += wide;
            }
            Strips(sheet.Slice(upright, at, end), !upright, main, varied);
            at = end;
        }
    }

    private void Strips(Sheet tier, bool upright, LandClass main, bool varied)
    {
        var across = upright ? tier.Width : tier.Height;
        var at = 0;
        var grove = varied && dice.Chance(0.08);
        while (at < across)
        {
            var chance = dice.Share();
            var wide = (int)(150 + 560 * chance * chance);
            var end = across - (at + wide) < 140 ? across : at + wide;
            Add(tier.Slice(upright, at, end), Strip(main, varied, grove));
            at = end;
        }
    }

    private LandClass Strip(LandClass main, bool varied, bool grove)
    {
        if (!varied)
            return main;
        if (grove)
            return dice.Chance(0.85) ? LandClass.Orchard : main;
        return dice.Share() switch
        {
            < 0.022 => LandClass.Facility,
            < 0.036 => LandClass.Pond,
            < 0.060 => LandClass.OtherForest,
            < 0.072 => LandClass.OtherGrass,
            < 0.105 => LandClass.Orchard,
            < 0.110 => LandClass.Industry,
            _ => main,
        };
    }

    /// <summary>An eight-sided middle of one class among fields.</summary>
    private void Core(Sheet sheet, double margin, LandClass inner)
    {
        var dx = Math.Max(220, (int)(sheet.Width * margin));
        var dy = Math.Max(220, (int)(sheet.Height * margin));
        var middle = new Sheet(sheet.Left + dx, sheet.Bottom + dy, sheet.Right - dx, sheet.Top - dy);
        var chamfer = (int)(middle.Shorter * dice.Between(0.16, 0.3));
        Add(middle, inner, CellForm.Octagon, chamfer);
        Corner(middle.Left, middle.Bottom, chamfer, CellForm.CornerLowerLeft);
        Corner(middle.Right - chamfer, middle.Bottom, chamfer, CellForm.CornerLowerRight);
        Corner(middle.Right - chamfer, middle.Top - chamfer, chamfer, CellForm.CornerUpperRight);
        Corner(middle.Left, middle.Top - chamfer, chamfer, CellForm.CornerUpperLeft);
        Strips(new(sheet.Left, sheet.Bottom, sheet.Right, middle.Bottom), upright: true, LandClass.Irrigated, varied: true);
        Strips(new(sheet.Left, middle.Top, sheet.Right, sheet.Top), upright: true, LandClass.Irrigated, varied: true);
        Strips(new(sheet.Left, middle.Bottom, middle.Left, middle.Top), upright: false, LandClass.Irrigated, varied: true);
        Strips(new(middle.Right, middle.Bottom, sheet.Right, middle.Top), upright: false, LandClass.Irrigated, varied: true);
    }

    private void Corner(int left, int bottom, int side, CellForm form) =>
        Add(new(left, bottom, left + side, bottom + side), dice.Chance(0.5) ? LandClass.OtherForest : LandClass.Orchard, form);

    private void Hillside(Sheet sheet)
    {
        if (sheet.Shorter > 2_000 && dice.Chance(0.05))
        {
            Core(sheet, dice.Between(0.25, 0.34), dice.Chance(0.7) ? LandClass.QuarryLand : LandClass.Scenic);
            return;
        }
        Woods(sheet, 1_700, Cover);
    }

    /// <summary>What grows on a hillside: woods in stands, not patch by patch.</summary>
    private LandClass Cover(Sheet at)
    {
        var (x, y) = (at.Left + at.Width / 2.0, at.Bottom + at.Height / 2.0);
        var stand = stands.At(x, y) + dice.Between(-0.12, 0.12);
        if (dice.Chance(0.06))
            return dice.Chance(0.7) ? LandClass.Dry : LandClass.Orchard;
        return stand switch
        {
            < -0.42 => LandClass.OtherGrass,
            < -0.3 => LandClass.Bare,
            < -0.1 => LandClass.Shrub,
            < 0.42 => LandClass.Forest,
            < 0.55 => LandClass.OtherForest,
            _ => LandClass.Dry,
        };
    }

    private void Streets(Sheet sheet, LandClass main) =>
        Woods(
            sheet,
            1_700,
            _ =>
                dice.Share() switch
                {
                    < 0.9 => main,
                    < 0.95 => LandClass.Industry,
                    < 0.97 => LandClass.Pond,
                    _ => LandClass.Irrigated,
                }
        );

    /// <summary>Halves a sheet again and again until no side is longer than wanted.</summary>
    private void Woods(Sheet sheet, int longest, Func<Sheet, LandClass> use)
    {
        if (Math.Max(sheet.Width, sheet.Height) <= longest)
        {
            Add(sheet, use(sheet));
            return;
        }
        var upright = sheet.Width > sheet.Height;
        var across = upright ? sheet.Width : sheet.Height;
        var at = (int)(across * dice.Between(0.34, 0.66));
        Woods(sheet.Slice(upright, 0, at), longest, use);
        Woods(sheet.Slice(upright, at, across), longest, use);
    }

    private readonly record struct Sheet(int Left, int Bottom, int Right, int Top)
    {
        public int Width => Right - Left;
        public int Height => Top - Bottom;
        public int Shorter => Math.Min(Width, Height);

        /// <summary>The part between two distances from its left (upright) or lower edge.</summary>
        public Sheet Slice(bool upright, int from, int to) =>
            upright ? this with { Left = Left + from, Right = Left + to } : this with { Bottom = Bottom + from, Top = Bottom + to };
    }
}
