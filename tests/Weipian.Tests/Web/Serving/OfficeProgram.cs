using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Comparison;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Sample;
using Weipian.Tests.Flow.Store;
using Weipian.Web.Serving;

[assembly: AssemblyFixture(typeof(Weipian.Tests.Web.Serving.OfficeProgram))]

namespace Weipian.Tests.Web.Serving;

/// <summary>
/// The office on a real port and a real database: the sample village, loaded through the ordinary doors. Started when first asked
/// for.
/// </summary>
public sealed class OfficeProgram : IAsyncDisposable
{
    public const string Password = "Wangcun-2019-spring";
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task<WebApplication>> app;

    public OfficeProgram() => app = new Lazy<Task<WebApplication>>(StartAsync);

    public DataFolder Data => new(folder.Path);

    public async Task<IServiceProvider> ServicesAsync() => (await app.Value).Services;

    public async Task<Uri> AddressAsync() =>
        new((await app.Value).Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Nobody: a browser that has not signed in. Redirects are not followed.</summary>
    public async Task<HttpClient> NobodyAsync() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = await AddressAsync(),
        };

    /// <summary>A browser in which a seat has signed in.</summary>
    public async Task<HttpClient> SignedInAsync(string login, string password = Password)
    {
        var browser = await NobodyAsync();
        using var answer = await SignInAsync(browser, login, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.DoesNotContain("/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        return browser;
    }

    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string login, string password)
    {
        var form = await browser.GetStringAsync("/sign-in");
        return await browser.PostAsync(
            "/session",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = TokenIn(form),
                    ["login"] = login,
                    ["password"] = password,
                }
            )
        );
    }

    /// <summary>The antiforgery token of the first form of a page.</summary>
    public static string TokenIn(string page) =>
        WebUtility.HtmlDecode(Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);

    private async Task<WebApplication> StartAsync()
    {
        await FillAsync(Data);
        // Every test signs in from one address.
        var built = WebServer.Build(
            "http://127.0.0.1:0",
            Data,
            services => services.AddSingleton(new SignInRate(10_000, TimeSpan.FromMinutes(1)))
        );
        await built.StartAsync();
        return built;
    }

    /// <summary>An installation with the sample village, imported and compared, and a password on every seat.</summary>
    public static async Task FillAsync(DataFolder data)
    {
        var law = LawBook.Load(Path.Combine(Repository.Root, "law"));
        var files = SampleDistrict.Write(Path.Combine(data.Path, "sample"), SampleSize.Village, 1);
        await InitialiseDistrict.Handle(data, new InitialiseDistrict.Request(Installations.Zhoucun));
        using var store = WeipianStore.Open(data);
        foreach (var seat in store.Plan.Seats)
            await SetSeatPassword.Handle(
                store,
                Actor.Machine,
                new SetSeatPassword.Request(seat.Login, Password, MustChange: false, "test")
            );
        foreach (var layer in files.Layers)
            await AddAsync(store, layer, law);
        foreach (var image in files.Images)
            await AddImage.Handle(store, Actor.CommandLine, new AddImage.Request(image.Path, image.On, image.Sensor));
        foreach (var file in files.Patches)
        {
            var map = file.Map.Count > 0 ? FieldMap.Parse(file.Map) : null;
            var request = new ImportPatches.Request(file.Programme, file.Path, Map: map, AreaUnit: file.AreaUnit, Encoding: file.Encoding);
            await ImportPatches.Handle(store, Actor.CommandLine, request, law);
        }
        foreach (var programme in files.Patches.Select(p => p.Programme).Distinct())
            await CompareProgramme.Handle(store, Actor.CommandLine, new CompareProgramme.Request(programme));
    }

    private static async Task AddAsync(WeipianStore store, SampleLayerFile layer, LawBook law)
    {
        var map = layer.Map.Count > 0 ? FieldMap.Parse(layer.Map) : null;
        var request = new AddLayerVersion.Request(
            layer.Path,
            layer.Role,
            layer.AsOf,
            Map: map,
            Codes: layer.Codes,
            Encoding: layer.Encoding
        );
        try
        {
            await AddLayerVersion.Handle(store, Actor.CommandLine, request, law.LandClasses);
        }
        catch (Problem empty) when (empty.Code == "files.no-polygons")
        {
            // A village has no such object; its layer is as if it had never come.
            Console.Error.WriteLine(empty.English);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app.IsValueCreated)
            await (await app.Value).DisposeAsync();
        folder.Dispose();
    }
}
