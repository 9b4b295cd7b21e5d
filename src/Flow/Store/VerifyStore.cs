using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetTopologySuite.Geometries;

namespace Weipian.Flow.Store;

/// <summary>One thing that is not as it was written.</summary>
/// <param name="Kind">Stable word: <c>journal-cut</c>, <c>row-changed</c>, <c>blob-damaged</c> …</param>
/// <param name="Where">The thing itself: <c>patch/0193…#area_square_metres</c>, <c>journal/12</c>, an address.</param>
public sealed record VerificationFinding(string Kind, string Where, string Zh, string En);

/// <summary>What was looked at, and what was found wrong; sound when nothing was.</summary>
public sealed record VerificationReport(long Entries, long Rows, long Blobs, long Layers, IReadOnlyList<VerificationFinding> Findings)
{
    public bool IsSound => Findings.Count == 0;
}

/// <summary>A further check that a later stage brings to <c>weipian verify</c>, such as the replay of sealed determinations.</summary>
public interface IVerification
{
    Task<IReadOnlyList<VerificationFinding>> CheckAsync(WeipianStore store, IProgress<string>? progress, CancellationToken stop);
}

/// <summary>Walks the journal and holds everything that was written against what it says: rows, files, layers. Changes nothing.</summary>
public static class VerifyStore
{
    /// <param name="further">Checks of later stages, done after those of the store.</param>
    public static async Task<VerificationReport> Handle(
        WeipianStore store,
        IEnumerable<IVerification>? further = null,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var findings = new List<VerificationFinding>();
        await using var db = store.Read();
        await db.Database.OpenConnectionAsync(stop);
        // One instant of the database: an act that commits meanwhile is in none of what is read. A plain BEGIN keeps no writer waiting.
        var begin = db.Database.IsSqlite() ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        await db.Database.ExecuteSqlRawAsync(begin, stop);
        try
        {
            progress?.Report("操作日志 journal");
            var walk = new JournalWalk(store, findings);
            await walk.RunAsync(db, stop);
            progress?.Report("业务数据 rows");
            var rows = await new RowCheck(db, walk.Latest, findings).RunAsync(stop);
            await GuardCheck.RunAsync(store, db, findings, stop);
            progress?.Report("文件库 files");
            var blobs = await CheckBlobsAsync(store, db, walk.SealFiles, findings, stop);
            progress?.Report("图层 layers");
            var layers = await CheckLayersAsync(store, db, findings, stop);
            foreach (var check in further ?? [])
                findings.AddRange(await FurtherAsync(check, store, findings.Count > 0, progress, stop));
            return new(walk.Entries, rows, blobs, layers, findings);
        }
        finally
        {
            await EndAsync(db);
        }
    }

