using System.Buffers.Binary;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Tables whose pages are written directly: SQLite must find them sound, read the same rows and go on with them.</summary>
public sealed class BulkTableTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(700)]
    [InlineData(60_000)]
    public void Rows_of_all_lengths_are_read_back(int count)
    {
        var random = new Random(7);
        AssertFilled(count, row => random.Next(20) == 0 ? random.Next(30_000) : random.Next(90));
    }

    [Fact]
    public void A_tree_of_three_levels_is_sound() => AssertFilled(420_000, _ => 8);

    /// <summary>The places where a record no longer fits its leaf, and where the rest of it fills a page exactly.</summary>
    [Fact]
    public void Every_length_around_the_ends_of_pages_is_read_back() =>
        AssertFilled(
            4_500,
            row =>
                (int)(
                    row <= 1_500 ? 3_000 + row
                    : row <= 3_000 ? 6_600 + row
                    : 9_200 + row
                )
        );

    [Fact]
    public void Numbers_keep_their_value_in_as_few_bytes_as_hold_them()
    {
        long[] values =
        [
            .. Enumerable
                .Range(0, 64)
                .SelectMany(bit => new[] { 1L << bit, (1L << bit) - 1, -(1L << bit), -(1L << bit) - 1, ~(1L << bit) }),
        ];
        var path = Created(out var root);
        var record = new SqliteRecord();
        using (var table = new BulkTable(path, root))
        {
            for (var i = 0; i < values.Length; i++)
            {
                record.Begin();
                record.Null();
                record.Integer(values[i]);
                record.Real(i == 0 ? double.NaN : values[i] / 3.0);
                var row = new byte[record.Length];
                record.CopyTo(row);
                table.Add(i + 1, row);
            }
            table.Complete();
        }
        using var file = SqliteFile.GoOn(path);
        Assert.Equal("ok", Text(file, "PRAGMA integrity_check"));
        using var statement = file.Prepare("SELECT a, b FROM t ORDER BY id");
        foreach (var value in values)
        {
            Assert.True(statement.Step());
            Assert.Equal(value, statement.Int64(0));
            if (statement.IsNull(1))
                Assert.Equal(values[0], value);
            else
                Assert.Equal(value / 3.0, statement.Double(1));
        }
    }

    [Fact]
    public void The_page_that_is_locked_stays_empty()
    {
        const uint lockPage = (1 << 30) / BulkTable.PageBytes + 1;
        var path = Created(out var root);
        GrowWithFreePages(path, lockPage - 4);
        var lengths = new[] { 20, 9_000, 20_000, 90, 5_000, 60, 7_000 };
        Fill(path, root, lengths.Length, row => lengths[row - 1]);
        Assert.True(new FileInfo(path).Length > (lockPage + 2) * BulkTable.PageBytes);
        AssertRows(path, lengths.Length, row => lengths[row - 1]);
    }

    private void AssertFilled(int count, Func<long, int> lengthOf)
    {
        var path = Created(out var root);
        var lengths = Enumerable.Range(1, count).Select(row => lengthOf(row)).ToArray();
        Fill(path, root, count, row => lengths[row - 1]);
        AssertRows(path, count, row => lengths[row - 1]);
    }

    private string Created(out long root)
    {
        var path = scratch[$"{Guid.NewGuid():N}.db"];
        using var file = SqliteFile.Create(path);
        file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)");
        root = long.Parse(Text(file, "SELECT rootpage FROM sqlite_master"), System.Globalization.CultureInfo.InvariantCulture);
        return path;
    }

    private static void Fill(string path, long root, int count, Func<long, int> lengthOf)
    {
        var record = new SqliteRecord();
        var row = Array.Empty<byte>();
        using var table = new BulkTable(path, root);
        for (var number = 1L; number <= count; number++)
        {
            record.Begin();
            record.Null();
            record.Blob(Bytes(number, lengthOf(number)));
            record.Text(BitConverter.GetBytes(number % 10)[..1].Select(digit => (byte)('0' + digit)).ToArray());
            if (row.Length < record.Length)
                row = new byte[2 * record.Length];
            record.CopyTo(row);
            table.Add(number, row.AsSpan(0, record.Length));
        }
        table.Complete();
    }

    private static void AssertRows(string path, int count, Func<long, int> lengthOf)
    {
        using var file = SqliteFile.GoOn(path);
        Assert.Equal("ok", Text(file, "PRAGMA integrity_check"));
        using (var statement = file.Prepare("SELECT id, a, b FROM t ORDER BY id"))
        {
            for (var number = 1L; number <= count; number++)
            {
                Assert.True(statement.Step());
                Assert.Equal(number, statement.Int64(0));
                Assert.True(statement.Blob(1).SequenceEqual(Bytes(number, lengthOf(number))));
                Assert.Equal($"{number % 10}", statement.Text(2));
            }
            Assert.False(statement.Step());
        }
        // SQLite goes on with it: a row in the middle goes, others come.
        file.Execute("DELETE FROM t WHERE id % 7 = 3");
        file.Execute("INSERT INTO t (a, b) SELECT zeroblob(5000), 'new' FROM sqlite_master");
        Assert.Equal("ok", Text(file, "PRAGMA integrity_check"));
    }

    /// <summary>Makes a file long without writing it: pages nobody uses, listed as SQLite lists them.</summary>
    private static void GrowWithFreePages(string path, uint pages)
    {
        const int listed = BulkTable.PageBytes / 4 - 8;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var first = (uint)(RandomAccess.GetLength(file) / BulkTable.PageBytes) + 1;
        RandomAccess.SetLength(file, (long)pages * BulkTable.PageBytes);
        var page = new byte[BulkTable.PageBytes];
        for (var at = first; at <= pages; at += listed + 1)
        {
            var leaves = Math.Min(listed, pages - at);
            BinaryPrimitives.WriteUInt32BigEndian(page, at + leaves < pages ? at + listed + 1 : 0);
            BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(4), leaves);
            for (var i = 0u; i < leaves; i++)
                BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(8 + 4 * (int)i), at + 1 + i);
            RandomAccess.Write(file, page, (at - 1L) * BulkTable.PageBytes);
        }
        var head = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(head, pages);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), first);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), pages - first + 1);
        RandomAccess.Write(file, head, 28);
    }

    private static byte[] Bytes(long row, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(row * 31 + i * 7 + (i >> 8));
        return bytes;
    }

    private static string Text(SqliteFile file, string query)
    {
        using var statement = file.Prepare(query);
        Assert.True(statement.Step());
        return statement.Text(0);
    }
}
