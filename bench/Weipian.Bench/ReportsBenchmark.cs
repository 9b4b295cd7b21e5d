using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weipian.Bench;

/// <summary>
/// How long it takes a running server to make every kind of report of a programme, each made, frozen, kept and fetched as its file. It
/// publishes them: use a copy of a data folder.
/// </summary>
public static partial class ReportsBenchmark
{
    /// <param name="arguments">Address of the server, file of the seats, programme, and the day of the figures.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length != 4)
        {
            await Console.Error.WriteLineAsync("usage: bench reports URL DATA/sample-seats.txt PROGRAMME YYYY-MM-DD");
            return 2;
        }
        using var http = await PagesBenchmark.EnterAsync(new Uri(arguments[0]), arguments[1], "district-officer");
        var page = await http.GetStringAsync("/reports");
        var kinds = Kind().Match(page).Groups[1].Captures.Select(c => c.Value).ToList();
        Console.WriteLine("| report | ms | kB |");
        Console.WriteLine("|---|---:|---:|");
        var all = 0.0;
        foreach (var kind in kinds)
        {
            var start = Stopwatch.GetTimestamp();
            var bytes = await MakeAsync(http, kind, arguments[2], arguments[3]);
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            all += took;
            Console.WriteLine(FormattableString.Invariant($"| {kind} | {took:F0} | {bytes / 1024} |"));
        }
        Console.WriteLine(FormattableString.Invariant($"| all {kinds.Count} | {all:F0} | |"));
        return 0;
    }

    /// <returns>The size of the file; 0 when the report was refused, as an upload package is that lacks something.</returns>
    private static async Task<int> MakeAsync(HttpClient http, string kind, string programme, string day)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/acts/make-report")
        {
            Content = JsonContent.Create(
                new
                {
                    kind,
                    programmes = new[] { programme },
                    onDay = day,
                    problemsZh = (string?)null,
                    reason = "measured",
                }
            ),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity)
            return 0;
        answer.EnsureSuccessStatusCode();
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (await http.GetByteArrayAsync($"/api/reports/{made.GetProperty("reportId").GetString()}/file")).Length;
    }

    /// <summary>The kinds that the page offers.</summary>
    [GeneratedRegex(@"<select[^>]*name=""kind""[^>]*>(?:\s*<option value=""([a-z-]+)""[^>]*>[^<]*</option>)+")]
    private static partial Regex Kind();
}
