using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>
/// Pictures of every page for people to look at, in both languages, light and dark, on a desk and on a telephone. Pages are found by
/// walking from the start of a seat, so that a new page is in the pictures without being named here.
/// </summary>
public sealed partial class PicturesTests(Office office)
{
    private const int TallestPicture = 3200;
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("WEIPIAN_PICTURES");
    private static readonly string Of = Environment.GetEnvironmentVariable("WEIPIAN_PICTURES_OF") ?? "";

    /// <summary>Seats, and whether every page of theirs is taken or only those that no earlier seat had.</summary>
    private static readonly (string Login, bool EveryPage)[] Seats =
    [
        ("district-officer", true),
        ("town-wangcun", true),
        ("office-head", true),
        ("district-reviewer", false),
        ("government", false),
        ("finance", false),
        ("discipline", false),
        ("dept-agriculture", false),
        ("dept-court", false),
        ("permit-desk", false),
        ("administrator", false),
    ];

    private static readonly (string Name, int Width, int Height)[] Devices = [("desk", 1440, 900), ("phone", 390, 844)];

    [Fact]
    public async Task Pictures_are_taken_when_asked_for()
    {
        Assert.SkipWhen(Pictures is null, "set WEIPIAN_PICTURES to a folder to have pictures taken");
        Directory.CreateDirectory(Pictures!);
        var findings = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (login, every) in Seats)
        {
            var pages = await PagesOfAsync(login, every ? [] : seen);
            seen.UnionWith(pages.Keys);
            foreach (var (device, width, height) in Devices)
            foreach (var language in new[] { "zh", "en" })
            {
                await using var visitor = await office.SignInAsync(login, width, height, language == "en" ? "en" : null);
                foreach (var (kind, address) in pages)
                foreach (var theme in new[] { "light", "dark" })
                {
                    var name = $"{login}{kind.Replace('/', '-')}-{language}-{theme}-{device}";
                    if (Regex.IsMatch(name, Of, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
                        findings.AddRange(await TakeAsync(visitor.Page, address, name, theme == "dark", width));
                }
            }
        }
        await File.WriteAllLinesAsync(Path.Combine(Pictures!, "findings.txt"), findings);
        Assert.NotEmpty(Directory.EnumerateFiles(Pictures!, "*.png"));
    }

    /// <summary>One address for each kind of page that can be reached from the start of a seat.</summary>
    private async Task<Dictionary<string, string>> PagesOfAsync(string login, IReadOnlySet<string> without)
    {
        await using var visitor = await office.SignInAsync(login);
        var found = new Dictionary<string, string>(StringComparer.Ordinal) { ["/"] = "/" };
        var open = new Queue<string>(["/"]);
        while (open.TryDequeue(out var address))
        {
            await visitor.OpenAsync(address);
            var links = await visitor.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('.places a, main a')].map(a => a.getAttribute('href') ?? '')"
            );
            foreach (var link in links.Where(IsPage))
                if (!without.Contains(KindOf(link)) && found.TryAdd(KindOf(link), link.Split('#')[0]))
                    open.Enqueue(link);
        }
        return found;
    }

    private static bool IsPage(string link) =>
        link.StartsWith('/') && !link.StartsWith("/api", StringComparison.Ordinal) && !NoPage().IsMatch(link);

    /// <summary>The address with a place holder for each number, without its query.</summary>
    private static string KindOf(string link) =>
        string.Join('/', link.Split('?', '#')[0].Split('/').Select(part => part.Any(char.IsDigit) ? "one" : part));

    private static async Task<IEnumerable<string>> TakeAsync(IPage page, string address, string name, bool dark, int width)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await page.GotoAsync(address);
        await page.WaitForTimeoutAsync(address.Contains("workbench", StringComparison.Ordinal) ? 1500 : 350);
        var height = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = Path.Combine(Pictures!, name + ".png"),
                FullPage = true,
                Clip = new Clip { Width = width, Height = Math.Min(height, TallestPicture) },
            }
        );
        var wrong = await page.EvaluateAsync<string[]>(Inspection);
        return wrong.Select(w => $"{name}: {w}");
    }

    /// <summary>What a program can see: too wide, too long, the other language, keys instead of texts, too little contrast.</summary>
    private const string Inspection = """
        () => {
          const wrong = [];
          const root = document.documentElement;
          const add = (what, values) => { const v = [...new Set(values)]; if (v.length) wrong.push(`${what}: ${v.slice(0, 12).join(' | ')}`); };
          if (root.scrollWidth > innerWidth + 1) wrong.push(`wide: ${root.scrollWidth} px`);
          if (root.scrollHeight > 6000) wrong.push(`long: ${root.scrollHeight} px`);
          const colour = text => { const c = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
            const s = text.startsWith('color(') ? 255 : 1;
            return [c[0] * s, c[1] * s, c[2] * s, c[3] ?? 1]; };
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => {
            for (let e = element; e; e = e.parentElement) {
              const style = getComputedStyle(e);
              if (style.backgroundImage !== 'none') return null;
              const c = colour(style.backgroundColor);
              if (c[3] > 0.98) return c;
            }
            return [255, 255, 255, 1];
          };
          const other = [], keys = [], pale = [], spill = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const text = node.textContent.trim();
            const element = node.parentElement;
            if (!text || element.closest('script, style, noscript, button[lang]') || !element.checkVisibility()) continue;
            if (root.lang === 'en' && /[\u4e00-\u9fff]/.test(text)) other.push(text.slice(0, 40));
            if (root.lang !== 'en' && /[A-Za-z]{4,}/.test(text) && !/[\u4e00-\u9fff]/.test(text)) other.push(text.slice(0, 40));
            if (/^[a-z]+(-[a-z]+)*\.[a-z][a-z.-]*$/.test(text)) keys.push(text);
            const box = element.getBoundingClientRect();
            if (box.width > 0 && box.right > innerWidth + 1 && !element.closest('.sheet, .places, .layers, .bench-head, .skip, .mud-table-container'))
              spill.push(text.slice(0, 24));
            const behind = ground(element), front = colour(getComputedStyle(element).color);
            if (behind && front[3] > 0.5) {
              const [a, b] = [light(front), light(behind)];
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              if (ratio < 4.5 && !element.closest(':disabled')) pale.push(`${text.slice(0, 20)} ${ratio.toFixed(1)}`);
            }
          }
          add('other language', other);
          add('key', keys);
          add('beyond the edge', spill);
          add('pale', pale);
          return wrong;
        }
        """;

    [GeneratedRegex(@"\.(docx|pdf|xlsx|zip|json|csv|gpkg)\b|/file\b|/documents/|/files?/|/evidence/|/blobs?/")]
    private static partial Regex NoPage();
}
