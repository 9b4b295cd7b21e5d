using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Which encoding the text of a dbf has, and how that is known.</summary>
/// <remarks>
/// In this order: the user's word, the .cpg, the language driver of the header, trial of UTF-8 and then GB18030 over all of the text,
/// unless it looks Western (<see cref="ByteRuns"/>).
/// What a file says of itself is tested against every row; text that cannot be decoded refuses the file and says where.
/// </remarks>
internal sealed record DbfEncoding(Encoding Encoding, Wording Basis, IReadOnlyList<FileDefect> Defects)
{
    /// <summary>From so many three-byte sequences on, valid UTF-8 is no accident: Chinese text in GBK breaks its rules at once.</summary>
    private const int Utf8CertainSequences = 3;

    private const int CpgBytesMax = 1024;

    /// <exception cref="Problem">files.wrong-encoding, files.unknown-encoding</exception>
    public static DbfEncoding Find(DbfTable table, FilePart? cpg, string? ordered)
    {
        var defects = new List<FileDefect>();
        if (ordered is not null)
        {
            var encoding = TextEncodings.Require(ordered);
            return Declared(table, encoding, new("由 --encoding 指定", "ordered by --encoding"), defects, mayYield: false, mayDoubt: false);
        }
        if (cpg is not null)
        {
            var name = Encoding.Latin1.GetString(cpg.SmallBytes(CpgBytesMax)).Trim('\0', ' ', '\r', '\n', '\t', 'ï', '»', '¿');
            if (TextEncodings.Find(name) is { } encoding)
                return Declared(table, encoding, new($"见 {cpg.Name}：{name}", $"said by {cpg.Name}: {name}"), defects, mayYield: false);
            defects.Add(
                new FileDefect(
                    "1201",
                    false,
                    null,
                    $"{cpg.Name} 中的编码名“{name}”无法识别，已忽略",
                    $"the encoding “{name}” in {cpg.Name} is not known and was left aside"
                )
            );
        }
        if (TextEncodings.OfLanguageDriver(table.LanguageDriver) is { } driver)
            return Declared(
                table,
                driver,
                new(
                    $"见 .dbf 文件头语言标志 0x{table.LanguageDriver:X2}",
                    $"said by the language driver 0x{table.LanguageDriver:X2} of the .dbf"
                ),
                defects,
                mayYield: true
            );
        return Trial(table, defects);
    }

    private static DbfEncoding Declared(
        DbfTable table,
        Encoding encoding,
        Wording basis,
        List<FileDefect> defects,
        bool mayYield,
        bool mayDoubt = true
    )
    {
        var (declared, utf8, gb) = (new Candidate(encoding), new Candidate(TextEncodings.Utf8), new Candidate(TextEncodings.Gb18030));
        Survey(table, [declared, utf8, gb]);
        // GB18030 holds all of GBK and the rare characters of names besides.
        if (declared.Fault is not null && encoding.CodePage == 936 && gb.Fault is null)
            declared = gb;
        if (
            !utf8.IsAscii
            && utf8.Fault is null
            && utf8.LongSequences >= Utf8CertainSequences
            && declared.Encoding.CodePage is 936 or 54936 or 950
        )
        {
            if (!mayYield)
                throw Wrong(table, encoding, basis, utf8.FirstPlace!, "UTF-8");
            var contrary = new Wording($"{basis.Zh}，但全部文字都是 UTF-8", $"{basis.En}, but all of the text is UTF-8");
            defects.Add(new FileDefect("1201", false, null, $"编码按 UTF-8 读取：{contrary.Zh}", $"read as UTF-8: {contrary.En}"));
            return new DbfEncoding(TextEncodings.Utf8, contrary, WithCut(defects, utf8));
        }
        if (declared.Fault is { } place)
            throw Wrong(table, encoding, basis, place, Fitting([utf8, gb], encoding));
        if (mayDoubt && declared.Evidence.DoubtOf(declared.Encoding, isStated: true) is { } doubt)
            defects.Add(doubt);
        return new DbfEncoding(declared.Encoding, basis, WithCut(defects, declared));
    }

