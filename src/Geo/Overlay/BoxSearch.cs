using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>Walks the packed tree of a layer and gives the features whose boxes overlap a box, in rising order.</summary>
/// <remarks>Boxes that only touch share no area and are left out.</remarks>
internal unsafe struct BoxSearch
{
    private const int Children = LayerSections.ChildrenPerNode;

    /// <summary>Sixteen children a node: eight levels hold four thousand million features.</summary>
    private const int LevelsMax = 9;

    private fixed int levelStart[LevelsMax];
    private fixed int levelCount[LevelsMax];
    private fixed int at[LevelsMax];
    private fixed int end[LevelsMax];
    private readonly int levels;

    private readonly LayerView layer;
    private readonly Vector256<double> sides;
    private int level;

    /// <param name="layer">The layer to search; its memory must be held.</param>
    /// <param name="box">Minimum x, minimum y, maximum x, maximum y.</param>
    public BoxSearch(in LayerView layer, double* box)
    {
        this.layer = layer;
        sides = BoxSides.Of(box);
        var count = layer.Features;
        levelCount[0] = count;
        levels = 1;
        for (var start = 0; count > 1; levels++)
        {
            count = (count + Children - 1) / Children;
            levelStart[levels] = start;
            levelCount[levels] = count;
            start += count;
        }
        level = levels - 1;
        at[level] = 0;
        end[level] = levelCount[level];
    }

    /// <summary>The next feature, or −1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Next()
    {
        while (level < levels)
        {
            if (at[level] >= end[level])
            {
                level++;
                continue;
            }
            var node = at[level]++;
            var box = level == 0 ? layer.FeatureBox + 4L * node : layer.NodeBox + 4L * (levelStart[level] + node);
            if (BoxSides.Outside(box, sides) != 0)
                continue;
            if (level == 0)
                return node;
            level--;
            at[level] = node * Children;
            end[level] = Math.Min(levelCount[level], (node + 1) * Children);
        }
        return -1;
    }
}
