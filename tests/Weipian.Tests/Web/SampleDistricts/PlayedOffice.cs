using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;
using Weipian.Web.Serving;

namespace Weipian.Tests.Web.SampleDistricts;

/// <summary>A server on a copy of the played village, on the last day of its year; nobody else acts in it.</summary>
public sealed class PlayedOffice(PlayedVillage village) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    internal YearOffice Office { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Office = await YearOffice.StartAsync(PlayedVillage.Copy(village.Data, Path.Combine(folder.Path, "village")));

    public async ValueTask DisposeAsync()
    {
        await Office.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>A server on a sample, with a browser for each seat.</summary>
internal sealed class YearOffice : IAsyncDisposable
{
    private readonly DataFolder data;
    private readonly WebApplication server;
    private readonly Dictionary<string, HttpClient> browsers = new(StringComparer.Ordinal);

    private YearOffice(DataFolder data, WebApplication server) => (this.data, this.server) = (data, server);

    public OfficeBooks Books => server.Services.GetRequiredService<OfficeBooks>();

    public WeipianStore Store => Books.Store;

    public IServiceProvider Services => server.Services;

    public static async Task<YearOffice> StartAsync(DataFolder data)
    {
        var started = WebServer.Build(
            "http://127.0.0.1:0",
            data,
            services => services.AddSingleton(new SignInRate(10_000, TimeSpan.FromMinutes(1)))
        );
        await started.StartAsync();
        return new(data, started);
    }

    /// <summary>A seat as its browser; nobody for null.</summary>
    public async Task<HttpClient> BrowserAsync(string? login)
    {
        if (browsers.TryGetValue(login ?? "", out var known))
            return known;
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(address),
        };
        if (login is not null)
        {
            using var answer = await OfficeProgram.SignInAsync(browser, login, PasswordOf(login));
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        }
        return browsers[login ?? ""] = browser;
    }

    /// <summary>Posts and tells the status with the code of the refusal; an empty one when it was not refused.</summary>
    public async Task<(int Status, string Code)> PostAsync(string? login, string path, JsonNode? body)
    {
        var browser = await BrowserAsync(login);
        using var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content =
                path == "/api/visits"
                    ? new MultipartFormDataContent { { new StringContent(body?.ToJsonString() ?? "{}"), "visit" } }
                    : new StringContent(body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json"),
        };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await browser.SendAsync(message);
        return ((int)answer.StatusCode, CodeOf(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>How many rows every table has, the journal included; who signs in writes nothing else.</summary>
    public async Task<string> CountsAsync()
    {
        await using var db = Store.Read();
        await db.Database.OpenConnectionAsync();
        var counts = new List<string>();
        foreach (
            var table in db
                .Model.GetEntityTypes()
                .Select(e => e.GetTableName())
                .Where(t => t != "seat_session")
                .Order(StringComparer.Ordinal)
        )
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names of the model.
            command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"{(table == "journal" ? " WHERE act <> 'open-session'" : "")}";
#pragma warning restore CA2100
            counts.Add($"{table} {await command.ExecuteScalarAsync()}");
        }
        return string.Join('\n', counts);
    }

    public static string CodeOf(string body)
    {
        if (!body.StartsWith('{'))
            return "";
        using var read = JsonDocument.Parse(body);
        return read.RootElement.TryGetProperty("code", out var code) ? code.GetString() ?? "" : "";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in browsers.Values)
            browser.Dispose();
        await server.DisposeAsync();
    }

    private string PasswordOf(string login) =>
        File.ReadLines(data.SampleSeats)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(parts => parts[0] == login)[1];
}
