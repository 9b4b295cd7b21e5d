using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>A sealed verdict replays to the same bytes; one change of what it rests on is found and named. Places are picked by
/// chance.</summary>
[Collection("district of cases")]
[Requirement("R02")]
[Requirement("R16")]
public sealed class ReplayTests(DistrictTemplate template) : IAsyncLifetime
{
    private readonly DistrictOfCases district = template.Copy();
    private readonly int seed = Random.Shared.Next();

    private static DeterminationLaw Law => DistrictOfCases.Law;

    public async ValueTask InitializeAsync()
    {
        for (var patch = 0; patch < DistrictOfCases.Held.Count; patch++)
            foreach (var parcel in await district.ParcelsAsync(patch))
                await district.DecideAsync(parcel, (await district.ProposalAsync(parcel)).Code, "依据图层与核查");
    }

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Verdicts_replay_after_the_caches_are_gone_and_the_proposals_too()
    {
        district.Store.Layers.DropCache();
        district.Reopen();
        Tampering.RunUnguarded(district.Data.Database, "UPDATE proposal SET code = 'I9', derivation_json = '{}', inputs_sha256 = 'x'");
        Assert.Empty(await ReplayAsync(Law));
    }

    /// <summary>The sample stands on a day of 2019 while its files came in later by the clock of the machine.</summary>
    [Fact]
    public async Task Verdicts_replay_whatever_day_the_clock_showed_when_their_evidence_came()
    {
        using var early = template.Copy(new Clock(new(2019, 5, 20, 1, 0, 0, TimeSpan.Zero)));
        for (var patch = 0; patch < DistrictOfCases.Held.Count; patch++)
            foreach (var parcel in await early.ParcelsAsync(patch))
                await early.DecideAsync(parcel, (await early.ProposalAsync(parcel)).Code, "依据图层与核查");
        await using var db = early.Store.Read();
        Assert.True(await db.Evidence.AnyAsync(e => e.AddedAt > new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(early.Store, null, default));
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public async Task A_later_visit_or_layer_does_not_disturb_what_was_sealed()
    {
        await district.AddVisitAsync(district.Patches[0], new(2019, 6, 1), ("use_on_ground", "unchanged"), ("actual_use", "仓储"));
        Assert.Empty(await ReplayAsync(Law));
    }

    [Fact]
    public async Task One_changed_coordinate_of_a_patch_is_found_and_named()
    {
        var chance = new Random(seed);
        var patch = chance.Next(DistrictOfCases.Held.Count);
        await ChangeGeometryAsync("patch", district.Patches[patch], chance);
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Zh.Contains("图斑坐标", StringComparison.Ordinal)), Told(findings));
    }

