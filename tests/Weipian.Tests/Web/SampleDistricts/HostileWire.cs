using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weipian.Tests.Web.SampleDistricts;

/// <summary>One request that was sent beside what the player meant, and what came of it.</summary>
/// <param name="Act">Name of the act, or its path.</param>
/// <param name="Harm">What was wrong with it.</param>
/// <param name="Code">Of the refusal; empty where it was not refused.</param>
internal sealed record Harmed(string Act, string Harm, int Status, string Code)
{
    public bool IsRefused => Status is >= 400 and < 500 && Code.Length > 0;
}

/// <summary>An act that was done, to be sent again when its time is over.</summary>
internal sealed record Sent(string Login, string Act, string Path, string Body);

/// <summary>Lies between the seats and the server. Before an act goes through, it goes with each of its days long before
/// everything and after
/// the end of the year; then it goes twice at once, under two keys.</summary>
/// <param name="harmless">Whether an act may be done with a day; it is then not tried.</param>
/// <param name="again">Whether an act may be done again; it is then done once.</param>
/// <param name="nothing">Whether an answer says that there was nothing to do.</param>
internal sealed partial class HostileWire(
    HttpMessageHandler inner,
    Func<string, bool> harmless,
    Func<string, bool> again,
    Func<string, bool> nothing,
    ConcurrentQueue<Harmed> harmed,
    ConcurrentQueue<Sent> sent
) : DelegatingHandler(inner)
{
    private const string LongBefore = "2001-01-01";
    private const string AfterTheEnd = "2021-01-01";

    /// <summary>Last days that are set for others: they lie ahead.</summary>
    private static readonly string[] LastDays = ["dueOn", "replyBy", "rectifyBy", "objectionBy", "until"];

    private string login = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/session")
            login = LoginIn().Match(await request.Content!.ReadAsStringAsync(cancellationToken)).Groups[1].Value;
        if (
            request.Method != HttpMethod.Post
            || request.RequestUri!.AbsolutePath is not { } path
            || !path.StartsWith("/api/", StringComparison.Ordinal)
            || path.EndsWith("/set-clock", StringComparison.Ordinal)
            || request.Content?.Headers.ContentType?.MediaType != "application/json"
        )
            return await base.SendAsync(request, cancellationToken);
        var body = await request.Content.ReadAsStringAsync(cancellationToken);
        var act = ActIn(path, body);
        foreach (var (harm, wrong) in Misdated(body))
            if (!harmless($"{act}: {harm}") && await TryAsync(request, act, harm, wrong, cancellationToken) is { } taken)
                return taken;
        sent.Enqueue(new(login, act, path, body));
        return again(act)
            ? await base.SendAsync(Another(request, body), cancellationToken)
            : await TwiceAsync(request, act, body, cancellationToken);
    }

    /// <summary>The answer when the wrong request was not refused: then there is nothing left to do of the right one.</summary>
    private async Task<HttpResponseMessage?> TryAsync(
        HttpRequestMessage meant,
        string act,
        string harm,
        string body,
        CancellationToken stop
    )
    {
        var answer = await base.SendAsync(Another(meant, body), stop);
        var came = new Harmed(act, harm, (int)answer.StatusCode, YearOffice.CodeOf(await answer.Content.ReadAsStringAsync(stop)));
        harmed.Enqueue(came);
        return answer.IsSuccessStatusCode ? answer : null;
    }

    private async Task<HttpResponseMessage> TwiceAsync(HttpRequestMessage meant, string act, string body, CancellationToken stop)
    {
        var both = await Task.WhenAll(base.SendAsync(Another(meant, body), stop), base.SendAsync(Another(meant, body), stop));
        var words = await Task.WhenAll(both.Select(a => a.Content.ReadAsStringAsync(stop)));
        // Of two that were done at once one may have found nothing left to do, and says so.
        var done = both[0].IsSuccessStatusCode && !nothing(words[0]) ? 0 : 1;
        var other = 1 - done;
        if (!both[other].IsSuccessStatusCode || !nothing(words[other]))
            harmed.Enqueue(new(act, "twice at once", (int)both[other].StatusCode, YearOffice.CodeOf(words[other])));
        return both[done];
    }

    private static HttpRequestMessage Another(HttpRequestMessage meant, string body)
    {
        var another = new HttpRequestMessage(HttpMethod.Post, meant.RequestUri)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        another.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return another;
    }

    private static IEnumerable<(string Harm, string Body)> Misdated(string body)
    {
        var fields = JsonNode.Parse(body)!.AsObject();
        foreach (var (name, value) in fields.ToList())
        {
            if (value?.GetValueKind() != JsonValueKind.String || !Day().IsMatch(value.GetValue<string>()))
                continue;
            yield return (name + " long before", With(name, LongBefore));
            if (!LastDays.Contains(name))
                yield return (name + " after today", With(name, AfterTheEnd));
        }

        string With(string name, string day)
        {
            var wrong = JsonNode.Parse(body)!;
            wrong[name] = day;
            return wrong.ToJsonString();
        }
    }

    /// <summary>The act, with its kind where it has several; a verdict by its last word.</summary>
    private static string ActIn(string path, string body)
    {
        var fields = JsonNode.Parse(body)!;
        var kind = fields["kind"]?.GetValue<string>() ?? fields["outcome"]?.GetValue<string>();
        return path.Split('/')[^1] + (kind is null ? "" : " " + kind);
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    private static partial Regex Day();

    [GeneratedRegex("login=([^&]+)")]
    private static partial Regex LoginIn();
}
