using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>The head of a packed layer, in memory and on disk: how much of everything follows.</summary>
/// <remarks>Little-endian; every column begins at a multiple of 64 bytes. A change of the form changes <see cref="CurrentForm"/>.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct PackedHead
{
    /// <summary>"WPLAYER" and the version of the form.</summary>
    public const long CurrentForm = 0x3152_4559_414C_5057; // "WPLAYER1" as little-endian bytes

    public long Form;
    public long LengthBytes;
    public long FeatureCount;
    public long ChunkCount;
    public long PointCount;
    public long NodeCount;
    public long CodesLengthBytes;

    /// <summary>Over all bytes after the head, see <see cref="PackedBlock"/>.</summary>
    public ulong Checksum;
}

/// <summary>Where each column of a packed layer begins, in bytes.</summary>
/// <remarks>A point column holds the vertices of closed rings, first vertex repeated; a chunk is a run of edges of one ring.</remarks>
internal readonly record struct PackedForm(PackedHead Head)
{
    /// <summary>Edges of one ring are boxed in runs of this many.</summary>
    public const int ChunkEdgesMax = 32;

    /// <summary>Children of one node of the tree.</summary>
    public const int NodeWidth = 16;

    private const int Alignment = 64;

    public long Numbers => Alignment;
    public long Areas => After(Numbers, Head.FeatureCount * sizeof(long));
    public long Boxes => After(Areas, Head.FeatureCount * sizeof(double));
    public long CodeIndexes => After(Boxes, Head.FeatureCount * 4 * sizeof(double));
    public long FirstChunks => After(CodeIndexes, Head.FeatureCount * sizeof(int));
    public long ChunkBoxes => After(FirstChunks, (Head.FeatureCount + 1) * sizeof(int));
    public long ChunkPoints => After(ChunkBoxes, Head.ChunkCount * 4 * sizeof(double));
    public long ChunkEdges => After(ChunkPoints, Head.ChunkCount * sizeof(int));
    public long Xs => After(ChunkEdges, Head.ChunkCount * sizeof(int));
    public long Ys => After(Xs, Head.PointCount * sizeof(double));
    public long Nodes => After(Ys, Head.PointCount * sizeof(double));
    public long Codes => After(Nodes, Head.NodeCount * 4 * sizeof(double));
    public long End => After(Codes, Head.CodesLengthBytes);

    /// <summary>How many nodes a tree over so many features has, all levels together.</summary>
    public static long NodesOver(long features)
    {
        long nodes = 0;
        for (var level = features; level > 1 || nodes == 0 && level == 1; )
        {
            level = (level + NodeWidth - 1) / NodeWidth;
            nodes += level;
        }
        return nodes;
    }

    private static long After(long offset, long lengthBytes) => (offset + lengthBytes + Alignment - 1) / Alignment * Alignment;
}

/// <summary>The columns of a packed layer, as addresses into its block.</summary>
internal readonly unsafe struct PackedColumns(byte* block, PackedForm form)
{
    public long* Numbers => (long*)(block + form.Numbers);

    /// <summary>Statutory areas, square metres.</summary>
    public double* Areas => (double*)(block + form.Areas);

    /// <summary>Per feature west, south, east, north, plane metres.</summary>
    public double* Boxes { get; } = (double*)(block + form.Boxes);

    public int* CodeIndexes => (int*)(block + form.CodeIndexes);

    /// <summary>Chunks of feature i: FirstChunks[i] up to, not including, FirstChunks[i + 1].</summary>
    public int* FirstChunks { get; } = (int*)(block + form.FirstChunks);

    public double* ChunkBoxes { get; } = (double*)(block + form.ChunkBoxes);

    /// <summary>The first vertex of a chunk; its edges run from there through the next ChunkEdges vertices.</summary>
    public int* ChunkPoints { get; } = (int*)(block + form.ChunkPoints);

    public int* ChunkEdges { get; } = (int*)(block + form.ChunkEdges);

    public double* Xs { get; } = (double*)(block + form.Xs);

    public double* Ys { get; } = (double*)(block + form.Ys);

    /// <summary>Boxes of the tree, the parents of the features first, the root last.</summary>
    public double* Nodes { get; } = (double*)(block + form.Nodes);

    public byte* Codes => block + form.Codes;
}
