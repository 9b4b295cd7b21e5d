using System.Globalization;
using System.Text.RegularExpressions;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Tests.House;
using Weipian.Web.Acts;
using Weipian.Web.Reading;
using Weipian.Web.Texts;

namespace Weipian.Tests.Web.Texts;

/// <summary>Every text that a page asks for exists, and every text that exists is asked for.</summary>
public sealed class SayTests
{
    private static readonly string[] EvidenceWords =
    [
        EvidenceKind.PhotoFull,
        EvidenceKind.PhotoInterior,
        EvidenceKind.PhotoWidth,
        EvidenceKind.BeforeAfterImage,
        EvidenceKind.Document,
    ];

    /// <summary>Keys that are put together at run time, and what may follow.</summary>
    private static readonly Dictionary<string, IEnumerable<string>> Families = new(StringComparer.Ordinal)
    {
        ["state."] = [.. PatchState.All, "late"],
        ["role."] = LayerRole.All,
        ["kind."] = [PatchKind.Land, PatchKind.Mineral],
        ["queue."] = Weipian.Web.Pages.Determination.WorkbenchQueues.Names,
        ["stage."] = Enum.GetNames<ParcelStage>().Select(s => s.ToLowerInvariant()),
        ["outcome."] = Enum.GetNames<Outcome>().Select(s => s.ToLowerInvariant()),
        ["seat-role."] = PlanRoles.All,
        ["pane."] = ["list", "map", "detail"],
        ["convention."] = ["formula", "source"],
        ["confidence."] = ["recalled", "derived", "unset"],
        ["measure."] = ["m", "m2", "day", "percent"],
        ["answer."] = ["true", "false"],
        ["rule."] = RuleBook.Land.Rules.Concat(RuleBook.Mineral.Rules).Select(r => r.Id),
        ["word."] = FactKeys.ById.Values.SelectMany(k => k.Choices).Concat(EvidenceWords),
        ["act."] =
        [
            "initialise-district",
            "add-layer-version",
            "import-patches",
            "compare-programme",
            "propose-verdicts",
            "decide-verdict",
            "confirm-verdict",
            "return-verdict",
            "withdraw-verdict",
            "take-back-signature",
            "split-parcel",
            "record-visit",
            "set-seat-password",
            .. ActDoors.All.Select(door => door.Name),
        ],
    };

    [Fact]
    public void Every_text_that_a_page_asks_for_exists()
    {
        var asked = Asked().ToList();
        Assert.True(asked.Count > 150, $"only {asked.Count}");
        Assert.All(asked, k => Assert.True(Say.Has(k), k));
    }

    [Fact]
    public void Every_member_of_a_family_of_texts_exists() =>
        Assert.All(Families.SelectMany(f => f.Value.Select(member => f.Key + member)), k => Assert.True(Say.Has(k), k));

    /// <summary>A label or a choice may have a meaning of its own in one act; else the common one is shown.</summary>
    [Fact]
    public void Every_field_and_choice_of_a_form_has_a_text()
    {
        var asked =
            from door in ActDoors.All
            from field in door.Request.GetConstructors().SelectMany(c => c.GetParameters())
            where (Nullable.GetUnderlyingType(field.ParameterType) ?? field.ParameterType) != typeof(Guid)
            select (door.Name, Kind: "field", Word: ActField.Kebab(field.Name!));
        var choices =
            from door in ActDoors.All
            from field in ActField.Of(door.Request)
            from choice in field.Choices
            select (door.Name, Kind: "choice", Word: choice);
        Assert.All(
            asked.Concat(choices),
            text =>
                Assert.True(
                    Say.Has($"{text.Kind}.{text.Name}.{text.Word}") || Say.Has($"{text.Kind}.{text.Word}"),
                    $"{text.Kind}.{text.Name}.{text.Word}"
                )
        );
    }

    [Fact]
    public void A_text_that_is_missing_stops_the_page() =>
        Assert.Throws<System.Resources.MissingManifestResourceException>(() => Say.T("no.such.text"));

    [Theory]
    [InlineData("zh-CN", "登录")]
    [InlineData("en", "Sign in")]
    public void The_language_of_the_person_decides(string culture, string text)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(text, Say.T("sign-in.title"));
    }

    private static IEnumerable<string> Asked() =>
        from file in SourceTree.Files
        where file.StartsWith("src/Web/", StringComparison.Ordinal) && Regex.IsMatch(file, @"\.(razor|cs)$")
        from Match match in Regex.Matches(SourceTree.Text(file), @"\b(?:Say\.)?T\(""([a-z0-9.\-]+)""[,)]")
        select match.Groups[1].Value;
}
