using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Weipian.Web.Texts;

namespace Weipian.Tests.Web.Texts;

/// <summary>MudBlazor speaks Chinese: every text of its own, with the same blanks to fill. A wrong blank breaks a whole page.</summary>
public sealed class MudTextsTests
{
    [Fact]
    public void Every_text_of_the_library_is_translated_with_the_same_blanks()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var library = new ResourceManager("MudBlazor.Resources.LanguageResource", typeof(MudBlazor.MudButton).Assembly);
        var texts = library
            .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
            .Cast<DictionaryEntry>()
            .ToList();
        Assert.True(texts.Count > 100);
        foreach (var text in texts)
        {
            var key = (string)text.Key;
            var chinese = MudTexts.Find(key);
            Assert.True(chinese is not null, $"{key} has no Chinese");
            Assert.Equal(Blanks((string)text.Value!), Blanks(chinese!));
        }
    }

    [Fact]
    public void In_English_the_library_speaks_for_itself()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Assert.Null(MudTexts.Find("MudDataGridPager_RowsPerPage"));
    }

    private static IEnumerable<string> Blanks(string text) =>
        Regex.Matches(text, @"\{\d+\}").Select(m => m.Value).Order(StringComparer.Ordinal);
}
