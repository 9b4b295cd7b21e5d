using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Shares and least counts of the guards: parameters of our own method, from the law book.</summary>
/// <param name="KnownPerMille">Of a thousand.</param>
/// <param name="SecondPerMille">Of a thousand.</param>
/// <param name="HiddenPerMille">Of a thousand.</param>
/// <param name="ShownPerMille">Of a thousand readings so many show the proposal.</param>
/// <param name="PerMilleMax">No share is set higher.</param>
/// <param name="ReadingsMin">Fewer readings have no agreement.</param>
/// <param name="SeatsMin">Fewer seats are not added up.</param>
public sealed record GuardRates(
    int KnownPerMille,
    int SecondPerMille,
    int HiddenPerMille,
    int ShownPerMille,
    int PerMilleMax,
    int ReadingsMin,
    int SeatsMin
)
{
    private const int MillePerWhole = 1000;
    private const string Folder = "house/determination/review-guards#";

    /// <summary>As of a day, by the day of decision.</summary>
    public static GuardRates Of(LawBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var law = book.AsOf(book.Through, SelectingDate.Decision);
        return new(
            PerMille("known_share"),
            PerMille("second_share"),
            PerMille("hidden_share"),
            PerMille("shown_share"),
            PerMille("share_max"),
            (int)law.Number(Folder + "readings_min").Value,
            (int)law.Number(Folder + "seats_min").Value
        );

        int PerMille(string name) => (int)Math.Round(law.Number(Folder + name).Value * MillePerWhole);
    }
}
