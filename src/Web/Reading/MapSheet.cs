using Weipian.Geo;

namespace Weipian.Web.Reading;

/// <summary>The printed sheet of a map: paper, how it is turned, and the scale. Lengths in millimetres of paper.</summary>
/// <param name="Scale">The denominator: 10,000 for 1:10 000.</param>
public sealed record MapSheet(string Paper, bool IsPortrait, int Scale)
{
    public const string A4 = "a4";
    public const string A3 = "a3";
    private const int ScaleMin = 500;
    private const int ScaleMax = 1_000_000;

    /// <summary>Around everything, so that any printer reaches it.</summary>
    private const double Margin = 8;

    /// <summary>Of the column of words beside the map, or of the strip below it.</summary>
    private const double WordsLandscape = 62;
    private const double WordsPortrait = 64;
    private const double Title = 12;

    /// <summary>The rim between the frame and the map, in which the grid is labelled.</summary>
    public const double Rim = 6;

    private const double ScreenMillimetresPerPixel = 25.4 / 96;

    /// <summary>Scales that people expect, in rising order.</summary>
    public static IReadOnlyList<int> Scales { get; } = [500, 1000, 2000, 5000, 10_000, 25_000, 50_000, 100_000, 200_000, 500_000];

    public double Width => IsPortrait ? Short : Long;

    public double Height => IsPortrait ? Long : Short;

    /// <summary>Of the map itself, without its rim.</summary>
    public double MapWidth => Width - 2 * Margin - (IsPortrait ? 0 : WordsLandscape) - 2 * Rim;

    public double MapHeight => Height - 2 * Margin - Title - (IsPortrait ? WordsPortrait : 0) - 2 * Rim;

    private double Long => Paper == A3 ? 420 : 297;

    private double Short => Paper == A3 ? 297 : 210;

    /// <param name="resolution">Metres to a pixel of the screen that is to be printed: it chooses the scale where none is given.</param>
    /// <param name="whole">What is to be on the sheet, in degrees, where neither a scale nor a resolution is given.</param>
    /// <exception cref="Problem"><c>map.bad-sheet</c></exception>
    public static MapSheet Of(string? paper, string? turn, int? scale, double? resolution, Extent? whole = null)
    {
        var size = string.IsNullOrEmpty(paper) ? A4 : paper;
        if (size is not (A4 or A3))
            throw Problem.Map.BadSheet(size);
        if (turn is not (null or "" or "landscape" or "portrait"))
            throw Problem.Map.BadSheet(turn);
        var denominator = scale ?? Nearest(resolution ?? 0);
        if (denominator is < ScaleMin or > ScaleMax)
            throw Problem.Map.BadSheet(denominator.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var sheet = new MapSheet(size, turn == "portrait", denominator);
        return scale is null && resolution is null && whole is { } box ? sheet with { Scale = sheet.Holding(box) } : sheet;
    }

    /// <summary>The largest of the scales at which a box and a little around it lie on the map; by degrees of a sphere, which is near
    /// enough.</summary>
    private int Holding(Extent box)
    {
        const double MetresPerDegree = 111_320;
        const double Around = 1.1;
        var across = (box.MaxX - box.MinX) * MetresPerDegree * Math.Cos((box.MinY + box.MaxY) / 2 * Math.PI / 180) * Around;
        var up = (box.MaxY - box.MinY) * MetresPerDegree * Around;
        return Scales.FirstOrDefault(s => across * 1000 / s <= MapWidth && up * 1000 / s <= MapHeight, Scales[^1]);
    }

    private static int Nearest(double metresPerPixel)
    {
        var asked = metresPerPixel * 1000 / ScreenMillimetresPerPixel;
        return Scales.FirstOrDefault(s => s >= asked * 0.8, Scales[^1]);
    }
}
