using Weipian.Law;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Determination;

/// <summary>One or two keys a verdict: a digit opens a class, letters choose in it until Enter or Esc.</summary>
public sealed class VerdictMenuTests
{
    private static readonly LawBook Law = LawBook.Load(Path.Combine(Repository.Root, "law"));
    private static readonly VerdictMenu Land = Menu("land");

    [Theory]
    [InlineData("1a", "L1")]
    [InlineData("2a", "I1")]
    [InlineData("2c", "I3")]
    [InlineData("3a", "O1")]
    [InlineData("4", "O3")]
    [InlineData("5", "O2")]
    [InlineData("0", "D0")]
    [InlineData("1a2b", "I2")]
    [InlineData("2b1", null)]
    [InlineData("a", null)]
    [InlineData("2z", null)]
    public void Keys_choose_the_verdict(string keys, string? code) => Assert.Equal(code, Press(Land, keys).Code);

    [Fact]
    public void Letters_mean_nothing_outside_a_class() => Assert.Null(Land.Press(VerdictChoice.None, "j"));

    [Fact]
    public void Inside_a_class_j_is_a_letter_and_not_a_move()
    {
        var other = Press(Land, "3");
        Assert.NotNull(Land.Press(other, "j")?.Code);
    }

    [Fact]
    public void Escape_closes_the_class_and_forgets_the_choice() =>
        Assert.Equal(VerdictChoice.None, Land.Press(Press(Land, "2a"), "Escape"));

    [Fact]
    public void Backspace_takes_back_the_letter_first()
    {
        var back = Land.Press(Press(Land, "2a"), "Backspace");
        Assert.Equal(new VerdictChoice('2', null), back);
    }

    [Fact]
    public void A_mineral_patch_has_its_own_tree_without_the_keys_of_land()
    {
        var mineral = Menu("mineral");
        Assert.Equal("ML1", Press(mineral, "1a").Code);
        Assert.Equal("MD0", Press(mineral, "0").Code);
        Assert.DoesNotContain(mineral.Classes, c => c.Digit is '4' or '5');
    }

    [Theory]
    [InlineData("land")]
    [InlineData("mineral")]
    public void Every_verdict_of_the_programme_can_be_reached_by_keys(string kind)
    {
        var menu = Menu(kind);
        var reached = menu
            .Classes.SelectMany(c => c.Letters.Select(l => l.Verdict.Code).Append(c.Direct))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Law.Verdicts.For(kind, 2018).Select(v => v.Code).Except(reached, StringComparer.Ordinal));
    }

    private static VerdictMenu Menu(string kind) => new(Law.Verdicts.For(kind, 2018), _ => PatchState.Other, key => key);

    private static VerdictChoice Press(VerdictMenu menu, string keys) =>
        keys.Aggregate(VerdictChoice.None, (choice, key) => menu.Press(choice, key.ToString()) ?? choice);
}
