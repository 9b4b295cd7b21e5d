using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Weipian.GeoFiles;

/// <summary>Fills an empty table of a SQLite file that nobody has open: its pages are written from left to right, in large pieces, instead
/// of a search and a balancing for every row.</summary>
/// <remarks>
/// The file format is that of sqlite.org/fileformat2.html: leaves of the table's tree with their overflow pages behind the pages there are,
/// then the pages above them; the last of these is the root, which the table has already. Not for several threads.
/// </remarks>
internal sealed class BulkTable : IDisposable
{
    public const int PageBytes = 4096;

    /// <summary>A longer record leaves the rest of it on overflow pages, and at least so much in the leaf.</summary>
    private const int LocalMax = PageBytes - 35;
    private const int LocalMin = (PageBytes - 12) * 32 / 255 - 23;

    /// <summary>The page that holds the byte SQLite locks; it stays empty.</summary>
    private const uint LockPage = (1 << 30) / PageBytes + 1;

    private const int LeafHead = 8;
    private const int InnerHead = 12;
    private const byte LeafKind = 13;
    private const byte InnerKind = 5;

    /// <summary>Where the first page says how many there are.</summary>
    private const int PageCountPlace = 28;

    private readonly SafeFileHandle file;
    private readonly uint root;

    /// <summary>Whole pages that are not written yet.</summary>
    private readonly byte[] pending = new byte[256 * PageBytes];
    private int pendingBytes;
    private long written;

    /// <summary>The leaf that is being filled: cells from its end, their places behind its head.</summary>
    private readonly byte[] leaf = new byte[PageBytes];
    private int cells;
    private int free = PageBytes;
    private long lastRow;

    /// <summary>The pages of the level below, each with its greatest row.</summary>
    private List<(uint Page, long Row)> level = [];

    /// <param name="path">A file with pages of <see cref="PageBytes"/> and without automatic vacuum.</param>
    /// <param name="root">The root page of the table.</param>
    public BulkTable(string path, long root)
    {
        this.root = (uint)root;
        file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        written = RandomAccess.GetLength(file);
    }

    /// <param name="row">Greater than that of every row before.</param>
    /// <param name="record">The row in the record format of SQLite, see <see cref="SqliteRecord"/>.</param>
    public void Add(long row, ReadOnlySpan<byte> record)
    {
        var local = LocalOf(record.Length);
        Span<byte> head = stackalloc byte[2 * SqliteRecord.VarintMax];
        var headBytes = SqliteRecord.WriteVarint(head, (ulong)record.Length);
        headBytes += SqliteRecord.WriteVarint(head[headBytes..], (ulong)row);
        var size = headBytes + local + (local < record.Length ? sizeof(uint) : 0);
        if (free - size < LeafHead + 2 * (cells + 1))
            EndLeaf();
        free -= size;
        var cell = leaf.AsSpan(free, size);
        head[..headBytes].CopyTo(cell);
        record[..local].CopyTo(cell[headBytes..]);
        if (local < record.Length)
            BinaryPrimitives.WriteUInt32BigEndian(cell[^sizeof(uint)..], Overflow(record[local..]));
        BinaryPrimitives.WriteUInt16BigEndian(leaf.AsSpan(LeafHead + 2 * cells), (ushort)free);
        cells++;
        lastRow = row;
    }

