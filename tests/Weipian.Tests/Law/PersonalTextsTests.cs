using Weipian.Law;

namespace Weipian.Tests.Law;

/// <summary>Which numbers of persons are found in a text, and which numbers only look like one. The persons do not exist.</summary>
public sealed class PersonalTextsTests
{
    private const string Said = "check: gb-11643\n    personal: { 2007-08-10: true }";
    private static readonly PersonalMask Mask = RealLaw.Book.Verdicts.PersonalTexts.On(new(2019, 5, 8));

    [Theory]
    [InlineData("check: gb-11643", "check: luhn")]
    [InlineData(Said, "check: gb-11643")]
    [InlineData(Said, "check: gb-11643\n    personal: { 2021-11-01: true }")]
    [InlineData("pattern: '(?<!", "pattern: '(?<")]
    [InlineData("  mobile-number:\n", "  mobile-number:\n    length: 11\n")]
    public void A_list_that_cannot_be_meant_is_refused(string said, string instead)
    {
        var files = RealLaw.Files();
        var words = files["verdicts/words.yaml"];
        Assert.Contains(said, words, StringComparison.Ordinal);
        files["verdicts/words.yaml"] = words.Replace(said, instead, StringComparison.Ordinal);
        Assert.StartsWith("law.", Assert.Throws<Problem>(() => RealLaw.Read(files)).Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("11010519491231002X")] // The examples of GB 11643-1999.
    [InlineData("11010519491231002x")]
    [InlineData("440524188001010014")]
    [InlineData("110105 19491231 002X")]
    [InlineData("110105-19491231-002X")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    public void An_identity_number_is_covered_but_for_its_first_character(string number)
    {
        Assert.Equal($"当事人{number[0]}{new string('＊', number.Length - 1)}，已询问", Mask.Of($"当事人{number}，已询问"));
        Assert.Equal("identity-number", Assert.Single(Mask.Find(number)).Kind.Id);
    }

    [Theory]
    [InlineData("110105194912310021")] // The check digit is another one.
    [InlineData("440524188001010015")]
    [InlineData("11010519491331002X")] // No thirteenth month.
    [InlineData("11010519493231002X")]
    [InlineData("1101051949123100")]
    [InlineData("911010519491231002X")] // Part of a longer number.
    [InlineData("A11010519491231002X")]
    [InlineData("91370306MA3C4K8X0T")] // A unit's code.
    [InlineData("37030620180T00013")] // A patch.
    [InlineData("138123456789")]
    [InlineData("12812345678")]
    [InlineData("0533-6195001")]
    [InlineData("鲁政土字〔2018〕1381234号")]
    public void What_only_looks_like_one_stays(string number)
    {
        Assert.Empty(Mask.Find(number));
        Assert.Same(number, Mask.Of(number));
    }

    /// <summary>Of the eleven last characters one proves the number.</summary>
    [Fact]
    public void One_last_character_of_eleven_proves_a_number() =>
        Assert.Single("0123456789X", last => Mask.Find("37030619800101123" + last).Count == 1);

    [Theory]
    [InlineData("13812345678")]
    [InlineData("138 1234 5678")]
    [InlineData("+86 138-1234-5678")]
    [InlineData("8613812345678")]
    [InlineData("１３８１２３４５６７８")]
    public void A_mobile_number_is_covered(string number) =>
        Assert.Equal($"电话：{number[0]}{new string('＊', number.Length - 1)}。", Mask.Of($"电话：{number}。"));

    [Fact]
    public void Several_in_one_text_are_each_covered_and_what_stands_between_stays() =>
        Assert.Equal("1＊＊＊＊＊＊＊＊＊＊、1＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊在场", Mask.Of("13812345678、11010519491231002X在场"));

    [Fact]
    public void In_json_only_texts_are_covered_and_it_stays_json() =>
        Assert.Equal(
            """{"note":"1＊＊＊＊＊＊＊＊＊＊","width":13812345678,"all":["电话1＊＊＊＊＊＊＊＊＊＊"],"none":null}""",
            Mask.OfJson("""{"note":"13812345678","width":13812345678,"all":["电话13812345678"],"none":null}""")
        );

    [Fact]
    public void What_counts_is_asked_for_a_day()
    {
        var files = RealLaw.Files();
        var instead = "check: gb-11643\n    personal: { 2007-08-10: false, 2021-11-01: true }";
        files["verdicts/words.yaml"] = files["verdicts/words.yaml"].Replace(Said, instead, StringComparison.Ordinal);
        var texts = RealLaw.Read(files).Verdicts.PersonalTexts;
        Assert.Empty(texts.On(new(2021, 10, 31)).Find("11010519491231002X"));
        Assert.Single(texts.On(new(2021, 11, 1)).Find("11010519491231002X"));
    }
}
