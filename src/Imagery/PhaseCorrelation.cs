using System.Numerics;

namespace Weipian.Imagery;

/// <summary>By how much one image is displaced against another, from the phases of their spectra.</summary>
/// <remarks>
/// Kuglin and Hines, "The phase correlation image alignment method" (1975). Taken on the steepness of the tones under a window, so that
/// neither light nor the frame's edge decide; the peak is refined by a parabola. A peak that does not stand out says nothing: then 0.
/// </remarks>
internal static class PhaseCorrelation
{
    private const int ReachPixels = 10;
    private const double PeakOverNoiseMin = 5;

    /// <summary>A weak peak at the rim is noise; a strong one means that the images lie farther apart than is looked.</summary>
    private const double PeakAtRimMin = 8;

    /// <returns>Pixels by which the other image is to be read further right and down to lie on the first; <c>AtReach</c> when the peak
    /// stands at the rim of what is looked at, so that the true one may lie beyond.</returns>
    public static (double Dx, double Dy, bool AtReach) Shift(float[] one, float[] other, int side)
    {
        var (a, b) = (Spectrum(one, side), Spectrum(other, side));
        for (var i = 0; i < a.Length; i++)
        {
            var cross = b[i] * Complex.Conjugate(a[i]);
            var size = cross.Magnitude;
            a[i] = size > 1e-9 ? cross / size : 0;
        }
        Transform(a, side, inverse: true);
        var plane = a.Select(c => c.Real).ToArray();
        var noise = Math.Sqrt(plane.Average(v => v * v));
        var (bx, by, best) = (0, 0, double.MinValue);
        for (var y = -ReachPixels; y <= ReachPixels; y++)
        for (var x = -ReachPixels; x <= ReachPixels; x++)
            if (At(plane, x, y, side) is var value && value > best)
                (bx, by, best) = (x, y, value);
        var atRim = Math.Max(Math.Abs(bx), Math.Abs(by)) == ReachPixels;
        if (best < (atRim ? PeakAtRimMin : PeakOverNoiseMin) * noise)
            return (0, 0, false);
        return (
            bx + Between(At(plane, bx - 1, by, side), best, At(plane, bx + 1, by, side)),
            by + Between(At(plane, bx, by - 1, side), best, At(plane, bx, by + 1, side)),
            atRim
        );
    }

    private static double At(double[] plane, int x, int y, int side) => plane[(y + side) % side * side + (x + side) % side];

    private static double Between(double left, double middle, double right)
    {
        var curve = left - 2 * middle + right;
        return curve >= 0 ? 0 : Math.Clamp((left - right) / (2 * curve), -0.5, 0.5);
    }

    private static Complex[] Spectrum(float[] tones, int side)
    {
        var values = new Complex[tones.Length];
        for (var y = 1; y + 1 < side; y++)
        for (var x = 1; x + 1 < side; x++)
        {
            var at = y * side + x;
            var (gx, gy) = (tones[at + 1] - tones[at - 1], tones[at + side] - tones[at - side]);
            var window = Hann(x, side) * Hann(y, side);
            values[at] = window * Math.Sqrt(gx * gx + gy * gy);
        }
        Transform(values, side, inverse: false);
        return values;
    }

    private static double Hann(int i, int side) => 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / side);

    /// <summary>Fourier transform of a square, rows and then columns; not normalised.</summary>
    private static void Transform(Complex[] values, int side, bool inverse)
    {
        var line = new Complex[side];
        for (var y = 0; y < side; y++)
            Fourier(values.AsSpan(y * side, side), inverse);
        for (var x = 0; x < side; x++)
        {
            for (var y = 0; y < side; y++)
                line[y] = values[y * side + x];
            Fourier(line, inverse);
            for (var y = 0; y < side; y++)
                values[y * side + x] = line[y];
        }
    }

    /// <summary>Cooley and Tukey, in place; the length is a power of two.</summary>
    private static void Fourier(Span<Complex> line, bool inverse)
    {
        for (int i = 1, j = 0; i < line.Length; i++)
        {
            var bit = line.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (line[i], line[j]) = (line[j], line[i]);
        }
        for (var length = 2; length <= line.Length; length <<= 1)
        {
            var turn = Complex.FromPolarCoordinates(1, (inverse ? 2 : -2) * Math.PI / length);
            for (var start = 0; start < line.Length; start += length)
            {
                var w = Complex.One;
                for (var k = 0; k < length / 2; k++)
                {
                    var (u, v) = (line[start + k], line[start + k + length / 2] * w);
                    (line[start + k], line[start + k + length / 2]) = (u + v, u - v);
                    w *= turn;
                }
            }
        }
    }
}