    [Fact]
    public async Task One_changed_coordinate_of_a_parcel_is_found_and_named()
    {
        var chance = new Random(seed);
        var parcel = (await district.ParcelsAsync(1))[chance.Next(2)];
        await ChangeGeometryAsync("parcel", parcel.Id, chance);
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Kind == "parcel-geometry-changed"), Told(findings));
    }

    [Fact]
    public async Task One_changed_form_field_is_found_and_named()
    {
        var chance = new Random(seed);
        await using var db = district.Store.Read();
        var visits = await db.Visits.ToListAsync();
        var visit = visits[chance.Next(visits.Count)];
        var form = System.Text.Json.Nodes.JsonNode.Parse(visit.FormJson)!.AsObject();
        var key = form.Select(f => f.Key).ElementAt(chance.Next(form.Count));
        form[key] = form[key]!.GetValue<string>() + "~";
        Tampering.RunUnguarded(
            district.Data.Database,
            $"UPDATE visit SET form_json = '{CanonicalJson.Of(form)}' WHERE id = '{visit.Id.ToString().ToUpperInvariant()}'"
        );
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Where.EndsWith($"/form/{key}", StringComparison.Ordinal)), $"{key}: {Told(findings)}");
    }

    [Fact]
    public async Task One_changed_byte_of_evidence_is_found_and_named()
    {
        var chance = new Random(seed);
        await using var db = district.Store.Read();
        var files = await db.Evidence.Select(e => e.Sha256).ToListAsync();
        var path = district.Store.Blobs.PathOf(files[chance.Next(files.Count)]);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[chance.Next(bytes.Length)] ^= 1;
        File.SetAttributes(path, FileAttributes.Normal);
        await File.WriteAllBytesAsync(path, bytes);
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Zh.Contains("举证文件", StringComparison.Ordinal)), Told(findings));
    }

    /// <summary>The archive of such a verdict holds a book in a form that is refused today.</summary>
    [Fact]
    public async Task Verdicts_sealed_with_a_book_whose_texts_stood_in_one_language_replay()
    {
        var old = DeterminationLaw.Read(
            Law.Files.Select(f => new LawFile(
                f.Path,
                Encoding.UTF8.GetBytes(Weipian.Tests.Law.RealLaw.InOneLanguage(Encoding.UTF8.GetString(f.Content.Span)))
            )),
            isKept: true
        );
        Assert.NotEqual(Law.Book.Sha256, old.Book.Sha256);
        Assert.Throws<Problem>(() => DeterminationLaw.Read(old.Files));
        using var early = template.Copy();
        await ProposeVerdicts.Handle(early.Store, DistrictOfCases.Officer, new(DistrictOfCases.Programme), old);
        for (var patch = 0; patch < DistrictOfCases.Held.Count; patch++)
            foreach (var parcel in await early.ParcelsAsync(patch))
            {
                var proposal = await early.ProposalAsync(parcel);
                await DecideVerdict.Handle(
                    early.Store,
                    DistrictOfCases.Officer,
                    new(parcel.Id, proposal.Code, "依据图层与核查", proposal.Id, null),
                    old
                );
            }
        await using var db = early.Store.Read();
        var seals = await db.Determinations.Select(d => d.SealJson).ToListAsync();
        Assert.Equal([old.Book.Sha256], seals.Select(s => JsonNode.Parse(s)!["law"]!["book"]!.GetValue<string>()).Distinct());
        Assert.Empty(await new ReplayDeterminations(Law).CheckAsync(early.Store, null, default));
    }

    [Fact]
    public async Task One_changed_law_value_is_found_and_named()
    {
        var edited = Edited("house/overlay/sliver.yaml", "2018-01-01: { value: 10 }", "2018-01-01: { value: 11 }");
        var findings = await ReplayAsync(edited);
        Assert.True(findings.Any(f => f.Kind == "law-value-changed" && f.Where == "law/house/overlay/sliver#area_below"), Told(findings));
        Assert.All(findings, f => Assert.StartsWith("law-", f.Kind, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_table_that_would_change_a_proposal_is_found()
    {
        var edited = Edited("rules/uses.csv", "industry,yes,", "industry,no,");
        var findings = await ReplayAsync(edited);
        Assert.True(findings.Any(f => f.Kind == "law-changes-proposal" && f.En.Contains("I4", StringComparison.Ordinal)), Told(findings));
    }

    [Fact]
    public async Task Law_added_for_a_later_day_disturbs_nothing()
    {
        var edited = Edited(
            "house/overlay/sliver.yaml",
            "2018-01-01: { value: 10 }",
            "2018-01-01: { value: 10 }\n    2021-01-01: { value: 20 }"
        );
        Assert.Empty(await ReplayAsync(edited));
    }

    [Fact]
    public async Task A_changed_byte_of_the_kept_law_is_found()
    {
        await using var db = district.Store.Read();
        var seal = await db.Determinations.Select(d => d.SealJson).FirstAsync();
        var archive = System.Text.Json.Nodes.JsonNode.Parse(seal)!["law"]!["archive"]!.GetValue<string>();
        var path = district.Store.Blobs.PathOf(archive);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[new Random(seed).Next(bytes.Length)] ^= 1;
        File.SetAttributes(path, FileAttributes.Normal);
        await File.WriteAllBytesAsync(path, bytes);
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Count == 6 && findings.All(f => f.Kind == "replay-refused"), Told(findings));
    }

    [Theory]
    [InlineData("UPDATE determination SET code = 'L3' WHERE code = 'I4'", "/verdict/code")]
    [InlineData("UPDATE determination SET basis_zh = '另有依据' WHERE code = 'I4'", "/verdict/basis")]
    [InlineData("UPDATE determination SET decided_by = 'somebody' WHERE code = 'I4'", "/verdict/by")]
    public async Task A_changed_verdict_is_found(string sql, string where)
    {
        Tampering.RunUnguarded(district.Data.Database, sql);
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Where.EndsWith(where, StringComparison.Ordinal)), Told(findings));
    }

    /// <summary>Every column that a seal rests on.</summary>
    [Theory]
    [InlineData("patch", "number = number || 'x'", "/patch/number")]
    [InlineData("patch", "before = date(before, '-1 day')", "/patch/before")]
    [InlineData("patch", "after = date(after, '+1 day')", "/patch/after")]
    [InlineData("patch", "county = '370302'", "/patch/county")]
    [InlineData("programme", "year = year - 1", "/patch/programmeYear")]
    [InlineData("visit", "visited_on = date(visited_on, '+1 day')", "/on")]
    [InlineData("evidence", "file_name = 'x' || file_name", "/evidence/")]
    [InlineData("evidence", "content_type = 'text/plain'", "/evidence/")]
    [InlineData("layer_version", "as_of = date(as_of, '-1 day')", "/layers/")]
    [InlineData("determination", "decided_at = substr(decided_at, 1, 3) || '1' || substr(decided_at, 5)", "/verdict/at")]
    [InlineData("determination", "supersedes_id = id", "/verdict/supersedes")]
    [InlineData("parcel", "number = number || 'x'", "/parcel/number")]
    [InlineData("parcel", "area_square_metres = area_square_metres + 1", "parcel/")]
    [InlineData("parcel", "cultivated_square_metres = cultivated_square_metres + 1", "parcel/")]
    [InlineData("parcel", "permanent_farmland_square_metres = permanent_farmland_square_metres + 1", "parcel/")]
    [InlineData("parcel", "areas_json = replace(areas_json, '\"agricultural\":', '\"agricultural\":1')", "parcel/")]
    [InlineData("parcel", "patch_id = (SELECT id FROM patch p WHERE p.id <> parcel.patch_id LIMIT 1)", "/patch/number")]
    [InlineData("patch", "kind = 'mineral'", "/patch/kind")]
    [InlineData("patch", "programme_id = (SELECT id FROM programme p WHERE p.id <> patch.programme_id LIMIT 1)", "/patch/programme")]
    [InlineData("layer_version", "role = 'registration' WHERE role = 'approval'", "/layers/")]
    [InlineData("layer_version", "code_standard = 'gbt21010-2017' WHERE role = 'land-use'", "/layers/")]
    [InlineData("visit", "patch_id = (SELECT id FROM patch p WHERE p.id <> visit.patch_id LIMIT 1)", "/site/")]
    [InlineData("evidence", "visit_id = (SELECT id FROM visit v WHERE v.id <> evidence.visit_id LIMIT 1)", "/evidence/")]
    [InlineData("evidence", "patch_id = (SELECT id FROM patch p WHERE p.id <> evidence.patch_id LIMIT 1)", "/evidence/")]
    [InlineData("evidence", "sha256 = (SELECT sha256 FROM evidence e WHERE e.sha256 <> evidence.sha256 LIMIT 1)", "/evidence/")]
    [InlineData("determination", "parcel_id = (SELECT id FROM parcel p WHERE p.id <> determination.parcel_id LIMIT 1)", "/parcel/number")]
    [InlineData("determination", "seal_sha256 = upper(seal_sha256)", "determination/")]
    public async Task A_changed_row_that_a_seal_rests_on_is_found(string table, string change, string where)
    {
        Tampering.RunUnguarded(district.Data.Database, $"UPDATE {table} SET {change}");
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Where.Contains(where, StringComparison.Ordinal)), Told(findings));
    }

    /// <summary>Every column of a layer that a seal rests on.</summary>
    [Theory]
    [InlineData("approval", "\"number\" = '别的项目'")]
    [InlineData("approval", "\"document\" = '别的文号'")]
    [InlineData("approval", "\"date\" = '2018-07-31'")]
    [InlineData("approval", "\"expiry\" = '2020-01-01'")]
    [InlineData("approval", "\"use\" = '仓储'")]
    [InlineData("approval", "\"party\" = '别人'")]
    [InlineData("approval", "\"kind\" = '别类'")]
    [InlineData("approval", "\"code\" = '1'")]
    [InlineData("approval", "\"standard\" = 'gbt21010-2017'")]
    [InlineData("land-use", "\"code\" = '012'")]
    [InlineData("land-use", "\"standard\" = 'gbt21010-2017'")]
    [InlineData("land-use", "\"kcxs\" = 0.25")]
    [InlineData("land-use", "source = json_set(source, '$.CZCSXM', '203')")]
    public async Task A_changed_column_of_a_layer_that_a_seal_rests_on_is_found(string role, string change)
    {
        foreach (var id in await LayersAsync(role))
            Tests.GeoFiles.Tampering.Sql(Writable(id), $"UPDATE features SET {change}");
        district.Reopen();
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Zh.Contains("所用图层要素", StringComparison.Ordinal)), Told(findings));
    }

    [Theory]
    [InlineData("approval", "DELETE FROM features WHERE fid = 1")]
    [InlineData("land-use", "UPDATE features SET fid = fid + 1000")]
    public async Task A_feature_that_is_gone_or_numbered_otherwise_is_found(string role, string change)
    {
        foreach (var id in await LayersAsync(role))
            Tests.GeoFiles.Tampering.Sql(Writable(id), change);
        district.Reopen();
        var findings = await ReplayAsync(Law);
        Assert.True(findings.Any(f => f.Zh.Contains("所用图层要素", StringComparison.Ordinal)), Told(findings));
    }

    /// <summary>What a seal holds, place by place: what the tests above change, and what only follows from it. A new place fails here until
    /// somebody changes it too.</summary>
    [Fact]
    public async Task Every_place_of_a_seal_is_changed_by_a_test_or_follows_from_one_that_is()
    {
        string[] changed =
        [
            "patch/number patch/programme patch/programmeYear patch/kind patch/before patch/after patch/county patch/geometrySha256",
            "parcel/number parcel/geometrySha256 parcel/areas",
            "layers/role layers/loaded layers/versions layers/features",
            "site/visit site/on site/form site/evidence",
            "law/archive law/book law/values",
            "verdict/code verdict/basis verdict/by verdict/at verdict/supersedes",
        ];
        string[] follows =
        [
            "patch/areaSquareMetres", // from the coordinates
            "parcel/made", // how it was judged: from all parcels of the patch
            "verdict/departs", // from the verdict and the proposal
            "proposal/code proposal/flags proposal/deciding proposal/decidingRule proposal/rules proposal/derivationSha256",
            "engine/form engine/plane", // of the program
        ];
        await using var db = district.Store.Read();
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var seal in await db.Determinations.Select(d => d.SealJson).ToListAsync())
        foreach (var (section, content) in System.Text.Json.Nodes.JsonNode.Parse(seal)!.AsObject())
        foreach (var part in content as System.Text.Json.Nodes.JsonArray ?? [content!.DeepClone()])
        foreach (var (name, _) in part!.AsObject())
            places.Add($"{section}/{name}");
        Assert.Equal(changed.Concat(follows).SelectMany(p => p.Split(' ')).Order(), places.Order());
    }

    [Fact]
    public async Task A_changed_seal_is_found()
    {
        Tampering.RunUnguarded(district.Data.Database, "UPDATE determination SET seal_json = replace(seal_json, '工业', '仓储')");
        Assert.Contains(await ReplayAsync(Law), f => f.Kind == "seal-changed");
    }

    [Fact]
    public async Task Verify_brings_the_replay_as_a_further_check()
    {
        var report = await VerifyStore.Handle(district.Store, [new ReplayDeterminations(Law)]);
        Assert.True(report.IsSound, Told(report.Findings));
        Tampering.RunUnguarded(district.Data.Database, "UPDATE determination SET code = 'L3' WHERE code = 'I4'");
        report = await VerifyStore.Handle(district.Store, [new ReplayDeterminations(Law)]);
        Assert.Contains(report.Findings, f => f.Kind == "replay-differs");
        Assert.Contains(report.Findings, f => f.Where.EndsWith("#code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_law_book_shows_what_would_flip_and_writes_nothing()
    {
        var entries = await district.EntriesAsync();
        var edited = Edited("rules/uses.csv", "industry,yes,", "industry,no,");
        var compared = await WhatIf.Handle(district.Store, DistrictOfCases.Programme, Law, edited);
        var flip = Assert.Single(compared.Flips);
        Assert.Equal(("370306T0003", "I4", "L1"), (flip.PatchNumber, Assert.Single(flip.Now).Key, Assert.Single(flip.Then).Key));
        Assert.Empty((await WhatIf.Handle(district.Store, DistrictOfCases.Programme, Law, Law)).Flips);
        Assert.Equal(entries, await district.EntriesAsync());
    }

    private async Task<IReadOnlyList<string>> LayersAsync(string role)
    {
        await using var db = district.Store.Read();
        return await db.LayerVersions.Where(v => v.Role == role).Select(v => v.Id).ToListAsync();
    }

    /// <summary>The normalised file of a layer, made writable.</summary>
    private string Writable(string layer)
    {
        var path = district.Store.Layers.GeoPackagePath(district.Store.Layers.Get(layer));
        File.SetAttributes(path, FileAttributes.Normal);
        return path;
    }

    private Task<IReadOnlyList<VerificationFinding>> ReplayAsync(DeterminationLaw current) =>
        new ReplayDeterminations(current).CheckAsync(district.Store, null, default);

    private string Told(IReadOnlyList<VerificationFinding> findings) => $"seed {seed}; {string.Join("\n", findings)}";

    private static DeterminationLaw Edited(string path, string from, string to) =>
        DeterminationLaw.Read(
            Law.Files.Select(f =>
            {
                if (f.Path != path)
                    return f;
                var text = Encoding.UTF8.GetString(f.Content.Span);
                Assert.Contains(from, text, StringComparison.Ordinal);
                return new LawFile(path, Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
            })
        );

    /// <summary>Changes the last bit of a coordinate that chance picks, in the bytes of the row.</summary>
    private async Task ChangeGeometryAsync(string table, Guid id, Random chance)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={district.Data.Database};Pooling=False");
        await connection.OpenAsync();
        await using var read = connection.CreateCommand();
        read.CommandText = $"SELECT geometry FROM {table} WHERE id = '{id.ToString().ToUpperInvariant()}'";
        var bytes = (byte[])(await read.ExecuteScalarAsync())!;
        var geometry = new NetTopologySuite.IO.WKBReader().Read(bytes);
        var coordinates = geometry.Coordinates;
        var at = chance.Next(coordinates.Length - 1);
        var old = BitConverter.GetBytes(coordinates[at].X);
        var bent = BitConverter.GetBytes(Math.BitIncrement(coordinates[at].X));
        var changed = 0;
        for (var i = 0; i + 8 <= bytes.Length; i++)
            if (bytes.AsSpan(i, 8).SequenceEqual(old))
            {
                bent.CopyTo(bytes, i);
                changed++;
            }
        Assert.True(changed > 0);
        Tampering.RunUnguarded(
            district.Data.Database,
            $"UPDATE {table} SET geometry = x'{Convert.ToHexString(bytes)}' WHERE id = '{id.ToString().ToUpperInvariant()}'"
        );
    }
}
