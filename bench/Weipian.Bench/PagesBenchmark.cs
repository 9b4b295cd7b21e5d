using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Weipian.Bench;

/// <summary>
/// How long each page of a running server takes: from the request to the last byte of its HTML, with a signed-in session, median of
/// five after one warm-up. Pages are found by walking from the start of each seat, one address for each kind.
/// </summary>
public static partial class PagesBenchmark
{
    private const int Times = 5;

    private static readonly string[] Seats =
    [
        "district-officer",
        "town-wangcun",
        "office-head",
        "government",
        "finance",
        "discipline",
        "dept-agriculture",
        "permit-desk",
        "administrator",
    ];

    /// <param name="arguments">Address of the server, file of the seats, and a folder that keeps the HTML when one is given.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length is < 2 or > 3)
        {
            await Console.Error.WriteLineAsync("usage: bench pages URL DATA/sample-seats.txt [folder for the HTML]");
            return 2;
        }
        var measured = new List<Measured>();
        foreach (var seat in Seats)
        {
            using var visitor = await EnterAsync(new Uri(arguments[0]), arguments[1], seat);
            measured.AddRange(await WalkAsync(visitor, seat, arguments.ElementAtOrDefault(2)));
        }
        Console.WriteLine("| page | seat | median ms | slowest ms | kB |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (var m in measured.OrderByDescending(m => m.Median))
            Console.WriteLine(FormattableString.Invariant($"| {m.Kind} | {m.Seat} | {m.Median:F0} | {m.Slowest:F0} | {m.Bytes / 1024} |"));
        return 0;
    }

    private sealed record Measured(string Kind, string Seat, double Median, double Slowest, int Bytes);

    /// <summary>A session of a seat.</summary>
    /// <param name="seats">The file with the passwords of the sample.</param>
    internal static async Task<HttpClient> EnterAsync(Uri server, string seats, string login)
    {
        var password = (await File.ReadAllLinesAsync(seats))
            .Select(line => Seat().Match(line))
            .First(m => m.Groups[1].Value == login)
            .Groups[2]
            .Value;
        var http = new HttpClient { BaseAddress = server };
        var door = await http.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["login"] = login,
                ["password"] = password,
                ["__RequestVerificationToken"] = Token().Match(door).Groups[1].Value,
            }
        );
        using var answer = await http.PostAsync("/session", form);
        if (answer.RequestMessage?.RequestUri?.AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal) != false)
            throw new InvalidOperationException($"{login} was not let in: {answer.RequestMessage?.RequestUri}");
        return http;
    }

    private static async Task<List<Measured>> WalkAsync(HttpClient http, string seat, string? folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var open = new Queue<(string Kind, string Address)>([("/", "/")]);
        var measured = new List<Measured>();
        while (open.TryDequeue(out var page))
        {
            var html = await http.GetStringAsync(page.Address);
            if (folder is not null)
                await KeepAsync(Path.Combine(folder, $"{seat}{page.Kind.Replace('/', '-')}.html"), html);
            measured.Add(await MeasureAsync(http, page.Kind, seat, page.Address));
            foreach (var link in Link().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Where(IsPage))
                if (found.Add(KindOf(link)))
                    open.Enqueue((KindOf(link), link.Split('#')[0]));
        }
        return measured;
    }

    private static async Task<Measured> MeasureAsync(HttpClient http, string kind, string seat, string address)
    {
        var times = new double[Times];
        var bytes = 0;
        for (var i = 0; i < Times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            bytes = (await http.GetByteArrayAsync(address)).Length;
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return new(kind, seat, times[Times / 2], times[^1], bytes);
    }

    private static async Task KeepAsync(string path, string html)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, html);
    }

    private static bool IsPage(string link) => !link.StartsWith("/api", StringComparison.Ordinal) && !NoPage().IsMatch(link);

    /// <summary>The address with a place holder for each number, without its query.</summary>
    private static string KindOf(string link) =>
        string.Join('/', link.Split('?', '#')[0].Split('/').Select(part => part.Any(char.IsDigit) ? "one" : part));

    [GeneratedRegex(@"<a\b[^>]*?\bhref=""(/[^""]*)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"\.(docx|pdf|xlsx|zip|json|csv|gpkg|css|js|svg)\b|/file\b|/documents/|/files?/|/evidence/|/blobs?/")]
    private static partial Regex NoPage();

    [GeneratedRegex(@"name=""__RequestVerificationToken""[^>]*value=""([^""]+)""")]
    private static partial Regex Token();

    /// <summary>A login and its password, in the first two columns.</summary>
    [GeneratedRegex(@"^\s*([a-z][a-z-]+)\s+(\S+)")]
    private static partial Regex Seat();
}