    /// <summary>Ends the instant that was read; a database that failed on the way has ended it itself.</summary>
    private static async Task EndAsync(StoreContext db)
    {
        try
        {
            await db.Database.ExecuteSqlRawAsync("ROLLBACK", CancellationToken.None);
        }
        catch (DbException)
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>A check of a later stage that stumbles over damage does not take away what names the damage.</summary>
    private static async Task<IReadOnlyList<VerificationFinding>> FurtherAsync(
        IVerification check,
        WeipianStore store,
        bool isDamaged,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        try
        {
            return await check.CheckAsync(store, progress, stop);
        }
        catch (Exception stumble) when (isDamaged && stumble is not OperationCanceledException)
        {
            var name = check.GetType().Name;
            return
            [
                new(
                    "check-incomplete",
                    name,
                    $"数据已损坏，检查 {name} 未能完成：{stumble.Message}",
                    $"The data are damaged and the check {name} could not be completed: {stumble.Message}"
                ),
            ];
        }
    }

    private static async Task<long> CheckBlobsAsync(
        WeipianStore store,
        StoreContext db,
        IEnumerable<string> sealFiles,
        List<VerificationFinding> findings,
        CancellationToken stop
    )
    {
        var named = new SortedSet<string>(sealFiles, StringComparer.Ordinal);
        named.UnionWith(await db.ImportBatches.Select(b => b.FileSha256).ToListAsync(stop));
        named.UnionWith(await db.Installations.Select(i => i.PlanSha256).ToListAsync(stop));
        named.UnionWith(await db.Images.Select(i => i.Id).ToListAsync(stop));
        named.UnionWith(await db.Evidence.Select(e => e.Sha256).ToListAsync(stop));
        named.UnionWith(await db.AttachedDocuments.Select(d => d.Sha256).ToListAsync(stop));
        named.UnionWith((await db.MeasureReports.Select(r => r.EvidenceJson).ToListAsync(stop)).SelectMany(AddressesIn));
        named.UnionWith(await db.Reports.Select(r => r.FileSha256).ToListAsync(stop));
        named.UnionWith(await db.Snapshots.Select(s => s.ContentSha256).ToListAsync(stop));
        named.UnionWith(await db.Accountabilities.Select(a => a.DossierSha256).ToListAsync(stop));
        // A damaged row may name anything; the row itself is found above.
        named.RemoveWhere(address => !BlobStore.IsAddress(address));
        named.UnionWith(store.Blobs.Addresses());
        var sealedFiles = await SealedFileCheck.RunAsync(store, db, findings, stop);
        named.ExceptWith(sealedFiles);
        foreach (var address in named)
        {
            stop.ThrowIfCancellationRequested();
            switch (store.Blobs.StateOf(address))
            {
                case BlobState.Missing:
                    findings.Add(new("blob-missing", address, $"文件库缺少 {address}", $"File {address} is missing from the file store"));
                    break;
                case BlobState.Damaged:
                    findings.Add(
                        new("blob-damaged", address, $"文件库中 {address} 的内容被改动", $"The content of file {address} was changed")
                    );
                    break;
                case BlobState.Sound:
                default:
                    break;
            }
        }
        return named.Count + sealedFiles.Count / 2;
    }

    /// <summary>Addresses that stand in a text, whatever became of the rest of it.</summary>
    private static IEnumerable<string> AddressesIn(string text) => text.Split('"').Where(BlobStore.IsAddress);

    private static async Task<long> CheckLayersAsync(
        WeipianStore store,
        StoreContext db,
        List<VerificationFinding> findings,
        CancellationToken stop
    )
    {
        var ids = await db.LayerVersions.OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(stop);
        if (ids.Count == 0)
            return 0;
        var there = store.Layers.Ids().ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            stop.ThrowIfCancellationRequested();
            if (!there.Contains(id))
            {
                findings.Add(new("layer-missing", id, $"缺少图层 {id}", $"Layer {id} is missing from the layer store"));
                continue;
            }
            findings.AddRange(
                store
                    .Layers.Verify(id)
                    .Select(m => new VerificationFinding("layer-damaged", $"{id}/{m.Part}", $"图层 {id}：{m.Zh}", $"Layer {id}: {m.En}"))
            );
        }
        return ids.Count;
    }
}

/// <summary>Holds sealed files against the hash of their sealed bytes, which needs no key, and, where the keys are at hand, against the
/// hash of their plain bytes.</summary>
internal static class SealedFileCheck
{
    /// <returns>The addresses looked at: of each file that of its plain and that of its sealed bytes.</returns>
    public static async Task<IReadOnlyCollection<string>> RunAsync(
        WeipianStore store,
        StoreContext db,
        List<VerificationFinding> findings,
        CancellationToken stop
    )
    {
        var looked = new HashSet<string>(StringComparer.Ordinal);
        var hasKeys = SealedText.HasKeys(store.Folder);
        foreach (var file in await RowsAsync(db, findings, stop))
        {
            stop.ThrowIfCancellationRequested();
            // A damaged row may name anything; the row itself is found elsewhere.
            if (!BlobStore.IsAddress(file.Sha256) || !BlobStore.IsAddress(file.SealedSha256))
                continue;
            looked.UnionWith([file.Sha256, file.SealedSha256]);
            if (Fault(store, db, file, hasKeys) is { } fault)
                findings.Add(fault);
            if (File.Exists(store.Blobs.PathOf(file.Sha256)))
                findings.Add(
                    new(
                        "file-in-clear",
                        file.Sha256,
                        $"已封存的文件 {file.Sha256} 在文件库中仍有明文",
                        $"File {file.Sha256} is sealed, and its plain bytes still stand in the file store"
                    )
                );
        }
        return looked;
    }

