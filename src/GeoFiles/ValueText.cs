using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>How a value of a feature is written as text: invariant, and the same for the same value whatever file it came from.</summary>
internal static class ValueText
{
    /// <summary>Numbers with a dot and as short as they round-trip, days as yyyy-mm-dd; <c>null</c> stays null.</summary>
    public static string? Of(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            long number => number.ToString(CultureInfo.InvariantCulture),
            double number => OfDouble(number),
            bool truth => truth ? "true" : "false",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    // "R" would give 1E+16 for whole numbers that a code column holds as a real; those are written out.
    private static string OfDouble(double number) =>
        Math.Abs(number) < 1e15 && number == Math.Truncate(number)
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
}
