using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>A page of the product in one state, as a seat that may see it does.</summary>
/// <param name="Name">Of its picture; no other screen has it.</param>
/// <param name="Page">The page, as the permission matrix calls it.</param>
/// <param name="Login">The seat; <c>null</c> for somebody who has not signed in.</param>
/// <param name="Address">Where it is. With <see cref="From"/>, how the first link there begins that leads to it.</param>
/// <param name="From">The page that leads to it, where its address holds an identifier.</param>
/// <param name="Arrange">Brings it into its state; the page is there and its circuit answers.</param>
/// <param name="InHand">Used on a telephone: looked at by every check at that width, and pictured there.</param>
/// <param name="OfYesterday">In the office whose proposals are older than its law book; otherwise in the one that came to its
/// autumn.</param>
public sealed record Screen(
    string Name,
    string Page,
    string? Login,
    string Address,
    string? From = null,
    Func<Office, IPage, Task>? Arrange = null,
    bool InHand = false,
    bool OfYesterday = false
)
{
    /// <summary>How long nothing may have been drawn anew, ms, and how long is waited for it.</summary>
    private const int StillMilliseconds = 150;

    private const int StillWithinMilliseconds = 6000;

    /// <summary>A training ground that nobody opened yet is made first.</summary>
    internal const float GroundMilliseconds = 480_000;

    private static readonly ConcurrentDictionary<(Office Office, string Name), string> Found = new();

    /// <summary>Opens it and waits until it is in its state.</summary>
    public async Task OpenAsync(Office office, Visitor visitor)
    {
        if (!Found.TryGetValue((office, Name), out var address))
            Found[(office, Name)] = address = From is null ? Address : await LinkAsync(visitor);
        await visitor.OpenAsync(address);
        await StillAsync(visitor.Page);
        if (Arrange is null)
            return;
        await Arrange(office, visitor.Page);
        await StillAsync(visitor.Page);
    }

    private async Task<string> LinkAsync(Visitor visitor)
    {
        await visitor.OpenAsync(From!);
        var link = visitor.Page.Locator($"main a[href^='{Address}']").First;
        await link.WaitForAsync(new() { Timeout = GroundMilliseconds });
        return (await link.GetAttributeAsync("href"))!;
    }

    /// <summary>The circuit has drawn the page once more, and nothing moves: what is looked at is what stays.</summary>
    private static Task StillAsync(IPage page) =>
        page.EvaluateAsync(
            """
            async ([still, within]) => {
              const waits = () => {
                if (!document.title) return true;
                const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
                for (let c; (c = comments.nextNode());) if (c.data.includes('"type":"server"')) return true;
                return false;
              };
              const began = performance.now();
              let last = began;
              const watch = new MutationObserver(() => (last = performance.now()));
              watch.observe(document, { subtree: true, childList: true, characterData: true });
              while (performance.now() - began < within && (waits() || performance.now() - last < still))
                await new Promise(r => setTimeout(r, 25));
              watch.disconnect();
            }
            """,
            new[] { StillMilliseconds, StillWithinMilliseconds }
        );

    public override string ToString() => Name;
}
