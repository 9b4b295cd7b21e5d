using NetTopologySuite.Geometries;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>What two parcels are compared by: how the rules answered, on what land, in what shape and size.</summary>
/// <param name="Signature">What each rule said that said more than "does not apply": <c>land.approval:no:I3</c>.</param>
/// <param name="Shares">Of the area: cultivated, permanent basic farmland, agricultural, construction, unused, 0 to 1.</param>
/// <param name="Compactness">4πA/P²: 1 for a circle, near 0 for a thread.</param>
public sealed record ParcelTraits(
    string Kind,
    IReadOnlySet<string> Signature,
    IReadOnlyList<double> Shares,
    double AreaSquareMetres,
    double Compactness
)
{
    internal static ParcelTraits Of(string kind, Derivation derivation, ParcelAreas? areas, double area, Geometry lonLat)
    {
        var plane = new PatchPlane(lonLat).ToPlane(lonLat);
        var perimeter = plane.Length;
        var total = Math.Max(area, double.Epsilon);
        return new(
            kind,
            derivation
                .Steps.Where(s => s.Outcome != Outcome.No || s.Code is not null)
                .Select(s => $"{s.RuleId}:{s.Outcome}:{s.Code}")
                .Concat(derivation.Missing.Select(m => m.What))
                .ToHashSet(StringComparer.Ordinal),
            areas is null
                ? [0, 0, 0, 0, 0]
                :
                [
                    (areas.CultivatedGross ?? 0) / total,
                    (areas.PermanentFarmland ?? 0) / total,
                    (areas.Agricultural ?? 0) / total,
                    (areas.Construction ?? 0) / total,
                    (areas.Unused ?? 0) / total,
                ],
            area,
            perimeter > 0 ? plane.Area / CircleArea(perimeter) : 0
        );
    }

    private static double CircleArea(double perimeter)
    {
        var radius = perimeter / (2 * Math.PI);
        return Math.PI * radius * radius;
    }

    /// <summary>1 for parcels that do not differ in any trait, 0 for parcels that share none.</summary>
    public double Likeness(ParcelTraits other, LikenessMethod method)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(method);
        if (Kind != other.Kind)
            return 0;
        var common = Signature.Count(other.Signature.Contains);
        var union = Signature.Count + other.Signature.Count - common;
        var signature = union == 0 ? 1 : (double)common / union;
        var classes = 1 - Shares.Zip(other.Shares).Max(p => Math.Abs(p.First - p.Second));
        var size = 1 - Math.Min(1, Math.Abs(Math.Log(AreaSquareMetres / other.AreaSquareMetres)) / Math.Log(method.SizeMultipleMax));
        var shape = 1 - Math.Abs(Compactness - other.Compactness);
        return method.SignatureWeight * signature + method.ClassWeight * classes + method.SizeWeight * size + method.ShapeWeight * shape;
    }
}

/// <summary>How likeness is measured: parameters of our own method, from the law book.</summary>
/// <param name="SizeMultipleMax">So many times larger is as different in size as can be.</param>
/// <param name="TwinFrom">So alike that another verdict needs a word of explanation.</param>
public sealed record LikenessMethod(
    double SignatureWeight,
    double ClassWeight,
    double SizeWeight,
    double ShapeWeight,
    double SizeMultipleMax,
    double TwinFrom,
    int ShownMax
)
{
    private const string Folder = "house/determination/precedents#";

    /// <summary>The newest of the book: a likeness is shown and sealed nowhere.</summary>
    public static LikenessMethod Of(LawBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var law = book.AsOf(book.Through, SelectingDate.Decision);
        return new(
            Value("signature_weight"),
            Value("class_weight"),
            Value("size_weight"),
            Value("shape_weight"),
            Value("size_multiple_max"),
            Value("twin_from"),
            (int)law.Number(Folder + "shown_max").Value
        );

        double Value(string name) => (double)law.Number(Folder + name).Value;
    }
}

/// <summary>A past parcel with its verdict, beside the one that is asked about.</summary>
/// <param name="Confirmed">A second person signed it.</param>
/// <param name="Likeness">0 to 1.</param>
/// <param name="IsTwin">So alike that another verdict needs a word of explanation.</param>
public sealed record Precedent(
    Guid ParcelId,
    string ParcelNumber,
    string PatchNumber,
    string Programme,
    string Code,
    string BasisZh,
    string DecidedBy,
    DateTime DecidedAt,
    bool Confirmed,
    double AreaSquareMetres,
    double Likeness,
    bool IsTwin
);
