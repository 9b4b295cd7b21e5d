namespace Weipian.Geo;

/// <summary>Closed rings in plane metres, one after another in large blocks that the collector does not see: a layer has millions of
/// rings, and they live until it is packed.</summary>
/// <remarks>Safe for several threads; who took a place writes it alone. Who packs the rings frees them (<see
/// cref="PackedLayer"/>).</remarks>
public sealed unsafe class RingStore : IDisposable
{
    /// <summary>Sizes of blocks, in numbers.</summary>
    private const int BlockMin = 1 << 10;
    private const int BlockMax = 1 << 23;

    private readonly Lock gate = new();
    private readonly List<LayerMemory> blocks = [];
    private int used;

    /// <summary>Frees all rings; nobody may look at them afterwards.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var block in blocks)
                block.Dispose();
            blocks.Clear();
        }
    }

    /// <summary>Room for some rings, x and y interleaved.</summary>
    internal RingPlace Take(int numbers)
    {
        lock (gate)
        {
            if (blocks.Count == 0 || blocks[^1].Length / sizeof(double) - used < numbers)
            {
                var wanted = blocks.Count == 0 ? BlockMin : Math.Min(BlockMax, 2 * blocks[^1].Length / sizeof(double));
                blocks.Add(LayerMemory.Allocate(Math.Max(wanted, numbers) * sizeof(double)));
                used = 0;
            }
            var place = new RingPlace((double*)blocks[^1].Start + used, numbers);
            used += numbers;
            return place;
        }
    }
}

/// <summary>A ring, or several, in a <see cref="RingStore"/>; valid until that is freed.</summary>
internal readonly unsafe struct RingPlace(double* start, int length)
{
    /// <summary>How many numbers.</summary>
    public int Length => length;

    public Span<double> Pairs => new(start, length);

    /// <summary>A part of it.</summary>
    public RingPlace Slice(int from, int numbers) => new(start + from, numbers);
}
