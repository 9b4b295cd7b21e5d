using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>The seats of the sample as browsers: each signs in with its password on the ordinary page and acts through the ordinary
/// endpoints.</summary>
/// <param name="wire">What lies between a browser and the server; nothing where it is not given.</param>
internal sealed partial class PlaySeats(
    Uri address,
    IReadOnlyDictionary<string, string> passwords,
    Func<HttpMessageHandler, HttpMessageHandler>? wire,
    CancellationToken stop
) : IDisposable
{
    private readonly Dictionary<string, HttpClient> browsers = new(StringComparer.Ordinal);

    /// <summary>Requests that were answered.</summary>
    public int Done { get; private set; }

    /// <summary>Logins and passwords as the making of the sample wrote them.</summary>
    public static Dictionary<string, string> Passwords(string path) =>
        File.ReadLines(path)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>An act through its door.</summary>
    /// <returns>What the act answers.</returns>
    public Task<JsonElement> ActAsync(string login, string act, object request) => PostAsync(login, $"/api/acts/{act}", request);

    public Task<JsonElement> PostAsync(string login, string path, object request) =>
        SendAsync(login, path, request, JsonContent.Create(request));

    /// <summary>A visit on site, as a phone sends it.</summary>
    /// <param name="photograph">A picture that goes with it.</param>
    public Task<JsonElement> VisitAsync(string login, object visit, (string Name, byte[] Content)? photograph = null)
    {
        var content = new MultipartFormDataContent { { new StringContent(JsonSerializer.Serialize(visit)), "visit" } };
        if (photograph is { } picture)
            content.Add(new ByteArrayContent(picture.Content), "files", picture.Name);
        return SendAsync(login, "/api/visits", visit, content);
    }

    private async Task<JsonElement> SendAsync(string login, string path, object request, HttpContent content)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var browser = await SignedInAsync(login);
        using var answer = await browser.SendAsync(message, stop);
        var body = await answer.Content.ReadAsStringAsync(stop);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(
                $"{login} {path} {JsonSerializer.Serialize(request)}: {(int)answer.StatusCode} {Regex.Unescape(body)}"
            );
        Done++;
        using var read = JsonDocument.Parse(body);
        return read.RootElement.Clone();
    }

    /// <summary>Signs a seat in, once: its session slides on while it acts.</summary>
    public async Task<HttpClient> SignedInAsync(string login)
    {
        if (browsers.TryGetValue(login, out var known))
            return known;
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        var browser = new HttpClient(wire?.Invoke(handler) ?? handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        browsers[login] = browser;
        var page = await browser.GetStringAsync("/sign-in", stop);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value),
                ["login"] = login,
                ["password"] = passwords[login],
            }
        );
        using var answer = await browser.PostAsync("/session", form, stop);
        return answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location?.OriginalString.Contains("/sign-in") == false
            ? browser
            : throw new InvalidOperationException($"{login} could not sign in: {(int)answer.StatusCode}");
    }

    public void Dispose()
    {
        foreach (var browser in browsers.Values)
            browser.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
