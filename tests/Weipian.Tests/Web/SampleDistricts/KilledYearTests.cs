using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Verbs;

namespace Weipian.Tests.Web.SampleDistricts;

/// <summary>The year of the village, played by the program itself, which dies again and again, once right before and once right after the
/// commit of the first act of a kind, and is started again each time: it comes to the end of a year in which nobody died.</summary>
[Collection("played village")]
public sealed class KilledYearTests(PlayedVillage village) : IDisposable
{
    private const string Setting = "WEIPIAN_TEST_DIE_AT";

    /// <summary>128 and the number of SIGKILL.</summary>
    private const int Killed = 137;

    private const int KindsSampled = 3;

    private readonly TemporaryFolder folder = new();

    private DataFolder Data => new(Path.Combine(folder.Path, "village"));

    private static IEnumerable<string> Played => ActMatrix.Acts.Keys.Order(StringComparer.Ordinal);

    public void Dispose() => folder.Dispose();

    /// <summary>The clock, which stands outside the database, the visit, after which the rules run by themselves, and some kinds drawn from
    /// the number of the sample.</summary>
    [Fact]
    public Task A_year_that_dies_at_some_kinds_of_acts_comes_to_the_same_end()
    {
        var chance = new Random((int)PlayedVillage.Number);
        string[] always = [SetClock.Act, RecordVisit.Act];
        return PlayThroughAsync([.. Played.Except(always).OrderBy(_ => chance.Next()).Take(KindsSampled), .. always]);
    }

    [Fact]
    public Task A_year_that_dies_at_every_kind_of_act_comes_to_the_same_end()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("WEIPIAN_LONG") is not null,
            "only with ./check --long: more than a hundred deaths"
        );
        return PlayThroughAsync([.. Played]);
    }

    private async Task PlayThroughAsync(IReadOnlyList<string> kinds)
    {
        var left = kinds.SelectMany(k => new[] { $"before:{k}", $"after:{k}" }).ToHashSet(StringComparer.Ordinal);
        for (var deaths = left.Count; deaths >= 0; deaths--)
        {
            var ended = await PlayAsync(left);
            if (ended.Status != Killed)
            {
                Assert.True(ended.Status == 0, ended.Output + ended.Errors);
                break;
            }
            var died = Regex.Match(ended.Errors, @"^died (?<act>\S+)", RegexOptions.Multiline).Groups["act"].Value;
            Assert.True(left.Remove(died), $"died '{died}' unasked: {ended.Errors}");
            await LeftWholeAsync(died);
            // The next start may build the sample anew in the same place.
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }
        Assert.Empty(left);
        await SameEndAsync();
    }

    private Task<WeipianProcess.Ended> PlayAsync(IEnumerable<string> deaths)
    {
        var command = WeipianProcess.Command("sample", "--size", "village", "--play", "--json", "--data", Data.Path);
        command.Environment[Setting] = string.Join(' ', deaths);
        return WeipianProcess.Run(command);
    }

    /// <summary>The act is there with its entry, or neither is.</summary>
    private async Task LeftWholeAsync(string died)
    {
        // A sample that was not made yet stands beside its place.
        var data = Data.HasDatabase ? Data : new DataFolder(Data.Path + ".building");
        using var store = WeipianStore.OpenOrCreate(data);
        await using var db = store.Read();
        var last = await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.Act).FirstOrDefaultAsync();
        var (moment, act) = (died.Split(':')[0], died.Split(':')[1]);
        if (moment == "after")
            Assert.Equal(act, last);
        else
            Assert.False(await db.Journal.AnyAsync(j => j.Act == act), $"{act} was committed before it was to die");
    }

    private async Task SameEndAsync()
    {
        var verified = await WeipianProcess.Run("verify", "--data", Data.Path);
        Assert.True(verified.Status == 0, verified.Output + verified.Errors);
        const string Truth = "sample-files/truth-of-the-year.json";
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(village.Data.Path, Truth)),
            await File.ReadAllTextAsync(Path.Combine(Data.Path, Truth))
        );
        using var undisturbed = WeipianStore.Open(village.Data);
        using var store = WeipianStore.Open(Data);
        AssertSame(await YearRows.ActsAsync(undisturbed), await YearRows.ActsAsync(store));
        AssertSame(await YearRows.OfAsync(undisturbed), await YearRows.OfAsync(store));
        await using var db = store.Read();
        var clock = await db.Journal.Where(j => j.Act == SetClock.Act).Select(j => j.Subject).ToListAsync();
        Assert.Equal(clock.Distinct(), clock);
        Assert.False(Directory.Exists(Data.Path + ".building"));
        Assert.Empty(FilesIn(Data).Except(FilesIn(village.Data)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Data.Blobs, "new")));
    }

    /// <summary>Every difference at once: a year of deaths takes half an hour.</summary>
    private static void AssertSame(IReadOnlyList<string> undisturbed, IReadOnlyList<string> died)
    {
        var (lost, more) = (undisturbed.Except(died).ToList(), died.Except(undisturbed).ToList());
        Assert.True(lost.Count + more.Count == 0, $"lost:\n{string.Join('\n', lost)}\nmore:\n{string.Join('\n', more)}");
        Assert.Equal(undisturbed, died);
    }

    /// <summary>Names of everything outside the blobs, whose names are their content, and of what signs the cookies.</summary>
    private static IEnumerable<string> FilesIn(DataFolder data) =>
        Directory
            .EnumerateFileSystemEntries(data.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(data.Path, path))
            // A backup is named by the entry it ends with, and whoever signs in again after a death writes more of them.
            .Select(name => Regex.Replace(name, @"(?<=^backups.weipian-\d{8})-\d+", ""))
            .Where(name => !name.StartsWith("blobs", StringComparison.Ordinal) && !name.StartsWith("keys", StringComparison.Ordinal))
            .Where(name => !name.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal));
}
