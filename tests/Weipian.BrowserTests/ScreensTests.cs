using Microsoft.Playwright;
using Weipian.Web.SignIn;

namespace Weipian.BrowserTests;

/// <summary>An office in the autumn of its year: three programmes are judged and have their cases, one is open, interviews were
/// held.</summary>
public sealed class OfficeInAutumn : Office
{
    protected override IReadOnlyList<string> Played => ["--play", "--until", "2019-09-30"];
}

/// <summary>Every screen is right for a person: no rule of WCAG level A or AA broken, no page wider than its window, no text in the other
/// language, nothing that the browser complains about; in both languages and themes, on a desk and on a telephone.</summary>
public sealed class ScreensTests(OfficeInAutumn autumn, OfficeOfYesterday yesterday) : IClassFixture<OfficeInAutumn>
{
    private const string Nobody = "";
    private static readonly (int Width, int Height) Desk = (1366, 768);
    private static readonly (int Width, int Height) Wide = (1920, 1080);
    private static readonly (int Width, int Height) Phone = (375, 812);

    public static TheoryData<string> Seats() => [.. Screens.All.Select(s => s.Login ?? Nobody).Distinct(StringComparer.Ordinal)];

    /// <summary>A new page fails here until somebody says who looks at it and how it comes about.</summary>
    [Fact]
    public void Every_page_of_the_matrix_has_a_screen_and_every_screen_a_seat_that_may_see_it()
    {
        var pages = AccessMatrix.Rows.Where(r => r.Kind == "page").ToDictionary(r => r.Name, StringComparer.Ordinal);
        Assert.Empty(pages.Keys.Except(Screens.All.Select(s => s.Page), StringComparer.Ordinal));
        Assert.Empty(Screens.All.Select(s => s.Page).Except(pages.Keys, StringComparer.Ordinal));
        Assert.Equal(Screens.All.Count, Screens.All.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Screens.All.Where(s => s.Login is null), s => Assert.Equal(AccessMatrix.Open, pages[s.Page].Gate));
    }

    [Fact]
    public void Every_screen_has_its_picture_and_no_picture_is_of_a_screen_that_is_gone()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "weipian.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("no weipian.slnx above " + AppContext.BaseDirectory);
        var there = Directory
            .EnumerateFiles(Path.Combine(folder.FullName, "docs", "screens"), "*.webp")
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal);
        var due = Screens.All.SelectMany(PicturesTests.NamesOf).Order(StringComparer.Ordinal);
        Assert.Equal(due, there);
    }

    [Theory]
    [MemberData(nameof(Seats))]
    public async Task No_screen_of_a_seat_breaks_a_rule_spills_or_speaks_the_other_language(string login)
    {
        foreach (var group in Screens.All.Where(s => (s.Login ?? Nobody) == login).GroupBy(s => s.OfYesterday))
        {
            Office office = group.Key ? yesterday : autumn;
            // Light in Chinese and dark in English: both themes meet every rule, and both languages every width.
            var found = await Task.WhenAll(
                LookAsync(office, login, [.. group], english: false),
                LookAsync(office, login, [.. group], english: true)
            );
            Assert.True(found.All(f => f.Count == 0), string.Join('\n', found.SelectMany(f => f)));
        }
    }

    /// <summary>The checks above would say nothing if they saw nothing.</summary>
    [Fact]
    public async Task What_is_wrong_is_seen()
    {
        await using var visitor = await autumn.NobodyAsync();
        await visitor.OpenAsync("/sign-in");
        await visitor.Page.EvaluateAsync(
            """
            () => {
              const wrong = document.createElement('p');
              wrong.style = 'color: #ccc; background: #fff; width: 4000px';
              wrong.textContent = 'sign-in.title';
              document.querySelector('main').append(wrong, document.createElement('button'));
            }
            """
        );
        var rules = await ScreenInspection.AccessibilityAsync(visitor.Page);
        Assert.Contains(rules, r => r.StartsWith("color-contrast: p", StringComparison.Ordinal));
        Assert.Contains(rules, r => r.StartsWith("button-name", StringComparison.Ordinal));
        Assert.Single(await ScreenInspection.WidthAsync(visitor.Page, Desk.Width, Desk.Height));
        Assert.Contains("key: sign-in.title", await ScreenInspection.LanguageAsync(visitor.Page, english: false));
        var english = await visitor.Page.EvaluateAsync<string[]>("() => [document.querySelector('.door-form h1').innerText]");
        Assert.Empty(ScreenInspection.Wrong([.. english, "王村镇", "Wangcun Town", "Within 12 days of the notice"], english: false));
        Assert.NotEmpty(ScreenInspection.Wrong(["Change the password", "Change keys"], english: false));
        Assert.NotEmpty(ScreenInspection.Wrong(["没有这一页", "修改口令"], english: true));
    }

    private static async Task<IReadOnlyList<string>> LookAsync(Office office, string login, IReadOnlyList<Screen> screens, bool english)
    {
        await using var visitor = await office.VisitorAsync(login == Nobody ? null : login, Desk.Width, Desk.Height, english ? "en" : null);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = english ? ColorScheme.Dark : ColorScheme.Light });
        // A training ground that nobody opened yet is made while other screens are looked at.
        if (screens.Any(s => s.From == "/training"))
            await visitor.OpenAsync("/training");
        var found = new List<string>();
        foreach (var screen in screens)
        {
            var where = $"{screen.Name} {(english ? "en" : "zh-CN")}";
            await visitor.Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
            try
            {
                await screen.OpenAsync(office, visitor);
            }
            catch (Exception missed) when (missed is TimeoutException or PlaywrightException)
            {
                // Told with the rest: one screen that does not come about hides nothing of the others.
                found.Add($"{where}: {missed.Message}");
                continue;
            }
            found.AddRange((await LookAsync(visitor.Page, screen, english)).Select(f => $"{where}: {f}"));
            found.AddRange(visitor.Complaints.Where(c => !IsItsOwn(screen, c)).Select(c => $"{where}: {c}"));
            visitor.Forget();
        }
        return found;
    }

    /// <summary>What says no to the person says so to the browser as well; and a map that tells what the pointer is over reads its pixels
    /// back, which the browser remarks.</summary>
    private static bool IsItsOwn(Screen screen, string complaint) =>
        complaint.Contains("willReadFrequently", StringComparison.Ordinal)
        || (screen.Page is "/refused/{Code:int}" or "/not-found" || screen.Name.EndsWith("-refused", StringComparison.Ordinal))
            && complaint.Contains("responded with a status of 4", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, Screen screen, bool english)
    {
        var found = new List<string>();
        found.AddRange(await ScreenInspection.AccessibilityAsync(page));
        found.AddRange(await ScreenInspection.LanguageAsync(page, english));
        foreach (var (width, height) in new[] { Desk, Wide, Phone })
            found.AddRange(await ScreenInspection.WidthAsync(page, width, height));
        if (screen.InHand)
            found.AddRange((await ScreenInspection.AccessibilityAsync(page)).Select(f => "on a telephone: " + f));
        return found;
    }
}
