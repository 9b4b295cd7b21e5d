using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>The first bytes of a packed layer; the rest follows in sections whose places are reckoned from these counts.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct LayerHeader
{
    public ulong Magic;
    public int Version;
    public int HeaderLength;
    public long Length;

    /// <summary>Over every byte after the header and over the header with this field zero.</summary>
    public ulong Checksum;

    /// <summary>Stands for <see cref="StatutoryPlane.Identity"/>: coordinates of another plane must not be mixed in.</summary>
    public ulong Plane;
    public int Features;
    public int Rings;
    public int Points;
    public int Chunks;
    public int Nodes;
    public int CodeBytes;
    public int Codes;
    public int Reserved;
}

/// <summary>Where each section of a packed layer lies. Little-endian; every section begins on a boundary of 64 bytes.</summary>
internal readonly struct LayerSections
{
    public const ulong Magic = 0x3152_4559_414C_5057; // "WPLAYER1"
    public const int Version = 1;
    public const int HeaderLength = 128;
    public const int EdgesPerChunk = 32;
    public const int ChildrenPerNode = 16;

    public readonly long X,
        Y,
        RingStart,
        PointStart,
        ChunkStart,
        ChunkBox,
        FeatureBox,
        NodeBox,
        Area,
        Number,
        Code,
        CodeText,
        Length;

    public LayerSections(in LayerHeader h)
    {
        long at = HeaderLength;
        X = Take(ref at, 8L * h.Points);
        Y = Take(ref at, 8L * h.Points);
        RingStart = Take(ref at, 4L * (h.Features + 1L));
        PointStart = Take(ref at, 4L * (h.Rings + 1L));
        ChunkStart = Take(ref at, 4L * (h.Rings + 1L));
        ChunkBox = Take(ref at, 32L * h.Chunks);
        FeatureBox = Take(ref at, 32L * h.Features);
        NodeBox = Take(ref at, 32L * h.Nodes);
        Area = Take(ref at, 8L * h.Features);
        Number = Take(ref at, 8L * h.Features);
        Code = Take(ref at, 4L * h.Features);
        CodeText = Take(ref at, h.CodeBytes);
        Length = at;
    }

    private static long Take(ref long at, long bytes)
    {
        var start = at;
        at = (at + bytes + 63) & ~63L;
        return start;
    }

    /// <summary>The number of boxes above the features in the tree, all levels together.</summary>
    public static int NodeCount(int features)
    {
        var nodes = 0;
        for (var level = features; level > 1; nodes += level)
            level = (level + ChildrenPerNode - 1) / ChildrenPerNode;
        return nodes;
    }

    /// <summary>A checksum that finds damage (not malice) at the speed of memory: four lanes, so that no lane waits for another.</summary>
    public static unsafe ulong ChecksumOf(byte* start, long length)
    {
        const ulong prime = 0x9E37_79B1_85EB_CA87;
        ulong a = 1,
            b = 2,
            c = 3,
            d = 4;
        var words = (ulong*)start;
        var count = length / 8;
        long i = 0;
        for (; i + 4 <= count; i += 4)
        {
            a = Mix(a, words[i], prime);
            b = Mix(b, words[i + 1], prime);
            c = Mix(c, words[i + 2], prime);
            d = Mix(d, words[i + 3], prime);
        }
        for (; i < count; i++)
            a = Mix(a, words[i], prime);
        return Mix(Mix(Mix(a, b, prime), c, prime), d ^ (ulong)length, prime);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong state, ulong word, ulong prime) => System.Numerics.BitOperations.RotateLeft((state ^ word) * prime, 29);

    public static ulong PlaneMark { get; } = MarkOf(StatutoryPlane.Identity);

    private static ulong MarkOf(string text)
    {
        var mark = 14695981039346656037UL;
        foreach (var letter in text)
            mark = (mark ^ letter) * 1099511628211UL;
        return mark;
    }
}
