using System.Globalization;
using NetTopologySuite.Geometries;
using Weipian.Sample.Land;

namespace Weipian.Sample.Sites;

/// <summary>A patch ready to be issued: its story, its number and the units it lies in.</summary>
internal sealed class Cast(Story story)
{
    public Story Story { get; } = story;
    public string Number { get; set; } = "";
    public IReadOnlyList<TrueUnitShare> Units { get; set; } = [];
    public Cast? Earlier { get; init; }
}

/// <summary>Gives every tale its block before the land is drawn, and tells it afterwards.</summary>
internal sealed class Casting
{
    private const double MajorShare = 0.7;

    private readonly District district;
    private readonly List<(Tale Tale, Block Block, int Label)> roles = [];
    private readonly Dice dice;

    public Casting(District district)
    {
        this.district = district;
        dice = Dice.For(district.Number, "casting");
        var free = new FreeBlocks(district, dice);
        foreach (var tale in Tales.All)
        {
            var times = Times(tale, district.Size);
            for (var i = 0; i < times; i++)
            {
                var (block, label) = free.Take(tale);
                roles.Add((tale, block, label));
            }
        }
    }

    /// <summary>Tells every tale. After the district was drawn.</summary>
    public IReadOnlyList<Cast> Tell()
    {
        var casts = new List<Cast>();
        var serial = 0;
        foreach (var (tale, block, label) in roles)
        {
            var plot = new Plot(district, block, label);
            var again = AgainIn(tale.Place);
            var first = Told(tale, plot, again?.First ?? tale.Only ?? AnyProgramme(), ++serial);
            if (tale.Place == Place.TwoUnits)
                AcrossTheBorder(first.Story, block);
            first.Units = Shares(first.Story, tale);
            casts.Add(first);
            if (again is not { } both)
                continue;
            var second = new Cast(Told(tale, plot, both.Second, ++serial).Story) { Earlier = first };
            if (tale.Place == Place.Twice)
                second.Story.Again(first.Story, 1.04);
            else
                second.Story.Anew(first.Story);
            second.Units = first.Units;
            casts.Add(second);
        }
        Number(casts);
        foreach (var cast in casts)
            Blemishes.Add(cast.Story);
        return casts;
    }

    /// <summary>The unit that owns the block of a tale although it lies in another; null for most.</summary>
    internal static Unit? EnclaveOf(Place place) =>
        place switch
        {
            Place.Enclave => Unit.Enclave,
            Place.Exclave => Unit.Exclave,
            _ => null,
        };

    private static int Times(Tale tale, SampleSize size) =>
        size switch
        {
            SampleSize.Village => tale.Village,
            SampleSize.District => tale.District,
            _ => tale.Place == Place.Enclave ? 1 : tale.District * 19,
        };

    /// <summary>The programmes of a tale that is shown twice; null for most.</summary>
    private static (Programme First, Programme Second)? AgainIn(Place place) =>
        place switch
        {
            Place.Twice => (Programme.FirstQuarter, Programme.SecondQuarter),
            Place.Rebuilt => (Programme.Annual2018, Programme.ThirdQuarter),
            _ => null,
        };

    private Cast Told(Tale tale, Plot plot, Programme programme, int serial)
    {
        var story = new Story(plot, programme, Dice.For(district.Number, "story", serial), serial);
        tale.Tell(story);
        return new(story);
    }

    private Programme AnyProgramme() =>
        dice.Share() switch
        {
            < 0.42 => Programme.Annual2018,
            < 0.58 => Programme.FirstQuarter,
            < 0.79 => Programme.SecondQuarter,
            _ => Programme.ThirdQuarter,
        };

