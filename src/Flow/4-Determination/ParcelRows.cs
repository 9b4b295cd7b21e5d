using System.Text.Json.Nodes;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>How a judged parcel is written into its row.</summary>
public static class ParcelRows
{
    /// <summary>Cut by the rules.</summary>
    public const string MadeByRules = "rules";

    /// <summary>Drawn by a person.</summary>
    public const string MadeByHand = "hand";

    /// <param name="origin">Of what a person made it; null where the rules cut it.</param>
    internal static Parcel Of(ProposedParcel parcel, Guid id, Guid patchId, string made, DateTime at, ParcelOrigin? origin = null) =>
        new()
        {
            Id = id,
            PatchId = patchId,
            Number = parcel.Number,
            Ordinal = parcel.Ordinal,
            Geometry = parcel.Geometry,
            AreaSquareMetres = parcel.Areas.Total,
            CultivatedSquareMetres = parcel.Areas.CultivatedNet ?? 0,
            PermanentFarmlandSquareMetres = parcel.Areas.PermanentFarmland ?? 0,
            AreasJson = Areas(parcel, made, origin),
            MadeAt = at,
        };

    internal static bool IsMadeByHand(Parcel parcel) => (string?)JsonNode.Parse(parcel.AreasJson)?["made"] == MadeByHand;

    /// <summary>Whether a row still says what is measured now: the areas as they are sealed, and the features under its pieces.</summary>
    /// <remarks>A layer that was replaced may leave the outline of a parcel and move what lies under it.</remarks>
    internal static bool SaysStill(Parcel row, ProposedParcel now) =>
        AreasOf(row.AreasJson) is not { } kept
        || (VerdictSeal.TextOf(kept) == VerdictSeal.TextOf(now.Areas) && FeaturesOf(row).SetEquals(now.Pieces.SelectMany(p => p.Features)));

    private static HashSet<FeatureReference> FeaturesOf(Parcel row) =>
        JsonNode.Parse(row.AreasJson)?["pieces"] is { } pieces
            ? [.. DerivationJson.Value<List<ParcelPiece>>(pieces).SelectMany(p => p.Features)]
            : [];

    /// <summary>The areas of a row as they were written; null where it keeps none.</summary>
    internal static ParcelAreas? AreasOf(string areasJson) =>
        JsonNode.Parse(areasJson)?["areas"] is { } areas ? DerivationJson.Value<ParcelAreas>(areas) : null;

    /// <summary>A null area is one whose layer is not loaded: no data, never zero.</summary>
    private static string Areas(ProposedParcel parcel, string made, ParcelOrigin? origin)
    {
        var areas = new JsonObject
        {
            ["made"] = made,
            ["areas"] = DerivationJson.Node(parcel.Areas),
            ["pieces"] = DerivationJson.Node(parcel.Pieces),
            ["absorbed"] = DerivationJson.Node(parcel.Absorbed),
        };
        if (origin is not null)
            areas["origin"] = origin.Node();
        return CanonicalJson.Of(areas);
    }
}
