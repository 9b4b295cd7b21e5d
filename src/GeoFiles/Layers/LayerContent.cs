using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>The identity of a normalised layer: SHA-256 over its content in one fixed form, however SQLite arranges its pages.</summary>
/// <remarks>
/// The form, all numbers little-endian, texts and blobs with their length in 32 bits before them, null as length −1: a header
/// (<c>weipian-layer/1</c>, role, as-of, code standard, EPSG, swapped, assumed), then every feature in order of number (number, source
/// row, area as IEEE double, WKB, the contract fields in order, source JSON), then every defect (rule, hard, kind, source row, number,
/// longitude, latitude, areas). The wording of defects is not part of it: a better sentence does not make another layer.
/// </remarks>
internal sealed class LayerContent : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[1 << 16];
    private int at;

    public LayerContent(string role, DateOnly? asOf, string? codeStandard, int epsg, bool axesSwapped, bool assumed)
    {
        Text("weipian-layer/1");
        Text(role);
        Text(asOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Text(codeStandard);
        Number((long)epsg);
        Number(axesSwapped ? 1L : 0L);
        Number(assumed ? 1L : 0L);
    }

    public void Number(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(at), value);
        at += 8;
    }

    public void Number(double value) => Number(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A number that may be missing.</summary>
    public void Number(double? value)
    {
        Length(value is null ? -1 : 8);
        if (value is not null)
            Number(value.Value);
    }

    public void Number(long? value)
    {
        Length(value is null ? -1 : 8);
        if (value is not null)
            Number(value.Value);
    }

    public void Text(string? text)
    {
        if (text is null)
            Null();
        else
            Bytes(Encoding.UTF8.GetBytes(text));
    }

    public void Null() => Length(-1);

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Length(bytes.Length);
        if (bytes.Length > buffer.Length / 2)
        {
            Flush();
            hash.AppendData(bytes);
            return;
        }
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(at));
        at += bytes.Length;
    }

    public void Defect(LayerDefect defect)
    {
        Text(defect.Rule);
        Number(defect.Hard ? 1L : 0L);
        Text(defect.Kind);
        Number(defect.SourceRow);
        Number(defect.Number);
        Number(defect.Longitude);
        Number(defect.Latitude);
        Number(defect.AreaBefore);
        Number(defect.AreaAfter);
    }

    /// <summary>The id: hexadecimal, lower case.</summary>
    public string Id()
    {
        Flush();
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public void Dispose() => hash.Dispose();

    private void Length(int length)
    {
        Reserve(4);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(at), length);
        at += 4;
    }

    private void Reserve(int bytes)
    {
        if (at + bytes > buffer.Length)
            Flush();
    }

    private void Flush()
    {
        hash.AppendData(buffer.AsSpan(0, at));
        at = 0;
    }
}
