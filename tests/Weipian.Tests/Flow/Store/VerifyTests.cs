using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>Whatever is changed behind the back of the program is found and named.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private const string Fields = "INSERT INTO journal (seq, at, actor, act, subject, reason, body, prev, hash) ";

    /// <summary>A further entry where the third was, well linked on both sides; those after it move on by one.</summary>
    private const string Inserted =
        "UPDATE journal SET seq = -seq WHERE seq >= 3; UPDATE journal SET seq = 1 - seq WHERE seq < 0; "
        + "UPDATE journal SET prev = 'forged' WHERE seq = 4; "
        + Fields
        + "SELECT 3, at, actor, act, subject, reason, body, hash, 'forged' FROM journal WHERE seq = 2";

    /// <summary>One more at the end.</summary>
    private const string Appended = Fields + "SELECT 5, at, actor, act, subject, reason, body, hash, 'forged' FROM journal WHERE seq = 4";

    /// <summary>The second and the third entry in each other's place.</summary>
    private const string Swapped =
        "UPDATE journal SET seq = -2 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = -2";

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;

    public async ValueTask InitializeAsync()
    {
        store = await Installations.StartAsync(folder, Installations.Zhoucun);
        await FilledStore.FillAsync(store, "2019-q1");
    }

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_only_written_by_acts_is_sound()
    {
        var report = await VerifyStore.Handle(store);
        Assert.Empty(report.Findings);
        Assert.Equal(4, report.Entries);
        Assert.True(report.Rows > 2 * FilledStore.Patches + 300, $"{report.Rows} rows");
        // The plan, the patch file, the photograph, and the list of the rows of the import.
        Assert.Equal(4, report.Blobs);
    }

    /// <summary>One byte of one value of one row, wherever chance points; the seed is in the message, so that a failure can be
    /// repeated.</summary>
    [Fact]
    public async Task One_changed_byte_in_any_business_table_is_found_and_named()
    {
        var seed = Random.Shared.Next();
        var chance = new Random(seed);
        var rounds = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 25 : 500;
        for (var round = 0; round < rounds; round++)
        {
            var tamper = Tampering.OfOneByte(store.Folder.Database, chance);
            var report = await VerifyStore.Handle(store);
            Assert.True(
                report.Findings.Any(f => f.Where.StartsWith(tamper.Table + "/", StringComparison.Ordinal)),
                $"seed {seed}, round {round}: {tamper} was not named, findings: {string.Join("; ", report.Findings)}"
            );
            if (!tamper.IsKey)
                Assert.Contains(report.Findings, f => f.Where.EndsWith("#" + tamper.Column, StringComparison.Ordinal));
            tamper.Undo();
        }
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task A_row_that_no_act_wrote_is_found()
    {
        Tampering.Run(
            store.Folder.Database,
            "INSERT INTO programme (id, ordinal, year, name_zh, name_en) VALUES ('2019-q4', 9, 2019, '四季度', 'Q4')"
        );
        var finding = Assert.Single((await VerifyStore.Handle(store)).Findings);
        Assert.Equal(("row-unknown", "programme/2019-q4"), (finding.Kind, finding.Where));
    }

    [Fact]
    public async Task A_row_that_was_removed_is_found_and_so_is_the_dropped_guard()
    {
        Tampering.Run(store.Folder.Database, "DROP TRIGGER confirmation_keeps_rows; DELETE FROM confirmation WHERE outcome = 'confirmed'");
        var report = await VerifyStore.Handle(store);
        Assert.Equal(["guard-missing", "row-missing"], report.Findings.Select(f => f.Kind).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE seq = 4", "journal-cut", "journal/4")]
    [InlineData("DELETE FROM journal WHERE seq = 2", "journal-gap", "journal/2")]
    [InlineData("DELETE FROM journal WHERE seq = 1", "journal-gap", "journal/1")]
    [InlineData(Inserted, "journal-changed", "journal/3")]
    [InlineData(Inserted, "journal-changed", "journal/4")]
    [InlineData(Inserted, "journal-rewritten", "journal/4")]
    [InlineData(Appended, "journal-changed", "journal/5")]
    [InlineData(Swapped, "journal-broken", "journal/2")]
    [InlineData(Swapped, "journal-changed", "journal/3")]
    [InlineData("UPDATE journal SET actor = 'nobody' WHERE seq = 3", "journal-changed", "journal/3")]
    [InlineData("UPDATE journal SET at = '2019-01-01T00:00:00.000000Z' WHERE seq = 3", "journal-changed", "journal/3")]
    [InlineData("UPDATE journal SET body = replace(body, '\"rows\"', '\"cows\"') WHERE seq = 3", "journal-changed", "journal/3")]
    public async Task A_changed_journal_is_found(string sql, string kind, string where)
    {
        Tampering.RunUnguarded(store.Folder.Database, sql);
        var report = await VerifyStore.Handle(store);
        Assert.Contains(report.Findings, f => f.Kind == kind && f.Where == where);
    }

    [Fact]
    public async Task A_tail_that_was_written_anew_is_found()
    {
        var head = await File.ReadAllTextAsync(store.Folder.JournalHead);
        Tampering.RunUnguarded(store.Folder.Database, "DELETE FROM journal WHERE seq = 4");
        await File.WriteAllTextAsync(store.Folder.JournalHead, $"3 {LastHash()}\n");
        await store.ActAsync(FilledStore.Officer, "decide-verdict", "370306-000", "另行判定", _ => Task.FromResult(0));
        await File.WriteAllTextAsync(store.Folder.JournalHead, head);
        Assert.Contains((await VerifyStore.Handle(store)).Findings, f => f.Kind == "journal-rewritten");
    }

    [Fact]
    public async Task A_head_that_is_one_entry_behind_is_a_crash_and_not_an_alarm()
    {
        await using (var db = store.Read())
        {
            var third = await db.Journal.SingleAsync(j => j.Seq == 3);
            await File.WriteAllTextAsync(store.Folder.JournalHead, $"3 {third.Hash}\n");
        }
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        await store.ActAsync(FilledStore.Officer, "compare-programme", "x", "because", _ => Task.FromResult(0));
        Assert.StartsWith("5 ", await File.ReadAllTextAsync(store.Folder.JournalHead), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_head_is_found()
    {
        File.Delete(store.Folder.JournalHead);
        using (Installations.Open(folder)) { }
        Assert.Equal("journal-head-missing", Assert.Single((await VerifyStore.Handle(store)).Findings).Kind);
    }

    [Fact]
    public async Task One_changed_byte_in_any_file_is_found_and_named()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        var files = store.Blobs.Addresses().ToList();
        var address = files[chance.Next(files.Count)];
        var path = store.Blobs.PathOf(address);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[chance.Next(bytes.Length)] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        Assert.Contains((await VerifyStore.Handle(store)).Findings, f => f.Kind == "blob-damaged" && f.Where == address);
        Assert.Equal("store.blob-damaged", Assert.Throws<Problem>(() => store.Blobs.Get(address)).Code);
        File.Delete(path);
        Assert.Contains((await VerifyStore.Handle(store)).Findings, f => f.Kind == "blob-missing" && f.Where == address);
    }

    [Fact]
    public async Task A_spatial_index_that_lost_a_patch_is_found()
    {
        Tampering.Run(store.Folder.Database, "DELETE FROM patch_box WHERE id = 3");
        Assert.Equal("index-wrong", Assert.Single((await VerifyStore.Handle(store)).Findings).Kind);
    }

    [Fact]
    public async Task A_further_check_brings_its_findings()
    {
        var report = await VerifyStore.Handle(store, [new Complaint()]);
        Assert.Equal("complaint", Assert.Single(report.Findings).Kind);
    }

    private string LastHash()
    {
        using var db = store.Read();
        return db.Journal.OrderByDescending(j => j.Seq).First().Hash;
    }

    private sealed class Complaint : IVerification
    {
        public Task<IReadOnlyList<VerificationFinding>> CheckAsync(
            WeipianStore store,
            IProgress<string>? progress,
            CancellationToken stop
        ) => Task.FromResult<IReadOnlyList<VerificationFinding>>([new("complaint", "here", "不对", "wrong")]);
    }
}

/// <summary>Changes a SQLite database as an intruder would: past the program, with its guards taken down and put back.</summary>
public sealed record Tampering(string Database, string Table, string Key, string Column, bool IsKey, object Old, object New)
{
    // The only whole-number key of a table is its row id in SQLite: the row moved with it.
    public void Undo() =>
        Write(
            Database,
            Table,
            Column,
            IsKey && Table == "installation" && New is long moved ? moved : long.Parse(Key, CultureInfo.InvariantCulture),
            Old
        );

    public static void Run(string database, string sql)
    {
        using var connection = Connect(database);
        Execute(connection, sql);
    }

    public static void RunUnguarded(string database, string sql)
    {
        using var connection = Connect(database);
        var guards = Guards(connection);
        foreach (var (name, _) in guards)
            Execute(connection, $"DROP TRIGGER {name}");
        Execute(connection, sql);
        foreach (var (_, create) in guards)
            Execute(connection, create);
    }

    public static Tampering OfOneByte(string database, Random chance)
    {
        using var connection = Connect(database);
        var tables = Strings(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'patch_box%' AND name NOT LIKE 'sqlite%' AND name <> 'journal'"
        );
        while (true)
        {
            var table = tables[chance.Next(tables.Count)];
            var rows = Strings(connection, $"SELECT rowid FROM {table}");
            if (rows.Count == 0)
                continue;
            var row = rows[chance.Next(rows.Count)];
            var columns = Strings(connection, $"SELECT name FROM pragma_table_info('{table}')");
            var column = columns[chance.Next(columns.Count)];
            var key = Strings(connection, $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0");
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT \"{column}\" FROM {table} WHERE rowid = {row}";
            var old = command.ExecuteScalar()!;
            if (Changed(old, chance) is not { } changed)
                continue;
            try
            {
                Write(database, table, column, long.Parse(row, CultureInfo.InvariantCulture), changed);
            }
            catch (SqliteException constraint) when (constraint.SqliteErrorCode == 19)
            {
                continue; // the value collides with another row: an intruder would choose again as well
            }
            return new(database, table, row, column, key.Contains(column), old, changed);
        }
    }

    private static object? Changed(object old, Random chance)
    {
        switch (old)
        {
            case string { Length: > 0 } text:
                var letters = text.ToCharArray();
                letters[chance.Next(letters.Length)] ^= (char)(1 << chance.Next(5));
                return new string(letters);
            case long whole:
                return whole ^ (1L << chance.Next(8));
            case double real:
                return BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(real) ^ (1L << chance.Next(52)));
            case byte[] bytes:
                var copy = (byte[])bytes.Clone();
                copy[chance.Next(copy.Length)] ^= (byte)(1 << chance.Next(8));
                return copy;
            default:
                return null;
        }
    }

    private static void Write(string database, string table, string column, long row, object value)
    {
        using var connection = Connect(database);
        using var transaction = connection.BeginTransaction();
        var guards = Guards(connection);
        foreach (var (name, _) in guards)
            Execute(connection, $"DROP TRIGGER {name}");
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"UPDATE {table} SET {column} = $value WHERE rowid = {row}";
            command.Parameters.AddWithValue("$value", value);
            command.ExecuteNonQuery();
        }
        foreach (var (_, create) in guards)
            Execute(connection, create);
        transaction.Commit();
    }

    private static List<(string Name, string Sql)> Guards(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'";
        using var reader = command.ExecuteReader();
        var guards = new List<(string, string)>();
        while (reader.Read())
            guards.Add((reader.GetString(0), reader.GetString(1)));
        return guards;
    }

    private static SqliteConnection Connect(string database)
    {
        var connection = new SqliteConnection($"Data Source={database};Foreign Keys=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Strings(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var strings = new List<string>();
        while (reader.Read())
            strings.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return strings;
    }
}
