namespace Weipian.Law;

/// <summary>An area line of a law or a plan, compared exactly.</summary>
/// <remarks>
/// The measured area is rounded half up to 1e-4 m² and compared with the exact rational: 3333.3333 m² is below 5 亩 (10000/3 m²),
/// 3333.3334 m² is not.
/// </remarks>
/// <param name="ExactSquareMetres">The line in square metres.</param>
/// <param name="Stated">As the text states it, in <paramref name="StatedUnit"/>.</param>
/// <param name="StatedUnit"><c>mu</c>, <c>hectare</c> or <c>square_metre</c>.</param>
public sealed record AreaThreshold(ExactNumber ExactSquareMetres, decimal Stated, string StatedUnit)
{
    public static AreaThreshold OfMu(decimal mu) => new(MuRational.Of(mu).ExactSquareMetres, mu, "mu");

    public static AreaThreshold OfHectares(decimal hectares) =>
        new(ExactNumber.Of(hectares) * Hectare.SquareMetresPerHectare, hectares, "hectare");

    public static AreaThreshold OfSquareMetres(decimal squareMetres) => new(ExactNumber.Of(squareMetres), squareMetres, "square_metre");

    /// <summary>True when the area is at least the line (以上, ≥).</summary>
    public bool IsReachedBy(SquareMetres area) => area.Compared >= ExactSquareMetres;

    /// <summary>True when the area is more than the line (超过, &gt;).</summary>
    public bool IsExceededBy(SquareMetres area) => area.Compared > ExactSquareMetres;

    /// <summary>How far the area lies over the line: negative when below.</summary>
    public SquareMetres Over(SquareMetres area) => new((area.Compared - ExactSquareMetres).ToDouble());
}
