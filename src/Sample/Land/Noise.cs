namespace Weipian.Sample.Land;

/// <summary>Smooth noise in the plane: random values on a lattice, joined by a quintic; from −1 to 1.</summary>
/// <remarks>Only sums and products, so the result does not depend on the machine's mathematical library.</remarks>
internal readonly struct Noise(ulong seed, double wavelength)
{
    /// <summary>The value at a point; unit of the wavelength.</summary>
    public double At(double x, double y)
    {
        x /= wavelength;
        y /= wavelength;
        var column = Math.Floor(x);
        var row = Math.Floor(y);
        var u = Smooth(x - column);
        var v = Smooth(y - row);
        var i = (long)column;
        var j = (long)row;
        var below = Value(i, j) + u * (Value(i + 1, j) - Value(i, j));
        var above = Value(i, j + 1) + u * (Value(i + 1, j + 1) - Value(i, j + 1));
        return below + v * (above - below);
    }

    private static double Smooth(double t) => t * t * t * (t * (t * 6 - 15) + 10);

    private double Value(long i, long j)
    {
        var mixed = Dice.Mix(seed ^ ((ulong)i * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft((ulong)j * 0xC2B2AE3D27D4EB4F, 31));
        return (mixed >> 11) * (2.0 / (1UL << 53)) - 1;
    }
}
