using System.Collections.Concurrent;
using System.Net;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.SampleDistricts;
using Weipian.Tests.Web.Serving;
using Weipian.Web.SampleDistricts.Play;

namespace Weipian.Tests.Web.Security;

/// <summary>The year of the village with hostile texts in every field, played once for the tests that look at it.</summary>
public sealed class HostileTextYear(PlayedVillage village) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, Task<HttpClient>> browsers = new(StringComparer.Ordinal);

    internal YearOffice Office { get; private set; } = null!;

    /// <summary>What seats of other units and bodies tried, and what came of it.</summary>
    internal ConcurrentQueue<Harmed> Foreign { get; } = [];

    /// <summary>Acts whose texts had to be one of several words.</summary>
    internal ConcurrentQueue<string> Tame { get; } = [];

    public PlayYear.Played Year { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var data = PlayedVillage.Copy(village.Made, Path.Combine(folder.Path, "village"));
        IReadOnlyList<Weipian.Flow.Plan.PlanSeat> seats;
        using (var store = WeipianStore.Open(data))
            seats = store.Plan.Seats;
        Year = await PlayYear.PlayAsync(
            data,
            null,
            null,
            CancellationToken.None,
            inner => new HostileTextWire(
                inner,
                (login, at) => browsers.GetOrAdd(login, l => BrowserAsync(data, l, at)),
                seats,
                Foreign,
                Tame
            )
        );
        Office = await YearOffice.StartAsync(data);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in browsers.Values)
            (await browser).Dispose();
        if (Office is not null)
            await Office.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<HttpClient> BrowserAsync(DataFolder data, string login, Uri at)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(at.GetLeftPart(UriPartial.Authority)),
        };
        using var answer = await OfficeProgram.SignInAsync(browser, login, PasswordOf(data, login));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    private static string PasswordOf(DataFolder data, string login) =>
        File.ReadLines(data.SampleSeats)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(parts => parts.Length > 1 && parts[0] == login)[1];
}
