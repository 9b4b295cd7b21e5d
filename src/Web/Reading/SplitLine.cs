using System.Globalization;
using System.Text.RegularExpressions;
using Weipian.Geo;

namespace Weipian.Web.Reading;

/// <summary>A dividing line as a person writes it: an azimuth through the middle of the parcel, or corners.</summary>
/// <param name="AzimuthDegrees">Clockwise from grid north, 0 to below 360; null where corners were written.</param>
/// <param name="OffsetMetres">To the right of the middle, looking along the azimuth.</param>
/// <param name="Corners">Longitude and latitude of at least two corners, degrees CGCS2000; null where an azimuth was written.</param>
public sealed partial record SplitLine(double? AzimuthDegrees, double OffsetMetres, double[][]? Corners)
{
    /// <summary>Further from the middle than this lies no parcel.</summary>
    public const double OffsetMetresMax = 100_000;

    /// <summary>Corners that a written line may have.</summary>
    public const int CornersMax = 50;

    private const double WholeTurn = 360;

    /// <param name="text"><c>45</c>, <c>45 -12.5</c>, or places as <see cref="PlaceText"/> reads them with semicolons between.</param>
    /// <param name="nearLongitude">Degrees of the parcel: the belt where no zone number stands.</param>
    /// <exception cref="Problem"><c>map.line-not-understood</c>, and those of <see cref="PlaceText.Read"/></exception>
    public static SplitLine Read(string text, double nearLongitude)
    {
        ArgumentNullException.ThrowIfNull(text);
        var places = text.Split([';', '；', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (places.Length > CornersMax)
            throw Problem.Map.LineNotUnderstood(Shortened(text));
        if (places.Length > 1)
            return new(null, 0, [.. places.Select(p => PlaceText.Read(p, nearLongitude)).Select(p => new[] { p.Longitude, p.Latitude })]);
        var found = Turned().Match(text);
        if (!found.Success)
            throw Problem.Map.LineNotUnderstood(Shortened(text));
        var azimuth = double.Parse(found.Groups["azimuth"].Value, CultureInfo.InvariantCulture);
        var offset = found.Groups["offset"] is { Success: true } by ? double.Parse(by.Value, CultureInfo.InvariantCulture) : 0;
        return azimuth < WholeTurn && Math.Abs(offset) <= OffsetMetresMax
            ? new(azimuth, offset, null)
            : throw Problem.Map.LineNotUnderstood(Shortened(text));
    }

    private static string Shortened(string text) => text.Length <= 60 ? text.Trim() : text[..60] + "…";

    [GeneratedRegex(
        @"^\s*(?<azimuth>[0-9]{1,3}(\.[0-9]{1,6})?)\s*°?\s*([\s,，]\s*(?<offset>[-+]?[0-9]{1,6}(\.[0-9]{1,4})?)\s*(m|米)?)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Turned();
}