    /// <summary>A row that cannot be read was changed, and was found above.</summary>
    private static async Task<IReadOnlyList<SealedFile>> RowsAsync(
        StoreContext db,
        IReadOnlyCollection<VerificationFinding> findings,
        CancellationToken stop
    )
    {
        try
        {
            return await db.SealedFiles.AsNoTracking().OrderBy(f => f.Sha256).ToListAsync(stop);
        }
        catch (Exception damaged) when (findings.Count > 0 && damaged is FormatException or InvalidCastException)
        {
            return [];
        }
    }

    private static VerificationFinding? Fault(WeipianStore store, StoreContext db, SealedFile file, bool hasKeys)
    {
        var state = store.Blobs.StateOf(file.SealedSha256);
        if (state == BlobState.Missing)
            return new(
                "blob-missing",
                file.Sha256,
                $"文件库缺少封存文件 {file.Sha256}（密文 {file.SealedSha256}）",
                $"The sealed file {file.Sha256} is missing from the file store (sealed bytes {file.SealedSha256})"
            );
        if (state == BlobState.Damaged)
            return new(
                "sealed-file-damaged",
                file.Sha256,
                $"封存文件 {file.Sha256} 的密文 {file.SealedSha256} 被改动",
                $"The sealed bytes {file.SealedSha256} of file {file.Sha256} were changed"
            );
        try
        {
            return !hasKeys || SealedFiles.HashOf(store, db, file) == file.Sha256
                ? null
                : new(
                    "sealed-file-other",
                    file.Sha256,
                    $"封存文件 {file.Sha256} 解封后内容不符",
                    $"What is sealed as file {file.Sha256} has another content"
                );
        }
        catch (Problem problem)
        {
            return new("sealed-file-unreadable", file.Sha256, problem.Chinese, problem.English);
        }
        catch (Exception damaged) when (damaged is FormatException or JsonException or InvalidCastException)
        {
            return new(
                "sealed-file-unreadable",
                file.Sha256,
                $"封存文件 {file.Sha256} 的密钥记录已损坏",
                $"The record of the key of file {file.Sha256} is damaged"
            );
        }
    }
}

/// <summary>Walks the chain from its first entry, and remembers the last seal of every row.</summary>
internal sealed class JournalWalk(WeipianStore store, List<VerificationFinding> findings)
{
    private readonly Dictionary<(string Table, string Key), RowSeal> latest = [];
    private readonly List<string> sealFiles = [];
    private string algorithm = ChainHash.Sha256;
    private long lastSeq;
    private string lastHash = JournalHead.Zero;
    private string? hashAtHead;

    public long Entries { get; private set; }

    public IReadOnlyDictionary<(string Table, string Key), RowSeal> Latest => latest;

    public IReadOnlyList<string> SealFiles => sealFiles;

    public async Task RunAsync(StoreContext db, CancellationToken stop)
    {
        var head = store.Head.Read();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT seq, at, actor, act, subject, reason, body, prev, hash FROM journal ORDER BY seq";
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            Follow(reader, head);
        CheckHead(head);
    }

