using System.Buffers.Binary;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Builds the R-tree of a table in one go and stores its nodes, instead of a million inserts into the virtual table.</summary>
/// <remarks>
/// The shadow tables are those of SQLite's R*Tree module (rtree.c, "Database Format"): <c>_node(nodeno, data)</c> holds big-endian nodes
/// (depth of the tree in the root, count, then cells of id and min/max pairs as 32-bit floats), <c>_rowid</c> and <c>_parent</c> lead
/// back up. Boxes are rounded outward. Sorted by tiles (sort-tile-recursive), so that the same boxes give the same nodes.
/// </remarks>
internal sealed class PackedTree
{
    /// <summary>RTREE_MAXCELLS: the node size SQLite takes for pages of 4096 bytes and two dimensions is 4 + 51 × 24.</summary>
    private const int CellsMax = 51;

    private const int CellBytes = 24;
    private const int NodeBytes = 4 + CellsMax * CellBytes;

    private readonly List<Cell> leaves = [];

    private readonly record struct Cell(long Id, float MinX, float MaxX, float MinY, float MaxY);

    public void Add(long id, Extent box) => leaves.Add(new(id, Downward(box.MinX), Upward(box.MaxX), Downward(box.MinY), Upward(box.MaxY)));

    /// <summary>Creates the virtual table <c>rtree_TABLE_COLUMN</c> and fills it.</summary>
    public void Write(SqliteFile file, string table, string column)
    {
        var name = $"rtree_{table}_{column}";
        file.Execute($"CREATE VIRTUAL TABLE {SqliteFile.Quoted(name)} USING rtree(id, minx, maxx, miny, maxy)");
        if (leaves.Count == 0)
            return;
        using var node = file.Prepare($"INSERT OR REPLACE INTO {SqliteFile.Quoted(name + "_node")} (nodeno, data) VALUES (?, ?)");
        using var row = file.Prepare($"INSERT INTO {SqliteFile.Quoted(name + "_rowid")} (rowid, nodeno) VALUES (?, ?)");
        using var parent = file.Prepare($"INSERT INTO {SqliteFile.Quoted(name + "_parent")} (nodeno, parentnode) VALUES (?, ?)");
        var nodeOfRow = new List<(long Row, long Node)>(leaves.Count);
        var level = leaves;
        var nextNode = 2L; // node 1 is the root, written last
        for (var depth = 0; ; depth++)
        {
            if (level.Count <= CellsMax)
            {
                Store(node, 1, level, depth, link: (id, at) => Link(depth, id, at));
                break;
            }
            var above = new List<Cell>(level.Count / CellsMax + 1);
            foreach (var group in Tiles(level))
            {
                var at = nextNode++;
                above.Add(Store(node, at, group, depth: 0, link: (id, place) => Link(depth, id, place)));
            }
            level = above;
        }
        // In order of row, so that the b-tree of the row ids is filled from left to right.
        nodeOfRow.Sort();
        foreach (var (id, at) in nodeOfRow)
            Insert(row, id, at);

        void Link(int depth, long id, long at)
        {
            if (depth == 0)
                nodeOfRow.Add((id, at));
            else
                Insert(parent, id, at);
        }
    }

    private static void Insert(SqliteStatement statement, long first, long second)
    {
        statement.Bind(1, first);
        statement.Bind(2, second);
        statement.Run();
    }

    /// <summary>Slices by x, each slice by y; groups are filled evenly, so that no node is nearly empty.</summary>
    private static IEnumerable<List<Cell>> Tiles(List<Cell> cells)
    {
        var nodes = (cells.Count + CellsMax - 1) / CellsMax;
        var slices = (int)Math.Ceiling(Math.Sqrt(nodes));
        var sorted = cells.ToArray();
        Array.Sort(Array.ConvertAll(sorted, cell => new Order((double)cell.MinX + cell.MaxX, cell.Id)), sorted);
        foreach (var slice in Parts(sorted, slices))
        {
            Array.Sort(Array.ConvertAll(slice, cell => new Order((double)cell.MinY + cell.MaxY, cell.Id)), slice);
            foreach (var group in Parts(slice, (slice.Length + CellsMax - 1) / CellsMax))
                yield return [.. group];
        }
    }

    private static IEnumerable<Cell[]> Parts(Cell[] cells, int parts)
    {
        for (var i = 0; i < parts; i++)
        {
            var from = (int)((long)cells.Length * i / parts);
            var to = (int)((long)cells.Length * (i + 1) / parts);
            if (to > from)
                yield return cells[from..to];
        }
    }

    /// <summary>By the middle of the box, then by the id: the same boxes always come in the same order.</summary>
    private readonly record struct Order(double TwiceMiddle, long Id) : IComparable<Order>
    {
        public int CompareTo(Order other) =>
            TwiceMiddle.CompareTo(other.TwiceMiddle) is var order and not 0 ? order : Id.CompareTo(other.Id);
    }

    private static Cell Store(SqliteStatement node, long number, List<Cell> cells, int depth, Action<long, long> link)
    {
        var data = new byte[NodeBytes];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)depth);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2), (ushort)cells.Count);
        var box = cells[0];
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            var at = data.AsSpan(4 + i * CellBytes);
            BinaryPrimitives.WriteInt64BigEndian(at, cell.Id);
            BinaryPrimitives.WriteSingleBigEndian(at[8..], cell.MinX);
            BinaryPrimitives.WriteSingleBigEndian(at[12..], cell.MaxX);
            BinaryPrimitives.WriteSingleBigEndian(at[16..], cell.MinY);
            BinaryPrimitives.WriteSingleBigEndian(at[20..], cell.MaxY);
            box = new(
                number,
                Math.Min(box.MinX, cell.MinX),
                Math.Max(box.MaxX, cell.MaxX),
                Math.Min(box.MinY, cell.MinY),
                Math.Max(box.MaxY, cell.MaxY)
            );
            link(cell.Id, number);
        }
        node.Bind(1, number);
        node.Bind(2, data);
        node.Run();
        return box with { Id = number };
    }

    private static float Downward(double value) => (float)value is var near && near > value ? MathF.BitDecrement(near) : (float)value;

    private static float Upward(double value) => (float)value is var near && near < value ? MathF.BitIncrement(near) : (float)value;
}
