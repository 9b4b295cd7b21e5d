using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>Dates as they stand in files: 20180305, 2018-03-05, 2018/3/5, 2018.3.5, 2018年3月5日; several joined by a comma.</summary>
public static class DateText
{
    private static readonly string[] Forms =
    [
        "yyyyMMdd",
        "yyyy-M-d",
        "yyyy/M/d",
        "yyyy.M.d",
        "yyyy年M月d日",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-M-d H:mm:ss",
        "yyyy/M/d H:mm:ss",
        "yyyyMMddHHmmss",
    ];

    /// <summary>The days a value names, in the order written, and the part that could not be read as a day, if any.</summary>
    /// <param name="value">A value of a feature; numbers are read by their digits (20180305).</param>
    /// <returns>No days and no fault for null and blank values.</returns>
    public static (IReadOnlyList<DateOnly> Days, string? Fault) Parse(object? value)
    {
        if (value is DateOnly day)
            return ([day], null);
        if (value is DateTime moment)
            return ([DateOnly.FromDateTime(moment)], null);
        var text = ValueText.Of(value)?.Trim() ?? "";
        if (text.Length == 0 || text.All(c => c is '0'))
            return ([], null);
        var days = new List<DateOnly>();
        foreach (
            var part in text.Split(
                [',', '，', ';', '；', '、', '|'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
            if (DateTime.TryParseExact(part, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
                days.Add(DateOnly.FromDateTime(parsed));
            else
                return (days, part);
        return (days, null);
    }
}
