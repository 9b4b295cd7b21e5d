using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Sample;
using Weipian.Tests.Flow.Store;
using Weipian.Web.SampleDistricts;
using Weipian.Web.SampleDistricts.Play;

namespace Weipian.Tests.Web.SampleDistricts;

/// <summary>The year of the village, played once for all tests here through the doors of every seat.</summary>
public sealed class PlayedVillage : IAsyncLifetime
{
    internal const ulong Number = 370306;
    private readonly TemporaryFolder folder = new();

    public DataFolder Data => new(Path.Combine(folder.Path, "village"));

    /// <summary>The village as it was made, before its year.</summary>
    public DataFolder Made => new(Path.Combine(folder.Path, "made"));

    public IReadOnlyList<YearDifference> HalfWay { get; private set; } = [];

    public PlayYear.Played Year { get; private set; } = null!;

    public PlayYear.Played Again { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));
        var plan = Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml");
        await SampleInstallation.MakeAsync(Data, plan, law, SampleSize.Village, Number, null, CancellationToken.None);
        Copy(Data, Made.Path);
        // Stopped in the middle and taken up again by a second server.
        HalfWay = (await PlayYear.PlayAsync(Data, new DateOnly(2019, 7, 24), null, CancellationToken.None)).Differences;
        Year = await PlayYear.PlayAsync(Data, null, null, CancellationToken.None);
        Again = await PlayYear.PlayAsync(Data, null, null, CancellationToken.None);
    }

    /// <summary>A copy in which a test may act.</summary>
    public static DataFolder Copy(DataFolder from, string to)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(from.Path, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
        return new(to);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Tests that look at the played village, or act in a copy of it.</summary>
[CollectionDefinition("played village")]
public sealed class PlayedVillageCollection : ICollectionFixture<PlayedVillage>;

[Collection("played village")]
public sealed class PlayedYearTests(PlayedVillage village)
{
    /// <summary>Acts that the year does not play, each with the reason.</summary>
    internal static readonly Dictionary<string, string> NotPlayed = new(StringComparer.Ordinal)
    {
        ["split-parcel"] = "the proposals of the sample cut its patches already, and the act has no door over HTTP",
        ["reopen-ledger-entry"] = "no ground of the sample is built on again after it was cleared",
    };

    [Fact]
    public void The_year_brings_what_its_truth_told_before_anything_was_acted()
    {
        Assert.Empty(village.HalfWay);
        Assert.Empty(village.Year.Differences);
    }

    [Fact]
    public void A_year_that_was_played_to_its_end_has_nothing_left_to_do() => Assert.InRange(village.Again.Requests, 0, 2);

    [Fact]
    public void Every_act_of_the_matrix_occurs_or_says_why_it_does_not()
    {
        using var store = WeipianStore.Open(village.Data);
        using var db = store.Read();
        var occurred = db.Journal.Select(j => j.Act).Distinct().ToHashSet(StringComparer.Ordinal);
        Assert.Equal(NotPlayed.Keys.Order(StringComparer.Ordinal), ActMatrix.Acts.Keys.Except(occurred).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_truth_of_the_year_is_told_by_the_number_alone()
    {
        using var store = WeipianStore.Open(village.Data);
        var truth = File.ReadAllText(Path.Combine(village.Data.Path, "sample-files", "truth.json"));
        var told = YearTruth.Tell(truth, store.Plan);
        Assert.Equal(told.Violations, YearTruth.OfSample(Path.Combine(village.Data.Path, "sample-files"), store.Plan).Violations);
        Assert.Contains(told.Tempers, t => t.Value == UnitTemper.Cheating);
        Assert.Contains(told.Tempers, t => t.Value == UnitTemper.Late);
        Assert.NotEmpty(told.OnLedger());
        var another = YearTruth.Tell(truth.Replace("\"number\": 370306", "\"number\": 7", StringComparison.Ordinal), store.Plan);
        Assert.NotEqual(told.Violations.Select(v => v.Fate), another.Violations.Select(v => v.Fate));
    }

    [Fact]
    public async Task A_played_year_verifies()
    {
        using var store = WeipianStore.Open(village.Data);
        var report = await VerifyStore.Handle(store);
        Assert.Empty(report.Findings);
    }
}
