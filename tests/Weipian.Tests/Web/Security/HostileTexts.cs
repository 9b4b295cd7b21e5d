using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weipian.Flow.Plan;
using Weipian.Tests.Web.SampleDistricts;

namespace Weipian.Tests.Web.Security;

/// <summary>What every text field of the year holds besides its text: a formula before it, and behind it script, an attribute, rare Han
/// characters and a picture.</summary>
internal static class HostileTexts
{
    public const string Formula = "=cmd|'/C calc'!A0 ";

    public const string Script = "<script>weipian()</script>";

    public const string Attribute = "\"onfocus=weipian() x='";

    /// <summary>Of Extension B, then a face that no font of the office has.</summary>
    public const string RareHan = "𠮷𤭢";

    public const string Face = "😀";

    /// <summary>As a page has to write it.</summary>
    public const string EscapedScript = "&lt;script&gt;weipian()&lt;/script&gt;";

    /// <summary>Fields of free text, besides those whose name ends in a language.</summary>
    private static readonly string[] Free = ["reason", "address", "representative", "officerOne", "officerTwo", "detail", "note"];

    /// <summary>The body of a request with every free text made hostile; a name begins with the rare character.</summary>
    public static string Of(string body)
    {
        var node = JsonNode.Parse(body)!;
        Spoil(node);
        return node.ToJsonString();
    }

    private static void Spoil(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                    if (value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String && IsFree(name))
                        fields[name] = Spoiled(name, text.GetValue<string>());
                    else
                        Spoil(value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Spoil(item);
                break;
        }
    }

    private static string Spoiled(string name, string text) =>
        text.Length == 0 ? text
        : name == "partyName" ? RareHan + text + Script + Face
        : Formula + text + Script + Attribute + RareHan + Face;

    private static bool IsFree(string name) =>
        name == "partyName" || name.EndsWith("Zh", StringComparison.Ordinal) || Free.Contains(name, StringComparer.Ordinal);
}

/// <summary>Lies between the seats and the server: every text is hostile, and whatever a unit or a body does for itself is first tried by
/// the seats of another unit and another body.</summary>
internal sealed partial class HostileTextWire(
    HttpMessageHandler inner,
    Func<string, Uri, Task<HttpClient>> browserOf,
    IReadOnlyList<PlanSeat> seats,
    ConcurrentQueue<Harmed> foreign,
    ConcurrentQueue<string> tame
) : DelegatingHandler(inner)
{
    private string login = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Post && path == "/session")
            login = LoginIn().Match(await request.Content!.ReadAsStringAsync(cancellationToken)).Groups[1].Value;
        if (request.Method != HttpMethod.Post || !path.StartsWith("/api/", StringComparison.Ordinal))
            return await base.SendAsync(request, cancellationToken);
        if (path == "/api/visits")
            return await VisitAsync(request, cancellationToken);
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var hostile =
            path.EndsWith("/import-backlog", StringComparison.Ordinal) || path.EndsWith("/set-clock", StringComparison.Ordinal)
                ? body
                : HostileTexts.Of(body);
        foreach (var other in OthersThan(login))
            await TryAsync(other, request.RequestUri, path.Split('/')[^1], () => Json(hostile), cancellationToken);
        using var meant = With(request, Json(hostile));
        var answer = await base.SendAsync(meant, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        // A text that has to be one of several words is refused; then the act is done as it was meant.
        tame.Enqueue(path.Split('/')[^1]);
        using var plain = With(request, Json(body));
        return await base.SendAsync(plain, cancellationToken);
    }

    private async Task<HttpResponseMessage> VisitAsync(HttpRequestMessage request, CancellationToken stop)
    {
        var form = await request.Content!.ReadAsStringAsync(stop);
        var visit = VisitIn().Match(form).Value;
        foreach (var other in OthersThan(login))
            await TryAsync(
                other,
                request.RequestUri!,
                "visits",
                () => new MultipartFormDataContent { { new StringContent(visit), "visit" } },
                stop
            );
        using var meant = With(request, new MultipartFormDataContent { { new StringContent(HostileTexts.Of(visit)), "visit" } });
        return await base.SendAsync(meant, stop);
    }

    /// <summary>Two seats with the same role that answer for something else.</summary>
    private IEnumerable<PlanSeat> OthersThan(string acting)
    {
        var seat = seats.First(s => s.Login == acting);
        return seat.Role is PlanRoles.Town or PlanRoles.Department or PlanRoles.Finance or PlanRoles.Discipline
            ? seats
                .Where(s =>
                    s.Login != acting && s.Role is PlanRoles.Town or PlanRoles.Department or PlanRoles.Finance or PlanRoles.Discipline
                )
                .OrderBy(s => s.Role == seat.Role ? 0 : 1)
                .DistinctBy(s => s.Role)
            : [];
    }

    private async Task TryAsync(PlanSeat other, Uri address, string act, Func<HttpContent> content, CancellationToken stop)
    {
        var browser = await browserOf(other.Login, address);
        using var message = new HttpRequestMessage(HttpMethod.Post, address.PathAndQuery) { Content = content() };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await browser.SendAsync(message, stop);
        foreign.Enqueue(
            new(act, $"{other.Login} for {login}", (int)answer.StatusCode, YearOffice.CodeOf(await answer.Content.ReadAsStringAsync(stop)))
        );
    }

    private static HttpRequestMessage With(HttpRequestMessage request, HttpContent content)
    {
        var other = new HttpRequestMessage(HttpMethod.Post, request.RequestUri) { Content = content };
        other.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return other;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    [GeneratedRegex("login=([^&]+)")]
    private static partial Regex LoginIn();

    [GeneratedRegex(@"\{.*\}", RegexOptions.Singleline)]
    private static partial Regex VisitIn();
}