    private void Follow(DbDataReader reader, JournalHead.Link? head)
    {
        Entries++;
        var seq = reader.GetValue(0) as long? ?? -1;
        var at = reader.GetValue(1) is DateTime instant ? Instant.Text(instant) : Text(reader, 1);
        var (body, prev, hash) = (Text(reader, 6), Text(reader, 7), Text(reader, 8));
        if (seq != lastSeq + 1)
            Find("journal-gap", lastSeq + 1, $"操作日志缺少第 {lastSeq + 1} 条", $"Entry {lastSeq + 1} of the journal is missing");
        if (prev != lastHash)
            Find(
                "journal-broken",
                seq,
                $"操作日志第 {seq} 条与上一条不衔接",
                $"Entry {seq} of the journal does not continue the one before"
            );
        if (Entries == 1)
            algorithm = ChainHash.NamedIn(body);
        if (JournalChain.HashOf(algorithm, seq, at, Text(reader, 2), Text(reader, 3), Text(reader, 4), Text(reader, 5), body, prev) != hash)
            Find("journal-changed", seq, $"操作日志第 {seq} 条的内容被改动", $"Entry {seq} of the journal was changed");
        Remember(seq, body);
        (lastSeq, lastHash) = (seq, hash);
        if (seq == head?.Seq)
            hashAtHead = hash;
    }

    private void Remember(long seq, string body)
    {
        try
        {
            if (JournalChain.FileOf(JsonNode.Parse(body)!.AsObject()) is { } file)
                sealFiles.Add(file);
            foreach (var seal in JournalChain.Seals(body, store.Blobs))
                latest[(seal.Table, seal.Key)] = seal;
        }
        catch (Problem problem)
        {
            Find(
                "journal-rows-unreadable",
                seq,
                $"操作日志第 {seq} 条的行清单：{problem.Chinese}",
                $"The rows of entry {seq}: {problem.English}"
            );
        }
        catch (Exception damaged)
            when (damaged is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            Find(
                "journal-rows-unreadable",
                seq,
                $"操作日志第 {seq} 条的行清单无法读取",
                $"The rows of entry {seq} cannot be read: {damaged.Message}"
            );
        }
    }

    private void CheckHead(JournalHead.Link? head)
    {
        if (head is not { } named)
            Find(
                "journal-head-missing",
                lastSeq,
                "缺少操作日志的库外末条记录",
                "The head of the journal outside the database is missing or unreadable"
            );
        else if (named.Seq > lastSeq)
            Find(
                "journal-cut",
                lastSeq + 1,
                $"操作日志尾部被截去：库内止于第 {lastSeq} 条，库外记录为第 {named.Seq} 条",
                $"The tail of the journal was cut: it ends at entry {lastSeq}, the head outside the database names entry {named.Seq}"
            );
        else if ((named.Seq == 0 ? JournalHead.Zero : hashAtHead) != named.Hash)
            Find(
                "journal-rewritten",
                named.Seq,
                $"操作日志第 {named.Seq} 条与库外记录不一致",
                $"Entry {named.Seq} of the journal is not the one that the head outside the database names"
            );
        else if (store.IsSqlite && lastSeq - named.Seq > 1)
            Find(
                "journal-head-behind",
                named.Seq,
                $"库外记录停在第 {named.Seq} 条，比操作日志少 {lastSeq - named.Seq} 条：该文件被换成了旧的",
                $"The head outside the database names entry {named.Seq}, {lastSeq - named.Seq} behind the journal: the file was put back to an older state"
            );
    }

    private static string Text(DbDataReader reader, int column) =>
        Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "";

    private void Find(string kind, long seq, string zh, string en) => findings.Add(new(kind, $"journal/{seq}", zh, en));
}

