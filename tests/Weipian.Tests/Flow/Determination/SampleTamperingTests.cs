using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Verbs;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>
/// Verdicts on the loaded sample, signed by two persons: a fresh process recomputes them with neither caches nor proposals, and finds and
/// names one change of anything they rest on. Places are picked by chance; the seeds are in the message of a failure.
/// </summary>
[Requirement("R02")]
[Requirement("R16")]
public sealed class SampleTamperingTests(SealedVillage village) : IClassFixture<SealedVillage>, IDisposable
{
    private readonly TemporaryFolder folder = village.Copy();
    private readonly int seed = Random.Shared.Next();

    private DataFolder Data => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_fresh_process_recomputes_every_verdict_without_caches_and_proposals()
    {
        var dropped = await WeipianProcess.Run("layer", "drop-cache", "--data", folder.Path);
        Assert.True(dropped.Status == 0, dropped.Errors);
        Assert.Empty(Directory.EnumerateFiles(Data.Layers, "*.packed", SearchOption.AllDirectories));
        var verified = await VerifyAsync();
        Assert.True(verified.Status == 0 && verified.Findings.Count == 0, Told(verified));

        Tampering.RunUnguarded(Data.Database, "UPDATE proposal SET code = 'I9', derivation_json = '{}', inputs_sha256 = 'x'");
        verified = await VerifyAsync();
        Assert.True(
            verified.Status == 1 && verified.Findings.All(f => f.Where.StartsWith("proposal/", StringComparison.Ordinal)),
            Told(verified)
        );
    }

