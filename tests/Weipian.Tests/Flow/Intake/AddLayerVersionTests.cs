using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Intake;

/// <summary>Reference layers: immutable versions, named by content, in force by dates.</summary>
public sealed class AddLayerVersionTests : IAsyncLifetime
{
    private static readonly LawBook Law = LawBook.Load(Path.Combine(Repository.Root, "law"));
    private static readonly Actor Officer = new("district-officer", "district-officer");

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;

    public async ValueTask InitializeAsync() => store = await Installations.StartAsync(folder, Installations.Zhoucun);

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<AddLayerVersion.Added> AddAsync(AddLayerVersion.Request request) =>
        AddLayerVersion.Handle(store, Officer, request, Law.LandClasses);

    private string LandUseFile(params (string Code, double West)[] parcels) =>
        ReferenceLayers.Write(
            folder.File($"{Guid.NewGuid():N}.gpkg"),
            [.. parcels.Select(p => (p.Code, ReferenceLayers.Square(p.West, 36.8, 0.01)))]
        );

    [Fact]
    public async Task An_unknown_role_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<Problem>(() => AddAsync(new(LandUseFile(("011", 117.8)), "landuse", new(2018, 1, 1))));
        Assert.Equal("layers.unknown-role", refusal.Code);
    }

    [Fact]
    public async Task An_unknown_code_standard_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<Problem>(() =>
            AddAsync(new(LandUseFile(("011", 117.8)), LayerRole.LandUse, new(2018, 1, 1), Codes: "gb2017"))
        );
        Assert.Equal("layers.unknown-codes", refusal.Code);
    }

    [Fact]
    public async Task Land_use_without_a_standard_is_refused_when_the_plan_allows_several()
    {
        var refusal = await Assert.ThrowsAsync<Problem>(() =>
            AddAsync(new(LandUseFile(("011", 117.8)), LayerRole.LandUse, new(2018, 1, 1)))
        );
        Assert.Equal("layers.codes-missing", refusal.Code);
        Assert.Empty(store.Layers.Ids());
    }

    [Fact]
    public async Task A_layer_is_kept_journalled_and_sound()
    {
        var added = await AddAsync(
            new(LandUseFile(("011", 117.8), ("021", 117.81)), LayerRole.LandUse, new(2017, 12, 31), Codes: LandClassStandard.Gbt2007)
        );
        Assert.Equal((2, 0, false), (added.Version.FeatureCount, added.Version.RefusedCount, added.WasThere));
        Assert.Empty(added.Defects);
        await using var db = store.Read();
        Assert.Equal("add-layer-version", (await db.Journal.OrderByDescending(j => j.Seq).FirstAsync()).Act);
        var report = await VerifyStore.Handle(store);
        Assert.Equal(1, report.Layers);
        Assert.Empty(report.Findings);
        var caveat = Assert.Single(LayerCaveats.Of(added.Version));
        Assert.Contains("XZDW", caveat.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_outside_the_standard_are_listed_with_their_number()
    {
        var added = await AddAsync(
            new(
                LandUseFile(("011", 117.8), ("9X9", 117.81), ("9X9", 117.82)),
                LayerRole.LandUse,
                new(2017, 12, 31),
                Codes: LandClassStandard.Gbt2007
            )
        );
        var finding = Assert.Single(added.Defects);
        Assert.Equal(("3201", false), (finding.Rule, finding.Hard));
        Assert.Contains("9X9", finding.Zh, StringComparison.Ordinal);
        Assert.Contains("2 features", finding.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_layer_twice_is_one_version()
    {
        var file = LandUseFile(("011", 117.8));
        var request = new AddLayerVersion.Request(file, LayerRole.LandUse, new(2017, 12, 31), Codes: LandClassStandard.Gbt2007);
        var first = await AddAsync(request);
        var second = await AddAsync(request);
        Assert.Equal((first.Version.Id, true), (second.Version.Id, second.WasThere));
        await using var db = store.Read();
        Assert.Equal(1, await db.LayerVersions.CountAsync());
    }

    [Fact]
    public async Task A_replacement_names_one_version_of_its_role_that_is_in_force()
    {
        var day = new DateOnly(2017, 12, 31);
        AddLayerVersion.Request Request(string role, double west, string? replaces = null) =>
            new(LandUseFile(("", west)), role, day, Replaces: replaces);
        var farmland = (await AddAsync(Request(LayerRole.PermanentFarmland, 117.8))).Version;
        var wrongRole = await Assert.ThrowsAsync<Problem>(() => AddAsync(Request(LayerRole.PlanZone, 117.8, farmland.Id)));
        Assert.Equal("layers.nothing-to-replace", wrongRole.Code);
        var second = (await AddAsync(Request(LayerRole.PermanentFarmland, 117.82, farmland.Id[..10]))).Version;
        Assert.Equal(farmland.Id, second.ReplacesId);
        var again = await Assert.ThrowsAsync<Problem>(() => AddAsync(Request(LayerRole.PermanentFarmland, 117.83, farmland.Id)));
        Assert.Equal("layers.already-replaced", again.Code);
    }

    [Fact]
    public async Task A_changed_byte_in_a_stored_layer_is_found_and_named()
    {
        var added = await AddAsync(
            new(LandUseFile(("011", 117.8)), LayerRole.LandUse, new(2017, 12, 31), Codes: LandClassStandard.Gbt2007)
        );
        var original = store.Layers.OriginalPath(store.Layers.Get(added.Version.Id));
        var bytes = await File.ReadAllBytesAsync(original);
        bytes[RandomNumberGenerator.GetInt32(bytes.Length)] ^= 1;
        File.SetAttributes(original, FileAttributes.Normal);
        await File.WriteAllBytesAsync(original, bytes);
        Assert.Contains(
            (await VerifyStore.Handle(store)).Findings,
            f => f.Kind == "layer-damaged" && f.Where.StartsWith(added.Version.Id, StringComparison.Ordinal)
        );
        Directory.Delete(Path.Combine(store.Layers.Folder, added.Version.Id), recursive: true);
        Assert.Contains((await VerifyStore.Handle(store)).Findings, f => f.Kind == "layer-missing" && f.Where == added.Version.Id);
    }
}
