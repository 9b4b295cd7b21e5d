using System.Globalization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Weipian.Flow.Store;

/// <summary>Instants are UTC and cut to whole microseconds, which is what PostgreSQL keeps; anything else would not verify after reading
/// back.</summary>
public static class Instant
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The instant as the store keeps it.</summary>
    public static DateTime Of(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    /// <summary>Now, as the store keeps it.</summary>
    public static DateTime Now(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Of(clock.GetUtcNow());
    }

    /// <summary>27 characters, sorts as time does: <c>2019-05-08T01:30:00.000000Z</c>.</summary>
    public static string Text(DateTime utc)
    {
        RequireUtc(utc);
        return utc.ToString(Form, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads what <see cref="Text"/> wrote, and nothing else.</summary>
    public static DateTime Parse(string text) =>
        DateTime.ParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    internal static void RequireUtc(DateTime at)
    {
        if (at.Kind != DateTimeKind.Utc)
            throw new ArgumentException($"{at:o} is not UTC", nameof(at));
        if (at.Ticks % TimeSpan.TicksPerMicrosecond != 0)
            throw new ArgumentException($"{at:o} has parts of a microsecond", nameof(at));
    }
}

/// <summary>SQLite: instants as text that sorts.</summary>
internal sealed class InstantToText() : ValueConverter<DateTime, string>(utc => Instant.Text(utc), text => Instant.Parse(text));

/// <summary>PostgreSQL: <c>timestamp with time zone</c>, refused when it is not UTC in whole microseconds.</summary>
internal sealed class CheckedInstant() : ValueConverter<DateTime, DateTime>(utc => Checked(utc), utc => utc)
{
    private static DateTime Checked(DateTime utc)
    {
        Instant.RequireUtc(utc);
        return utc;
    }
}

/// <summary>Geometry as well-known binary, little endian, two dimensions: the same bytes for the same coordinates on every
/// machine.</summary>
public static class Wkb
{
    /// <summary>EPSG:4490, CGCS2000 longitude and latitude.</summary>
    public const int Srid = 4490;

    private static readonly NetTopologySuite.NtsGeometryServices Services = new(new PrecisionModel(), Srid);

    public static byte[] Write(Geometry geometry) => new WKBWriter(ByteOrder.LittleEndian, handleSRID: false).Write(geometry);

    /// <summary>The geometry with SRID 4490.</summary>
    public static MultiPolygon Read(byte[] bytes)
    {
        var geometry = new WKBReader(Services).Read(bytes);
        geometry.SRID = Srid;
        return geometry as MultiPolygon
            ?? throw new InvalidDataException($"a stored geometry is a {geometry.GeometryType}, not a MultiPolygon");
    }
}

/// <summary>SQLite: geometry as a WKB blob.</summary>
internal sealed class MultiPolygonToWkb() : ValueConverter<MultiPolygon, byte[]>(shape => Wkb.Write(shape), bytes => Wkb.Read(bytes));

/// <summary>Geometries are equal when every coordinate is.</summary>
internal sealed class MultiPolygonComparer()
    : ValueComparer<MultiPolygon>(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.EqualsExact(b)),
        shape => shape.EnvelopeInternal.GetHashCode(),
        shape => shape
    );
