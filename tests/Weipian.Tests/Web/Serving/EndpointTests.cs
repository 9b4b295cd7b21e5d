using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Weipian.Tests.Web.Serving;

/// <summary>What the server answers to whom: every endpoint is refused without sign-in unless this file names it.</summary>
public sealed class EndpointTests(OfficeProgram office)
{
    /// <summary>What a stranger may reach, and nothing else.</summary>
    private static readonly string[] Open =
    [
        "/health",
        "/healthz",
        "/healthz/live",
        "/healthz/ready",
        "/language",
        "/not-found",
        "/password/change",
        "/refused/{Code:int}",
        "/session",
        "/session/code",
        "/session/end",
        "/sign-in",
        "/sign-in/code",
        "/sign-in/openid",
        "/theme",
    ];

    [Fact]
    public async Task Every_endpoint_is_refused_without_sign_in_unless_it_is_named_here()
    {
        var endpoints = await EndpointsAsync();
        Assert.True(endpoints.Count > 15, $"only {endpoints.Count} endpoints");
        var open = endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Pattern).Where(p => !IsFile(p));
        var unnamed = open.Distinct().Except(Open, StringComparer.Ordinal);
        Assert.Empty(unnamed);
    }

    [Fact]
    public async Task Every_api_endpoint_answers_a_stranger_with_401_and_a_code()
    {
        using var stranger = await office.NobodyAsync();
        var paths = (await EndpointsAsync()).Where(e => Pattern(e).StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.True(paths.Count >= 10, $"only {paths.Count} endpoints of the API");
        foreach (var endpoint in paths)
        {
            var path = Filled(Pattern(endpoint));
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(new { reason = "x" }) };
            using var answer = await stranger.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("web.not-signed-in", problem.GetProperty("code").GetString());
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/board")]
    [InlineData("/workbench")]
    [InlineData("/patches/1")]
    [InlineData("/layers")]
    [InlineData("/status")]
    [InlineData("/journal")]
    [InlineData("/people")]
    [InlineData("/password")]
    [InlineData("/no-such-page")]
    public async Task A_stranger_is_sent_to_sign_in_from_every_page_and_comes_back(string page)
    {
        using var stranger = await office.NobodyAsync();
        using var answer = await stranger.GetAsync(page);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith("/sign-in?back=" + Uri.EscapeDataString(page), answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_circuit_of_the_pages_is_refused_to_a_stranger()
    {
        using var stranger = await office.NobodyAsync();
        using var answer = await stranger.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/weipian.css")]
    [InlineData("/dist/map.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/api/programmes")]
    [InlineData("/no-such-page")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var stranger = await office.NobodyAsync();
        using var answer = await stranger.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/programmes")]
    [InlineData("/api/patches?programme=2019-q1")]
    public async Task What_a_seat_reads_is_kept_by_no_browser(string path)
    {
        using var browser = await office.SignedInAsync("district-officer");
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore, path);
    }

    [Theory]
    [InlineData("/weipian.css")]
    [InlineData("/dist/app.js")]
    [InlineData("/dist/map.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js")]
    public async Task Files_of_the_pages_are_served(string path)
    {
        using var stranger = await office.NobodyAsync();
        using var answer = await stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Health_tells_a_stranger_that_it_serves_and_nothing_else()
    {
        using var stranger = await office.NobodyAsync();
        Assert.Equal("""{"status":"ok"}""", await stranger.GetStringAsync("/health"));
    }

    [Fact]
    public async Task The_description_of_the_api_is_openapi_3_1_and_names_every_endpoint()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var document = await officer.GetFromJsonAsync<JsonElement>("/openapi.json");
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described = document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var there = (await EndpointsAsync())
            .Select(Pattern)
            .Where(p => p.StartsWith("/api/", StringComparison.Ordinal))
            .Select(WithoutTypes);
        Assert.Empty(there.Except(described, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_of_a_wrong_address_says_so_and_where_to_go()
    {
        using var officer = await office.SignedInAsync("district-officer");
        using var answer = await officer.GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("没有这一页", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<List<RouteEndpoint>> EndpointsAsync()
    {
        var sources = (await office.ServicesAsync()).GetRequiredService<EndpointDataSource>();
        return [.. sources.Endpoints.OfType<RouteEndpoint>()];
    }

    private static string Pattern(RouteEndpoint endpoint) => "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');

    /// <summary>Static files are served to all; they hold no data.</summary>
    private static bool IsFile(string pattern) =>
        Path.GetExtension(pattern) is ".css" or ".js" or ".svg" or ".map" or ".txt" or ".gz" or ".LEGAL" or ".br" or ".wasm" or ".html";

    private static string Filled(string pattern) =>
        System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]+\}", Guid.NewGuid().ToString());

    private static string WithoutTypes(string pattern) =>
        System.Text.RegularExpressions.Regex.Replace(pattern, @"\{([a-z]+):[a-z]+\}", "{$1}").TrimEnd('/');
}
