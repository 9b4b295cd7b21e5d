namespace Weipian.Sample.Imagery;

/// <summary>A colour of the ground before light and season: red, green, blue, 0 to 255.</summary>
internal readonly record struct Tone(float R, float G, float B)
{
    public Tone Times(float factor) => new(R * factor, G * factor, B * factor);

    public Tone Plus(float light) => new(R + light, G + light, B + light);

    /// <summary>This colour with a share of another laid over it.</summary>
    public Tone Under(Tone over, float share) => new(R + (over.R - R) * share, G + (over.G - G) * share, B + (over.B - B) * share);
}

/// <summary>One day on which the whole district was seen from above.</summary>
/// <param name="ShiftEast">Metres by which its pixels are misplaced: no two images lie exactly on each other.</param>
/// <param name="Gain">Its light, against the others.</param>
/// <param name="Crop">What stands on the fields in that season.</param>
/// <param name="Growing">Share of the fields that carry it; the others lie bare.</param>
/// <param name="Leaves">How green trees are, 0 to 1.</param>
internal sealed record Scene(
    int Ordinal,
    DateOnly On,
    double ShiftEast,
    double ShiftNorth,
    float Gain,
    float Haze,
    Tone Crop,
    float Growing,
    float Leaves
)
{
    /// <summary>Five days; each programme has one of them before and the next one after.</summary>
    public static IReadOnlyList<Scene> All { get; } =
    [
        new(0, new(2018, 2, 11), 0, 0, 1.00f, 0, new(118, 122, 84), 0.8f, 0.25f),
        new(1, new(2018, 10, 29), 0.5, -0.3, 0.93f, 4, new(128, 128, 82), 0.75f, 0.6f),
        new(2, new(2019, 2, 16), -0.4, 0.4, 1.04f, 2, new(116, 124, 86), 0.8f, 0.25f),
        new(3, new(2019, 5, 13), 0.3, 0.6, 1.08f, 0, new(104, 132, 70), 0.8f, 0.9f),
        new(4, new(2019, 8, 9), -0.6, -0.2, 0.96f, 8, new(92, 124, 66), 0.85f, 1.0f),
    ];

    public string Sensor => "SYNTHETIC-1";

    public static (Scene Before, Scene After) Of(string programme) =>
        programme switch
        {
            "2018-annual" => (All[0], All[1]),
            "2019-q1" => (All[1], All[2]),
            "2019-q2" => (All[2], All[3]),
            _ => (All[3], All[4]),
        };
}

/// <summary>One cloud with its shadow.</summary>
/// <param name="East">Its middle, metres of EPSG:4548.</param>
internal sealed record Cloud(int Scene, double East, double North, double RadiusMetres)
{
    // The sun stands in the south-east: shadows fall to the north-west.
    private const double ShadowEast = -190;
    private const double ShadowNorth = 240;

    /// <summary>Opacity of the cloud at a place, 0 to 1; ragged by the noise.</summary>
    public float Over(double east, double north, double ragged) => Dense(east - East, north - North, ragged);

    public float ShadowOver(double east, double north, double ragged) =>
        Dense(east - East - ShadowEast, north - North - ShadowNorth, ragged);

    private float Dense(double x, double y, double ragged)
    {
        var away = Math.Sqrt(x * x + y * y) / RadiusMetres + 0.25 * ragged;
        return (float)Math.Clamp((1.05 - away) * 4, 0, 1);
    }
}
