using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Web.Verbs;

/// <summary>The command line as a contract: what it returns, and on which output.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("inspect")]
    [InlineData("inspect", "a", "b")]
    [InlineData("inspect", "a", "--no-such-option")]
    [InlineData("report")]
    [InlineData("export", "poem", "--programme", "2019-q1", "--out", "x")]
    [InlineData("import", "x.csv", "--programme", "2019-q1", "--level", "village")]
    [InlineData("serve", "--urls", "nonsense")]
    [InlineData("serve", "--urls", "http://127.0.0.1:99999")]
    [InlineData("serve", "--urls", "http://127.0.0.1:5080;ftp://127.0.0.1")]
    public async Task Wrong_usage_is_status_two_and_prints_nothing_on_the_standard_output(params string[] arguments)
    {
        var ended = await WeipianProcess.Run(arguments);

        Assert.Equal(2, ended.Status);
        Assert.Equal("", ended.Output);
        Assert.NotEqual("", ended.Errors);
    }

    [Fact]
    public async Task A_refusal_is_status_one_and_speaks_both_languages()
    {
        var empty = Path.Combine(Path.GetTempPath(), $"weipian-{Guid.NewGuid():N}.geojson");
        await File.WriteAllBytesAsync(empty, [], TestContext.Current.CancellationToken);
        try
        {
            var ended = await WeipianProcess.Run("inspect", empty, "--json");

            Assert.Equal(1, ended.Status);
            var error = JsonDocument.Parse(ended.Output).RootElement.GetProperty("error");
            Assert.StartsWith("files.", error.GetProperty("code").GetString(), StringComparison.Ordinal);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", error.GetProperty("zh").GetString()!);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", error.GetProperty("en").GetString()!);
            Assert.Contains(error.GetProperty("en").GetString()!, ended.Errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(empty);
        }
    }

    [Fact]
    public async Task Serving_where_nothing_is_installed_is_refused_and_makes_nothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"weipian-{Guid.NewGuid():N}");

        var ended = await WeipianProcess.Run("serve", "--urls", "http://127.0.0.1:0", "--data", folder);

        Assert.Equal(1, ended.Status);
        Assert.Contains("[store.not-initialised]", ended.Errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder));
    }

    /// <summary>The installation stands, its password was never printed: the console gives another, and the journal says why.</summary>
    [Fact]
    public async Task A_one_time_password_that_died_with_init_is_given_anew()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        var plan = Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml");
        var init = WeipianProcess.Command("init", "--plan", plan, "--data", data);
        init.Environment["WEIPIAN_TEST_DIE_AT"] = "after:initialise-district";
        var died = await WeipianProcess.Run(init);
        Assert.NotEqual(0, died.Status);
        Assert.DoesNotContain("administrator", died.Output, StringComparison.Ordinal);
        var again = await WeipianProcess.Run("init", "--plan", plan, "--data", data);
        Assert.Equal(1, again.Status);
        Assert.Contains("set-seat-password", again.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await WeipianProcess.Run("set-seat-password", "nobody", "--reason", "口令遗失", "--data", data)).Status);

        var given = await WeipianProcess.Run("set-seat-password", "administrator", "--reason", "口令遗失", "--json", "--data", data);

        Assert.Equal(0, given.Status);
        var password = JsonDocument.Parse(given.Output).RootElement.GetProperty("oneTimePassword").GetString()!;
        using var store = WeipianStore.Open(new DataFolder(data));
        await using var db = store.Read();
        var seat = await db.Seats.SingleAsync(s => s.Login == "administrator", TestContext.Current.CancellationToken);
        Assert.True(SeatPasswords.IsRight(seat, password));
        Assert.True(seat.MustChange);
        var entry = await db.Journal.OrderBy(j => j.Seq).LastAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("set-seat-password", "administrator", "口令遗失"), (entry.Act, entry.Subject, entry.Reason));
    }

    [Fact]
    public async Task Help_is_done()
    {
        var ended = await WeipianProcess.Run("--help");

        Assert.Equal(0, ended.Status);
        Assert.Contains("inspect", ended.Output, StringComparison.Ordinal);
    }
}
