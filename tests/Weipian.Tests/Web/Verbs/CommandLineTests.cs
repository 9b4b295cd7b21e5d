using System.Text.Json;

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

    [Fact]
    public async Task Help_is_done()
    {
        var ended = await WeipianProcess.Run("--help");

        Assert.Equal(0, ended.Status);
        Assert.Contains("inspect", ended.Output, StringComparison.Ordinal);
    }
}
