using Weipian.Law;

namespace Weipian.Tests.Law;

/// <summary>A law file with one fault is refused whole, at the line and column of the fault.</summary>
public sealed class LawFileRefusalTests
{
    private const string Path = "cn/test-law/1.yaml";

    private const string Good = """
        article: "1"
        says: { zh: 在此天数内作出决定。, en: A decision is made within this many days. }
        selected_by: [filing]
        confidence: verified
        source: LRB
        values:
          days_max:
            zh: 期限
            en: Time
            unit: day
            rolls_forward: false
            2018-01-01: { value: 30, until: 2018-12-31 }
            2019-01-01: { value: 60 }
        compared_on: null

        """;

    private static LawBook With(string article, string path = Path)
    {
        var files = RealLaw.Files();
        files["cn/test-law/instrument.yaml"] = "zh: 某法\nen: Some Law\n";
        files[path] = article;
        return RealLaw.Read(files);
    }

    private static Problem Refused(string find, string instead)
    {
        Assert.Contains(find, Good, StringComparison.Ordinal);
        return Assert.Throws<Problem>(() => With(Good.Replace(find, instead, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_file_without_a_fault_is_taken()
    {
        var law = With(Good);
        Assert.Equal(30, law.AsOf(new(2018, 12, 31), SelectingDate.Filing).Days("cn/test-law/1#days_max").Value);
        Assert.Equal(60, law.AsOf(new(2019, 1, 1), SelectingDate.Filing).Days("cn/test-law/1#days_max").Value);
    }

    [Theory]
    [InlineData("until: 2018-12-31", "until: 2018-12-30", "law.gap", 13, 5)]
    [InlineData("until: 2018-12-31", "until: 2019-01-01", "law.overlap", 13, 5)]
    [InlineData("2019-01-01: { value: 60 }", "2018-01-01: { value: 60 }", "law.malformed", 13, 5)] // the same key twice in YAML
    [InlineData("2019-01-01: { value: 60 }", "2017-01-01: { value: 60 }", "law.malformed", 13, 5)] // not ascending
    [InlineData("unit: day", "unit: fortnight", "law.unknown-unit", 10, 11)]
    [InlineData("unit: day", "unit: working_days", "law.unknown-unit", 10, 11)]
    [InlineData("source: LRB\n", "", "law.missing-citation", 11, 17)]
    [InlineData("confidence: verified\n", "", "law.missing-citation", 11, 17)]
    [InlineData("source: LRB", "source: HEARSAY", "law.unknown-reference", 5, 9)]
    [InlineData("confidence: verified", "confidence: certain", "law.malformed", 4, 13)]
    [InlineData("{ value: 60 }", "{ value: 60, penalty: 3 }", "law.unknown-field", 13, 30)]
    [InlineData("rolls_forward: false", "rolls: false", "law.unknown-field", 11, 5)]
    [InlineData("    rolls_forward: false\n", "", "law.malformed", 11, 17)]
    [InlineData("article: \"1\"", "clause: \"1\"", "law.unknown-field", 1, 1)]
    [InlineData("article: \"1\"\n", "", "law.malformed", 1, 1)]
    [InlineData("compared_on: null\n", "", "law.malformed", 1, 1)]
    [InlineData("compared_on: null", "compared_on: 2026-11-01", "law.malformed", 1, 1)] // says a day, names no text
    [InlineData("compared_on: null", "compared_on: last spring", "law.malformed", 14, 14)]
    [InlineData("selected_by: [filing]", "selected_by: [whenever]", "law.malformed", 3, 15)]
    [InlineData("selected_by: [filing]", "selected_by: []", "law.malformed", 3, 14)]
    [InlineData("{ value: 60 }", "{ value: sixty }", "law.malformed", 13, 26)]
    [InlineData("{ value: 60 }", "{ value: 0 }", "law.malformed", 13, 26)]
    [InlineData("{ value: 60 }", "{ value: 1.5 }", "law.malformed", 13, 26)]
    [InlineData("{ value: 60 }", "{ value: 60, gap: { zh: 无, en: none } }", "law.malformed", 13, 17)]
    [InlineData("{ value: 60 }", "{ note: nothing }", "law.malformed", 13, 17)]
    [InlineData("{ value: 60 }", "{ unset: { zh: 未查到 } }", "law.malformed", 13, 26)]
    [InlineData("{ value: 60 }", "{ value: 60, confidence: unset }", "law.malformed", 13, 17)]
    [InlineData("{ value: 60 }", "{ value: 60, until: 2018-06-01 }", "law.malformed", 13, 17)]
    [InlineData("{ value: 60 }", "{ value: 60, until: 2031-01-01 }", "law.malformed", 13, 17)] // past the end of the book
    [InlineData("{ value: 60 }", "{ value: 60, readings: [9999-nothing] }", "law.unknown-reference", 13, 41)]
    [InlineData("    en: Time\n", "", "law.malformed", 8, 5)]
    [InlineData(
        "{ zh: 在此天数内作出决定。, en: A decision is made within this many days. }",
        "A decision is made.",
        "law.malformed",
        2,
        7
    )]
    [InlineData("zh: 在此天数内作出决定。, ", "", "law.malformed", 2, 7)]
    [InlineData(", en: A decision is made within this many days. }", " }", "law.malformed", 2, 7)]
    [InlineData("{ zh: 在此天数内作出决定。, en:", "{ zh: 在此天数内作出决定。, fr:", "law.unknown-field", 2, 25)]
    [InlineData("{ value: 60 }", "{ value: 60, note: later }", "law.malformed", 13, 36)]
    [InlineData("{ value: 60 }", "{ value: 60, note: { en: later } }", "law.malformed", 13, 36)]
    [InlineData("compared_on: null", "compared_on: null\nnote: Read once.", "law.malformed", 15, 7)]
    [InlineData("days_max:", "DaysMax:", "law.malformed", 7, 3)]
    [InlineData("  days_max:", "  days_max: [", "law.malformed", 9, 7)]
    public void A_fault_is_refused_at_its_place(string find, string instead, string code, int line, int column)
    {
        var refused = Refused(find, instead);
        Assert.Equal(code, refused.Code);
        Assert.StartsWith($"Law file {Path}:{line}:{column}:", refused.English, StringComparison.Ordinal);
        Assert.Contains($"第 {line} 行第 {column} 列", refused.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_says_from_which_day_to_which() =>
        Assert.Contains(
            "from 2018-07-01 to 2018-12-31",
            Refused("until: 2018-12-31", "until: 2018-06-30").English,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_gap_that_is_declared_is_taken_and_refuses_its_days()
    {
        var law = With(
            Good.Replace(
                "until: 2018-12-31 }",
                "until: 2018-06-30 }\n    2018-07-01: { gap: { zh: 旧规定失效, en: the old rule had run out } }",
                StringComparison.Ordinal
            )
        );
        var refused = Assert.Throws<Problem>(() => law.AsOf(new(2018, 9, 1), SelectingDate.Filing).Days("cn/test-law/1#days_max"));
        Assert.Equal("law.not-in-force", refused.Code);
        Assert.Contains("the old rule had run out", refused.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cn/test-law/Article1.yaml")]
    [InlineData("cn/test-law/1.yml")]
    [InlineData("drafts/1.yaml")]
    [InlineData("verdicts/notes.txt")]
    public void A_file_without_a_place_in_the_book_is_refused(string path) =>
        Assert.Equal("law.malformed", Assert.Throws<Problem>(() => With(Good, path)).Code);

    [Fact]
    public void An_article_whose_instrument_is_not_named_is_refused()
    {
        var files = RealLaw.Files();
        files["cn/nameless/1.yaml"] = Good;
        Assert.Contains("instrument.yaml", Assert.Throws<Problem>(() => RealLaw.Read(files)).English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused()
    {
        var files = RealLaw.Files().Select(f => new LawFile(f.Key, System.Text.Encoding.UTF8.GetBytes(f.Value))).ToList();
        files.Add(new("cn/test-law/instrument.yaml", new byte[] { 0x7A, 0x68, 0x3A, 0x20, 0xC4, 0xB3 }));
        Assert.Equal("law.malformed", Assert.Throws<Problem>(() => LawBook.Read(files)).Code);
    }

    [Fact]
    public void A_folder_without_a_book_is_refused() =>
        Assert.Equal("law.folder-missing", Assert.Throws<Problem>(() => LawBook.Load(AppContext.BaseDirectory)).Code);

    [Theory]
    [InlineData(
        "land-classes/survey-gbt21010-2017.csv",
        "0404,其他草地,04 草地,grassland,2023-11-01",
        "0404,其他草地,04 草地,grassland,2023-12-01",
        "law.gap"
    )]
    [InlineData(
        "land-classes/survey-gbt21010-2017.csv",
        "0404,其他草地,04 草地,grassland,2023-11-01",
        "0404,其他草地,04 草地,grassland,2023-10-01",
        "law.overlap"
    )]
    [InlineData("land-classes/survey-gbt21010-2017.csv", "0101,水田,01 耕地,cultivated-land", "0101,水田,01 耕地,paddy", "law.malformed")]
    [InlineData("land-classes/survey-gbt21010-2017.csv", "农用地,yes,no", "田,yes,no", "law.malformed")]
    [InlineData("land-classes/survey-gbt21010-2007.csv", "yes,no,0101,", "yes,no,0199,", "law.unknown-reference")]
    [InlineData("land-classes/attributes.csv", "CZCSXM,202,", "CZCSXM,201,", "law.malformed")]
    [InlineData("land-classes/standards.yaml", "file: attributes.csv", "file: attribute.csv", "law.malformed")]
    [InlineData("verdicts/tree-land-2018.yaml", "parent: doubtful", "parent: perhaps", "law.malformed")]
    [InlineData("verdicts/tree-land-2018.yaml", "code: L2\n", "code: L1\n", "law.overlap")]
    [InlineData("verdicts/tree-land-2018.yaml", "evidence: [missing-named]", "evidence: [rumour]", "law.unknown-reference")]
    [InlineData("book.yaml", "through: 2026-12-31", "through: 2019-12-31", "law.malformed")]
    [InlineData("sources.yaml", "LRB:", "LAWS:", "law.unknown-reference")]
    public void A_fault_in_a_table_is_refused(string path, string find, string instead, string code)
    {
        var files = RealLaw.Files();
        Assert.Contains(find, files[path], StringComparison.Ordinal);
        files[path] = ReplaceFirst(files[path], find, instead);
        Assert.Equal(code, Assert.Throws<Problem>(() => RealLaw.Read(files)).Code);
    }

    /// <summary>Whatever happens to a byte, the book loads or refuses; it never breaks.</summary>
    [Fact]
    public void A_damaged_book_loads_or_refuses()
    {
        const string Odd = ":\n{}[]&*!|>'\"%@,0-9\t\0";
        var random = new Random(20190501);
        var files = RealLaw.Files();
        var paths = files.Keys.Where(p => !p.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        var rounds = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 25 : 1000;
        for (var i = 0; i < rounds; i++)
        {
            var path = paths[random.Next(paths.Length)];
            var text = files[path];
            var at = random.Next(text.Length);
            var damaged = random.Next(4) switch
            {
                0 => text[..at],
                1 => text.Remove(at, 1),
                2 => text.Insert(at, Odd[random.Next(Odd.Length)].ToString()),
                _ => text[..at] + text[random.Next(text.Length)] + text[(at + 1)..],
            };
            try
            {
                Assert.NotNull(RealLaw.Read(new(files, StringComparer.Ordinal) { [path] = damaged }));
            }
            catch (Problem refused)
            {
                Assert.StartsWith("law.", refused.Code, StringComparison.Ordinal);
            }
        }
    }

    private static string ReplaceFirst(string text, string find, string instead)
    {
        var at = text.IndexOf(find, StringComparison.Ordinal);
        return text[..at] + instead + text[(at + find.Length)..];
    }
}