    /// <summary>Slides the patch along its block until 70 % lie in one unit.</summary>
    private void AcrossTheBorder(Story story, Block block)
    {
        var first = district.Borders.LabelAt(block.Left, block.MiddleY);
        var upright = first == district.Borders.LabelAt(block.Right, block.MiddleY);
        if (upright)
            first = district.Borders.LabelAt(block.MiddleX, block.Bottom);
        var near = Around(district.Shapes[first], story.Plot);
        var half = story.Plot.Reach;
        var (low, high, at) = (-half, half, 0.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            story.Move(upright ? 0 : middle - at, upright ? middle - at : 0);
            at = middle;
            var shape = story.Shape();
            if (near.Intersection(shape).Area / shape.Area > MajorShare)
                low = middle;
            else
                high = middle;
        }
    }

    private IReadOnlyList<TrueUnitShare> Shares(Story story, Tale tale)
    {
        if (EnclaveOf(tale.Place) is { } owner)
            return [new(owner.Code, 1)];
        if (tale.Place != Place.TwoUnits)
            return [new(district.Borders.Units[story.Plot.Label].Code, 1)];
        var shape = story.Shape();
        return
        [
            .. district
                .Shapes.Select(
                    (s, i) => new TrueUnitShare(district.Units[i].Code, Around(s, story.Plot).Intersection(shape).Area / shape.Area)
                )
                .Where(s => s.Share > 1e-6)
                .OrderByDescending(s => s.Share),
        ];
    }

    /// <summary>What of a unit lies around a plot: small, so that trying is cheap.</summary>
    private static Geometry Around(MultiPolygon unit, Plot plot) =>
        unit.Intersection(plot.Polygon(LocalShape.Rectangle(plot.Reach * 8, plot.Reach * 8)));

    private static void Number(List<Cast> casts)
    {
        var next = new Dictionary<(string, string), int>();
        foreach (var cast in casts)
        {
            var (programme, kind) = (cast.Story.Programme, cast.Story.Kind);
            var serial = next[(programme.Id, kind)] = next.GetValueOrDefault((programme.Id, kind)) + 1;
            var letter = kind == "land" ? 'T' : 'K';
            cast.Number = string.Create(CultureInfo.InvariantCulture, $"370306{programme.Year}{programme.Quarter}{letter}{serial:D5}");
        }
    }
}

/// <summary>Blocks that no patch has taken yet, by what may be made of them.</summary>
internal sealed class FreeBlocks
{
    // Kinds of blocks that may be remade into the ground wanted, best first.
    private static readonly Dictionary<BlockKind, BlockKind[]> Sources = new()
    {
        [BlockKind.PlainField] = [BlockKind.Farm, BlockKind.Slope, BlockKind.Village, BlockKind.Hills],
        [BlockKind.SlopeField] = [BlockKind.Slope, BlockKind.Farm, BlockKind.Hills],
        [BlockKind.VillageCore] = [BlockKind.Village, BlockKind.Farm, BlockKind.Slope, BlockKind.Hills],
        [BlockKind.Built] = [BlockKind.Farm, BlockKind.Slope],
        [BlockKind.Unused] = [BlockKind.Slope, BlockKind.Hills, BlockKind.Farm],
        [BlockKind.Hills] = [BlockKind.Hills, BlockKind.Slope, BlockKind.Farm, BlockKind.Village],
    };

    private readonly District district;
    private readonly Dictionary<BlockKind, List<(Block Block, int Label)>> within;
    private readonly List<(Block Block, int Label)> across = [];

    public FreeBlocks(District district, Dice dice)
    {
        this.district = district;
        var order = district.Subdivision.Blocks.ToList();
        dice.Shuffle(order);
        within = Sources.Values.SelectMany(s => s).Distinct().ToDictionary(k => k, _ => new List<(Block, int)>());
        foreach (var block in order)
        {
            if (!within.TryGetValue(block.Kind, out var list) || !IsInside(block))
                continue;
            var labels = Labels(block);
            if (labels.Distinct().Count() == 1)
                list.Add((block, labels[0]));
            else if (Straddles(block))
                across.Add((block, district.Borders.LabelAt(block.MiddleX, block.MiddleY)));
        }
    }

