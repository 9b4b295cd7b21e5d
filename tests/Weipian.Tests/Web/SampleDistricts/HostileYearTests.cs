using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Web.SampleDistricts.Play;

namespace Weipian.Tests.Web.SampleDistricts;

/// <summary>The year of the village, in which everything that is done is also done with wrong days and twice at once: it comes to
/// the end of a
/// year in which nobody erred.</summary>
[Collection("played village")]
public sealed class HostileYearTests(PlayedVillage village) : IDisposable
{
    /// <summary>Days that an act may have however early, each with the reason.</summary>
    private static readonly Dictionary<string, string> Early = new(StringComparer.Ordinal)
    {
        ["keep-record training: on long before"] = "a training of former years may be kept; nothing follows from it",
        ["keep-record meeting: on long before"] = "as a training",
        ["keep-record budget: on long before"] = "money of former years is money",
    };

    /// <summary>Acts that may be done again with the same words, by their first word, each with the reason.</summary>
    private static readonly Dictionary<string, string> Again = new(StringComparer.Ordinal)
    {
        ["ask-hold"] = "every question is kept",
        ["assign-visits"] = "a later assignment takes the place of an earlier one",
        ["export-credit"] = "a file may be sent again",
        ["freeze-report-figures"] = "figures may be frozen again",
        ["link-survey"] = "is worked out anew; what was linked stays",
        ["make-deduction-sheet"] = "is worked out anew",
        ["read-identity"] = "every reading is kept",
        ["read-inquiry"] = "every reading is kept",
        ["require-second-factor"] = "a rule may be changed back and forth",
        ["retire-keys"] = "what was rotated again may be retired again",
        ["rotate-keys"] = "keys may be changed again",
        ["make-report"] = "a report may be made anew; the signed one counts",
    };

    /// <summary>Acts that do what is left to do, with the answer that says that nothing was: then nothing is written.</summary>
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal)
    {
        ["enter-ledger"] = """{"entered":[],"snapshotId":null}""",
        ["form-violations"] = """{"numbers":[],"withoutUnit":[]}""",
    };

    /// <summary>What is open again when the year is over.</summary>
    private static readonly Dictionary<string, string> Later = new(StringComparer.Ordinal)
    {
        ["determination"] = "a signed verdict is changed by a new one, which waits for its own second signature",
        ["commit-spot-check"] = "what was drawn from may be drawn from again: another check, with another seed",
        ["notify-posts"] = "the same words on another day are another notice",
        ["record-backup"] = "of another state another backup is made; of the same it is refused",
        ["propose-escalation"] = "the figures of another day are another matter, which waits for its own decision",
    };

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<Harmed> harmed = [];
    private readonly ConcurrentQueue<Sent> sent = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_year_of_wrong_days_and_double_acts_comes_to_the_same_end()
    {
        var data = PlayedVillage.Copy(village.Made, Path.Combine(folder.Path, "village"));
        // A wrong act that was taken makes the year end early: what was taken is told first.
        var (played, ended) = await PlayAsync(data);
        var wrong = harmed
            .Where(h => !h.IsRefused)
            .Select(h => $"{h.Act}: {h.Harm}: {h.Status} {h.Code}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(wrong.Count == 0, $"not refused:\n{string.Join('\n', wrong)}\n{ended}");
        Assert.True(ended is null, ended);
        Assert.Empty(played!.Differences);
        using var undisturbed = WeipianStore.Open(village.Data);
        using var store = WeipianStore.Open(data);
        Assert.Equal(await YearRows.ActsAsync(undisturbed), await YearRows.ActsAsync(store));
        Assert.Equal(await YearRows.OfAsync(undisturbed), await YearRows.OfAsync(store));
        await SendAgainAsync(data);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    /// <summary>When the year is over everything is signed, closed, struck off: what was done then is done with.</summary>
    private async Task SendAgainAsync(DataFolder data)
    {
        await using var office = await YearOffice.StartAsync(data);
        var taken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var act in sent.Where(s => !MayBeDoneAgain(s.Act) && !Later.ContainsKey(s.Act)))
        {
            var before = await office.CountsAsync();
            var (status, code) = await office.PostAsync(act.Login, act.Path, JsonNode.Parse(act.Body));
            var isRefused = status is >= 400 and < 500 && code.Length > 0;
            if (!(isRefused || Nothing.ContainsKey(act.Act)) || before != await office.CountsAsync())
                taken.Add($"{act.Act}: {status} {code}");
        }
        Assert.True(taken.Count == 0, $"not refused when all is over:\n{string.Join('\n', taken)}");
    }

    private HostileWire Wire(HttpMessageHandler inner) =>
        new(inner, Early.ContainsKey, MayBeDoneAgain, Nothing.ContainsValue, harmed, sent);

    private static bool MayBeDoneAgain(string act) => Again.ContainsKey(act.Split(' ')[0]);

    private async Task<(PlayYear.Played? Played, string? Ended)> PlayAsync(DataFolder data)
    {
        try
        {
            return (await PlayYear.PlayAsync(data, null, null, CancellationToken.None, Wire), null);
        }
        catch (InvalidOperationException refused)
        {
            return (null, refused.Message);
        }
    }
}
