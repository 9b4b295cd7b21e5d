using System.Buffers;

namespace Weipian.GeoFiles;

/// <summary>Room for the blobs of one batch, in a few large arrays that are lent: an array for each blob is made anew more often than it
/// is found, because blobs are filled by one thread and given back by another. Not for several threads.</summary>
internal sealed class BatchBytes
{
    private const int ChunkBytes = 1 << 19;

    private readonly List<byte[]> chunks = [];
    private int used;

    /// <summary>A copy of the bytes; nobody may look at it after <see cref="GiveBack"/>.</summary>
    public ArraySegment<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = Take(bytes.Length);
        bytes.CopyTo(kept);
        return kept;
    }

    /// <summary>Room to be filled.</summary>
    public ArraySegment<byte> Take(int bytes)
    {
        if (chunks.Count == 0 || chunks[^1].Length - used < bytes)
        {
            chunks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, bytes)));
            used = 0;
        }
        used += bytes;
        return new ArraySegment<byte>(chunks[^1], used - bytes, bytes);
    }

    public void GiveBack()
    {
        foreach (var chunk in chunks)
            ArrayPool<byte>.Shared.Return(chunk);
        chunks.Clear();
    }
}
