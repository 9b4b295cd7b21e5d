using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Weipian.BrowserTests;

/// <summary>A photograph as the camera of a telephone writes it: a JPEG that says where, when and in which direction it was
/// taken.</summary>
public static class CameraPhoto
{
    private const uint PerDegree = 1_000_000;
    private const uint PerBearing = 100;
    private const int EntryBytes = 12;

    private enum Form : ushort
    {
        Byte = 1,
        Text = 2,
        Long = 4,
        Rational = 5,
    }

    /// <summary>Puts the position (EXIF 2.3, GPS IFD) into a JPEG that has none.</summary>
    /// <param name="takenAt">UTC.</param>
    /// <param name="bearingDegrees">From true north.</param>
    public static byte[] Placed(byte[] jpeg, double longitude, double latitude, double bearingDegrees, DateTime takenAt)
    {
        (ushort, Form, byte[])[] gps =
        [
            (0, Form.Byte, [2, 3, 0, 0]),
            (1, Form.Text, Text("N")),
            (2, Form.Rational, Rationals(((uint)Math.Round(latitude * PerDegree), PerDegree), (0, 1), (0, 1))),
            (3, Form.Text, Text("E")),
            (4, Form.Rational, Rationals(((uint)Math.Round(longitude * PerDegree), PerDegree), (0, 1), (0, 1))),
            (7, Form.Rational, Rationals(((uint)takenAt.Hour, 1), ((uint)takenAt.Minute, 1), ((uint)takenAt.Second, 1))),
            (16, Form.Text, Text("T")),
            (17, Form.Rational, Rationals(((uint)Math.Round(bearingDegrees * PerBearing), PerBearing))),
            (29, Form.Text, Text(takenAt.ToString("yyyy:MM:dd", CultureInfo.InvariantCulture))),
        ];
        // Of the first directory only the pointer to the second: 8 bytes of header, count, one entry, "no more".
        const int gpsAt = 8 + 2 + EntryBytes + 4;
        var first = Directory(8, [(0x8825, Form.Long, Four(gpsAt))]);
        byte[] tiff = [.. "II"u8, 42, 0, .. Four(8), .. first, .. Directory(gpsAt, gps)];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        return [.. jpeg[..2], 0xFF, 0xE1, .. length, .. body, .. jpeg[2..]];
    }

    /// <summary>A directory: what does not fit into an entry's four bytes follows the entries.</summary>
    private static byte[] Directory(int at, (ushort Tag, Form Form, byte[] Value)[] entries)
    {
        var head = new List<byte>(Two((ushort)entries.Length));
        var tail = new List<byte>();
        var tailAt = at + 2 + (EntryBytes * entries.Length) + 4;
        foreach (var (tag, form, value) in entries)
        {
            var count =
                form == Form.Rational ? value.Length / 8
                : form == Form.Long ? value.Length / 4
                : value.Length;
            head.AddRange([.. Two(tag), .. Two((ushort)form), .. Four(count)]);
            if (value.Length <= 4)
                head.AddRange(value.Concat(new byte[4 - value.Length]));
            else
            {
                head.AddRange(Four(tailAt + tail.Count));
                tail.AddRange(value);
            }
        }
        return [.. head, .. Four(0), .. tail];
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text + '\0');

    private static byte[] Rationals(params (uint Numerator, uint Denominator)[] values) =>
        [.. values.SelectMany(v => Four((int)v.Numerator).Concat(Four((int)v.Denominator)))];

    private static byte[] Two(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Four(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