    public (Block Block, int Label) Take(Tale tale)
    {
        var lists = tale.Place == Place.TwoUnits ? [across] : Sources[tale.Ground].Select(k => within[k]);
        foreach (var list in lists)
        {
            // From the end, so that taking is cheap.
            var at = list.FindLastIndex(b => b.Block.ShorterSide >= tale.Side * Lay.Metre);
            if (at < 0)
                continue;
            var taken = list[at];
            list.RemoveAt(at);
            taken.Block.Taken = true;
            taken.Block.Protected = tale.Place == Place.ProtectedFarmland;
            taken.Block.Enclave = Casting.EnclaveOf(tale.Place);
            if (tale.Ground != BlockKind.Hills || taken.Block.Kind != BlockKind.Hills)
                taken.Block.Kind = tale.Ground;
            return taken;
        }
        throw new InvalidOperationException($"no block left for {tale.Tell.Method.Name}");
    }

    private bool IsInside(Block b)
    {
        const double Margin = 900;
        var outline = district.Borders;
        return outline.Outline(b.Left, b.Bottom) > Margin
            && outline.Outline(b.Right, b.Bottom) > Margin
            && outline.Outline(b.Right, b.Top) > Margin
            && outline.Outline(b.Left, b.Top) > Margin;
    }

    private int[] Labels(Block b)
    {
        var at = district.Borders;
        return
        [
            at.LabelAt(b.MiddleX, b.MiddleY),
            at.LabelAt(b.Left, b.Bottom),
            at.LabelAt(b.Right, b.Bottom),
            at.LabelAt(b.Right, b.Top),
            at.LabelAt(b.Left, b.Top),
            at.LabelAt(b.MiddleX, b.Bottom),
            at.LabelAt(b.MiddleX, b.Top),
            at.LabelAt(b.Left, b.MiddleY),
            at.LabelAt(b.Right, b.MiddleY),
        ];
    }

    /// <summary>One border crosses the middle, about along one axis: left and right, or below and above, are different units.</summary>
    private bool Straddles(Block b)
    {
        var at = district.Borders;
        var (w, h) = ((b.Right - b.Left) * 3 / 10, (b.Top - b.Bottom) * 3 / 10);
        var labels = Labels(b);
        if (labels.Distinct().Count() != 2)
            return false;
        bool Level(int y) =>
            at.LabelAt(b.MiddleX - w, y) == at.LabelAt(b.Left, b.MiddleY) && at.LabelAt(b.MiddleX + w, y) == at.LabelAt(b.Right, b.MiddleY);
        bool Upright(int x) =>
            at.LabelAt(x, b.MiddleY - h) == at.LabelAt(b.MiddleX, b.Bottom) && at.LabelAt(x, b.MiddleY + h) == at.LabelAt(b.MiddleX, b.Top);
        return (labels[7] != labels[8] && Level(b.MiddleY - h) && Level(b.MiddleY + h))
            || (labels[5] != labels[6] && labels[7] == labels[8] && Upright(b.MiddleX - w) && Upright(b.MiddleX + w));
    }
}

/// <summary>The small faults that issued records have in real life and that change no truth.</summary>
internal static class Blemishes
{
    public static void Add(Story s)
    {
        if (s.BeforeWritten is null && s.AfterWritten is null && s.Papers.Count == 0 && s.Doubt is null && s.Dice.Chance(0.05))
        {
            // Two images were needed to cover the patch; the truth does not depend on which is meant.
            var second = s.Before.AddDays(s.Dice.Whole(1, 5));
            if (second < s.After && s.Programme.Id != "2019-q2")
                s.BeforeWritten = $"{s.Before:yyyyMMdd},{second:yyyyMMdd}";
        }
        if (s.Dice.Chance(0.07))
        {
            s.BeforeWritten ??= s.Before.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            s.AfterWritten ??= s.After.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }
}
