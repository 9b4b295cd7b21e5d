using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Weipian.Law;

namespace Weipian.Flow.Verification;

/// <summary>What the sensors of a phone said when a photograph was taken, sent with it.</summary>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="BearingDegrees">Clockwise from true north.</param>
/// <param name="TakenAt">UTC.</param>
public sealed record SensorReading(
    double? Longitude,
    double? Latitude,
    double? BearingDegrees = null,
    double? AccuracyMetres = null,
    DateTime? TakenAt = null
);

/// <summary>A sentence in both languages.</summary>
public sealed record Said(string Zh, string En);

/// <summary>Where, when and in which direction a photograph says it was taken: by its own metadata, else by the sensors.</summary>
/// <param name="Source"><c>exif</c>, <c>sensor</c> or <c>none</c>: where the position is from.</param>
/// <param name="Remarks">Why there is no position or bearing, for the person who took it.</param>
public sealed record PhotoStatement(
    string Source,
    double? Longitude,
    double? Latitude,
    double? BearingDegrees,
    double? AccuracyMetres,
    DateTime? TakenAt,
    IReadOnlyList<Said> Remarks
)
{
    public const string FromExif = "exif";
    public const string FromSensor = "sensor";
    public const string Nowhere = "none";

    private const double FullTurn = 360;
    private const string ExifTime = "yyyy:MM:dd HH:mm:ss";

    /// <summary>Reads a photograph whole; never fails: what cannot be read is no position, and said so.</summary>
    public static PhotoStatement Read(ReadOnlyMemory<byte> content, SensorReading? sensed)
    {
        var remarks = new List<Said>();
        var exif = ReadExif(content, remarks);
        var sensor = Sound(sensed, remarks);
        var (source, place) =
            exif?.Longitude is not null ? (FromExif, exif)
            : sensor?.Longitude is not null ? (FromSensor, sensor)
            : (Nowhere, null);
        if (place is null)
            remarks.Add(
                new(
                    "照片没有可用的位置，不能计算到图斑的距离。",
                    "The photograph has no usable position; its distance to the patch is not known."
                )
            );
        return new(
            source,
            place?.Longitude,
            place?.Latitude,
            exif?.BearingDegrees ?? sensor?.BearingDegrees,
            place?.AccuracyMetres,
            exif?.TakenAt ?? sensor?.TakenAt,
            remarks
        );
    }

    private static SensorReading? ReadExif(ReadOnlyMemory<byte> content, List<Said> remarks)
    {
        try
        {
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            var found = ImageMetadataReader.ReadMetadata(stream);
            var gps = found.OfType<GpsDirectory>().FirstOrDefault();
            var place = gps is null ? null : PlaceOf(gps, remarks);
            if (place is null && found.OfType<ExifDirectoryBase>().Any(d => d.HasError))
                remarks.Add(Broken);
            return new(
                place?.Longitude,
                place?.Latitude,
                gps is null ? null : BearingOf(gps, remarks),
                Number(gps, GpsDirectory.TagHPositioningError),
                TakenAtOf(gps, found)
            );
        }
        // The bytes are a stranger's: whatever the reader stumbles over is a photograph without metadata, never a lost visit.
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            remarks.Add(Broken);
            return null;
        }
    }

    private static Said Broken { get; } =
        new("照片的 EXIF 已损坏，其中的位置不采用。", "The EXIF of the photograph is broken; no position was taken from it.");

    private static (double Longitude, double Latitude)? PlaceOf(GpsDirectory gps, List<Said> remarks)
    {
        if (!gps.ContainsTag(GpsDirectory.TagLatitude) && !gps.ContainsTag(GpsDirectory.TagLongitude))
            return null;
        var latitude = Degrees(gps, GpsDirectory.TagLatitude, GpsDirectory.TagLatitudeRef, "S");
        var longitude = Degrees(gps, GpsDirectory.TagLongitude, GpsDirectory.TagLongitudeRef, "W");
        if (latitude is null || longitude is null)
            remarks.Add(Broken);
        return IsPlace(longitude, latitude, remarks) ? (longitude!.Value, latitude!.Value) : null;
    }

    private static double? Degrees(GpsDirectory gps, int tag, int sideTag, string negative)
    {
        var parts = gps.GetRationalArray(tag);
        if (parts is not { Length: 3 } || parts.Any(p => p.Denominator == 0 && p.Numerator != 0))
            return null;
        // Many devices write 0/0 for seconds that they do not have; degrees they always have.
        if (parts[0].Denominator == 0)
            return null;
        var degrees = parts.Reverse().Aggregate(0.0, (sum, p) => (sum / 60) + (p.Denominator == 0 ? 0 : p.ToDouble()));
        return string.Equals(gps.GetString(sideTag)?.Trim(), negative, StringComparison.OrdinalIgnoreCase) ? -degrees : degrees;
    }

    private static double? BearingOf(GpsDirectory gps, List<Said> remarks)
    {
        if (Number(gps, GpsDirectory.TagImgDirection) is not { } bearing || !(bearing is >= 0 and <= FullTurn))
            return null;
        if (!string.Equals(gps.GetString(GpsDirectory.TagImgDirectionRef)?.Trim(), "M", StringComparison.OrdinalIgnoreCase))
            return bearing % FullTurn;
        // Where magnetic north lies changes from place to place and year to year, and no table of it is at hand.
        remarks.Add(
            new(
                "照片的方位角以磁北为准，没有磁偏角数据，不作真北方位角采用。",
                "The bearing of the photograph is from magnetic north; without a table of declinations it is not taken as one from true north."
            )
        );
        return null;
    }

    private static DateTime? TakenAtOf(GpsDirectory? gps, IReadOnlyList<MetadataExtractor.Directory> found)
    {
        if (gps is not null && gps.TryGetGpsDate(out var satellite))
            return Microseconds(DateTime.SpecifyKind(satellite, DateTimeKind.Utc));
        var camera = found.OfType<ExifSubIfdDirectory>().FirstOrDefault(d => d.ContainsTag(ExifDirectoryBase.TagDateTimeOriginal));
        if (
            !DateTime.TryParseExact(
                camera?.GetString(ExifDirectoryBase.TagDateTimeOriginal)?.Trim(),
                ExifTime,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
            return null;
        // A camera that does not say its zone is taken to stand where the work is.
        var zone = ChinaTime.Zone.GetUtcOffset(local);
        var stated = camera!.GetString(ExifDirectoryBase.TagTimeZoneOriginal)?.Trim().TrimStart('+');
        if (TimeSpan.TryParseExact(stated, [@"hh\:mm", @"\-hh\:mm"], CultureInfo.InvariantCulture, out var offset))
            zone = stated!.StartsWith('-') ? -offset : offset;
        return local.Ticks > zone.Ticks ? DateTime.SpecifyKind(local - zone, DateTimeKind.Utc) : null;
    }

    private static SensorReading? Sound(SensorReading? sensed, List<Said> remarks)
    {
        if (sensed is null)
            return null;
        var isPlace = (sensed.Longitude is not null || sensed.Latitude is not null) && IsPlace(sensed.Longitude, sensed.Latitude, remarks);
        return new(
            isPlace ? sensed.Longitude : null,
            isPlace ? sensed.Latitude : null,
            sensed.BearingDegrees is >= 0 and <= FullTurn ? sensed.BearingDegrees % FullTurn : null,
            sensed.AccuracyMetres is >= 0 and < double.PositiveInfinity ? sensed.AccuracyMetres : null,
            sensed.TakenAt is { } at ? Microseconds(at.ToUniversalTime()) : null
        );
    }

    private static bool IsPlace(double? longitude, double? latitude, List<Said> remarks)
    {
        if (!(longitude is >= -180 and <= 180) || !(latitude is > -90 and < 90))
            return false;
        if (longitude != 0 || latitude != 0)
            return true;
        remarks.Add(
            new(
                "照片记录的位置是 0,0，是设备没有定位的标志，不采用。",
                "The position 0,0 is what a device without a fix writes; it is no position."
            )
        );
        return false;
    }

    /// <summary>By its two whole numbers: the library would round it to single precision.</summary>
    private static double? Number(MetadataExtractor.Directory? from, int tag) =>
        from is not null && from.TryGetRational(tag, out var value) && value.Denominator != 0 ? value.ToDouble() : null;

    private static DateTime Microseconds(DateTime at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
