using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Sample;
using Weipian.Sample.Year;
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

    public PlayYear.Played HalfWay { get; private set; } = null!;

    /// <summary>Stopped where violations of the third quarter are formed and their cases not yet opened.</summary>
    public PlayYear.Played BeforeTheCases { get; private set; } = null!;

    /// <summary>The village as it was made, before its year.</summary>
    public DataFolder Made => new(Path.Combine(folder.Path, "made"));

    public PlayYear.Played Year { get; private set; } = null!;

    public PlayYear.Played Again { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));
        var plan = Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml");
        await SampleInstallation.MakeAsync(Data, plan, law, SampleSize.Village, Number, null, CancellationToken.None);
        Copy(Data, Made.Path);
        // Stopped twice on the way and taken up again by another server.
        HalfWay = await PlayYear.PlayAsync(Data, new DateOnly(2019, 7, 24), null, CancellationToken.None);
        BeforeTheCases = await PlayYear.PlayAsync(Data, new DateOnly(2019, 10, 12), null, CancellationToken.None);
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
    [Fact]
    public void The_year_brings_what_its_truth_told_before_anything_was_acted()
    {
        Assert.Empty(village.HalfWay.Differences);
        Assert.Empty(village.BeforeTheCases.Differences);
        Assert.Empty(village.Year.Differences);
    }

    /// <summary>On 2019-07-09 and on 2020-01-02; what is compared stands among the differences above.</summary>
    [Fact]
    public void The_lists_of_the_seats_were_compared_on_both_evenings()
    {
        Assert.True(village.HalfWay.Lines > 20, $"{village.HalfWay.Lines}");
        Assert.True(village.Year.Lines > 20, $"{village.Year.Lines}");
        using var store = WeipianStore.Open(village.Data);
        var truth = PlayYear.TruthOf(village.Data, store.Plan);
        Assert.Equal([new DateOnly(2019, 7, 9), new DateOnly(2020, 1, 2)], truth.Days.Select(d => d.On));
        Assert.Equal(village.HalfWay.Lines, truth.Days[0].Dues.Count);
        Assert.Equal(village.Year.Lines, truth.Days[1].Dues.Count);
    }

    [Fact]
    public void A_year_that_was_played_to_its_end_has_nothing_left_to_do() => Assert.InRange(village.Again.Requests, 0, 2);

    [Fact]
    public void Every_act_of_the_matrix_occurs()
    {
        using var store = WeipianStore.Open(village.Data);
        using var db = store.Read();
        var occurred = db.Journal.Select(j => j.Act).Distinct().ToHashSet(StringComparer.Ordinal);
        Assert.Empty(ActMatrix.Acts.Keys.Except(occurred));
    }

    /// <summary>The machine does two things by itself: it enters on the ledger what is left at a cut-off, and runs the rules anew when a
    /// visit came in.</summary>
    [Fact]
    public void Every_act_of_the_year_is_that_of_a_seat()
    {
        using var store = WeipianStore.Open(village.Data);
        using var db = store.Read();
        var made = db.Journal.Where(j => j.Act == "set-seat-password").Max(j => j.Seq);
        var machine = Actor.Machine.Login;
        var byItself = db.Journal.Where(j => j.Seq > made && j.Actor == machine).Select(j => j.Act).Distinct().ToList();
        Assert.Empty(byItself.Except(["enter-ledger", "propose-verdicts"]));
        Assert.True(db.Journal.Count(j => j.Seq > made) > 400);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "src", "Web", "SampleDistricts", "Play")))
            Assert.DoesNotContain(".Handle(", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_of_a_case_occurs_and_so_does_every_thing_out_of_the_ordinary()
    {
        using var store = WeipianStore.Open(village.Data);
        using var db = store.Read();
        Assert.Empty(CaseStepKind.All.Except(db.CaseSteps.Select(s => s.Kind).Distinct().ToList()));
        Assert.Empty(YearCourse.All.Except(PlayYear.TruthOf(village.Data, store.Plan).Courses.Keys));
        Assert.Contains(db.MeasureAcceptances, a => a.Outcome == "partial");
        Assert.Contains(db.CityResults, r => r.Outcome == "failed");
        Assert.Contains(db.Submissions, s => s.LateDays > 0);
    }

    [Fact]
    public void The_truth_of_the_year_is_told_by_the_number_alone()
    {
        using var store = WeipianStore.Open(village.Data);
        var truth = File.ReadAllText(Path.Combine(village.Data.Path, "sample-files", "truth.json"));
        YearTruth Tell(string text) => YearTruth.Tell(text, code => store.Plan.Units.ResponsibleFor(code)?.Id);
        var told = Tell(truth);
        Assert.Equal(told.Violations, PlayYear.TruthOf(village.Data, store.Plan).Violations);
        foreach (var temper in new[] { UnitTemper.Cheating, UnitTemper.Late, UnitTemper.Prompt })
            Assert.Contains(told.Tempers, t => t.Value == temper);
        Assert.NotEmpty(told.OnLedger());
        var another = Tell(truth.Replace("\"number\": 370306", "\"number\": 7", StringComparison.Ordinal));
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

/// <summary>The year of a whole district against its truth.</summary>
public sealed class PlayedDistrictTests
{
    [Fact]
    public async Task The_year_of_a_district_brings_what_its_truth_told()
    {
        if (Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null)
            Assert.Skip("minutes: only with ./check --long");
        using var folder = new TemporaryFolder();
        var data = new DataFolder(Path.Combine(folder.Path, "district"));
        var law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));
        var plan = Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml");
        await SampleInstallation.MakeAsync(data, plan, law, SampleSize.District, 370306, null, CancellationToken.None);
        var played = await PlayYear.PlayAsync(data, null, null, CancellationToken.None);
        Assert.Empty(played.Differences);
        using var store = WeipianStore.Open(data);
        var tempers = PlayYear.TruthOf(data, store.Plan).Tempers;
        Assert.Equal(8, tempers.Count);
        foreach (var temper in new[] { UnitTemper.Cheating, UnitTemper.Late, UnitTemper.Prompt })
            Assert.Contains(tempers, t => t.Value == temper);
    }
}
