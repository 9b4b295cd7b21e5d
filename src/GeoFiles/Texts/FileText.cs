using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>A text file read whole, with the encoding that was decided and the ground for it.</summary>
/// <remarks>
/// In this order: the user's word, a byte-order mark, zero bytes that only UTF-16 has, trial of UTF-8 and then GB18030 (which holds GBK and
/// GB2312) over all of the text, unless it looks Western (<see cref="ByteRuns"/>). Decoding is strict: text that fits none refuses the file
/// and says where.
/// </remarks>
internal sealed record FileText(string Text, string Encoding, Wording Basis)
{
    /// <summary>A text of coordinates longer than this (128 MiB) is to be split; it is held in memory whole.</summary>
    public const long BytesMax = 128L << 20;

    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], "UTF-8"),
        ([0xFF, 0xFE], "UTF-16LE"),
        ([0xFE, 0xFF], "UTF-16BE"),
    ];

    public static Wording Western { get; } =
        new("没有声明；不符合 UTF-8，看来是西文", "not said; not UTF-8, and it looks like Western text");

    public static Wording Chinese { get; } =
        new("没有声明；不符合 UTF-8，全部文字符合 GB18030", "not said; not UTF-8, and all of the text is valid GB18030");

    public static Wording Unsure { get; } =
        new(
            "没有声明，不能确定；全部文字符合 GB18030，但不像日常中文",
            "not said, and not certain: all of the text is valid GB18030 but does not look like everyday Chinese"
        );

    /// <summary>What is to be listed about the encoding: that it was guessed, or is not certain.</summary>
    public FileDefect? Doubt { get; private init; }

    /// <summary>To be listed where <see cref="Western"/> was the ground.</summary>
    public static FileDefect WesternGuess { get; } =
        new(
            "1201",
            false,
            null,
            "编码是按西文（windows-1252）猜测的；文字不对时请用 --encoding 指定",
            "the encoding was guessed to be Western (windows-1252); where the text is wrong, order another with --encoding"
        );

    /// <exception cref="Problem">files.limit-exceeded, files.wrong-encoding, files.unknown-encoding</exception>
    public static FileText Read(FilePart file, string? ordered)
    {
        if (file.Length > BytesMax)
            throw Problem.Files.LimitExceeded(file.Name, "文本长度（字节）", "the length of the text in bytes", file.Length, BytesMax);
        var bytes = file.Head((int)file.Length);
        var (mark, marked) = MarkOf(bytes);
        if (ordered is not null)
        {
            var encoding = TextEncodings.Require(ordered);
            var skipped = marked is not null && TextEncodings.Require(marked).CodePage == encoding.CodePage ? mark : 0;
            return Decoded(file, bytes, skipped, encoding, new("由 --encoding 指定", "ordered by --encoding"));
        }
        if (marked is not null)
            return Decoded(
                file,
                bytes,
                mark,
                TextEncodings.Require(marked),
                new("文件开头有字节顺序标志", "the file starts with a byte-order mark")
            );
        if (Utf16Without(bytes) is { } wide)
            return Decoded(
                file,
                bytes,
                0,
                TextEncodings.Require(wide),
                new("没有标志；零字节的位置符合 UTF-16", "no mark; its zero bytes stand as in UTF-16")
            );
        return Trial(file, bytes);
    }

    /// <summary>What the first bytes of a file may say, for telling its kind: nothing when they are no text. Never refuses.</summary>
    public static IEnumerable<string> Glances(byte[] head)
    {
        var (mark, marked) = MarkOf(head);
        if ((marked is "UTF-8" ? null : marked ?? Utf16Without(head)) is { } wide)
            return Strictly(TextEncodings.Require(wide), head.AsSpan(mark, head.Length / 2 * 2 - mark)) is { } text ? [text] : [];
        head = head[(marked is null ? 0 : mark)..];
        if (head.Contains((byte)0))
            return [];
        return Strictly(TextEncodings.Utf8, WithoutCut(head)) is { } utf8
            ? [utf8]
            : [Loosely(TextEncodings.Gb18030, head), Loosely(TextEncodings.Utf8, head)];
    }

    /// <summary>Without the beginning of a character of UTF-8 that the end of the glance cut off.</summary>
    private static ReadOnlySpan<byte> WithoutCut(ReadOnlySpan<byte> head)
    {
        var end = head.Length;
        while (end > 0 && end > head.Length - 4 && (head[end - 1] & 0xC0) == 0x80)
            end--;
        return end > 0 && head[end - 1] >= 0xC0 ? head[..(end - 1)] : head;
    }

    private static string? Strictly(Encoding strict, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>With a mark for what cannot be decoded: the cut end, a broken byte, or a file that is something else.</summary>
    private static string Loosely(Encoding strict, ReadOnlySpan<byte> bytes)
    {
        var loose = (Encoding)strict.Clone();
        loose.DecoderFallback = DecoderFallback.ReplacementFallback;
        return loose.GetString(bytes);
    }

    private static (int Length, string? Name) MarkOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var (mark, name) in Marks)
            if (bytes.StartsWith(mark))
                return (mark.Length, name);
        return (0, null);
    }

    /// <summary>Digits, commas and line ends have a zero byte at one side in UTF-16; Han characters may have one at the other,
    /// rarely.</summary>
    private static string? Utf16Without(ReadOnlySpan<byte> bytes)
    {
        const int Enough = 4;
        int[] zeros = [0, 0];
        for (var i = 0; i < Math.Min(bytes.Length, FileKind.HeadBytes); i++)
            if (bytes[i] == 0)
                zeros[i & 1]++;
        return zeros[1] >= Enough && zeros[1] > Enough * zeros[0] ? "UTF-16LE"
            : zeros[0] >= Enough && zeros[0] > Enough * zeros[1] ? "UTF-16BE"
            : null;
    }

    private static FileText Trial(FilePart file, byte[] bytes)
    {
        if (System.Text.Ascii.IsValid(bytes))
            return new(TextEncodings.Utf8.GetString(bytes), "UTF-8", new("全部文字都是 ASCII", "all of the text is ASCII"));
        if (Strictly(TextEncodings.Utf8, bytes) is { } utf8)
            return new(utf8, "UTF-8", new("没有标志；全部文字符合 UTF-8", "no mark; all of the text is valid UTF-8"));
        var runs = new ByteRuns();
        runs.Add(bytes);
        if (runs.LookWestern && Strictly(TextEncodings.Windows1252, bytes) is { } western)
            return new(western, TextEncodings.NameOf(TextEncodings.Windows1252), Western) { Doubt = WesternGuess };
        if (Strictly(TextEncodings.Gbk, bytes) is { } gbk)
        {
            var evidence = new ScriptEvidence();
            evidence.Add(bytes);
            return evidence.DoubtOf(TextEncodings.Gbk, isStated: false) is { } doubt
                ? new(gbk, "GBK", Unsure) { Doubt = doubt }
                : new(gbk, "GBK", new("没有标志；不符合 UTF-8，全部文字符合 GBK", "no mark; not UTF-8, and all of the text is valid GBK"));
        }
        // It fits none: the one that goes furthest is the one that was meant.
        var utf8Goes = FaultAt(TextEncodings.Utf8, bytes) > FaultAt(TextEncodings.Gb18030, bytes);
        return Decoded(
            file,
            bytes,
            0,
            utf8Goes ? TextEncodings.Utf8 : TextEncodings.Gb18030,
            new("没有标志；试过 UTF-8、GBK 和 GB18030", "no mark; UTF-8, GBK and GB18030 were tried")
        );
    }

    private static int FaultAt(Encoding strict, byte[] bytes)
    {
        try
        {
            return strict.GetCharCount(bytes) >= 0 ? bytes.Length : 0;
        }
        catch (DecoderFallbackException fault)
        {
            return fault.Index;
        }
    }

    private static FileText Decoded(FilePart file, byte[] bytes, int from, Encoding encoding, Wording basis)
    {
        try
        {
            return new(encoding.GetString(bytes, from, bytes.Length - from), TextEncodings.NameOf(encoding), basis);
        }
        catch (DecoderFallbackException fault)
        {
            var at = Math.Clamp(from + fault.Index, 0, bytes.Length);
            var line = (bytes.AsSpan(0, at).Count((byte)'\n') + 1).ToString("N0", CultureInfo.InvariantCulture);
            throw Problem.Files.WrongEncoding(
                file.Name,
                TextEncodings.NameOf(encoding),
                basis.Zh,
                basis.En,
                $"第 {line} 行",
                $"line {line}",
                Convert.ToHexString(fault.BytesUnknown ?? []),
                Fitting(bytes, encoding)
            );
        }
    }

    private static string? Fitting(byte[] bytes, Encoding not) =>
        ((Encoding[])[TextEncodings.Utf8, TextEncodings.Gbk, TextEncodings.Gb18030]).FirstOrDefault(candidate =>
            candidate.CodePage != not.CodePage && Strictly(candidate, bytes) is not null
        )
            is { } fitting
            ? TextEncodings.NameOf(fitting)
            : null;
}
