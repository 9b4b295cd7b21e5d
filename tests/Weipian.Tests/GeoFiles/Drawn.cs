using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Small layers drawn for the tests: squares near Zhoucun, with the kinds of values that real layers have.</summary>
internal static class Drawn
{
    public static CoordinateSystem Cgcs2000 { get; } = CoordinateSystem.FromEpsg(4490);

    public static IReadOnlyList<WrittenField> Fields { get; } =
    [
        new("JCBH", "text", 20),
        new("XMC", "text", 30),
        new("JCMJ", "real", 16, 2),
        new("OBJECTID", "integer", 10),
        new("QSX", "date"),
        new("SFYN", "boolean"),
    ];

    /// <summary>A square with its lower left corner at the place; side in the unit of the coordinates.</summary>
    public static double[] Square(double x, double y, double side) => [x, y, x + side, y, x + side, y + side, x, y + side, x, y];

    public static WrittenFeature Feature(int i, string county = "周村区") =>
        new(
            [new(Square(117.8 + i * 0.002, 36.8, 0.001), [Square(117.8003 + i * 0.002, 36.8003, 0.0002)])],
            [$"37030620180{i:D3}", county, 12.5 + i, (long)i, new DateOnly(2018, 3, 1).AddDays(i), i % 2 == 0]
        );

    public static IReadOnlyList<WrittenFeature> Features(int count) => [.. Enumerable.Range(0, count).Select(i => Feature(i))];
}
