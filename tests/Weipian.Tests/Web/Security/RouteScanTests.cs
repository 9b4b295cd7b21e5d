using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.Security;

/// <summary>Every route looked at by a stranger who means harm: redirects, echoes, forms from elsewhere, bodies without end.</summary>
public sealed class RouteScanTests(OfficeProgram office)
{
    private const string Mark = "\"><script>weipian()</script><i onfocus=weipian() x='";
    private static readonly string[] Elsewhere =
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
    ];

    /// <summary>Names under which an address to go to may come.</summary>
    private static readonly string[] Ways = ["back", "returnUrl", "ReturnUrl", "redirect", "next", "url", "to"];

    [Fact]
    public async Task Nobody_is_sent_elsewhere_by_any_route()
    {
        using var officer = await office.SignedInAsync("district-officer");
        using var stranger = await office.NobodyAsync();
        var wrong = new List<string>();
        foreach (var (method, path) in await RoutesAsync())
        {
            var query = string.Join('&', Ways.Select((way, i) => $"{way}={Uri.EscapeDataString(Elsewhere[i % Elsewhere.Length])}"));
            foreach (var browser in new[] { officer, stranger })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path + "?" + query);
                using var answer = await browser.SendAsync(request);
                // As a browser takes it: two slashes, or a slash and a backslash, name another host as well.
                if (
                    answer.Headers.Location?.OriginalString.Replace('\\', '/') is { } sent
                    && new Uri(browser.BaseAddress!, sent).Authority != browser.BaseAddress!.Authority
                )
                    wrong.Add($"{method} {path}: {sent}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("/language", "to", "en")]
    [InlineData("/theme", "to", "dark")]
    public async Task A_switch_returns_to_this_site_only(string path, string name, string value)
    {
        using var officer = await office.SignedInAsync("district-officer");
        var token = OfficeProgram.TokenIn(await officer.GetStringAsync("/"));
        foreach (var elsewhere in Elsewhere)
        {
            using var answer = await officer.PostAsync(
                path,
                new FormUrlEncodedContent(
                    new Dictionary<string, string>
                    {
                        ["__RequestVerificationToken"] = token,
                        [name] = value,
                        ["back"] = elsewhere,
                    }
                )
            );
            Assert.Equal("/", answer.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task What_stands_in_an_address_is_never_written_into_a_page_as_markup()
    {
        using var head = await office.SignedInAsync("office-head");
        using var administrator = await office.SignedInAsync("administrator");
        using var desk = await office.SignedInAsync("permit-desk");
        var wrong = new List<string>();
        var echoed = 0;
        foreach (var page in Pages())
        foreach (var route in page.GetCustomAttributes<RouteAttribute>())
        {
            var names = page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && p.PropertyType == typeof(string))
                .Select(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? p.Name.ToLowerInvariant());
            var path = Regex.Replace(
                Regex.Replace(route.Template, @"\{\w+:\w+\}", Guid.NewGuid().ToString()),
                @"\{[^}]+\}",
                Uri.EscapeDataString(Mark)
            );
            var address = path + "?" + string.Join('&', names.Append("unknown").Select(n => $"{n}={Uri.EscapeDataString(Mark)}"));
            foreach (var browser in new[] { head, administrator, desk })
            {
                using var answer = await browser.GetAsync(address);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.InternalServerError)
                    wrong.Add($"{address}: 500");
                if (text.Contains("<script>weipian", StringComparison.Ordinal) || text.Contains("\"><i onfocus", StringComparison.Ordinal))
                    wrong.Add(address);
                if (text.Contains("&lt;script&gt;weipian", StringComparison.Ordinal))
                    echoed++;
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(echoed > 2, "no page echoed anything: the scan saw nothing");
    }

    [Fact]
    public async Task Every_form_from_elsewhere_is_refused_and_every_other_write_needs_a_header_that_no_form_can_send()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var seen = 0;
        foreach (var endpoint in await EndpointsAsync())
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.FirstOrDefault(m => m is not ("GET" or "HEAD"));
            if (method is null || AccessGuard.IsWire(AccessGuard.PatternOf(endpoint)))
                continue;
            var path = Filled(AccessGuard.PatternOf(endpoint));
            seen++;
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["reason"] = "from elsewhere", ["to"] = "en" }),
            };
            using var answer = await officer.SendAsync(request);
            // A form knows no other method than POST, and no browser sends one across sites without asking first.
            Assert.True(method is "PUT" or "DELETE" || (int)answer.StatusCode is 400 or 403 or 415, $"{path}: {answer.StatusCode}");
            if (path.StartsWith("/api/", StringComparison.Ordinal))
                continue;
            Assert.True(
                endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != false,
                $"{path} takes forms without a token"
            );
        }
        Assert.True(seen > 60, $"{seen}");
    }

    [Fact]
    public async Task No_route_without_a_line_or_a_policy_answers()
    {
        foreach (var endpoint in (await EndpointsAsync()).Where(e => !AccessGuard.IsFile(e)))
            Assert.True(
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                    || endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Count > 0
                    || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null
                    // The fallback asks for a seat, and the matrix for a line.
                    || AccessGuard.IsWire(AccessGuard.PatternOf(endpoint))
                    || AccessMatrix.Rows.Any(r => r.Name == "GET " + AccessGuard.PatternOf(endpoint)),
                AccessGuard.PatternOf(endpoint)
            );
    }

    [Theory]
    [InlineData("/api/acts/keep-record")]
    [InlineData("/api/acts/add-party")]
    [InlineData("/api/visits")]
    [InlineData("/session")]
    [InlineData("/password/change")]
    public async Task Ten_megabytes_of_text_are_refused_by_name(string path)
    {
        using var officer = await office.SignedInAsync("district-officer");
        var text = new string('a', 10 * 1024 * 1024);
        using HttpContent content = path switch
        {
            "/api/visits" => new MultipartFormDataContent { { new StringContent(text), "visit" } },
            "/session" or "/password/change" => new FormUrlEncodedContent(
                new Dictionary<string, string> { ["login"] = text, ["old"] = text }
            ),
            _ => new StringContent($$"""{"reason":"{{text}}"}""", Encoding.UTF8, "application/json"),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await SendAsync(officer, request);
        if (answer is null)
            return;
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode is 400 or 413, $"{path}: {answer.StatusCode}");
        Assert.Matches("web\\.(request-too-large|bad-request)|400", said);
    }

    [Theory]
    [InlineData("\u202E", "U+202E")]
    [InlineData("\u2066", "U+2066")]
    [InlineData("\u200F", "U+200F")]
    [InlineData("\u0000", "U+0000")]
    [InlineData("\u001B[31m", "U+001B")]
    [InlineData("\u0085", "U+0085")]
    [InlineData("\uFEFF", "U+FEFF")]
    public async Task A_control_character_or_a_mark_of_direction_is_refused_with_its_place(string hidden, string codePoint)
    {
        using var finance = await office.SignedInAsync("finance");
        using var answer = await KeepAsync(finance, $"合同{hidden}款");
        var said = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("web.hidden-character", said, StringComparison.Ordinal);
        Assert.Contains(codePoint, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_more_than_its_field_is_refused_by_name()
    {
        using var finance = await office.SignedInAsync("finance");
        using var answer = await KeepAsync(finance, new string('款', PlainText.CharactersMax + 1));
        var said = await answer.Content.ReadAsStringAsync();
        Assert.Contains("web.text-too-long", said, StringComparison.Ordinal);
        Assert.Contains("textZh", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rare_characters_and_pictures_are_characters_like_any_other()
    {
        using var finance = await office.SignedInAsync("finance");
        using var answer = await KeepAsync(finance, "𠮷田𤭢😀👨‍👩‍👧 𪚥");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("𠮷田𤭢😀", WebUtility.HtmlDecode(await finance.GetStringAsync("/records")), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> KeepAsync(HttpClient finance, string text)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/acts/keep-record")
        {
            Content = new StringContent(
                System.Text.Json.JsonSerializer.Serialize(
                    new
                    {
                        kind = "budget",
                        on = "2019-05-06",
                        titleZh = "经费",
                        textZh = text,
                        amountFen = 100,
                        reason = "test",
                    }
                ),
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return finance.SendAsync(request);
    }

    /// <summary>A server that stops reading may close the line before the sender is done: refused as well.</summary>
    private static async Task<HttpResponseMessage?> SendAsync(HttpClient browser, HttpRequestMessage request)
    {
        try
        {
            return await browser.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static IEnumerable<Type> Pages() =>
        typeof(AccessMatrix).Assembly.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any());

    private async Task<IReadOnlyList<(string Method, string Path)>> RoutesAsync() =>
        [
            .. (await EndpointsAsync())
                .Where(e => !AccessGuard.IsFile(e) && !AccessGuard.IsWire(AccessGuard.PatternOf(e)))
                .Select(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET", Filled(AccessGuard.PatternOf(e))))
                .Where(e => !e.Item2.StartsWith("/api/acts/", StringComparison.Ordinal)),
        ];

    private async Task<List<RouteEndpoint>> EndpointsAsync() =>
        [.. (await office.ServicesAsync()).GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private static string Filled(string pattern) =>
        Regex.Replace(Regex.Replace(pattern, @"\{\w+:int\}", "404"), @"\{[^}]+\}", Guid.NewGuid().ToString());
}
