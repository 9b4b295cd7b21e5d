using System.Globalization;
using NetTopologySuite.Geometries;
using Weipian.GeoFiles;
using Weipian.Sample.Sites;
using static Weipian.Sample.Sites.PaperRoles;

namespace Weipian.Sample.Files;

/// <summary>The issued patches of one programme and kind, in the columns of the ministry's table.</summary>
internal sealed class PatchFile(Programme programme, string kind, IReadOnlyList<Cast> casts, Coordinates to)
{
    private const double SquareMetresOfMu = 2000.0 / 3;

    public static IReadOnlyList<WrittenField> Fields { get; } =
    [
        new("OBJECTID", "integer", 9),
        Text("XZQDM", 12),
        Text("XMC", 40),
        Text("JCBH", 32),
        Text("TBZL", 10),
        Text("TBLX", 40),
        Text("TZ", 20),
        Text("QSX", 24),
        Text("HSX", 24),
        new("XZB", "real", 18, 6),
        new("YZB", "real", 18, 6),
        Real("JCMJ", 2),
        Text("BGDL", 10),
        Text("BGFW", 20),
        Text("WBGLX", 20),
        Text("BZ", 60),
    ];

    public static IReadOnlyList<string> Map { get; } =
    ["number=JCBH", "before=QSX", "after=HSX", "area=JCMJ", "county=XZQDM", "kind=TBZL", "code=BGDL"];

    public IEnumerable<WrittenFeature> Features()
    {
        var row = 0;
        foreach (var cast in casts)
        {
            var story = cast.Story;
            var (rings, _, dice) = IssuedRings.Of(cast);
            var (x, y) = Middle(story.Shape());
            yield return to.Feature(
                rings,
                [
                    (long)++row,
                    "370306",
                    "周村区（合成）",
                    cast.Number,
                    kind,
                    story.Change,
                    null,
                    Day(story.BeforeWritten, story.Before),
                    Day(story.AfterWritten, story.After),
                    x,
                    y,
                    IssuedMu(story.AreaSquareMetres, dice),
                    null,
                    null,
                    null,
                    "合成数据，非真实图斑",
                ]
            );
        }
    }

    public string FileName => $"patches-{programme.Id}-{kind}.zip";

    public string LayerName => $"合成图斑_{programme.Id}_{kind}";

    private static string? Day(string? written, DateOnly day) =>
        written is null ? day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
        : written.Length == 0 ? null
        : written;

    /// <summary>Issued areas are rounded, some were measured on the image, and a few are plainly wrong.</summary>
    private static double IssuedMu(double squareMetres, Dice dice)
    {
        var chance = dice.Share();
        var factor =
            chance < 0.01 ? 1.08
            : chance < 0.08 ? dice.Between(0.985, 1.015)
            : 1;
        return Math.Max(0.01, Math.Round(squareMetres / SquareMetresOfMu * factor, 2, MidpointRounding.AwayFromZero));
    }

    private (double X, double Y) Middle(MultiPolygon shape)
    {
        var (x, y) = to.Point(shape.Centroid.X, shape.Centroid.Y);
        return (Math.Round(x, 6), Math.Round(y, 6));
    }
}
