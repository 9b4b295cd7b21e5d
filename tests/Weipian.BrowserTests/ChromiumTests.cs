using Microsoft.Playwright;

namespace Weipian.BrowserTests;

public sealed class ChromiumTests
{
    [Fact]
    public async Task The_browser_of_the_system_starts()
    {
        using var playwright = await Playwright.CreateAsync();
        Assert.NotNull(playwright.Chromium);
    }
}
