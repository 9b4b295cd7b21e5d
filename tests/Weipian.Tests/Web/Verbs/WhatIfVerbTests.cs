using System.Text.Json;
using Weipian.Tests.Flow.Determinations;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Web.Verbs;

/// <summary><c>weipian what-if</c> as a script sees it: refusals by name, then what would flip, and nothing written.</summary>
[Requirement("R14")]
public sealed class WhatIfVerbTests : IAsyncLifetime
{
    private const string Width = "cn/gbt-21010-2017/1006#width_north_max";
    private DistrictOfCases district = null!;

    public async ValueTask InitializeAsync() => district = await DistrictOfCases.OfAsync("TC9 village road 6.5", "TC1 approved");

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("law.unknown-key", "--set", "cn/gbt-21010-2017/1006#no_such_value=1")]
    [InlineData("law.unknown-key", "--set", "no-equals-sign")]
    [InlineData("law.malformed", "--set", Width + "=wide")]
    [InlineData("law.folder-missing", "--law", "/no/such/law")]
    public async Task What_is_no_value_is_refused_by_name(string code, string option, string value)
    {
        var ended = await RunAsync(option, value);
        Assert.NotEqual(0, ended.Status);
        Assert.Contains(code, ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anything_changed_it_does_not_ask()
    {
        var ended = await RunAsync();
        Assert.NotEqual(0, ended.Status);
        Assert.Contains("--set", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_whose_programme_has_a_year_without_a_tree_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(Installations.Zhoucun);
        var plan = Path.Combine(folder.Path, "zhoucun-2024.yaml");
        await File.WriteAllTextAsync(plan, text.Replace("    year: 2019\n", "    year: 2024\n", StringComparison.Ordinal));
        var ended = await RunAsync("--plan", plan);
        Assert.NotEqual(0, ended.Status);
        Assert.Contains("law.unset", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_value_lists_what_flips_with_its_town_and_its_reason_and_writes_nothing()
    {
        var entries = await district.EntriesAsync();
        var ended = await RunAsync("--set", Width + "=6");
        Assert.True(ended.Status == 0, ended.Errors);
        foreach (var said in (string[])["370306T0001", "O3", "I1", "land.rural-road"])
            Assert.Contains(said, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("370306T0002", ended.Output, StringComparison.Ordinal);
        var json = await RunAsync("--set", Width + "=6", "--json");
        using var answer = JsonDocument.Parse(json.Output);
        Assert.Equal(2, answer.RootElement.GetProperty("patches").GetInt32());
        var flip = Assert.Single(answer.RootElement.GetProperty("flips").EnumerateArray());
        Assert.True(flip.GetProperty("now").TryGetProperty("O3", out _) && flip.GetProperty("then").TryGetProperty("I1", out _));
        Assert.Equal(entries, await district.EntriesAsync());
    }

    private Task<WeipianProcess.Ended> RunAsync(params string[] options) =>
        WeipianProcess.Run(["what-if", "--programme", DistrictOfCases.Programme, "--data", district.Data.Path, .. options]);
}
