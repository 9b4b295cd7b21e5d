using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Tests.Web.Determination;

/// <summary>A parcel is divided along a line through the API, as the map of the workbench does it; the parts close to 0.01 亩.</summary>
public sealed class SplitJourneyTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    [Fact]
    public async Task A_line_across_a_parcel_divides_it_and_the_areas_close()
    {
        var (patch, parcel, line, whole) = await OpenParcelAsync();
        using var officer = await at.Office.SignedInAsync("district-officer");
        var address = $"/api/patches/{patch}/parcels/{parcel}/split";
        using var refused = await SendAsync(officer, address, new { line = new[] { new[] { 0.0, 0.0 }, [0.1, 0.1] }, reason = "分宗" });
        Assert.Equal(
            "determination.line-does-not-divide",
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
        );
        using var answer = await SendAsync(officer, address, new { line, reason = "两家用地" });
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var now = await officer.GetFromJsonAsync<JsonElement>($"/api/patches/{patch}");
        var parts = now.GetProperty("parcels").EnumerateArray().ToList();
        Assert.True(parts.Count >= 2);
        Assert.DoesNotContain(parts, p => p.GetProperty("id").GetGuid() == parcel);
        var areas = parts.Select(p => new SquareMetres(p.GetProperty("areaSquareMetres").GetDouble())).ToList();
        Assert.Equal(whole, areas.Sum(a => a.Value), 1e-6);
        var shown = SumPreservingRounding.ToMu([.. areas], new(whole));
        Assert.Equal(new SquareMetres(whole).ToMu().Value, shown.Sum(m => m.Value));
        // The page shows just these figures.
        var page = await officer.GetStringAsync(
            $"/patches/{Uri.EscapeDataString(now.GetProperty("number").GetString()!)}?programme={DeterminationOffice.Programme}"
        );
        foreach (var (part, mu) in parts.Zip(shown))
            Assert.Matches(
                $">{part.GetProperty("number").GetString()}</td>\\s*<td[^>]*><span[^>]*>{mu.Value.ToString("#,##0.00", CultureInfo.InvariantCulture)}<",
                page
            );
    }

    [Fact]
    public async Task A_town_may_not_divide()
    {
        using var town = await at.Office.SignedInAsync("town-wangcun");
        using var answer = await SendAsync(
            town,
            $"/api/patches/{Guid.NewGuid()}/parcels/{Guid.NewGuid()}/split",
            new { line = new[] { new[] { 0.0, 0.0 } }, reason = "x" }
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await browser.SendAsync(request);
    }

    private async Task<(Guid Patch, Guid Parcel, double[][] Line, double Whole)> OpenParcelAsync()
    {
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var patches = await db.Patches.Where(p => p.ProgrammeId == DeterminationOffice.Programme).ToListAsync();
        foreach (var patch in patches.OrderBy(p => p.Number, StringComparer.Ordinal))
        {
            var parcels = await db.Parcels.Where(p => p.PatchId == patch.Id && p.SupersededById == null).ToListAsync();
            if (parcels is not [var only] || only.AreaSquareMetres < 500)
                continue;
            var box = only.Geometry.EnvelopeInternal;
            var x = only.Geometry.InteriorPoint.X;
            return (
                patch.Id,
                only.Id,
                [
                    [x, box.MinY - 0.001],
                    [x, box.MaxY + 0.001],
                ],
                patch.AreaSquareMetres
            );
        }
        throw new InvalidOperationException("no patch of one parcel");
    }
}
