using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>On which sides of a box another box lies, four comparisons at once.</summary>
internal static unsafe class BoxSides
{
    public const uint East = 1;
    public const uint Above = 2;
    public const uint West = 4;
    public const uint Below = 8;

    private static Vector256<double> LastTwoTurned => Vector256.Create(0.0, 0.0, -0.0, -0.0);

    /// <summary>A box (minimum x, minimum y, maximum x, maximum y) as others are compared with it.</summary>
    public static Vector256<double> Of(double* box) => Vector256.Create(box[2], box[3], -box[0], -box[1]);

    /// <summary>The sides on which a box lies wholly; touching counts as outside. 0: the boxes overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Outside(double* box, Vector256<double> sides) =>
        Vector256.GreaterThanOrEqual(Vector256.Load(box) ^ LastTwoTurned, sides).ExtractMostSignificantBits();
}
