namespace Weipian.Law;

/// <summary>An area in square metres, unrounded, as measured. The only unit that is converted from.</summary>
public readonly record struct SquareMetres(double Value) : IComparable<SquareMetres>
{
    /// <summary>Decimals of the area on which thresholds and seals rest: 1e-4 m².</summary>
    public const int ComparedDecimals = 4;

    /// <summary>To 1e-4 m², half away from zero: the value that thresholds compare and seals keep.</summary>
    public ExactNumber Compared => ExactNumber.Of(ExactNumber.Of(Value).RoundScaled(ComparedDecimals), 10_000);

    /// <summary>To 2 decimals, half away from zero: as shown.</summary>
    public decimal Rounded => ExactNumber.Of(Value).Round(2);

    /// <summary>亩 to 2 decimals, converted once from the unrounded area.</summary>
    public Mu ToMu() => new((ExactNumber.Of(Value) / MuRational.SquareMetresPerMu).Round(Mu.Decimals));

    /// <summary>公顷 to 4 decimals, converted once from the unrounded area.</summary>
    public Hectare ToHectare() => new((ExactNumber.Of(Value) / Hectare.SquareMetresPerHectare).Round(Hectare.Decimals));

    public static SquareMetres operator +(SquareMetres a, SquareMetres b) => new(a.Value + b.Value);

    public static SquareMetres operator -(SquareMetres a, SquareMetres b) => new(a.Value - b.Value);

    public static bool operator <(SquareMetres a, SquareMetres b) => a.Value < b.Value;

    public static bool operator >(SquareMetres a, SquareMetres b) => a.Value > b.Value;

    public static bool operator <=(SquareMetres a, SquareMetres b) => a.Value <= b.Value;

    public static bool operator >=(SquareMetres a, SquareMetres b) => a.Value >= b.Value;

    public int CompareTo(SquareMetres other) => Value.CompareTo(other.Value);
}

/// <summary>An area in 亩 as shown: 2 decimals. Not converted back: the measured square metres are kept.</summary>
public readonly record struct Mu(decimal Value)
{
    public const int Decimals = 2;

    public override string ToString() => Value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An area in 公顷 as shown: 4 decimals.</summary>
public readonly record struct Hectare(decimal Value)
{
    public const int Decimals = 4;

    /// <summary>1 公顷 = 10,000 m².</summary>
    public static ExactNumber SquareMetresPerHectare { get; } = ExactNumber.Of(10_000, 1);

    public override string ToString() => Value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An exact number of 亩, as a law, a plan or an imported table states it.</summary>
public readonly record struct MuRational(ExactNumber Value)
{
    /// <summary>1 亩 = 2000/3 m², exactly.</summary>
    public static ExactNumber SquareMetresPerMu { get; } = ExactNumber.Of(2000, 3);

    public static MuRational Of(decimal mu) => new(ExactNumber.Of(mu));

    /// <summary>The same area in square metres, exactly: 5 亩 = 10000/3 m².</summary>
    public ExactNumber ExactSquareMetres => Value * SquareMetresPerMu;

    public SquareMetres ToSquareMetres() => new(ExactSquareMetres.ToDouble());
}
