using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>Tells the unit of a column of areas by comparing what it states with what the geometry measures.</summary>
/// <remarks>
/// 亩, square metres and hectares lie factors of 15 and more apart, and areas are stated to two figures at least, so a record that fits one
/// unit fits no other. A column is believed only when nearly all of it fits the same unit.
/// </remarks>
public sealed class AreaUnits
{
    private const double SquareMetresOfMu = 2000.0 / 3;
    private const double SquareMetresOfHectare = 10_000;

    /// <summary>Stated areas are rounded, net of deductions or measured in the plane: so much they may differ.</summary>
    private const double Tolerance = 0.06;

    /// <summary>So much of the compared records must fit.</summary>
    private const double ShareMin = 0.8;

    /// <summary>From so many on the geometry goes before the name of the column.</summary>
    private const int CertainFrom = 3;

    /// <summary>More records say nothing new.</summary>
    private const int ComparedMax = 1000;

    private static readonly (string Name, double SquareMetres, string Zh, string En)[] Units =
    [
        ("mu", SquareMetresOfMu, "亩", "mu"),
        ("m2", 1, "平方米", "square metres"),
        ("ha", SquareMetresOfHectare, "公顷", "hectares"),
    ];

    private readonly int[] agreeing = new int[Units.Length];
    private int compared;

    /// <summary>The unit, when the records leave no doubt.</summary>
    public string? Unit => Best is var best && compared > 0 && agreeing[best] >= ShareMin * compared ? Units[best].Name : null;

    private int Best => Array.IndexOf(agreeing, agreeing.Max());

    /// <summary>True when the unit goes before what the name of the column suggests.</summary>
    public bool IsCertain => Unit is not null && compared >= CertainFrom;

    /// <param name="stated">The value of the column; what is no positive number says nothing.</param>
    public void Compare(object? stated, double squareMetres)
    {
        if (compared >= ComparedMax || Number(stated) is not (> 0 and var number) || !(squareMetres > 0))
            return;
        compared++;
        for (var i = 0; i < Units.Length; i++)
            if (Math.Abs(number * Units[i].SquareMetres / squareMetres - 1) <= Tolerance)
                agreeing[i]++;
    }

    public AreaUnitReport Report(string column)
    {
        var (count, fitting) = (compared, agreeing.Max());
        if (Unit is null)
            return new(
                column,
                null,
                count,
                fitting,
                new($"{count} 条中没有一个单位与图形面积相符", $"no unit fits the geometry of the {count} records compared")
            );
        var (_, _, zh, en) = Units[Best];
        return new(
            column,
            Unit,
            count,
            fitting,
            new($"与图形比较的 {count} 条中 {fitting} 条按{zh}相符", $"of {count} records compared with their geometry {fitting} fit {en}")
        );
    }

    private static double? Number(object? value) =>
        value switch
        {
            double real => real,
            long whole => whole,
            string text when double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
            _ => null,
        };
}
