using NetTopologySuite.Geometries;

namespace Weipian.Flow.Intake;

/// <summary>A patch (图斑) exactly as issued: a clue, never by itself a ground for a penalty. Never edited.</summary>
public sealed class Patch
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    /// <summary>监测编号 (JCBH); unique in the programme.</summary>
    public required string Number { get; init; }

    /// <summary>One of <see cref="PatchKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>前时相 (QSX): day of the earlier image; <c>null</c> when the file gave none, and then the verdict is doubtful.</summary>
    public DateOnly? Before { get; init; }

    /// <summary>后时相 (HSX): day of the later image; <c>null</c> when the file gave none.</summary>
    public DateOnly? After { get; init; }

    /// <summary>The area as issued (JCMJ, MJ), square metres; stands beside the computed one and never replaces it.</summary>
    public double? IssuedAreaSquareMetres { get; init; }

    /// <summary>Statutory ellipsoidal area of the geometry, square metres, convention <c>formula</c>.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>Longitude, latitude in degrees CGCS2000 (SRID 4490), valid, shells counter-clockwise.</summary>
    public required MultiPolygon Geometry { get; init; }

    /// <summary>West edge of the geometry's box, degrees. The four edges feed the spatial index of SQLite.</summary>
    public double West { get; private set; }

    public double South { get; private set; }

    public double East { get; private set; }

    public double North { get; private set; }

    /// <summary>County code as issued (XZQDM), when there is one.</summary>
    public string? County { get; init; }

    /// <summary>Name or code of the unit as issued (乡镇街道), when there is one. Assignment goes by area, not by this.</summary>
    public string? IssuedUnit { get; init; }

    /// <summary>图斑类型 (TBLX) as issued: the kind of change seen on the image.</summary>
    public string? Change { get; init; }

    /// <summary>Every column of the record as issued, one JSON object.</summary>
    public required string AttributesJson { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>1-based record of the file.</summary>
    public required long SourceRow { get; init; }

    /// <summary>Mark of patches that the issuing side treats as one project, when the file has one.</summary>
    public string? Cluster { get; init; }

    /// <summary>Fills the box from the geometry; the store does so before it writes.</summary>
    internal void TakeBox()
    {
        var box = Geometry.EnvelopeInternal;
        (West, South, East, North) = (box.MinX, box.MinY, box.MaxX, box.MaxY);
    }
}

/// <summary>The two kinds of patch; each has its own tree of verdicts.</summary>
public static class PatchKind
{
    /// <summary>土地图斑.</summary>
    public const string Land = "land";

    /// <summary>矿产图斑.</summary>
    public const string Mineral = "mineral";
}

/// <summary>The share of a patch that lies in one statutory unit, and who answers for it. The shares of a patch add up to its
/// area.</summary>
/// <remarks>Append-only: a later assignment by the office supersedes an earlier row.</remarks>
public sealed class PatchUnit
{
    public required Guid Id { get; init; }

    public required Guid PatchId { get; init; }

    /// <summary>Code of the statutory unit; empty where the boundaries hold none or none was loaded.</summary>
    public required string StatutoryUnit { get; init; }

    /// <summary>Id of the responsible unit of the plan; <c>null</c> puts the share into the queue of the office.</summary>
    public string? ResponsibleUnit { get; init; }

    /// <summary>Statutory area of the patch inside the unit, square metres.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>The row that this one replaces.</summary>
    public Guid? SupersedesId { get; init; }
}

/// <summary>Two patches that show the same thing at two times: a later patch and an earlier one that persists in it.</summary>
public sealed class PatchLink
{
    public required Guid PatchId { get; init; }

    public required Guid EarlierPatchId { get; init; }

    /// <summary>Intersection over the smaller of the two, above the dated parameter of the law book.</summary>
    public required double ShareOfSmaller { get; init; }
}
