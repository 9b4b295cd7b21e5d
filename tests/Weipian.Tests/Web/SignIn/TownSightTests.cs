using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.SignIn;

/// <summary>A town sees and does exactly its own patches.</summary>
public sealed class TownSightTests(OfficeProgram office)
{
    private const string Programme = "2018-annual";

    [Theory]
    [InlineData("town-wangcun", "wangcun")]
    [InlineData("town-nanjiao", "nanjiao")]
    [Requirement("R04")]
    public async Task A_town_sees_exactly_the_patches_with_a_share_of_its_unit(string login, string unit)
    {
        using var town = await office.SignedInAsync(login);
        var seen = await NumbersAsync(town);
        var own = await OwnAsync(unit);
        Assert.NotEmpty(own);
        Assert.Equal(own, seen);
        using var officer = await office.SignedInAsync("district-officer");
        Assert.True((await NumbersAsync(officer)).Count > own.Count);
    }

    [Fact]
    public async Task A_town_of_another_place_sees_none_and_is_told_what_to_do()
    {
        using var town = await office.SignedInAsync("town-dajie");
        Assert.Empty(await NumbersAsync(town));
        Assert.Contains("本单位还没有分到图斑", await town.GetStringAsync("/board"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_of_another_town_does_not_exist_for_a_town_at_any_door()
    {
        var (id, number) = await ForeignToAsync("wangcun");
        using var town = await office.SignedInAsync("town-wangcun");
        foreach (
            var door in new[]
            {
                $"/patches/{number}",
                $"/api/patches/{id}",
                $"/api/patches/{id}/comparison",
                $"/api/patches/{id}/map",
                $"/api/patches/{id}/images",
                $"/api/patches/{id}/change",
                $"/chips/{id}/after.jpg",
                $"/api/patches/{id}/evidence/{Guid.NewGuid()}",
            }
        )
        {
            using var answer = await town.GetAsync(door);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{door}: {answer.StatusCode}");
        }
        // The address itself is repeated in the page; no card and no dossier may be.
        var bench = await town.GetStringAsync($"/workbench?programme={Programme}&queue=all&patch={number}");
        Assert.DoesNotContain($">{number}<", bench, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_of_a_town_names_no_patch_of_another_town()
    {
        using var town = await office.SignedInAsync("town-wangcun");
        var own = await OwnAsync("wangcun");
        var list = await town.GetFromJsonAsync<JsonElement>($"/api/patches?programme={Programme}");
        foreach (var patch in list.GetProperty("patches").EnumerateArray())
        {
            var map = await town.GetFromJsonAsync<JsonElement>($"/api/patches/{patch.GetProperty("id").GetGuid()}/map");
            Assert.All(map.GetProperty("neighbours").EnumerateArray(), n => Assert.Contains(n.GetProperty("number").GetString()!, own));
        }
    }

    private static async Task<List<string>> NumbersAsync(HttpClient browser)
    {
        var list = await browser.GetFromJsonAsync<JsonElement>($"/api/patches?programme={Programme}&limit=1000");
        return [.. list.GetProperty("patches").EnumerateArray().Select(p => p.GetProperty("number").GetString()!)];
    }

    private async Task<List<string>> OwnAsync(string unit)
    {
        await using var db = (await office.ServicesAsync()).GetRequiredService<OfficeBooks>().Store.Read();
        var own = await db
            .Patches.Where(p => p.ProgrammeId == Programme && db.PatchUnits.Any(u => u.PatchId == p.Id && u.ResponsibleUnit == unit))
            .Select(p => p.Number)
            .ToListAsync();
        return [.. own.Order(StringComparer.Ordinal)];
    }

    private async Task<(Guid Id, string Number)> ForeignToAsync(string unit)
    {
        await using var db = (await office.ServicesAsync()).GetRequiredService<OfficeBooks>().Store.Read();
        var foreign = await db.Patches.FirstAsync(p =>
            p.ProgrammeId == Programme && !db.PatchUnits.Any(u => u.PatchId == p.Id && u.ResponsibleUnit == unit)
        );
        return (foreign.Id, foreign.Number);
    }
}
