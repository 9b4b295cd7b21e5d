using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>What the edges of one patch's neighbourhood gave, for the neighbour that asks again.</summary>
/// <remarks>
/// In a coverage every inner edge belongs to two features. A place keeps the last edge that fell on it; an edge is the same only when all
/// four coordinates are the same bits, so a remembered value is the one that would be computed again.
/// </remarks>
internal sealed unsafe class EdgeMemory : IDisposable
{
    private const int PlacesLog2 = 9;

    private readonly Place* places = (Place*)NativeMemory.AlignedAlloc((nuint)(sizeof(Place) << PlacesLog2), 64);
    private ulong patch;
    private bool disposed;

    public EdgeMemory() => NativeMemory.Clear(places, (nuint)(sizeof(Place) << PlacesLog2));

    /// <summary>Another patch, other values.</summary>
    public void Forget() => patch++;

    /// <summary>Where the value of an edge is or, when it is not <paramref name="found"/>, belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref double PlaceOf(double x1, double y1, double x2, double y2, out bool found)
    {
        var (a, b) = (BitConverter.DoubleToUInt64Bits(x1), BitConverter.DoubleToUInt64Bits(x2));
        var place = places + ((a ^ BitOperations.RotateLeft(b, 27)) * 0x9E37_79B9_7F4A_7C15 >> (64 - PlacesLog2));
        found = place->Patch == patch && place->X1 == x1 && place->X2 == x2 && place->Y1 == y1 && place->Y2 == y2;
        if (!found)
            (place->Patch, place->X1, place->Y1, place->X2, place->Y2) = (patch, x1, y1, x2, y2);
        return ref place->Value;
    }

    public void Dispose()
    {
        if (!disposed)
            NativeMemory.AlignedFree(places);
        disposed = true;
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Place
    {
        public ulong Patch;
        public double X1,
            Y1,
            X2,
            Y2,
            Value;
    }
}