    [Fact]
    public async Task One_changed_coordinate_of_a_layer_file_is_found_and_named()
    {
        var chance = new Random(seed);
        string layerId;
        using (var store = WeipianStore.Open(Data))
        {
            // Of a feature that a verdict rests on.
            var seals = await SealsAsync(store);
            var used = seals.SelectMany(s => s["layers"]!.AsArray()).SelectMany(l => l!["features"]!.AsArray()).ToList();
            var feature = used[chance.Next(used.Count)]!.AsArray();
            layerId = feature[0]!.GetValue<string>();
            Bend(store, layerId, feature[1]!.GetValue<long>(), chance);
        }
        var verified = await VerifyAsync();
        Named(verified, f => f.Kind == "layer-damaged" && f.Where == $"{layerId}/normalised");
        Named(verified, f => f.Kind == "replay-differs" && f.Zh.Contains("所用图层要素", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_changed_value_of_the_law_is_found_and_named()
    {
        using var edited = new TemporaryFolder();
        VillageInstallation.CopyFiles(Path.Combine(Repository.Root, "law"), edited.Path);
        string key;
        using (var store = WeipianStore.Open(Data))
        {
            var read = (await SealsAsync(store))
                .SelectMany(s => s["law"]!["values"]!.AsArray())
                .Select(v => (Key: v![0]!.GetValue<string>(), Value: v[1]!.GetValue<string>()))
                .Distinct()
                .OrderBy(v => v.Key, StringComparer.Ordinal)
                .Where(v => Edited(edited.Path, v.Key, v.Value) is not null)
                .ToList();
            Assert.NotEmpty(read);
            (key, var value) = read[new Random(seed).Next(read.Count)];
            var (path, text) = Edited(edited.Path, key, value)!.Value;
            await File.WriteAllTextAsync(path, text);
        }
        var verified = await VerifyAsync("--law", edited.Path);
        Named(verified, f => f.Kind == "law-value-changed" && f.Where == $"law/{key}");
        Assert.True(verified.Findings.All(f => f.Kind.StartsWith("law-", StringComparison.Ordinal)), Told(verified));
    }

    [Fact]
    public async Task One_changed_byte_of_the_kept_law_is_found_and_named()
    {
        string archive;
        using (var store = WeipianStore.Open(Data))
        {
            archive = (await SealsAsync(store))[0]["law"]!["archive"]!.GetValue<string>();
            Flip(store.Blobs.PathOf(archive));
        }
        var verified = await VerifyAsync();
        Named(verified, f => f.Kind == "blob-damaged" && f.Where == archive);
        Named(verified, f => f.Kind == "replay-refused");
    }

    [Fact]
    public async Task One_changed_field_of_a_form_is_found_and_named()
    {
        var chance = new Random(seed);
        string visit,
            key;
        using (var store = WeipianStore.Open(Data))
        {
            var seen = (await SealsAsync(store))
                .SelectMany(s => s["site"]!.AsArray())
                .Where(v => v!["form"]!.AsObject().Count > 0)
                .ToList();
            visit = seen[chance.Next(seen.Count)]!["visit"]!.GetValue<string>();
            await using var db = store.Read();
            var row = await db.Visits.SingleAsync(v => v.Id == Guid.Parse(visit));
            var form = JsonNode.Parse(row.FormJson)!.AsObject();
            key = form.Select(f => f.Key).ElementAt(chance.Next(form.Count));
            form[key] = Other(form[key]!);
            Tampering.RunUnguarded(
                Data.Database,
                $"UPDATE visit SET form_json = '{CanonicalJson.Of(form)}' WHERE id = '{visit.ToUpperInvariant()}'"
            );
        }
        var verified = await VerifyAsync();
        Named(verified, f => f.Kind == "row-changed" && f.Where == $"visit/{visit.ToUpperInvariant()}#form_json");
        Named(verified, f => f.Kind == "replay-differs" && f.Where.EndsWith($"/form/{key}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_changed_byte_of_evidence_is_found_and_named()
    {
        string address;
        using (var store = WeipianStore.Open(Data))
        {
            var files = (await SealsAsync(store)).SelectMany(s => s["site"]!.AsArray()).SelectMany(v => v!["evidence"]!.AsArray()).ToList();
            address = files[new Random(seed).Next(files.Count)]![2]!.GetValue<string>();
            Flip(store.Blobs.PathOf(address));
        }
        var verified = await VerifyAsync();
        Named(verified, f => f.Kind == "blob-damaged" && f.Where == address);
        Named(verified, f => f.Kind == "replay-differs" && f.Zh.Contains("举证文件", StringComparison.Ordinal));
    }

    /// <summary>Many rounds, of which the last is left to a fresh process: a damaged row stops no check of the rest.</summary>
    [Fact]
    public async Task One_changed_byte_of_any_business_table_is_found_and_named()
    {
        var chance = new Random(seed);
        var rounds = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 12 : 300;
        using (var store = WeipianStore.Open(Data))
            for (var round = 0; round < rounds; round++)
            {
                var tamper = Tampering.OfOneByte(Data.Database, chance);
                var report = await VerifyStore.Handle(store, [new ReplayDeterminations(VillageInstallation.Law)]);
                Assert.True(report.Findings.Any(f => Names(f.Where, tamper)), $"{tamper}: {Told(new(1, report.Findings))}");
                tamper.Undo();
            }
        var last = Tampering.OfOneByte(Data.Database, chance);
        Named(await VerifyAsync(), f => Names(f.Where, last));
    }

    [Fact]
    public async Task A_journal_without_its_last_entry_is_found_and_named()
    {
        long last;
        using (var store = WeipianStore.Open(Data))
        await using (var db = store.Read())
            last = await db.Journal.MaxAsync(j => j.Seq);
        Tampering.RunUnguarded(Data.Database, $"DELETE FROM journal WHERE seq = {last}");
        Named(await VerifyAsync(), f => f.Kind == "journal-cut" && f.Where == $"journal/{last}");
    }

    private static bool Names(string where, Tampering tamper) =>
        where.StartsWith(tamper.Table + "/", StringComparison.Ordinal)
        && (tamper.IsKey || where.EndsWith("#" + tamper.Column, StringComparison.Ordinal));

    private void Named(Verified verified, Func<VerificationFinding, bool> wanted) =>
        Assert.True(verified.Status == 1 && verified.Findings.Any(wanted), Told(verified));

    private async Task<Verified> VerifyAsync(params string[] options)
    {
        SqliteConnection.ClearAllPools();
        var ended = await WeipianProcess.Run(["verify", "--determinations", "--json", "--data", folder.Path, .. options]);
        Assert.True(ended.Output.Length > 0, Told(new(ended.Status, [])) + ended.Errors);
        using var answer = JsonDocument.Parse(ended.Output);
        var findings = answer.RootElement.GetProperty("findings").Deserialize<List<VerificationFinding>>(JsonSerializerOptions.Web)!;
        return new(ended.Status, findings);
    }

    private string Told(Verified verified) =>
        $"seeds {village.Seed} (verdicts) and {seed} (place); status {verified.Status}\n{string.Join('\n', verified.Findings.Take(20))}";

    private static async Task<List<JsonObject>> SealsAsync(WeipianStore store)
    {
        await using var db = store.Read();
        var texts = await db.Determinations.OrderBy(d => d.DecidedAt).Select(d => d.SealJson).ToListAsync();
        return [.. texts.Select(t => JsonNode.Parse(t)!.AsObject())];
    }

    private void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[new Random(seed).Next(bytes.Length)] ^= 1;
        File.SetAttributes(path, FileAttributes.Normal);
        File.WriteAllBytes(path, bytes);
    }

    private static JsonNode Other(JsonNode answer) =>
        answer.GetValueKind() switch
        {
            JsonValueKind.True => false,
            JsonValueKind.False => true,
            JsonValueKind.Number => answer.GetValue<decimal>() + 1,
            _ => answer.GetValue<string>() + "~",
        };

    /// <summary>The file of a value of the law with another number in its place; null when it is not written as a plain number.</summary>
    private static (string Path, string Text)? Edited(string law, string key, string value)
    {
        var (file, name) = (key.Split('#')[0], key.Split('#')[1]);
        var path = Path.Combine(law, file + ".yaml");
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        var number = decimal.Parse(value, CultureInfo.InvariantCulture);
        var other = (number < 1 ? number / 2 : number + 1).ToString(CultureInfo.InvariantCulture);
        var from = Regex.Match(text, $@"^  {Regex.Escape(name)}:", RegexOptions.Multiline);
        if (!from.Success)
            return null;
        var inside = from.Index + from.Length;
        var next = Regex.Match(text[inside..], @"^ {0,2}\S", RegexOptions.Multiline);
        var end = next.Success ? inside + next.Index : text.Length;
        var block = text[from.Index..end];
        var changed = Regex.Replace(block, $@"value: {Regex.Escape(value)}(?=[\s,}}])", $"value: {other}");
        return changed == block ? null : (path, text[..from.Index] + changed + text[end..]);
    }

    /// <summary>Changes the last bit of one coordinate in the normalised file of a layer.</summary>
    private static void Bend(WeipianStore store, string layerId, long number, Random chance)
    {
        var layer = store.Layers.Get(layerId);
        var coordinates = store.Layers.Feature(layer, number)!.Geometry.Coordinates;
        var at = coordinates[chance.Next(coordinates.Length)].X;
        var path = store.Layers.GeoPackagePath(layer);
        File.SetAttributes(path, FileAttributes.Normal);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = $"SELECT geom FROM features WHERE fid = {number}";
        var bytes = (byte[])read.ExecuteScalar()!;
        connection.Close();
        var (old, bent) = (BitConverter.GetBytes(at), BitConverter.GetBytes(Math.BitIncrement(at)));
        for (var i = 0; i + old.Length <= bytes.Length; i++)
            if (bytes.AsSpan(i, old.Length).SequenceEqual(old))
                bent.CopyTo(bytes, i);
        Tests.GeoFiles.Tampering.Sql(path, $"UPDATE features SET geom = x'{Convert.ToHexString(bytes)}' WHERE fid = {number}");
    }

    private sealed record Verified(int Status, IReadOnlyList<VerificationFinding> Findings);
}
