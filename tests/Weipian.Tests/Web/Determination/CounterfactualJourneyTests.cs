using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Weipian.Tests.Web.Determination;

/// <summary>What would change a verdict, as the office and the API show it.</summary>
public sealed class CounterfactualJourneyTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    [Fact]
    public async Task An_illegal_parcel_says_what_it_would_need_and_a_legal_one_nothing()
    {
        using var officer = await at.Office.SignedInAsync("district-officer");
        var page = await officer.GetFromJsonAsync<JsonElement>($"/api/patches?programme={DeterminationOffice.Programme}&limit=1000");
        var parcels = page.GetProperty("patches")
            .EnumerateArray()
            .SelectMany(p =>
                p.GetProperty("parcels")
                    .EnumerateArray()
                    .Select(q =>
                        (
                            Number: p.GetProperty("number").GetString()!,
                            Patch: p.GetProperty("id").GetGuid(),
                            Id: q.GetProperty("id").GetGuid(),
                            Code: q.GetProperty("proposed").GetString()!
                        )
                    )
            )
            .ToList();
        var illegal = parcels.First(p => p.Code is "I1" or "I3" or "I5");
        var ways = await officer.GetFromJsonAsync<JsonElement>($"/api/patches/{illegal.Patch}/parcels/{illegal.Id}/what-would-change");
        Assert.Equal(illegal.Code, ways.GetProperty("code").GetString());
        var facts = ways.GetProperty("lawful").EnumerateArray().SelectMany(w => w.GetProperty("factsZh").EnumerateArray()).ToList();
        Assert.NotEmpty(facts);
        var legal = parcels.First(p => p.Code[0] == 'L');
        ways = await officer.GetFromJsonAsync<JsonElement>($"/api/patches/{legal.Patch}/parcels/{legal.Id}/what-would-change");
        Assert.Empty(ways.GetProperty("lawful").EnumerateArray());
        var shown = WebUtility.HtmlDecode(
            await officer.GetStringAsync($"/patches/{Uri.EscapeDataString(illegal.Number)}?programme={DeterminationOffice.Programme}")
        );
        Assert.Contains("怎样才会改变", shown, StringComparison.Ordinal);
        Assert.Contains(facts[0].GetString()!, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parcel_of_another_patch_is_refused()
    {
        using var officer = await at.Office.SignedInAsync("district-officer");
        var page = await officer.GetFromJsonAsync<JsonElement>($"/api/patches?programme={DeterminationOffice.Programme}&limit=1");
        var patch = page.GetProperty("patches")[0].GetProperty("id").GetGuid();
        using var answer = await officer.GetAsync($"/api/patches/{patch}/parcels/{Guid.NewGuid()}/what-would-change");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
