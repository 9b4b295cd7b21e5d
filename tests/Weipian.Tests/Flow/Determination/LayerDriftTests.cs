using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>A layer version is replaced: what it touches is judged again, what it does not touch is not, what is sealed stays.</summary>
public sealed class LayerDriftTests
{
    [Fact]
    public async Task Only_patches_whose_ground_changed_are_judged_again_and_the_sealed_verdict_stays()
    {
        using var district = await DistrictOfCases.OfAsync("TC1 approved", "TC4 part inside", "TC11 tarpaulin, nothing");
        await district.ProposeAsync();
        var sealedParcel = (await district.ParcelsAsync(0)).Single();
        var decided = await district.DecideAsync(sealedParcel, "L1");
        var withdrawn = await ReplaceApprovalsAsync(district, keep: 1);
        var found = await LayerDrift.Handle(district.Store, withdrawn[..12], DistrictOfCases.Law);
        Assert.Equal((3, 3), (found.Patches, found.Affected.Count));
        Assert.Equal(1, found.Judged);
        var moved = Assert.Single(found.Moved);
        Assert.Equal(("L1", "L1"), (Assert.Single(moved.Before).Key, Assert.Single(moved.Sealed)));
        Assert.DoesNotContain("L1", moved.Now.Keys);
        var renewed = Assert.Single(await LayerDrift.RenewAsync(district.Store, DistrictOfCases.Officer, found, DistrictOfCases.Law));
        Assert.Equal(1, renewed.Kept);
        await using var db = district.Store.Read();
        Assert.Equal(decided.SealSha256, (await db.Determinations.SingleAsync()).SealSha256);
        Assert.Empty(await new ReplayDeterminations(DistrictOfCases.Law).CheckAsync(district.Store, null, default));
        var open = (await district.ParcelsAsync(1))[0];
        await district.DecideAsync(open, (await district.ProposalAsync(open)).Code);
    }

    [Fact]
    public async Task A_layer_that_is_in_force_for_no_patch_affects_none()
    {
        using var district = await DistrictOfCases.OfAsync("TC1 approved");
        await district.ProposeAsync();
        var later = await AddAsync(district, LayerRole.LandUse, new DateOnly(2030, 12, 31), [], "gbt21010-2007", replaces: null);
        var found = await LayerDrift.Handle(district.Store, later, DistrictOfCases.Law);
        Assert.Empty(found.Affected);
        Assert.Equal(0, found.Judged);
    }

    [Fact]
    public async Task A_version_that_is_none_is_refused()
    {
        using var district = await DistrictOfCases.OfAsync("TC1 approved");
        var refused = await Assert.ThrowsAsync<Problem>(() => LayerDrift.Handle(district.Store, "no-such", DistrictOfCases.Law));
        Assert.Equal("layers.unknown-version", refused.Code);
    }

    /// <summary>Dry fields become orchards: the outline of the parcel stays, what lies under it does not.</summary>
    [Fact]
    public async Task A_layer_replaced_between_proposal_and_signing_is_measured_anew_before_anybody_signs()
    {
        using var district = await DistrictOfCases.OfAsync("TC5 converted");
        await district.ProposeAsync();
        var before = Assert.Single(await district.ParcelsAsync(0));
        Assert.True(before.CultivatedSquareMetres > 7000);
        await ReplaceLandUseAsync(district, "021");
        var entries = await district.EntriesAsync();
        var refused = await Assert.ThrowsAsync<Problem>(() => district.DecideAsync(before, "I4"));
        Assert.Equal("determination.proposal-outdated", refused.Code);
        Assert.Equal(entries, await district.EntriesAsync());
        Assert.Equal(1, (await district.ProposeAsync()).Written);
        var after = Assert.Single(await district.ParcelsAsync(0));
        Assert.Equal((before.Number, 0.0), (after.Number, after.CultivatedSquareMetres));
        Assert.True(after.Geometry.EqualsExact(before.Geometry));
        var superseded = await Assert.ThrowsAsync<Problem>(() => district.DecideAsync(before, "I4"));
        Assert.Equal("determination.parcel-superseded", superseded.Code);
        await district.DecideAsync(after, "I4");
        Assert.Empty(await new ReplayDeterminations(DistrictOfCases.Law).CheckAsync(district.Store, null, default));
        Assert.Equal(0, (await district.ProposeAsync()).Written);
    }

    [Fact]
    public async Task Parcels_that_a_person_drew_keep_their_numbers_and_their_origin_when_they_are_measured_anew()
    {
        using var district = await DistrictOfCases.OfAsync("TC5 converted");
        await district.ProposeAsync();
        var whole = Assert.Single(await district.ParcelsAsync(0));
        var (box, x) = (whole.Geometry.EnvelopeInternal, whole.Geometry.EnvelopeInternal.Centre.X);
        var line = new LineString([new(x, box.MinY - 0.001), new(x, box.MaxY + 0.001)]);
        await SplitParcel.Handle(district.Store, DistrictOfCases.Officer, new(whole.Id, line, "两家使用"), DistrictOfCases.Law);
        var drawn = await district.ParcelsAsync(0);
        await ReplaceLandUseAsync(district, "021");
        Assert.Equal(2, (await district.ProposeAsync()).Written);
        var again = await district.ParcelsAsync(0);
        Assert.Equal(drawn.Select(p => p.Number), again.Select(p => p.Number));
        Assert.All(again, p => Assert.Equal(0, p.CultivatedSquareMetres));
        Assert.All(again, p => Assert.Equal([whole.Id], ParcelOrigin.Of(p)!.From));
        var merge = new MergeParcels.Request([.. again.Select(p => $"{p.Id}")], "撤销分宗");
        var merged = await MergeParcels.Handle(district.Store, DistrictOfCases.Officer, merge, DistrictOfCases.Law);
        Assert.Equal("370306T0001", merged.Number);
        Assert.True(Assert.Single(await district.ParcelsAsync(0)).Geometry.EqualsExact(whole.Geometry));
    }

