using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>A new programme only picks the version of the verdict trees by its year; a version whose text was not found is refused by
/// name.</summary>
[Requirement("R14")]
public sealed class LaterTreesTests : IDisposable
{
    private readonly TemporaryFolder plans = new();

    private static DeterminationLaw Law => DistrictOfCases.Law;

    public void Dispose() => plans.Dispose();

    [Theory]
    [InlineData(2023, "TC1 approved")]
    [InlineData(2024, "TC1 approved")]
    [InlineData(2025, "TC5 converted")]
    [InlineData(2023, "mining without a licence")]
    [InlineData(2026, "mining without a licence")]
    public async Task A_programme_of_a_year_whose_tree_was_not_found_is_refused_and_told_why(int year, string name)
    {
        using var district = await DistrictOfCases.UnderAsync(PlanOf(year), [name]);
        var entries = await district.EntriesAsync();
        var changed = Law.With("house/overlay/sliver#area_below", "20", new(2019, 12, 31));
        foreach (
            var asked in (Func<Task>[])[district.ProposeAsync, () => WhatIf.Handle(district.Store, DistrictOfCases.Programme, Law, changed)]
        )
        {
            var refused = await Assert.ThrowsAsync<Problem>(asked);
            Assert.Equal("law.unset", refused.Code);
            Assert.Contains("未查到", refused.Chinese, StringComparison.Ordinal);
            Assert.Contains("not found", refused.English, StringComparison.Ordinal);
        }
        Assert.Equal(entries, await district.EntriesAsync());
        await using var db = district.Store.Read();
        Assert.Empty(await db.Parcels.ToListAsync());
    }

    [Fact]
    public async Task A_programme_of_2026_is_judged_by_the_vocabulary_of_2026_and_of_no_other_year()
    {
        using var district = await DistrictOfCases.UnderAsync(PlanOf(2026), ["TC1 approved", "TC9 village road 6.5"]);
        await district.ProposeAsync();
        var codes = new List<string>();
        for (var patch = 0; patch < 2; patch++)
            codes.Add((await district.ProposalAsync(Assert.Single(await district.ParcelsAsync(patch)))).Code);
        Assert.Equal(["L1", "O3"], codes);
        Assert.Equal("农村道路", Law.Book.Verdicts.Get("O3", 2026).Top?.Chinese);
        var parcel = Assert.Single(await district.ParcelsAsync(0));
        // L6 belongs to trees of former years, and so it does here.
        Assert.Equal("determination.unknown-verdict", (await Assert.ThrowsAsync<Problem>(() => district.DecideAsync(parcel, "L6"))).Code);
        await district.DecideAsync(parcel, "L1");
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(district.Store, null, default));
    }

    /// <summary>The plan of Zhoucun with the first quarter in another year.</summary>
    private string PlanOf(int year)
    {
        var text = File.ReadAllText(Installations.Zhoucun);
        var at = text.IndexOf($"  - id: {DistrictOfCases.Programme}\n", StringComparison.Ordinal);
        var of = text.IndexOf("year: 2019", at, StringComparison.Ordinal);
        Assert.True(at > 0 && of > at);
        var path = Path.Combine(plans.Path, $"zhoucun-{year}.yaml");
        File.WriteAllText(path, text[..of] + $"year: {year}" + text[(of + "year: 2019".Length)..]);
        return path;
    }
}
