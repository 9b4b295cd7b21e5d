using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Tests.Web.SampleDistricts;

namespace Weipian.Tests.Web.Determination;

/// <summary>A screen still shows a parcel that somebody has split meanwhile: whatever is done to it is refused, and nothing is
/// written.</summary>
[Collection("played village")]
public sealed class SplitMeanwhileTests(PlayedOffice played) : IClassFixture<PlayedOffice>
{
    private static readonly Actor Officer = new("district-officer", "district-officer");

    private readonly YearOffice office = played.Office;

    [Fact]
    public async Task A_verdict_a_violation_and_a_second_split_of_what_was_split_are_refused()
    {
        var parcel = await OpenAsync(0);
        await SplitAsync(parcel);
        var before = await office.CountsAsync();
        var path = $"/api/patches/{parcel.PatchId}/parcels/{parcel.Id}/determination";
        var verdict = JsonNode.Parse("""{ "code": "I1", "reason": "现场核查" }""");
        Assert.Equal((404, "web.no-such-patch"), await office.PostAsync("district-officer", path, verdict));
        var direct = await Assert.ThrowsAsync<Problem>(() =>
            DecideVerdict.Handle(office.Store, Officer, new(parcel.Id, "I1", "现场核查", null, null), office.Books.DeterminationLaw)
        );
        Assert.Equal("determination.parcel-superseded", direct.Code);
        var violation = new JsonObject
        {
            ["parcelIds"] = new JsonArray(parcel.Id.ToString()),
            ["nameZh"] = "违法占地",
            ["locationZh"] = "村南",
            ["useZh"] = "厂房",
            ["isNew"] = true,
            ["keyProject"] = false,
            ["reason"] = "立卷",
        };
        Assert.Equal("case-file.parcel-not-free", (await office.PostAsync("district-officer", "/api/acts/form-violation", violation)).Code);
        Assert.Equal("determination.parcel-superseded", (await Assert.ThrowsAsync<Problem>(() => SplitAsync(parcel))).Code);
        Assert.Equal(before, await office.CountsAsync());
    }

    [Fact]
    public async Task Two_who_split_at_once_split_once()
    {
        var parcel = await OpenAsync(1);
        var both = await Task.WhenAll(
            Task.Run(() => CodeAsync(() => SplitAsync(parcel))),
            Task.Run(() => CodeAsync(() => SplitAsync(parcel)))
        );
        Assert.Equal(["", "determination.parcel-superseded"], both.Order(StringComparer.Ordinal));
        await using var db = office.Store.Read();
        Assert.Equal(1, await db.Journal.CountAsync(j => j.Act == "split-parcel" && j.Subject == parcel.Id.ToString()));
    }

    [Fact]
    public async Task What_two_persons_signed_is_locked()
    {
        await using var db = office.Store.Read();
        var signed = await db
            .Parcels.Where(p =>
                p.SupersededById == null
                && db.Determinations.Any(d =>
                    d.ParcelId == p.Id && db.Confirmations.Any(c => c.DeterminationId == d.Id && c.Outcome == ConfirmationOutcome.Confirmed)
                )
            )
            .OrderBy(p => p.Number)
            .FirstAsync();
        var before = await office.CountsAsync();
        Assert.Equal("determination.already-signed", (await Assert.ThrowsAsync<Problem>(() => SplitAsync(signed))).Code);
        var path = $"/api/patches/{signed.PatchId}/parcels/{signed.Id}/";
        var back = JsonNode.Parse("""{ "reason": "撤回" }""");
        Assert.Equal("determination.already-signed", (await office.PostAsync("district-officer", path + "withdrawal", back)).Code);
        Assert.Equal(before, await office.CountsAsync());
    }

    /// <summary>The n-th parcel on which nobody has decided.</summary>
    private async Task<Parcel> OpenAsync(int n)
    {
        await using var db = office.Store.Read();
        return await db
            .Parcels.Where(p => p.SupersededById == null && !db.Determinations.Any(d => d.PatchId == p.PatchId))
            .OrderBy(p => p.Number)
            .Skip(n)
            .FirstAsync();
    }

    private Task<SplitParcel.Split> SplitAsync(Parcel parcel)
    {
        var box = parcel.Geometry.EnvelopeInternal;
        var middle = (box.MinX + box.MaxX) / 2;
        var line = new LineString([new(middle, box.MinY - 0.001), new(middle, box.MaxY + 0.001)]);
        return SplitParcel.Handle(office.Store, Officer, new(parcel.Id, line, "两家使用"), office.Books.DeterminationLaw);
    }

    private static async Task<string> CodeAsync(Func<Task> act)
    {
        try
        {
            await act();
            return "";
        }
        catch (Problem refusal)
        {
            return refusal.Code;
        }
    }
}
