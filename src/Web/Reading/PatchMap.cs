namespace Weipian.Web.Reading;

/// <summary>
/// The ground around one patch, as the map draws it. Degrees CGCS2000 (EPSG:4490), longitude first, to 1e-7 (about a centimetre).
/// </summary>
/// <param name="Extent">West, south, east, north of the patch itself.</param>
/// <param name="Patch">Polygons, rings, positions.</param>
/// <param name="Neighbours">Other patches of the same programme nearby that the seat sees.</param>
/// <param name="Layers">Pieces of the layers that were compared, cut to a box around the patch.</param>
/// <param name="Pieces">The ground behind each number of the comparison.</param>
/// <param name="Cameras">Where photographs of the evidence were taken.</param>
public sealed record PatchMap(
    Guid Id,
    string Number,
    string State,
    double[] Extent,
    double[][][][] Patch,
    IReadOnlyList<MapOutline> Parcels,
    IReadOnlyList<MapOutline> Neighbours,
    IReadOnlyList<MapLayer> Layers,
    IReadOnlyList<MapPiece> Pieces,
    IReadOnlyList<MapCamera> Cameras
);

/// <summary>An outline with a state.</summary>
public sealed record MapOutline(Guid Id, string Number, string State, double[][][][] Rings);

/// <summary>One layer version near the patch.</summary>
/// <param name="Slot"><c>before</c>, <c>after</c> or <c>both</c>: which of the two maps shows it from the start.</param>
public sealed record MapLayer(
    string Role,
    string RoleName,
    string Version,
    string Name,
    DateOnly AsOf,
    string Slot,
    IReadOnlyList<MapFeature> Features
);

/// <summary>A feature of a layer, cut to the box.</summary>
/// <param name="N">Number of the feature in its layer.</param>
public sealed record MapFeature(long N, string Code, string Tint, string Label, double[][][][] Rings);

/// <summary>The ground that one number of the comparison measures.</summary>
/// <param name="Area">As shown, with its unit.</param>
public sealed record MapPiece(string Key, string Role, string Version, long N, string Code, string Area, double[][][][] Rings);

/// <summary>Where a photograph was taken.</summary>
/// <param name="Cone">What it can show: a closed ring; null without a bearing.</param>
/// <param name="Metres">From the camera to the patch.</param>
public sealed record MapCamera(
    Guid Id,
    string Name,
    double Longitude,
    double Latitude,
    double[][]? Cone,
    bool? LooksAtPatch,
    double? Metres
);
