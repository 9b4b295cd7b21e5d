using Weipian.Web.Pages.Determination;

namespace Weipian.Tests.Web.Determination;

/// <summary>Keys of the workbench: refused where two would be one, kept as they were chosen, and whole again after a reset.</summary>
public sealed class KeyMapTests
{
    [Theory]
    [InlineData("k", "web.key-taken")]
    [InlineData("Enter", "web.key-taken")]
    [InlineData("ArrowDown", "web.key-unusable")]
    [InlineData("Escape", "web.key-unusable")]
    [InlineData("Tab", "web.key-unusable")]
    [InlineData("F5", "web.key-unusable")]
    [InlineData("", "web.key-unusable")]
    [InlineData("\t", "web.key-unusable")]
    public void A_key_that_is_taken_or_not_ours_is_refused(string key, string code) =>
        Assert.Equal(code, Assert.Throws<Problem>(() => KeyMap.Usual.With("next", key)).Code);

    [Fact]
    public void An_action_that_is_none_is_refused() =>
        Assert.Equal("web.bad-request", Assert.Throws<Problem>(() => KeyMap.Usual.With("delete", "q")).Code);

    [Fact]
    public void The_refusal_names_who_has_the_key()
    {
        var refusal = Assert.Throws<Problem>(() => KeyMap.Usual.With("next", "u"));
        Assert.Contains("撤回", refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains("Undo", refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_action_has_a_key_of_its_own() =>
        Assert.Equal(KeyMap.Actions.Count, KeyMap.Actions.Select(a => a.Usual).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void A_chosen_key_is_kept_and_the_old_one_is_free_for_another()
    {
        var map = KeyMap.Usual.With("next", "q").With("undo", "j").With("commit", ";");
        var back = KeyMap.Read(map.Write());
        Assert.Equal(("q", "j", ";"), (back.Of("next"), back.Of("undo"), back.Of("commit")));
        var pressed = back.ByPressed();
        Assert.Equal(("j", "u", "Enter"), (pressed["q"], pressed["j"], pressed[";"]));
        Assert.Equal(KeyMap.Actions.Count, pressed.Count);
        Assert.False(pressed.ContainsKey("u"));
        Assert.True(back.IsChanged);
        Assert.False(back.With("undo", "u").With("next", "j").With("commit", "Enter").IsChanged);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("""{"gone":"x"}""")]
    [InlineData("""{"next":"k"}""")]
    [InlineData("""{"next":"Escape"}""")]
    public void What_was_kept_and_no_longer_fits_falls_back(string? kept) =>
        Assert.Equal(KeyMap.Usual.ByPressed(), KeyMap.Read(kept).ByPressed());
}