    /// <summary>A verdict that has both signatures keeps its row: what the layer moved is shown as drift.</summary>
    [Fact]
    public async Task Under_a_confirmed_verdict_the_row_stays_and_the_replay_still_agrees()
    {
        using var district = await DistrictOfCases.OfAsync("TC5 converted");
        await district.ProposeAsync();
        var parcel = Assert.Single(await district.ParcelsAsync(0));
        var decided = await district.DecideAsync(parcel, "I4");
        await ConfirmVerdict.Handle(
            district.Store,
            DistrictOfCases.Reviewer,
            new(decided.DeterminationId, null, "同意"),
            DistrictOfCases.Law
        );
        var version = await ReplaceLandUseAsync(district, "021");
        await LayerDrift.RenewAsync(
            district.Store,
            DistrictOfCases.Officer,
            await LayerDrift.Handle(district.Store, version, DistrictOfCases.Law),
            DistrictOfCases.Law
        );
        Assert.Equal(parcel.Id, Assert.Single(await district.ParcelsAsync(0)).Id);
        Assert.Empty(await new ReplayDeterminations(DistrictOfCases.Law).CheckAsync(district.Store, null, default));
    }

    /// <summary>The layer of land use comes again with another class on all its ground.</summary>
    private static async Task<string> ReplaceLandUseAsync(DistrictOfCases district, string code)
    {
        await using var db = district.Store.Read();
        var held = await db.LayerVersions.SingleAsync(v => v.Role == LayerRole.LandUse);
        var box = (await db.Patches.SingleAsync()).Geometry.EnvelopeInternal;
        var near = district.Store.Layers.Features(district.Store.Layers.Get(held.Id), new Extent(box.MinX, box.MinY, box.MaxX, box.MaxY));
        return await AddAsync(district, LayerRole.LandUse, held.AsOf, [.. near], "gbt21010-2007", held.Id, code);
    }

    /// <summary>The layer of approvals comes again and holds only those of one patch.</summary>
    private static async Task<string> ReplaceApprovalsAsync(DistrictOfCases district, int keep)
    {
        await using var db = district.Store.Read();
        var held = await db.LayerVersions.SingleAsync(v => v.Role == LayerRole.Approval);
        var shape = (await db.Patches.SingleAsync(p => p.Id == district.Patches[keep])).Geometry;
        var stored = district.Store.Layers.Get(held.Id);
        var box = shape.EnvelopeInternal;
        var near = district.Store.Layers.Features(stored, new Extent(box.MinX, box.MinY, box.MaxX, box.MaxY)).ToList();
        Assert.NotEmpty(near);
        return await AddAsync(district, LayerRole.Approval, held.AsOf, near, "none", held.Id);
    }

    private static async Task<string> AddAsync(
        DistrictOfCases district,
        string role,
        DateOnly asOf,
        IReadOnlyList<StoredFeature> features,
        string codes,
        string? replaces,
        string? code = null
    )
    {
        string[] columns = ["number", "document", "date", "expiry", "use", "party", "kind", "code"];
        var factory = new GeometryFactory(new PrecisionModel(), 4490);
        var far = factory.CreatePolygon([new(121, 30), new(121.001, 30), new(121.001, 30.001), new(121, 30.001), new(121, 30)]);
        var written = features
            .Select(f =>
                WrittenFeature.From(
                    f.Geometry,
                    CoordinateSystem.FromEpsg(4490),
                    [.. columns.Select(c => c == "code" && code is not null ? code : Text(f, c))]
                )
            )
            .Append(WrittenFeature.From(far, CoordinateSystem.FromEpsg(4490), [null, null, null, null, null, null, null, "011"]));
        var path = Path.Combine(district.Data.Path, $"{role}-again.geojson");
        GeoJsonWriter.Write(path, role, [.. columns.Select(c => new WrittenField(c, "text"))], written);
        var request = new AddLayerVersion.Request(
            path,
            role,
            asOf,
            Map: FieldMap.Parse(columns.Select(c => $"{c}={c}")),
            Codes: codes,
            Replaces: replaces
        );
        var added = await AddLayerVersion.Handle(district.Store, DistrictOfCases.Officer, request, DistrictOfCases.Law.Book.LandClasses);
        return added.Version.Id;
    }

    private static object? Text(StoredFeature feature, string field) =>
        feature.Fields.Get(field) switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd"),
            var other => other,
        };
}
