using NetTopologySuite.Geometries;

namespace Weipian.Flow.Determinations;

/// <summary>A part of one patch with one verdict (地块). The parcels in force of a patch are disjoint and cover it.</summary>
public sealed class Parcel
{
    public required Guid Id { get; init; }

    public required Guid PatchId { get; init; }

    /// <summary><c>&lt;patch&gt;_1</c>, <c>&lt;patch&gt;_2</c> …, each used once; the number of the patch itself where it is not
    /// divided.</summary>
    public required string Number { get; init; }

    /// <summary>1, 2 … within the patch.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Longitude, latitude in degrees CGCS2000 (SRID 4490).</summary>
    public required MultiPolygon Geometry { get; init; }

    /// <summary>Statutory area, square metres; the parcels of a patch add up to the patch.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>Cultivated land inside, net of the deduction coefficient, square metres.</summary>
    public required double CultivatedSquareMetres { get; init; }

    /// <summary>Permanent basic farmland inside, square metres.</summary>
    public required double PermanentFarmlandSquareMetres { get; init; }

    /// <summary>Further areas by class as the rules need them, who made it and of what (<see cref="ParcelOrigin"/>); JSON.</summary>
    public required string AreasJson { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime MadeAt { get; init; }

    /// <summary>The parcel that took its place after a later split or merge, of several parts the first; set once, never changed.</summary>
    public Guid? SupersededById { get; set; }
}
