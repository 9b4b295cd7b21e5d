using System.Globalization;
using System.Text.RegularExpressions;

namespace Weipian.Geo;

/// <summary>A place that a person wrote down.</summary>
/// <param name="Longitude">Degrees CGCS2000.</param>
/// <param name="Latitude">Degrees CGCS2000.</param>
/// <param name="System">The system in which it was written.</param>
/// <param name="IsZoneAssumed">True when the easting had no zone number, so that the 3-degree belt of the map was taken.</param>
public sealed record WrittenPlace(double Longitude, double Latitude, CoordinateSystem System, bool IsZoneAssumed);

/// <summary>Reads a place as people write it: decimal degrees, degrees with minutes and seconds, or Gauss–Krüger metres.</summary>
/// <remarks>
/// The order is told by the numbers, because both are in use: in China no latitude reaches 73° and no longitude falls below it; an easting
/// with its zone number has eight digits and a northing at most seven. An easting without its zone number belongs to a belt that only the
/// map knows. What could be read in two ways is refused.
/// </remarks>
public static partial class PlaceText
{
    private const double WestMin = 73;
    private const double EastMax = 136;
    private const double SouthMin = 3;
    private const double NorthMax = 54;
    private const int LengthMax = 120;

    /// <summary>Eastings lie within 400 km of the central meridian, whose easting is 500 km.</summary>
    private const double EastingMin = 100_000;
    private const double EastingMax = 900_000;

    /// <summary>Below this a northing could be an easting as well (south of 9°).</summary>
    private const double NorthingMin = 1_000_000;
    private const double NorthingMax = 6_100_000;
    private const double Million = 1_000_000;
    private const int FirstThreeDegreeZone = 25;
    private const int FirstSixDegreeZone = 13;
    private const int LastSixDegreeZone = 23;
    private const int LastThreeDegreeZone = 45;

    /// <param name="text">What was written; separators are blanks, commas, semicolons, Chinese or not.</param>
    /// <param name="nearLongitude">Degrees of the middle of the map: it decides the belt where no zone number stands.</param>
    /// <exception cref="Problem"><c>map.place-not-understood</c>, <c>map.place-outside</c>, <c>map.place-ambiguous</c>,
    /// <c>map.bad-sixtieths</c></exception>
    public static WrittenPlace Read(string text, double nearLongitude)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = text.Trim();
        if (shown.Length is 0 or > LengthMax)
            throw Problem.Map.PlaceNotUnderstood(shown.Length > LengthMax ? shown[..LengthMax] + "…" : shown);
        var plain = Plain(shown);
        if (!Allowed().IsMatch(plain))
            throw Problem.Map.PlaceNotUnderstood(shown);
        var numbers = Number()
            .Matches(plain)
            .Select(m => double.Parse(m.Value, NumberStyles.Float, CultureInfo.InvariantCulture))
            .ToArray();
        return numbers.Length switch
        {
            2 when numbers.All(n => Math.Abs(n) <= 360) => Degrees(shown, numbers[0], numbers[1]),
            2 => Metres(shown, numbers[0], numbers[1], nearLongitude),
            4 => Degrees(shown, Sixtieths(shown, numbers[..2]), Sixtieths(shown, numbers[2..])),
            6 => Degrees(shown, Sixtieths(shown, numbers[..3]), Sixtieths(shown, numbers[3..])),
            _ => throw Problem.Map.PlaceNotUnderstood(shown),
        };
    }

    private static WrittenPlace Degrees(string text, double first, double second)
    {
        var (longitude, latitude) = first >= WestMin ? (first, second) : (second, first);
        return IsInside(longitude, latitude)
            ? new(longitude, latitude, CoordinateSystem.Cgcs2000, IsZoneAssumed: false)
            : throw Problem.Map.PlaceOutside(text);
    }

    private static double Sixtieths(string text, double[] parts)
    {
        if (parts[0] < 0 || parts[0] != Math.Floor(parts[0]) || (parts.Length > 2 && parts[1] != Math.Floor(parts[1])))
            throw Problem.Map.PlaceNotUnderstood(text);
        foreach (var part in parts[1..])
            if (part is < 0 or >= 60)
                throw Problem.Map.BadSixtieths(text, part);
        return parts[0] + parts[1] / 60 + (parts.Length > 2 ? parts[2] / 3600 : 0);
    }

    private static WrittenPlace Metres(string text, double first, double second, double nearLongitude)
    {
        var (north, east) = first > second ? (second, first) : (first, second);
        // The larger is the easting only when it carries a zone number.
        if (east < NorthingMax)
            (north, east) = (east, north);
        if (north is < NorthingMin or > NorthingMax)
            throw north is >= EastingMin and < NorthingMin ? Problem.Map.PlaceAmbiguous(text) : Problem.Map.PlaceOutside(text);
        var zone = (int)Math.Floor(east / Million);
        var within = east - zone * Million;
        if (within is < EastingMin or > EastingMax)
            throw Problem.Map.PlaceOutside(text);
        var system = zone == 0 ? OfBelt(nearLongitude) : OfZone(text, zone);
        var (longitude, latitude) = system.ToGeographic(east, north);
        return IsInside(longitude, latitude) ? new(longitude, latitude, system, zone == 0) : throw Problem.Map.PlaceOutside(text);
    }

    private static CoordinateSystem OfBelt(double longitude) =>
        CoordinateSystem.OfZone(Math.Clamp(Math.Round(longitude / 3) * 3, 75, 135), zoneDegrees: 3, hasZonePrefix: false)!;

    private static CoordinateSystem OfZone(string text, int zone) =>
        zone switch
        {
            >= FirstThreeDegreeZone and <= LastThreeDegreeZone => CoordinateSystem.OfZone(zone * 3, 3, hasZonePrefix: true)!,
            >= FirstSixDegreeZone and <= LastSixDegreeZone => CoordinateSystem.OfZone(zone * 6 - 3, 6, hasZonePrefix: true)!,
            _ => throw Problem.Map.PlaceOutside(text),
        };

    private static bool IsInside(double longitude, double latitude) =>
        longitude is >= WestMin and <= EastMax && latitude is >= SouthMin and <= NorthMax;

    /// <summary>Signs and words between numbers become blanks; figures of full width become ordinary ones.</summary>
    private static string Plain(string text)
    {
        var ordinary = text.Normalize(System.Text.NormalizationForm.FormKC);
        return Words().Replace(ordinary, " ");
    }

    [GeneratedRegex(@"东经|北纬|经度|纬度|[度分秒米带号°º˚'’′""”″、，,;；:：NEne]|lon|lat|X=|Y=|x=|y=|=", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^[\s\d.+-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();

    [GeneratedRegex(@"[+-]?\d+(?:\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