/// <summary>Reads every business row raw and holds it against its last seal.</summary>
internal sealed class RowCheck(
    StoreContext db,
    IReadOnlyDictionary<(string Table, string Key), RowSeal> latest,
    List<VerificationFinding> findings
)
{
    public async Task<long> RunAsync(CancellationToken stop)
    {
        var unseen = latest.Keys.ToHashSet();
        var count = 0L;
        foreach (
            var entity in db
                .Model.GetEntityTypes()
                .Where(e => e.ClrType != typeof(JournalEntry))
                .OrderBy(e => e.GetTableName(), StringComparer.Ordinal)
        )
            count += await CheckTableAsync(entity, unseen, stop);
        foreach (var (table, key) in unseen.Order())
            findings.Add(
                new(
                    "row-missing",
                    $"{table}/{key}",
                    $"表 {table} 中主键为 {key} 的行不见了",
                    $"The row with key {key} is gone from table {table}"
                )
            );
        return count;
    }

    private async Task<long> CheckTableAsync(IEntityType entity, HashSet<(string, string)> unseen, CancellationToken stop)
    {
        var form = RowForm.Of(entity);
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Table and column names come from the model, never from a user.
        command.CommandText = $"SELECT {form.ColumnList} FROM {form.Table}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(stop);
        var values = new object?[form.Columns.Count];
        var count = 0L;
        while (await reader.ReadAsync(stop))
        {
            count++;
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.GetValue(i);
            Compare(form, form.SealRead(values), unseen);
        }
        return count;
    }

    private void Compare(RowForm form, RowSeal found, HashSet<(string, string)> unseen)
    {
        unseen.Remove((found.Table, found.Key));
        if (!latest.TryGetValue((found.Table, found.Key), out var written))
        {
            findings.Add(
                new(
                    "row-unknown",
                    $"{found.Table}/{found.Key}",
                    $"表 {found.Table} 中主键为 {found.Key} 的行没有任何操作记录",
                    $"No act tells of the row with key {found.Key} in table {found.Table}"
                )
            );
            return;
        }
        if (written.Sha256 == found.Sha256)
            return;
        var columns = string.Join(",", form.Differing(written, found));
        findings.Add(
            new(
                "row-changed",
                $"{found.Table}/{found.Key}#{columns}",
                $"表 {found.Table} 中主键为 {found.Key} 的行被改动，字段：{columns}",
                $"The row with key {found.Key} of table {found.Table} was changed, column {columns}"
            )
        );
    }
}

/// <summary>The guards of the database itself: triggers that were dropped, and a spatial index that no longer tells the truth.</summary>
internal static class GuardCheck
{
    public static async Task RunAsync(WeipianStore store, StoreContext db, List<VerificationFinding> findings, CancellationToken stop)
    {
        var there = await TriggersAsync(store, db, stop);
        foreach (var expected in Expected(db).Where(name => !there.Contains(name)))
            findings.Add(
                new(
                    "guard-missing",
                    expected,
                    $"数据库中的保护触发器 {expected} 被删除",
                    $"The trigger {expected}, which guards the database, was dropped"
                )
            );
        if (store.IsSqlite)
            await CheckBoxesAsync(db, findings, stop);
    }

    private static IEnumerable<string> Expected(StoreContext db)
    {
        yield return "journal_chains";
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Order(StringComparer.Ordinal))
        {
            yield return $"{table}_keeps_rows";
            yield return $"{table}_keeps_values";
        }
    }

    private static async Task<HashSet<string>> TriggersAsync(WeipianStore store, StoreContext db, CancellationToken stop)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = store.IsSqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            : "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'";
        await using var reader = await command.ExecuteReaderAsync(stop);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(stop))
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task CheckBoxesAsync(StoreContext db, List<VerificationFinding> findings, CancellationToken stop)
    {
        var boxes = new Dictionary<string, Envelope>(StringComparer.Ordinal);
        await foreach (var (id, box) in ReadBoxesAsync(db, "SELECT patch_id, west, east, south, north FROM patch_box", stop))
            boxes[id] = box;
        var wrong = 0;
        await foreach (var (id, box) in ReadBoxesAsync(db, "SELECT id, west, east, south, north FROM patch", stop))
            if (!boxes.Remove(id, out var indexed) || !indexed.Contains(box))
                wrong++;
        wrong += boxes.Count;
        if (wrong > 0)
            findings.Add(
                new(
                    "index-wrong",
                    "patch_box",
                    $"图斑空间索引有 {wrong} 处与图斑不符",
                    $"The spatial index of patches disagrees with them in {wrong} places"
                )
            );
    }

    private static async IAsyncEnumerable<(string Id, Envelope Box)> ReadBoxesAsync(
        StoreContext db,
        string sql,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop
    )
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // One of two constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            var edges = Enumerable.Range(1, 4).Select(i => reader.GetValue(i) as double? ?? double.NaN).ToArray();
            yield return (reader.GetValue(0) as string ?? "", new Envelope(edges[0], edges[1], edges[2], edges[3]));
        }
    }
}
