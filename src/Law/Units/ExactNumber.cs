using System.Numerics;

namespace Weipian.Law;

/// <summary>An exact rational number: thresholds and roundings must not depend on how a double happens to print.</summary>
/// <remarks>Denominator positive, terms reduced. <c>default</c> is not a number; make values through the factories.</remarks>
public readonly record struct ExactNumber : IComparable<ExactNumber>
{
    private ExactNumber(BigInteger numerator, BigInteger denominator) => (Numerator, Denominator) = (numerator, denominator);

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static ExactNumber Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException("an exact number has no zero denominator");
        if (denominator.Sign < 0)
            (numerator, denominator) = (-numerator, -denominator);
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new(numerator / divisor, denominator / divisor);
    }

    public static ExactNumber Of(decimal value)
    {
        var bits = decimal.GetBits(value);
        var scale = (bits[3] >> 16) & 0xFF;
        var mantissa = ((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0];
        return Of(bits[3] < 0 ? -mantissa : mantissa, BigInteger.Pow(10, scale));
    }

    /// <summary>The exact binary value of a double. NaN and infinity are a bug of the caller.</summary>
    public static ExactNumber Of(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "an area is a finite number");
        if (value == 0)
            return new(BigInteger.Zero, BigInteger.One);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFFL;
        // A subnormal has no hidden bit and the exponent of the smallest normal number.
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        BigInteger signed = bits < 0 ? -mantissa : mantissa;
        return exponent >= 0 ? Of(signed << exponent, BigInteger.One) : Of(signed, BigInteger.One << -exponent);
    }

    public static ExactNumber operator +(ExactNumber a, ExactNumber b) =>
        Of((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static ExactNumber operator -(ExactNumber a, ExactNumber b) =>
        Of((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static ExactNumber operator *(ExactNumber a, ExactNumber b) => Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static ExactNumber operator /(ExactNumber a, ExactNumber b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(ExactNumber a, ExactNumber b) => a.CompareTo(b) < 0;

    public static bool operator >(ExactNumber a, ExactNumber b) => a.CompareTo(b) > 0;

    public static bool operator <=(ExactNumber a, ExactNumber b) => a.CompareTo(b) <= 0;

    public static bool operator >=(ExactNumber a, ExactNumber b) => a.CompareTo(b) >= 0;

    public int CompareTo(ExactNumber other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>Rounds to <paramref name="decimals"/> places, half away from zero (四舍五入).</summary>
    public decimal Round(int decimals)
    {
        var scaled = RoundScaled(decimals);
        return (decimal)scaled / Pow10(decimals);
    }

    /// <summary>The value times 10^<paramref name="decimals"/>, rounded half away from zero to a whole number.</summary>
    public BigInteger RoundScaled(int decimals)
    {
        var numerator = BigInteger.Abs(Numerator) * BigInteger.Pow(10, decimals);
        var whole = BigInteger.DivRem(numerator, Denominator, out var rest);
        if (rest * 2 >= Denominator)
            whole++;
        return Numerator.Sign < 0 ? -whole : whole;
    }

    public double ToDouble() => (double)Numerator / (double)Denominator;

    public override string ToString()
    {
        var numerator = Numerator.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Denominator.IsOne ? numerator : $"{numerator}/{Denominator.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static decimal Pow10(int decimals)
    {
        var power = 1m;
        for (var i = 0; i < decimals; i++)
            power *= 10m;
        return power;
    }
}