    private static DbfEncoding Trial(DbfTable table, List<FileDefect> defects)
    {
        var (utf8, gb) = (new Candidate(TextEncodings.Utf8), new Candidate(TextEncodings.Gb18030));
        Survey(table, [utf8, gb]);
        if (utf8.IsAscii)
            return new DbfEncoding(TextEncodings.Utf8, new("全部文字都是 ASCII", "all of the text is ASCII"), defects);
        if (utf8.Fault is null)
            return new DbfEncoding(
                TextEncodings.Utf8,
                new("没有声明；全部文字符合 UTF-8", "not said; all of the text is valid UTF-8"),
                WithCut(defects, utf8)
            );
        if (gb.LooksWestern)
        {
            var western = new Candidate(TextEncodings.Windows1252);
            Survey(table, [western]);
            if (western.Fault is null)
                return new DbfEncoding(TextEncodings.Windows1252, FileText.Western, [.. defects, FileText.WesternGuess]);
        }
        if (gb.Fault is null)
        {
            var doubt = gb.Evidence.DoubtOf(TextEncodings.Gb18030, isStated: false);
            if (doubt is not null)
                defects.Add(doubt);
            return new DbfEncoding(TextEncodings.Gb18030, doubt is null ? FileText.Chinese : FileText.Unsure, WithCut(defects, gb));
        }
        throw Wrong(table, gb.Encoding, new("没有声明，试过 UTF-8 和 GB18030", "not said; UTF-8 and GB18030 were tried"), gb.Fault, null);
    }

    private static List<FileDefect> WithCut(List<FileDefect> defects, Candidate candidate)
    {
        if (candidate.CutCount > 0)
            defects.Add(
                new FileDefect(
                    "3102",
                    false,
                    candidate.FirstCutRow,
                    $"{candidate.CutCount} 个字段值在末尾被截断了半个字（首个在第 {candidate.FirstCutRow} 行），残缺的字已去掉",
                    $"{candidate.CutCount} values were cut in the middle of their last character (first in row {candidate.FirstCutRow}); the broken character was left out"
                )
            );
        return defects;
    }

    private static string? Fitting(Candidate[] candidates, Encoding not) =>
        candidates.FirstOrDefault(candidate => candidate.Fault is null && candidate.Encoding.CodePage != not.CodePage) is { } fitting
            ? TextEncodings.NameOf(fitting.Encoding)
            : null;

    private static Problem Wrong(DbfTable table, Encoding encoding, Wording basis, Place place, string? fitting)
    {
        var field = TextEncodings.Gb18030.Equals(encoding) ? Encoding.Latin1 : encoding;
        string name;
        try
        {
            name = field.GetString(place.Column.RawName);
        }
        catch (DecoderFallbackException)
        {
            name = Encoding.Latin1.GetString(place.Column.RawName);
        }
        return Problem.Files.WrongEncoding(
            table.File.Name,
            TextEncodings.NameOf(encoding),
            basis.Zh,
            basis.En,
            $"第 {place.Row} 行字段 {name} ",
            $"row {place.Row}, field {name}",
            place.Bytes,
            fitting
        );
    }

    /// <summary>Where text was first met that could not be decoded.</summary>
    private sealed record Place(long Row, DbfTable.Column Column, string Bytes);

    /// <summary>An encoding on trial.</summary>
    private sealed class Candidate(Encoding encoding)
    {
        private const int BytesShown = 12;

        public Encoding Encoding { get; } = encoding;
        public Place? Fault { get; private set; }
        public Place? FirstPlace { get; private set; }
        public long CutCount { get; private set; }
        public long FirstCutRow { get; private set; }
        public long LongSequences { get; private set; }
        public bool IsAscii => FirstPlace is null;
        public bool LooksWestern => runs.LookWestern;

        public ScriptEvidence Evidence { get; } = new();

        private ByteRuns runs;

        public void Try(long row, DbfTable.Column column, ReadOnlySpan<byte> field)
        {
            var text = DbfText.Trimmed(field, Encoding);
            runs.Add(text);
            Evidence.Add(text);
            if (Fault is not null)
                return;
            FirstPlace ??= new Place(row, column, Convert.ToHexString(text[..Math.Min(BytesShown, text.Length)]));
            if (!DbfText.CanDecode(Encoding, text, DbfText.MayBeCut(field, text), out var isCut))
            {
                Fault = new Place(row, column, DbfText.Undecodable(Encoding, text));
                return;
            }
            if (isCut && CutCount++ == 0)
                FirstCutRow = row;
            foreach (var value in text)
                if (value >= 0xE0)
                    LongSequences++;
        }
    }

    private static void Survey(DbfTable table, Candidate[] candidates)
    {
        var utf16 = candidates[0].Encoding.CodePage is 1200 or 1201;
        var text = table.Columns.Where(column => column.IsText).ToArray();
        using var stream = table.File.Open(1 << 20);
        stream.Position = table.HeaderBytes;
        var row = new byte[table.RowBytes];
        for (
            long number = 1;
            number <= table.WholeRows && stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length;
            number++
        )
        {
            if (row[0] == '*' || (Ascii.IsValid(row) && !utf16))
                continue;
            foreach (var column in text)
            {
                var field = row.AsSpan(column.Offset, column.Width);
                if (!Ascii.IsValid(field) || utf16)
                    foreach (var candidate in candidates)
                        candidate.Try(number, column, field);
            }
        }
    }
}
