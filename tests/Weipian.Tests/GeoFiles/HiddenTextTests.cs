using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Texts of records look like what they are, whatever format they came in.</summary>
public sealed class HiddenTextTests
{
    [Theory]
    [InlineData("a\u202Eb", "a[U+202E]b", "U+202E")]
    [InlineData("\u0000", "[U+0000]", "U+0000")]
    [InlineData("\uFEFF王村镇", "[U+FEFF]王村镇", "U+FEFF")]
    [InlineData("x\u200By\u0085", "x[U+200B]y[U+0085]", "U+200B")]
    public void A_hidden_character_is_spelled_out(string text, string shown, string code)
    {
        Assert.True(HiddenText.First(text) >= 0);
        Assert.Equal(shown, HiddenText.Shown(text));
        Assert.Equal(code, HiddenText.ShownIn(shown));
        Assert.True(HiddenText.First(shown) < 0);
        var values = new FeatureValues(new FieldPlaces(["NAME", "N"]), [text, 1L]);
        Assert.Equal(shown, values.Get("name"));
    }

    [Fact]
    public void Half_a_character_is_spelled_out()
    {
        var half = "half " + "𠮷"[..1];
        Assert.Equal("half [U+D842]", HiddenText.Shown(half));
        Assert.Equal("half [U+DFB7]", HiddenText.Shown("half " + "𠮷"[1..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("王村镇 line\r\n\ttab")]
    [InlineData("欧阳𠮷庆 👩‍🌾 é ñ 〔2019〕")]
    [InlineData("[U+20]")]
    public void Every_other_text_stays_itself(string text)
    {
        Assert.Same(text, HiddenText.Shown(text));
        Assert.Null(HiddenText.ShownIn(text));
    }
}
