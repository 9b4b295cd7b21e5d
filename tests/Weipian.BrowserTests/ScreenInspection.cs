using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Weipian.Web.Texts;

namespace Weipian.BrowserTests;

/// <summary>What is wrong with a screen, as far as a program can see: accessibility, width, language.</summary>
public static partial class ScreenInspection
{
    /// <summary>Levels A and AA of WCAG 2.0 to 2.2; none of their rules is left out.</summary>
    private const string Accessibility = """
        async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
          const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          const why = n => [...n.any, ...n.all, ...n.none].map(c => c.message).join('; ').slice(0, 200);
          return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 140)} (${why(n)})`));
        }
        """;

    /// <summary>What a person reads or hears: text, title, labels, alternatives; not what he may switch to in its own language, not what
    /// people wrote, and not names and identifiers.</summary>
    private const string Words = """
        () => {
          const words = [document.title];
          const skipped = 'script, style, noscript, [lang]:not(html), [translate=no], .mono';
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());)
            if (!node.parentElement.closest(skipped)) words.push(node.textContent);
          for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
            for (const element of document.querySelectorAll(`[${name}]`))
              if (!element.closest(skipped)) words.push(element.getAttribute(name));
          return [...new Set(words.map(w => w.replace(/\s+/g, ' ').trim()).filter(w => w))];
        }
        """;

    /// <summary>Letters beside the blanks of a text that make it known again with its blanks filled.</summary>
    private const int HanToKnow = 6;

    private const int LettersToKnow = 14;

    /// <summary>Data that happen to read like a text of the interface: zones as layers and the book call them, what people of the sample
    /// wrote as their reason, terms by which the tables of the book match.</summary>
    private static readonly HashSet<string> Data = new(StringComparer.Ordinal)
    {
        "允许建设区",
        "有条件建设区",
        "限制建设区",
        "禁止建设区",
        "存违挂账",
        "补充举证材料",
        "卫片执法",
        "Approval",
        "catering",
        "mining",
        "warehouse",
    };

    private static readonly Lazy<string> Axe = new(() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js")) + "\n;undefined"
    );

    private static readonly Lazy<Texts> Interface = new(Texts.Read);

    /// <summary>Violations of a rule of level A or AA.</summary>
    public static async Task<IReadOnlyList<string>> AccessibilityAsync(IPage page)
    {
        await page.EvaluateAsync(Axe.Value);
        return await page.EvaluateAsync<string[]>(Accessibility);
    }

    /// <summary>Whether the page is wider than its window.</summary>
    public static async Task<IReadOnlyList<string>> WidthAsync(IPage page, int width, int height)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.EvaluateAsync("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))");
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        return wide <= width ? [] : [string.Create(CultureInfo.InvariantCulture, $"{wide} px in a window of {width}")];
    }

    /// <summary>Keys instead of texts, and texts of the interface in the language that was not chosen.</summary>
    public static async Task<IReadOnlyList<string>> LanguageAsync(IPage page, bool english)
    {
        var words = await page.EvaluateAsync<string[]>(Words);
        return Wrong(words, english);
    }

    /// <summary>What among some words is a key, or a text of the interface in the other language.</summary>
    /// <remarks>Data are in the language they were written in: names, reasons, what a paper says. They are told from texts of the
    /// interface by the resources alone.</remarks>
    public static IReadOnlyList<string> Wrong(IEnumerable<string> words, bool english)
    {
        var texts = Interface.Value;
        return
        [
            .. words.Where(texts.Keys.Contains).Select(w => "key: " + w),
            .. words.Where(w => !Data.Contains(w) && texts.IsOther(w, english)).Select(w => "other language: " + w),
        ];
    }

    /// <summary>The resources of the interface.</summary>
    private sealed record Texts(
        IReadOnlySet<string> Keys,
        IReadOnlySet<string> Chinese,
        IReadOnlySet<string> English,
        IReadOnlyList<Regex> ChineseFilled,
        IReadOnlyList<Regex> EnglishFilled
    )
    {
        public bool IsOther(string word, bool english)
        {
            var (other, filled, own) = english ? (Chinese, ChineseFilled, English) : (English, EnglishFilled, Chinese);
            return !own.Contains(word) && (other.Contains(word) || filled.Any(f => f.IsMatch(word)));
        }

        public static Texts Read()
        {
            var (chinese, english) = (Of(CultureInfo.InvariantCulture), Of(CultureInfo.GetCultureInfo("en")));
            return new(
                chinese.Keys.ToHashSet(StringComparer.Ordinal),
                Whole(chinese.Values, Han()),
                Whole(english.Values, Latin()),
                Filled(chinese.Values, Han(), HanToKnow),
                Filled(english.Values, Latin(), LettersToKnow)
            );
        }

        private static Dictionary<string, string> Of(CultureInfo culture)
        {
            var assembly = typeof(Say).Assembly;
            return assembly
                .GetManifestResourceNames()
                .Where(n =>
                    n.StartsWith("Weipian.Web.Texts.", StringComparison.Ordinal) && !n.Contains("MudTexts", StringComparison.Ordinal)
                )
                .Select(n => new ResourceManager(n[..^".resources".Length], assembly).GetResourceSet(culture, true, true)!)
                .SelectMany(set => set.Cast<System.Collections.DictionaryEntry>())
                .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
        }

        /// <summary>Short ones are left out: two signs or a word may as well be data.</summary>
        private static HashSet<string> Whole(IEnumerable<string> texts, Regex letters) =>
            texts.Where(t => !Blank().IsMatch(t) && letters.Count(t) > 3).ToHashSet(StringComparer.Ordinal);

        private static List<Regex> Filled(IEnumerable<string> texts, Regex letters, int least) =>
            [
                .. texts
                    .Where(t => Blank().IsMatch(t) && letters.Count(Blank().Replace(t, "")) >= least)
                    .Select(t => new Regex(
                        "^" + string.Join(".*", Blank().Split(t).Select(Regex.Escape)) + "$",
                        RegexOptions.Singleline | RegexOptions.CultureInvariant,
                        TimeSpan.FromSeconds(1)
                    )),
            ];
    }

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex("[A-Za-z]")]
    private static partial Regex Latin();
}
