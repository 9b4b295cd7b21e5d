using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Whether text is Chinese as it is written every day, or perhaps Cyrillic or Greek in one byte a letter, which almost any
/// decoder of Chinese takes too.</summary>
/// <remarks>
/// Chinese text consists to more than half of some hundred characters. Cyrillic and Greek words are letters of one script, capitals only
/// at the front (or everywhere), and a vowel here and there; bytes of Chinese read so are neither. When both are in doubt nobody decides:
/// the finding names the candidates and what the first words would be in each.
/// </remarks>
internal sealed class ScriptEvidence
{
    private const int BytesMax = 1 << 16;
    private const int SampleBytes = 48;
    private const int SampleShown = 12;

    /// <summary>From this share of everyday characters on, text is Chinese whatever else it might be.</summary>
    private const double EverydayShare = 0.5;

    /// <summary>Fewer characters are too few to contradict what a file says of itself.</summary>
    private const int CharactersMin = 4;

    /// <summary>The most frequent characters of the written language, and those of land, its uses, places and numbers.</summary>
    private const string Everyday =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分"
        + "还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新"
        + "己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建"
        + "务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉"
        + "术领共确传师观清今切院让识候带导争运笔单风六七八九零村镇乡县省州城街居委土田林草园耕旱浇农房宅库池塘沟渠桥铁站厂矿厦仓棚舍屋宾店商住宿绿景湖河江溪岭坡岗沙石岩湿滩涂"
        + "图斑编号亩顷米址属集有类型批准占违补备注测监督查核附项周淄博济青烟潍威临沂泰莱聊滨菏泽枣庄照李赵刘陈杨黄孙郭朱郊";

    private static readonly HashSet<char> EverydaySet = [.. Everyday];

    private static readonly (string Name, string Vowels)[] Others =
    [
        ("windows-1251", "аеёиоуыэюяіїє"),
        ("KOI8-R", "аеёиоуыэюя"),
        ("ISO-8859-5", "аеёиоуыэюяіїє"),
        ("windows-1253", "αεηιουωάέήίόύώϊϋΐΰ"),
    ];

    private readonly List<byte> seen = [];
    private byte[]? sample;

    public void Add(ReadOnlySpan<byte> text)
    {
        if (seen.Count >= BytesMax || Ascii.IsValid(text))
            return;
        if (sample is null)
        {
            var from = Math.Max(text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F), 0);
            sample = text[from..Math.Min(text.Length, from + SampleBytes)].ToArray();
        }
        seen.AddRange(text[..Math.Min(text.Length, BytesMax)]);
        seen.Add((byte)'\n');
    }

    /// <summary>A finding when the text does not look like what it was taken for; <c>null</c> when it does.</summary>
    /// <param name="taken">The encoding that was taken.</param>
    /// <param name="isStated">True when the file says that encoding of itself: then little text proves nothing against it.</param>
    public FileDefect? DoubtOf(Encoding taken, bool isStated)
    {
        var (everyday, characters) = Chinese();
        var candidates = new List<Encoding>();
        if (taken.CodePage is 936 or 54936)
        {
            if (everyday >= EverydayShare * characters || (isStated && characters < CharactersMin))
                return null;
            candidates.AddRange(Others.Where(IsNatural).Select(other => TextEncodings.Require(other.Name)));
        }
        else if (taken.IsSingleByte && characters >= CharactersMin && everyday >= EverydayShare * characters)
            candidates.Add(TextEncodings.Gb18030);
        return candidates.Count == 0 ? null : Unsure(taken, candidates);
    }

    private FileDefect Unsure(Encoding taken, List<Encoding> candidates)
    {
        string Read(Encoding encoding) => $"{TextEncodings.NameOf(encoding)}“{Sample(encoding)}”";
        var others = candidates.ConvertAll(Read);
        return new FileDefect(
            "1201",
            false,
            null,
            $"编码不能确定：按 {Read(taken)} 读取，也可能是 {string.Join("、", others)}；请用 --encoding 指定",
            $"the encoding is not certain: read as {Read(taken)}, it may be {string.Join(", ", others)}; order one with --encoding"
        );
    }

    private string Sample(Encoding encoding)
    {
        var text = Loosely(encoding, sample ?? []).Trim();
        return text.Length > SampleShown ? text[..SampleShown] + "…" : text;
    }

    private (int Everyday, int Characters) Chinese()
    {
        var (everyday, characters) = (0, 0);
        foreach (var letter in Loosely(TextEncodings.Gb18030, [.. seen]))
        {
            if (letter < 0x80)
                continue;
            characters++;
            // Punctuation and full-width signs belong to Chinese text too.
            if (EverydaySet.Contains(letter) || letter is (>= '\u3000' and <= '\u303F') or (>= '\uFF01' and <= '\uFF5E'))
                everyday++;
        }
        return (everyday, characters);
    }

    /// <summary>True when nearly every word reads as one of that script.</summary>
    private bool IsNatural((string Name, string Vowels) other)
    {
        const int wordsPerOddOne = 20;
        var text = Loosely(TextEncodings.Require(other.Name), [.. seen]);
        var (words, odd) = (0, 0);
        var letters = new StringBuilder();
        foreach (var letter in text)
            if (letter >= 0x80)
                letters.Append(letter);
            else
                EndWord();
        EndWord();
        return words > 0 && odd * wordsPerOddOne <= words;

        void EndWord()
        {
            if (letters.Length == 0)
                return;
            words++;
            if (!IsWord(letters.ToString(), other.Vowels))
                odd++;
            letters.Clear();
        }
    }

    /// <summary>Letters with capitals at the front or throughout, a vowel in three or more, and not vowels alone.</summary>
    private static bool IsWord(string word, string vowels)
    {
        if (!word.All(char.IsLetter))
            return false;
        var sounded = word.Count(letter => vowels.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal));
        var capitals = word.Count(char.IsUpper);
        var inFront = capitals == 0 || (capitals == 1 && char.IsUpper(word[0]));
        return (inFront || capitals == word.Length) && (word.Length < 3 || sounded > 0) && (word.Length < 5 || sounded < word.Length);
    }

    private static string Loosely(Encoding strict, byte[] bytes)
    {
        var loose = (Encoding)strict.Clone();
        loose.DecoderFallback = DecoderFallback.ReplacementFallback;
        return loose.GetString(bytes);
    }
}
