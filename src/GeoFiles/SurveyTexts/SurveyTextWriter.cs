using System.Globalization;
using System.Text;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>What the head of a survey text says beside the coordinate system.</summary>
/// <param name="Encoding">GBK is what receiving programs expect; UTF-8 is written with its mark.</param>
/// <param name="Decimals">Places behind the metre: 3 by custom.</param>
public sealed record SurveyTextOptions(string Producer = "", DateOnly? Date = null, string Encoding = "GBK", int Decimals = 3);

/// <summary>Writes a survey text (勘测定界 TXT): northing before easting, points counted without the closing one, rings closed.</summary>
public static class SurveyTextWriter
{
    private const double SquareMetresOfHectare = 10_000;

    // What feeds a field of the heading line: its own name first, then the usual columns.
    private static readonly string[][] Feeding =
    [
        ["地块编号", "DKBH", "JCBH", "TBBH", "number"],
        ["地块名称", "DKMC", "XMMC", "name"],
        ["图幅号", "TFH"],
        ["地块用途", "DKYTMS", "TDYT", "use"],
        ["地类编码", "DLBM", "code"],
    ];

    /// <param name="crs">A Gauss–Krüger zone of CGCS2000; the features are in its coordinates.</param>
    /// <returns>How many plots were written.</returns>
    /// <exception cref="Problem">files.write-limit, files.unencodable-text: no file is left then</exception>
    public static long Write(
        string path,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features,
        CoordinateSystem crs,
        SurveyTextOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(crs);
        options ??= new SurveyTextOptions();
        var file = Path.GetFileName(path);
        if (crs.IsGeographic)
            throw Problem.Files.WriteLimit(
                file,
                "勘测定界文件只写高斯-克吕格平面坐标",
                "a survey text holds plane coordinates of a zone only"
            );
        var encoding = TextEncodings.Require(options.Encoding);
        var places = Feeding.Select(names => Place(fields, names)).ToArray();
        using var unfinished = new UnfinishedFile(path);
        var written = 0L;
        using (var stream = File.Create(unfinished.Path))
        {
            if (encoding.CodePage != 936 && encoding.CodePage != 54936)
                stream.Write(new UTF8Encoding(true).Preamble is var mark && encoding.CodePage == 65001 ? mark : encoding.Preamble);
            void Line(string text, string field, long row) => stream.Write(Bytes(encoding, text + "\r\n", file, field, row));
            Line(Head(crs, options), "[属性描述]", 0);
            foreach (var feature in features)
            foreach (var line in Plot(++written, feature, places, options.Decimals, file))
                Line(line, "地块", written);
        }
        unfinished.Complete();
        return written;
    }

    private static string Head(CoordinateSystem crs, SurveyTextOptions options) =>
        string.Join(
            "\r\n",
            "[属性描述]",
            "格式版本号=1.01",
            $"数据产生单位={options.Producer}",
            $"数据产生日期={options.Date?.ToString("yyyy-M-d", CultureInfo.InvariantCulture)}",
            "坐标系=2000国家大地坐标系",
            $"几度分带={crs.ZoneDegrees}",
            "投影类型=高斯克吕格",
            "计量单位=米",
            $"带号={crs.Zone}",
            $"精度={Math.Pow(10, -options.Decimals).ToString("0.######", CultureInfo.InvariantCulture)}",
            "转换参数=,,,,,,",
            "[地块坐标]"
        );

    private static IEnumerable<string> Plot(long row, WrittenFeature feature, int[] places, int decimals, string file)
    {
        if (feature.Polygons.Count == 0)
            throw Problem.Files.WriteLimit(file, $"第 {row} 个要素没有图形", $"feature {row} has no geometry");
        var rings = feature.Polygons.SelectMany(polygon => polygon.Holes.Prepend(polygon.Shell)).Select(Rings.Closed).ToList();
        string Text(int field)
        {
            var text = places[field] < 0 ? "" : ValueText.Of(feature.Values[places[field]])?.Trim() ?? "";
            return text.IndexOfAny([',', '@', '\r', '\n']) < 0
                ? text
                : throw Problem.Files.WriteLimit(
                    file,
                    $"第 {row} 个要素的“{Feeding[field][0]}”含有逗号、@ 或换行：“{text}”",
                    $"“{Feeding[field][0]}” of feature {row} holds a comma, an @ or a line break: “{text}”"
                );
        }
        var area = (feature.Polygons.Sum(Area) / SquareMetresOfHectare).ToString("0.0000", CultureInfo.InvariantCulture);
        yield return $"{rings.Sum(ring => ring.Length / 2 - 1)},{area},{Text(0)},{Text(1)},面,{Text(2)},{Text(3)},{Text(4)},@";
        var form = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        var before = 0;
        for (var r = 0; r < rings.Count; r++)
        {
            var points = rings[r].Length / 2 - 1;
            for (var i = 0; i <= points; i++)
            {
                var (east, north) = (rings[r][2 * i], rings[r][2 * i + 1]);
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"J{before + i % points + 1},{r + 1},{north.ToString(form, CultureInfo.InvariantCulture)},{east.ToString(form, CultureInfo.InvariantCulture)}"
                );
            }
            before += points;
        }
    }

    /// <summary>Plane area, as survey texts state it: shell without holes.</summary>
    private static double Area(WrittenPolygon polygon) =>
        Math.Abs(Rings.SignedArea(Rings.Closed(polygon.Shell))) - polygon.Holes.Sum(hole => Math.Abs(Rings.SignedArea(Rings.Closed(hole))));

    private static int Place(IReadOnlyList<WrittenField> fields, string[] names)
    {
        foreach (var name in names)
            for (var i = 0; i < fields.Count; i++)
                if (string.Equals(fields[i].Name, name, StringComparison.OrdinalIgnoreCase))
                    return i;
        return -1;
    }

    private static byte[] Bytes(Encoding encoding, string text, string file, string field, long row)
    {
        try
        {
            return encoding.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Problem.Files.UnencodableText(file, row, field, text.Trim(), TextEncodings.NameOf(encoding));
        }
    }
}
