using System.Diagnostics;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>From proposal to confirmed verdict on a real store: who may, who may not, and what is written.</summary>
public sealed class VerdictActsTests
{
    [Fact]
    public async Task Proposals_from_the_store_are_those_of_the_cases()
    {
        var watch = Stopwatch.StartNew();
        using var district = await DistrictOfCases.OfAsync("TC1 approved before", "TC4 part inside", "TC5 converted", "TC11 tarpaulin");
        TestContext.Current.TestOutputHelper!.WriteLine($"district {watch.Elapsed}");
        var proposed = await district.ProposeAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"proposed {watch.Elapsed}");
        Assert.Equal("I4=1 I5=1 L1=2 O1=1", string.Join(' ', proposed.ByCode.Select(c => $"{c.Key}={c.Value}")));
        Assert.Equal((4, 5, 5, 0), (proposed.Patches, proposed.Parcels, proposed.Written, proposed.Kept));
    }
}
