using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Text fields of a dbf: blank-padded, sometimes cut in the middle of a character at the end of the field.</summary>
internal static class DbfText
{
    /// <summary>The bytes of a field without the padding of blanks and zeros.</summary>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> field, Encoding encoding)
    {
        var end = field.Length;
        while (end > 0 && field[end - 1] is (byte)' ' or 0)
            end--;
        if (end % 2 != 0 && IsUtf16(encoding) && end < field.Length)
            end++; // The zero half of the last character.
        return field[..end];
    }

    /// <summary>True when the field has no padding left, so that its last character may have been cut.</summary>
    public static bool MayBeCut(ReadOnlySpan<byte> field, ReadOnlySpan<byte> trimmed) => trimmed.Length + 3 >= field.Length;

    /// <summary>Decodes strictly.</summary>
    /// <param name="mayBeCut">True when the bytes fill their field: then an unfinished character at the end is left out.</param>
    /// <exception cref="DecoderFallbackException">A byte inside is not of that encoding.</exception>
    public static string Decode(Encoding encoding, ReadOnlySpan<byte> bytes, bool mayBeCut)
    {
        if (Ascii.IsValid(bytes) && !IsUtf16(encoding))
            return Encoding.ASCII.GetString(bytes);
        if (!mayBeCut)
            return encoding.GetString(bytes);
        // A character has at most four bytes in all encodings we know.
        for (var less = 0; less < 4 && less < bytes.Length; less++)
            try
            {
                return encoding.GetString(bytes[..^less]);
            }
            catch (DecoderFallbackException) when (less < 3 && less + 1 < bytes.Length)
            {
                continue; // Perhaps the last character was cut: try with one byte less.
            }
        return encoding.GetString(bytes);
    }

    /// <summary>True when the bytes can be decoded, an unfinished character at the end being allowed where the field is full.</summary>
    public static bool CanDecode(Encoding encoding, ReadOnlySpan<byte> bytes, bool mayBeCut, out bool isCut)
    {
        isCut = false;
        for (var less = 0; less <= (mayBeCut ? 3 : 0) && (less == 0 || less < bytes.Length); less++)
            try
            {
                _ = encoding.GetCharCount(bytes[..^less]);
                isCut = less > 0;
                return true;
            }
            catch (DecoderFallbackException)
            {
                continue; // Perhaps the last character was cut: try with one byte less.
            }
        return false;
    }

    /// <summary>A few bytes around the first that cannot be decoded, in hexadecimal.</summary>
    public static string Undecodable(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        const int Around = 6;
        var at = 0;
        try
        {
            _ = encoding.GetCharCount(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            at = Math.Clamp(fault.Index, 0, bytes.Length);
        }
        return Convert.ToHexString(bytes[Math.Max(0, at - Around)..Math.Min(bytes.Length, at + Around)]);
    }

    private static bool IsUtf16(Encoding encoding) => encoding.CodePage is 1200 or 1201;
}
