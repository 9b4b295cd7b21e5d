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
        string? replaces
    )
    {
        string[] columns = ["number", "document", "date", "expiry", "use", "party", "kind", "code"];
        var factory = new GeometryFactory(new PrecisionModel(), 4490);
        var far = factory.CreatePolygon([new(121, 30), new(121.001, 30), new(121.001, 30.001), new(121, 30.001), new(121, 30)]);
        var written = features
            .Select(f => WrittenFeature.From(f.Geometry, CoordinateSystem.FromEpsg(4490), [.. columns.Select(c => Text(f, c))]))
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
