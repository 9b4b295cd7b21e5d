namespace Weipian.Sample.Land;

/// <summary>A statutory unit of the sample: its nine-digit statistical code and its name.</summary>
internal sealed record Unit(string Code, string Name)
{
    /// <summary>The piece of a neighbouring district that lies inside ours (飞地).</summary>
    public static Unit Enclave { get; } = new("370302102", "合成飞地（邻区）");

    /// <summary>Of a village: a town that owns one block among the two others; the plan names nobody who answers for it.</summary>
    public static Unit Exclave { get; } = new("370306100", "北郊镇");
}

/// <summary>Where the district ends and where one unit meets the next: smooth lines on paper, each the zero of a function.</summary>
/// <remarks>
/// The first cut is the outline, positive inside. The others form a tree: each divides what earlier cuts left as one. Every function
/// grows about as fast as the distance from its line, so a value far from zero means that the line is far away.
/// </remarks>
internal sealed class Borders
{
    private readonly List<Cut> cuts = [];
    private readonly Noise wide;
    private readonly Noise fine;
    private readonly Noise round;
    private readonly double outline;
    private double shift;

    public Borders(Lay lay, bool single)
    {
        wide = new(Dice.Mix(lay.Number ^ 0xB0), lay.Radius * 0.6);
        fine = new(Dice.Mix(lay.Number ^ 0xB1), 12_000);
        round = new(Dice.Mix(lay.Number ^ 0xB2), 0.8);
        outline = OutlineRadius(lay.Radius);
        cuts.Add(new(0, 0, -1, Outline));
        if (single)
            TwoUnits(lay.Radius);
        else
            TenUnits(lay.Radius);
    }

    /// <summary>The units, by label.</summary>
    public IReadOnlyList<Unit> Units { get; private set; } = [];

    /// <summary>
    /// The cuts in order. A cut divides <see cref="Cut.Of"/> into <see cref="Cut.Positive"/> and <see cref="Cut.Negative"/>; −1 is outside.
    /// </summary>
    public IReadOnlyList<Cut> Cuts => cuts;

    /// <summary>The label of a point of paper: an index into <see cref="Units"/>, or −1 outside.</summary>
    public int LabelAt(double x, double y)
    {
        var label = 0;
        foreach (var cut in cuts)
            if (label == cut.Of)
                label = cut.At(x, y) >= 0 ? cut.Positive : cut.Negative;
        return label;
    }

    /// <summary>Positive inside the district; about the distance from its outline, decimetres of paper.</summary>
    public double Outline(double x, double y)
    {
        var r = Math.Sqrt(x * x + y * y);
        return r < 1 ? outline : outline * Swell(x / r, y / r) - r + 250 * fine.At(x, y);
    }

    private double Swell(double cosine, double sine) =>
        1 + 0.2 * round.At(cosine + 7, sine + 3) + 0.06 * round.At(cosine * 4 - 20, sine * 4 + 9);

    /// <summary>The factor that gives the outline the area of a circle of the wanted radius.</summary>
    private double OutlineRadius(double radius)
    {
        const int Steps = 200;
        var inside = 0;
        for (var i = -Steps; i <= Steps; i++)
        for (var j = -Steps; j <= Steps; j++)
        {
            var (x, y) = (i * 1.5 / Steps, j * 1.5 / Steps);
            var r = Math.Sqrt(x * x + y * y);
            if (r == 0 || r <= Swell(x / r, y / r))
                inside++;
        }
        var area = inside * (1.5 / Steps) * (1.5 / Steps);
        return radius * Math.Sqrt(3.14159265358979 / area);
    }

    private void TwoUnits(double radius)
    {
        Units = [new("370306102", "王村镇"), new("370306101", "南郊镇")];
        cuts.Add(new(0, 0, 1, (x, y) => x + Wiggle(x, y, radius) - shift));
    }

    /// <summary>Of a village: lets the border of its two units run through a point.</summary>
    public void RunThrough(double x, double y) => shift += cuts[1].At(x, y);

    private void TenUnits(double radius)
    {
        Units =
        [
            new("370306005", "城北路街道"),
            new("370306100", "北郊镇"),
            new("370306001", "丝绸路街道"),
            new("370306002", "大街街道"),
            new("370306003", "青年路街道"),
            new("370306004", "永安街道"),
            new("370306101", "南郊镇"),
            new("370306104", "商家镇"),
            new("370306103", "萌水镇"),
            new("370306102", "王村镇"),
        ];
        var (u, v) = (0.12 * radius, 0.5 * radius);
        cuts.Add(new(0, 0, 6, (x, y) => y - 0.08 * radius + 0.24 * x + Wiggle(x, y, radius)));
        cuts.Add(new(0, 2, 0, (x, y) => 0.29 * radius - Distance(x - u, 1.15 * (y - v)) + 0.9 * Wiggle(x, y, radius)));
        cuts.Add(new(2, 2, 3, (x, y) => x - u + 0.3 * (y - v) + 0.3 * Wiggle(x, y, radius)));
        cuts.Add(new(2, 2, 4, (x, y) => y - v + 0.03 * radius - 0.25 * (x - u) + 0.3 * Wiggle(x, y, radius)));
        cuts.Add(new(3, 3, 5, (x, y) => y - v - 0.02 * radius - 0.35 * (x - u) + 0.3 * Wiggle(x, y, radius)));
        cuts.Add(new(0, 0, 1, (x, y) => x - u + 0.15 * radius + 0.2 * (y - v) + Wiggle(x, y, radius)));
        cuts.Add(new(6, 6, 9, (x, y) => (x + 0.36 * radius + 0.25 * y + Wiggle(x, y, radius)) * 0.97));
        cuts.Add(new(6, 6, 7, (x, y) => (y + 0.4 * radius - 0.3 * x + Wiggle(x, y, radius)) * 0.96));
        cuts.Add(new(6, 6, 8, (x, y) => (x - 0.22 * radius - 0.2 * y + Wiggle(x, y, radius)) * 0.98));
    }

    private double Wiggle(double x, double y, double radius) => 0.07 * radius * wide.At(x, y) + 400 * fine.At(x, y);

    private static double Distance(double x, double y) => Math.Sqrt(x * x + y * y);
}

/// <summary>One cut: what carries label <paramref name="Of"/> becomes <paramref name="Positive"/> or <paramref name="Negative"/>.</summary>
internal sealed record Cut(int Of, int Positive, int Negative, Func<double, double, double> At);
