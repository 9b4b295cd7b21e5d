using System.Globalization;
using System.Text.RegularExpressions;

namespace Weipian.Tests.Web.Determination;

/// <summary>States for those who see fewer colours: two that look alike to them differ in shape, and each stands off from paper.</summary>
/// <remarks>
/// Colour blindness is simulated in linear light by the matrices of Machado, Oliveira and Fernandes (2009) at full severity; distance is
/// CIE76 in Lab under D65. A distance of 10 is well above what is just noticed (about 2.3) side by side.
/// </remarks>
[Requirement("R14")]
public sealed class PaletteTests
{
    private const double ToldApart = 10;
    private const double ContrastOfText = 4.5;

    private static readonly string Css = File.ReadAllText(Path.Combine(Repository.Root, "src/Web/wwwroot/weipian.css"));
    private static readonly string Mark = File.ReadAllText(Path.Combine(Repository.Root, "src/Web/Shell/StateMark.razor"));

    private static readonly string[] States = ["not-verified", "legal", "illegal", "other", "false-change", "doubtful", "late"];

    private static readonly Dictionary<string, double[][]> Eyes = new(StringComparer.Ordinal)
    {
        ["ordinary"] =
        [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
        ],
        ["protan"] =
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        ["deutan"] =
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        ["tritan"] =
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var theme in new[] { "light", "dark" })
        foreach (var eye in Eyes.Keys)
            cases.Add(theme, eye);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_states_that_look_alike_have_other_shapes(string theme, string eye)
    {
        var seen = States.ToDictionary(s => s, s => Lab(Seen(Colour(theme, "state-" + s), Eyes[eye])));
        var alike =
            from a in States
            from b in States
            where string.CompareOrdinal(a, b) < 0
            let distance = Distance(seen[a], seen[b])
            where distance < ToldApart && Shape(a) == Shape(b)
            select string.Create(CultureInfo.InvariantCulture, $"{a} and {b}: {distance:0.0}");
        Assert.Empty(alike);
    }

    /// <summary>The test above would say nothing if every colour could be told from every other.</summary>
    [Fact]
    public void Some_states_do_look_alike_to_some_eyes_and_every_shape_is_its_own()
    {
        var closest = Eyes.Values.Min(eye =>
            (
                from a in States
                from b in States
                where a != b
                select Distance(Lab(Seen(Colour("light", "state-" + a), eye)), Lab(Seen(Colour("light", "state-" + b), eye)))
            ).Min()
        );
        Assert.True(closest < ToldApart, $"{closest}");
        Assert.Equal(States.Length, States.Select(Shape).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_state_stands_off_from_paper_and_ground(string theme, string eye)
    {
        foreach (var state in States)
        foreach (var under in new[] { "paper", "ground", "raised" })
        {
            var (front, back) = (Seen(Colour(theme, "state-" + state), Eyes[eye]), Seen(Colour(theme, under), Eyes[eye]));
            var contrast = Contrast(front, back);
            // What the norm asks of ordinary eyes; a shape asks for 3.
            Assert.True(contrast >= (eye == "ordinary" ? ContrastOfText : 3), $"{state} on {under}: {contrast:0.00}");
        }
    }

    /// <summary>The markup of a shape, as <c>StateMark</c> draws it.</summary>
    private static string Shape(string state)
    {
        var named = Regex.Match(Mark, $"case \"{state}\":(?<shape>.*?)break;", RegexOptions.Singleline);
        var shape = named.Success ? named : Regex.Match(Mark, "default:(?<shape>.*?)break;", RegexOptions.Singleline);
        return Regex.Replace(shape.Groups["shape"].Value, @"\s+", " ").Trim();
    }

    /// <summary>Linear red, green and blue of a variable of a theme.</summary>
    private static double[] Colour(string theme, string name)
    {
        var block =
            theme == "light"
                ? Css[..Css.IndexOf("@media", StringComparison.Ordinal)]
                : Css[Css.IndexOf("[data-theme=\"dark\"]", StringComparison.Ordinal)..];
        var hex = Regex.Match(block, $"--{name}: #(?<hex>[0-9a-f]{{6}})").Groups["hex"].Value;
        Assert.Equal(6, hex.Length);
        return
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => int.Parse(hex.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4)),
        ];
    }

    private static double[] Seen(double[] linear, double[][] eye) =>
        [.. eye.Select(row => Math.Clamp(row.Zip(linear, (m, v) => m * v).Sum(), 0, 1))];

    private static double Luminance(double[] linear) => 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];

    private static double Contrast(double[] front, double[] back)
    {
        var (a, b) = (Luminance(front), Luminance(back));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double[] Lab(double[] linear)
    {
        var x = F((0.4124 * linear[0] + 0.3576 * linear[1] + 0.1805 * linear[2]) / 0.95047);
        var y = F(Luminance(linear));
        var z = F((0.0193 * linear[0] + 0.1192 * linear[1] + 0.9505 * linear[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16 / 116.0;
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
