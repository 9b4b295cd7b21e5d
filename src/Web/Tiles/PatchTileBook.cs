using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using Weipian.Geo;
using Weipian.Web.SignIn;

namespace Weipian.Web.Tiles;

/// <summary>The patches of one programme, found by place, and the tiles of them that were drawn since they last changed.</summary>
/// <remarks>Not safe for several writers; <see cref="PatchTiles"/> gives them their turn.</remarks>
internal sealed class PatchTileBook
{
    /// <summary>A patch that is smaller on the screen is counted in a heap, not drawn: 48 units are 6 pixels of a tile of 512.</summary>
    private const double DrawnUnitsMin = 48;

    /// <summary>Sides of the squares whose patches make one heap: 32 pixels.</summary>
    private const int HeapUnits = TileShape.Units / 16;

    /// <summary>From so many units (16 pixels) on a patch carries its sign.</summary>
    private const double SignUnitsMin = 128;

    private const double ToleranceUnits = 3;

    /// <summary>What a feature says of a patch of which something was sent back.</summary>
    private static readonly (string, object)[] Returned = [("r", "1")];

    private const int KeptMax = 6000;

    private readonly PatchTileItem[] items;
    private readonly Dictionary<Guid, int> places;
    private readonly STRtree<int> tree = new();
    private readonly int[] everything;
    private readonly Extent whole = Extent.Empty;
    private readonly Dictionary<(TileAddress At, string Sight), TileAnswer> kept = [];
    private readonly Lock turn = new();
    private long changes;

    public PatchTileBook(long sequence, IReadOnlyList<PatchTileItem> all)
    {
        Sequence = sequence;
        items = [.. all];
        places = all.Index().ToDictionary(x => x.Item.Id, x => x.Index);
        for (var i = 0; i < items.Length; i++)
        {
            var box = items[i].Box;
            tree.Insert(new Envelope(box.MinX, box.MaxX, box.MinY, box.MaxY), i);
            whole = whole.Including(box);
        }
        everything = [.. Enumerable.Range(0, items.Length)];
        if (items.Length > 0)
            tree.Build();
    }

    /// <summary>The journal entry up to which the states are true.</summary>
    public long Sequence { get; set; }

    public IReadOnlyList<PatchTileItem> Items => items;

    public bool Holds(Guid patch) => places.ContainsKey(patch);

    /// <summary>Puts a patch in another state; tiles that show it are drawn anew.</summary>
    public void Change(Guid patch, PatchTileState known, IReadOnlyList<string?> units)
    {
        var before = items[places[patch]];
        if (before.Known == known && before.Units.SequenceEqual(units))
            return;
        lock (turn)
        {
            changes++;
            items[places[patch]] = before with { Known = known, Units = units };
            foreach (var key in kept.Keys.Where(k => Reach(k.At).Intersects(before.Box)).ToList())
                kept.Remove(key);
        }
    }

    /// <summary>A tile with what the seat sees.</summary>
    /// <param name="veiled">States that this seat is to see instead; tiles with such are drawn for it alone and not kept.</param>
    public TileAnswer Tile(TileAddress at, Sight sight, IReadOnlyDictionary<Guid, string> veiled)
    {
        if (veiled.Count > 0)
            return TileAnswer.Of(Draw(at, sight, veiled), TileAnswer.VectorType);
        var key = (at, sight.All ? "*" : sight.Unit ?? "");
        long before;
        lock (turn)
        {
            if (kept.TryGetValue(key, out var known))
                return known;
            before = changes;
        }
        // Drawn outside of the lock: two who ask at once draw the same twice, and nobody waits.
        var drawn = TileAnswer.Of(Draw(at, sight, veiled), TileAnswer.VectorType);
        lock (turn)
        {
            if (kept.Count >= KeptMax)
                kept.Clear();
            if (before == changes)
                kept[key] = drawn;
        }
        return drawn;
    }

    private byte[] Draw(TileAddress at, Sight sight, IReadOnlyDictionary<Guid, string> veiled)
    {
        var patches = new VectorTileLayer("patches");
        var signs = new VectorTileLayer("signs");
        var heaps = new Dictionary<(int Column, int Row, string State), (int Count, double X, double Y)>();
        var reach = Reach(at);
        var perDegree = TileShape.Units / at.SideDegrees;
        var tolerance = at.Level >= TileAddress.LevelMax - 2 ? 0 : ToleranceUnits;
        foreach (var place in Meeting(reach))
        {
            var item = items[place];
            if (!sight.Covers(item.Units))
                continue;
            var state = veiled.GetValueOrDefault(item.Id, item.State);
            var (x, y) = TileShape.Place(item.Heart.X, item.Heart.Y, at);
            var isHere = x is >= 0 and < TileShape.Units && y is >= 0 and < TileShape.Units;
            var size = Math.Max(item.Box.MaxX - item.Box.MinX, item.Box.MaxY - item.Box.MinY) * perDegree;
            if (size < DrawnUnitsMin)
            {
                if (isHere)
                    Heap(heaps, x, y, state);
                continue;
            }
            (string, object)[] told = [("n", item.Number), ("s", state), .. item.Known.IsReturned ? Returned : []];
            var rings = item.Polygons.SelectMany(p => TileShape.Fit(p, at, tolerance)).ToList();
            if (rings.Count > 0)
                patches.AddPolygon(place + 1, rings, told);
            if (isHere && size >= SignUnitsMin)
                signs.AddPoint(place + 1, (int)x, (int)y, told);
        }
        return new VectorTile().Add(patches).Add(signs).Add(Heaps(heaps)).ToBytes();
    }

    /// <summary>Places of the patches whose boxes meet a box, in rising order; from far away that is all of them.</summary>
    private int[] Meeting(Extent reach)
    {
        if (reach.Contains(whole))
            return everything;
        var found = tree.Query(new Envelope(reach.MinX, reach.MaxX, reach.MinY, reach.MaxY)).ToArray();
        Array.Sort(found);
        return found;
    }

    private static void Heap(
        Dictionary<(int Column, int Row, string State), (int Count, double X, double Y)> heaps,
        double x,
        double y,
        string state
    )
    {
        var key = ((int)x / HeapUnits, (int)y / HeapUnits, state);
        var (count, sumX, sumY) = heaps.GetValueOrDefault(key);
        heaps[key] = (count + 1, sumX + x, sumY + y);
    }

    private static VectorTileLayer Heaps(Dictionary<(int Column, int Row, string State), (int Count, double X, double Y)> heaps)
    {
        var layer = new VectorTileLayer("heaps");
        var ordered = heaps.OrderBy(h => h.Key.Row).ThenBy(h => h.Key.Column).ThenBy(h => h.Key.State, StringComparer.Ordinal);
        foreach (var (i, (key, heap)) in ordered.Index())
            layer.AddPoint(i + 1, (int)(heap.X / heap.Count), (int)(heap.Y / heap.Count), ("s", key.State), ("c", (long)heap.Count));
        return layer;
    }

    /// <summary>The ground that a tile shows or needs to draw its rim.</summary>
    private static Extent Reach(TileAddress at)
    {
        var (box, rim) = (at.Box, at.SideDegrees * TileShape.Rim / TileShape.Units);
        return new(box.MinX - rim, box.MinY - rim, box.MaxX + rim, box.MaxY + rim);
    }
}
