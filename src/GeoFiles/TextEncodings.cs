using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Encodings by every name that .cpg files, dbf headers and people give them. Always strict: what cannot be decoded
/// throws.</summary>
internal static class TextEncodings
{
    /// <summary>The names offered in refusals.</summary>
    public const string Known = "UTF-8, GBK, GB18030, GB2312, Big5, UTF-16, Shift_JIS, EUC-KR, ISO-8859-1, windows-1252";

    // The first initialiser of the class, because those below need the provider.
    private static readonly bool ProviderRegistered = RegisterProvider();

    private static readonly Dictionary<string, int> CodePages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTF8"] = 65001,
        ["UTF16"] = 1200,
        ["UTF16LE"] = 1200,
        ["UTF16BE"] = 1201,
        ["UNICODE"] = 1200,
        ["GBK"] = 936,
        ["GB2312"] = 936,
        ["GB231280"] = 936,
        ["EUCCN"] = 936,
        ["MS936"] = 936,
        ["GB18030"] = 54936,
        ["BIG5"] = 950,
        ["BIG5HKSCS"] = 950,
        ["SJIS"] = 932,
        ["SHIFTJIS"] = 932,
        ["EUCJP"] = 51932,
        ["EUCKR"] = 949,
        ["KSC5601"] = 949,
        ["KOI8R"] = 20866,
        ["KOI8U"] = 21866,
        ["ASCII"] = 1252,
        ["USASCII"] = 1252,
        ["ANSI"] = 1252,
        ["TIS620"] = 874,
        ["LATIN1"] = 28591,
        ["LATIN2"] = 28592,
        ["LATIN9"] = 28605,
        ["MACINTOSH"] = 10000,
    };

    private static readonly string[] Prefixes = ["CP", "ANSI", "OEM", "WINDOWS", "WIN", "MS", "IBM", "DOS", "CSGB"];

    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Encoding Gbk { get; } = Strict(936)!;

    public static Encoding Gb18030 { get; } = Strict(54936)!;

    public static Encoding Windows1252 { get; } = Strict(1252)!;

    /// <summary>The encoding of that name in any usual spelling (<c>utf8, 65001, CP936, "ANSI 936", "ISO 88591"</c>), or
    /// <c>null</c>.</summary>
    public static Encoding? Find(string name)
    {
        var bare = new string([.. name.Where(char.IsAsciiLetterOrDigit)]);
        if (bare.Length == 0)
            return null;
        if (CodePages.TryGetValue(bare, out var page))
            return Strict(page);
        foreach (var prefix in Prefixes)
            if (bare.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && IsNumber(bare.AsSpan(prefix.Length), out page))
                return Strict(page);
        if (bare.StartsWith("ISO", StringComparison.OrdinalIgnoreCase))
            bare = bare[3..];
        if (bare.StartsWith("8859", StringComparison.Ordinal) && IsNumber(bare.AsSpan(4), out var part))
            return Strict(28590 + part);
        return IsNumber(bare, out page) ? Strict(page) : null;
    }

    /// <exception cref="Problem">files.unknown-encoding</exception>
    public static Encoding Require(string name) => Find(name) ?? throw Problem.Files.UnknownEncoding(name, Known);

    /// <summary>The usual name: <c>GBK</c>, not <c>gb2312</c>, for code page 936.</summary>
    public static string NameOf(Encoding encoding) =>
        encoding.CodePage switch
        {
            65001 => "UTF-8",
            936 => "GBK",
            54936 => "GB18030",
            950 => "Big5",
            1200 => "UTF-16",
            28591 => "ISO-8859-1",
            _ => encoding.WebName,
        };

    /// <summary>The code page a dbf header names in byte 29 (language driver id), or <c>null</c> for none or the ambiguous "ANSI"
    /// 0x57.</summary>
    /// <remarks>0x4D and 0x7A are the two that Chinese programs write; see the table of the dBASE and ArcGIS documentation.</remarks>
    public static Encoding? OfLanguageDriver(byte id) =>
        id switch
        {
            0x4D or 0x7A => Gbk,
            0x4F or 0x78 => Strict(950),
            0x13 or 0x7B => Strict(932),
            0x4E or 0x79 => Strict(949),
            0x50 or 0x7C => Strict(874),
            0x01 => Strict(437),
            0x02 or 0x37 => Strict(850),
            0x03 or 0x58 or 0x59 => Windows1252,
            0x64 or 0x1F => Strict(852),
            0x65 or 0x26 => Strict(866),
            0xC8 => Strict(1250),
            0xC9 => Strict(1251),
            0xCA => Strict(1254),
            0xCB => Strict(1253),
            _ => null,
        };

    private static bool IsNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool RegisterProvider()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return true;
    }

    private static Encoding? Strict(int codePage)
    {
        if (codePage == 65001 || !ProviderRegistered)
            return Utf8;
        try
        {
            return Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null; // A number that is no code page: the caller says which names there are.
        }
    }
}
