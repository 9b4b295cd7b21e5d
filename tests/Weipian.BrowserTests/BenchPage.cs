using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>What the tests of the workbench ask of its page.</summary>
internal static class BenchPage
{
    public static Task<string> NumberAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.querySelector('.dossier:not([hidden]) [data-number]').dataset.number");

    /// <summary>Goes to the next patch and waits until everything on screen speaks of it.</summary>
    public static async Task NextAsync(IPage page, string key = "j")
    {
        var before = await NumberAsync(page);
        await page.Keyboard.PressAsync(key);
        await page.WaitForFunctionAsync("n => document.querySelector('.dossier:not([hidden]) [data-number]').dataset.number !== n", before);
        await page.WaitForFunctionAsync(
            "() => location.search.includes('patch=' + document.querySelector('.dossier:not([hidden]) [data-number]').dataset.number)"
        );
        await page.WaitForFunctionAsync(
            """
            () => { const patch = document.querySelector('.verdict-bar')?.dataset.patch;
              return !patch || [...document.querySelectorAll('[data-map]')].every(m => m.dataset.shown === patch); }
            """
        );
    }

    /// <summary>Writes a sentence where a verdict has no basis yet, as a person does: the key of the field, the words, the key that leaves
    /// it.</summary>
    public static async Task WriteBasisAsync(IPage page)
    {
        if (await page.EvaluateAsync<string>("() => document.querySelector('[data-commit]').value.trim()") != "")
            return;
        await page.Keyboard.PressAsync("t");
        await page.Keyboard.TypeAsync("影像上看不清，待实地核查。");
        await page.Keyboard.PressAsync("Escape");
    }

    /// <summary>The card of a patch in the list.</summary>
    public static ILocator CardOf(IPage page, string number) => page.Locator($".card:has(.card-number:text-is('{number}'))");

    /// <summary>The address says this about the view; it follows a moment after the key.</summary>
    public static Task ViewSaysAsync(IPage page, string part) =>
        page.WaitForFunctionAsync(
            "p => (new URLSearchParams(location.search).get('view') ?? '').split(';').some(v => v.startsWith(p))",
            part
        );

    public static Task ViewIsSilentAsync(IPage page, string part) =>
        page.WaitForFunctionAsync(
            "p => !(new URLSearchParams(location.search).get('view') ?? '').split(';').some(v => v.startsWith(p))",
            part
        );
}