    /// <summary>Writes what is left and the pages above the leaves: the table is whole.</summary>
    public void Complete()
    {
        if (level.Count == 0)
        {
            Head(leaf, LeafKind, cells, free);
            Flush();
            RandomAccess.Write(file, leaf, Place(root));
        }
        else
        {
            EndLeaf();
            var top = new byte[PageBytes];
            for (var most = ChildrenMax(); level.Count > most; )
                WriteLevel(most);
            Inner(top, 0, level.Count);
            Flush();
            RandomAccess.Write(file, top, Place(root));
        }
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, (uint)(written / PageBytes));
        RandomAccess.Write(file, count, PageCountPlace);
    }

    public void Dispose() => file.Dispose();

    /// <summary>How many bytes of a record stay in the leaf.</summary>
    private static int LocalOf(int bytes)
    {
        if (bytes <= LocalMax)
            return bytes;
        var local = LocalMin + (bytes - LocalMin) % (PageBytes - sizeof(uint));
        return local <= LocalMax ? local : LocalMin;
    }

    /// <summary>Writes the rest of a record; the first of its pages.</summary>
    private uint Overflow(ReadOnlySpan<byte> rest)
    {
        var first = 0u;
        while (!rest.IsEmpty)
        {
            var page = NextPage(out var number);
            first = first == 0 ? number : first;
            var part = Math.Min(rest.Length, PageBytes - sizeof(uint));
            rest[..part].CopyTo(page[sizeof(uint)..]);
            page[(sizeof(uint) + part)..].Clear();
            rest = rest[part..];
            BinaryPrimitives.WriteUInt32BigEndian(page, rest.IsEmpty ? 0 : Following(number));
        }
        return first;
    }

    private void EndLeaf()
    {
        if (cells == 0)
            return;
        Head(leaf, LeafKind, cells, free);
        leaf.CopyTo(NextPage(out var number));
        level.Add((number, lastRow));
        (cells, free) = (0, PageBytes);
        leaf.AsSpan().Clear();
    }

    /// <summary>How many pages one page above them holds: a cell for each but the last.</summary>
    private int ChildrenMax()
    {
        Span<byte> key = stackalloc byte[SqliteRecord.VarintMax];
        var cell = sizeof(uint) + SqliteRecord.WriteVarint(key, (ulong)lastRow) + sizeof(ushort);
        return (PageBytes - InnerHead) / cell + 1;
    }

    /// <summary>One level up: the pages below in groups of nearly the same size.</summary>
    private void WriteLevel(int most)
    {
        var groups = (level.Count + most - 1) / most;
        var above = new List<(uint, long)>(groups);
        for (var group = 0; group < groups; group++)
        {
            var from = (int)((long)level.Count * group / groups);
            var to = (int)((long)level.Count * (group + 1) / groups);
            Inner(NextPage(out var number), from, to);
            above.Add((number, level[to - 1].Row));
        }
        level = above;
    }

    private void Inner(Span<byte> page, int from, int to)
    {
        page.Clear();
        var end = PageBytes;
        Span<byte> key = stackalloc byte[SqliteRecord.VarintMax];
        for (var i = from; i < to - 1; i++)
        {
            var keyBytes = SqliteRecord.WriteVarint(key, (ulong)level[i].Row);
            end -= sizeof(uint) + keyBytes;
            BinaryPrimitives.WriteUInt32BigEndian(page[end..], level[i].Page);
            key[..keyBytes].CopyTo(page[(end + sizeof(uint))..]);
            BinaryPrimitives.WriteUInt16BigEndian(page[(InnerHead + 2 * (i - from))..], (ushort)end);
        }
        Head(page, InnerKind, to - from - 1, end);
        BinaryPrimitives.WriteUInt32BigEndian(page[8..], level[to - 1].Page);
    }

    private static void Head(Span<byte> page, byte kind, int cells, int content)
    {
        page[0] = kind;
        BinaryPrimitives.WriteUInt16BigEndian(page[1..], 0); // no free blocks
        BinaryPrimitives.WriteUInt16BigEndian(page[3..], (ushort)cells);
        BinaryPrimitives.WriteUInt16BigEndian(page[5..], (ushort)content);
        page[7] = 0;
    }

    /// <summary>The next page of the file, to be filled before another is asked for.</summary>
    private Span<byte> NextPage(out uint number)
    {
        if (pendingBytes == pending.Length)
            Flush();
        number = (uint)((written + pendingBytes) / PageBytes) + 1;
        var page = pending.AsSpan(pendingBytes, PageBytes);
        pendingBytes += PageBytes;
        if (number != LockPage)
            return page;
        page.Clear();
        return NextPage(out number);
    }

    private static uint Following(uint page) => page + 1 == LockPage ? page + 2 : page + 1;

    private static long Place(uint page) => (page - 1L) * PageBytes;

    private void Flush()
    {
        RandomAccess.Write(file, pending.AsSpan(0, pendingBytes), written);
        written += pendingBytes;
        pendingBytes = 0;
    }
}
