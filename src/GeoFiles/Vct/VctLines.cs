using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>The lines of a VCT file one after the other, with the number of the line for every complaint.</summary>
internal sealed class VctLines(FilePart file, string text)
{
    /// <summary>A polygon of more lines, or a line of more points, was made to hurt.</summary>
    private const long CountMax = 50_000_000;

    private int at;

    public int Number { get; private set; }

    /// <summary>The next line that is not empty; <c>null</c> at the end.</summary>
    public string? Next()
    {
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            var line = text.AsSpan(at, (end < 0 ? text.Length : end) - at).Trim("\uFEFF\r \t\0");
            at = end < 0 ? text.Length : end + 1;
            Number++;
            if (!line.IsEmpty)
                return line.ToString();
        }
        return null;
    }

    /// <exception cref="Problem">files.damaged-vct: the file ends here</exception>
    public string Required(string zh, string en) => Next() ?? throw Damaged($"文件在{zh}中结束", $"the file ends in {en}");

    /// <exception cref="Problem">files.damaged-vct</exception>
    public long Whole(string zh, string en)
    {
        var line = Required(zh, en);
        return long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Damaged($"{zh}应为整数，现为“{Shown(line)}”", $"{en} should be a whole number and is “{Shown(line)}”");
    }

    /// <exception cref="Problem">files.damaged-vct</exception>
    public (double X, double Y) Pair(char separator)
    {
        var line = Required("坐标", "the coordinates");
        return PairOf(line, separator) ?? throw Damaged($"“{Shown(line)}”不是一对坐标", $"“{Shown(line)}” is no pair of coordinates");
    }

    /// <summary>The two numbers a line begins with, or <c>null</c>.</summary>
    public static (double X, double Y)? PairOf(string line, char separator)
    {
        var numbers = line.Split(separator);
        return numbers.Length >= 2 && Real(numbers[0]) is { } x && Real(numbers[1]) is { } y ? (x, y) : null;
    }

    /// <summary>So many points, east before north.</summary>
    /// <exception cref="Problem">files.damaged-vct</exception>
    public double[] Pairs(long count, VctHead head)
    {
        var pairs = new List<double>();
        for (var i = 0L; i < count; i++)
        {
            var (x, y) = Pair(head.Separator);
            pairs.AddRange(head.NorthFirst ? [y, x] : [x, y]);
        }
        return [.. pairs];
    }

    /// <summary>A count of things that follow.</summary>
    /// <exception cref="Problem">files.damaged-vct</exception>
    public long Count(string zh, string en)
    {
        var count = Whole(zh, en);
        return count is >= 0 and <= CountMax ? count : throw Damaged($"个数 {count} 不合理", $"the count {count} is beyond reason");
    }

    /// <summary>Takes the next line when it is this one.</summary>
    public void Skip(string expected)
    {
        var (place, number) = (at, Number);
        if (Next() != expected)
            (at, Number) = (place, number);
    }

    public Problem Damaged(string zh, string en) => Problem.Files.DamagedVct(file.Name, Number, zh, en);

    private static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Shown(string line) => line.Length > 60 ? line[..60] + "…" : line;
}
