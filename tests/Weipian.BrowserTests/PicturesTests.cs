using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SkiaSharp;

namespace Weipian.BrowserTests;

/// <summary>
/// Pictures of every screen for people to look at: in both languages, light and dark, on a desk of two widths, and on a telephone what is
/// used there. One sheet holds all of a screen; a new page is in them because <see cref="Screens"/> has to name it.
/// </summary>
public sealed class PicturesTests(OfficeInAutumn autumn, OfficeOfYesterday yesterday) : IClassFixture<OfficeInAutumn>
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("WEIPIAN_PICTURES");
    private static readonly string Of = Environment.GetEnvironmentVariable("WEIPIAN_PICTURES_OF") ?? "";

    private static readonly (int Width, int Height)[] Desk = [(1366, 768), (1920, 1080)];
    private static readonly (int Width, int Height)[] Phone = [(375, 812)];
    private static readonly ColorScheme[] Themes = [ColorScheme.Light, ColorScheme.Dark];

    /// <summary>A long page is cut after so many heights of its window.</summary>
    private const double TallestWindows = 1.6;

    private const float DeskScale = 0.6F;
    private const float PhoneScale = 1F;
    private const int Gap = 12;
    private const int Quality = 35;

    /// <summary>The pictures that there are of a screen, without the ending of the file.</summary>
    public static IReadOnlyList<string> NamesOf(Screen screen) => screen.InHand ? [screen.Name, screen.Name + "-375"] : [screen.Name];

    [Fact]
    public async Task Pictures_are_taken_when_asked_for()
    {
        Assert.SkipWhen(Pictures is null, "set WEIPIAN_PICTURES to a folder to have pictures taken");
        Directory.CreateDirectory(Pictures!);
        var asked = Screens.All.Where(s => Regex.IsMatch(s.Name, Of, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
        foreach (var seat in asked.GroupBy(s => (s.Login, s.OfYesterday)))
            await TakeAsync(seat.Key.OfYesterday ? yesterday : autumn, seat.Key.Login, [.. seat]);
        Assert.NotEmpty(Directory.EnumerateFiles(Pictures!, "*.webp"));
    }

    private static async Task TakeAsync(Office office, string? login, IReadOnlyList<Screen> screens)
    {
        await using var chinese = await VisitorAsync(office, login, english: false);
        await using var english = await VisitorAsync(office, login, english: true);
        foreach (var screen in screens)
        {
            await SheetAsync(office, screen, screen.Name, [chinese, english], Desk, DeskScale);
            if (screen.InHand)
                await SheetAsync(office, screen, NamesOf(screen)[1], [chinese, english], Phone, PhoneScale);
        }
    }

    /// <summary>A row for each language and theme; in it one picture for each width.</summary>
    private static async Task SheetAsync(
        Office office,
        Screen screen,
        string name,
        IReadOnlyList<Visitor> languages,
        IReadOnlyList<(int Width, int Height)> windows,
        float scale
    )
    {
        var rows = new List<IReadOnlyList<byte[]>>();
        foreach (var visitor in languages)
        {
            await visitor.Page.SetViewportSizeAsync(windows[0].Width, windows[0].Height);
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = Themes[0] });
            await screen.OpenAsync(office, visitor);
            foreach (var theme in Themes)
            {
                var row = new List<byte[]>();
                foreach (var (width, height) in windows)
                {
                    await visitor.Page.EmulateMediaAsync(new() { ColorScheme = theme });
                    row.Add(await PictureAsync(visitor.Page, width, height));
                }
                rows.Add(row);
            }
        }
        // On a telephone all four stand side by side.
        if (windows.Count == 1)
            rows =
            [
                [.. rows.SelectMany(r => r)],
            ];
        await File.WriteAllBytesAsync(Path.Combine(Pictures!, name + ".webp"), Sheet(rows, scale));
    }

    private static async Task<byte[]> PictureAsync(IPage page, int width, int height)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.WaitForTimeoutAsync(await page.Locator("canvas").CountAsync() > 0 ? 900 : 60);
        var whole = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        return await page.ScreenshotAsync(
            new()
            {
                FullPage = true,
                Clip = new() { Width = width, Height = Math.Min(whole, (int)(height * TallestWindows)) },
            }
        );
    }

    private static byte[] Sheet(IReadOnlyList<IReadOnlyList<byte[]>> rows, float scale)
    {
        var pictures = rows.Select(r => r.Select(p => SKBitmap.Decode(p)).ToList()).ToList();
        int Scaled(int pixels) => (int)(pixels * scale);
        var width = pictures.Max(r => r.Sum(p => Scaled(p.Width) + Gap) + Gap);
        var height = pictures.Sum(r => r.Max(p => Scaled(p.Height)) + Gap) + Gap;
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(new SKColor(0xb0, 0xb4, 0xbc));
        var top = Gap;
        foreach (var row in pictures)
        {
            var left = Gap;
            foreach (var picture in row)
            {
                using var image = SKImage.FromBitmap(picture);
                var place = SKRect.Create(left, top, Scaled(picture.Width), Scaled(picture.Height));
                surface.Canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
                left += Scaled(picture.Width) + Gap;
            }
            top += row.Max(p => Scaled(p.Height)) + Gap;
        }
        foreach (var picture in pictures.SelectMany(r => r))
            picture.Dispose();
        using var sheet = surface.Snapshot();
        return sheet.Encode(SKEncodedImageFormat.Webp, Quality).ToArray();
    }

    private static async Task<Visitor> VisitorAsync(Office office, string? login, bool english) =>
        await office.VisitorAsync(login, Desk[0].Width, Desk[0].Height, english ? "en" : null);
}
