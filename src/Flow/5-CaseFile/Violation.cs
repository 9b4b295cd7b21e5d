namespace Weipian.Flow.CaseFiles;

/// <summary>One act of one party (一宗违法), made of illegal parcels of any patches; counts, lines, case and ledger hang on it.</summary>
public sealed class Violation
{
    public required Guid Id { get; init; }

    /// <summary><c>WF-year-serial</c>, without gaps; of the historic backlog the number it came with.</summary>
    public required string Number { get; init; }

    /// <summary>Id of the responsible unit that answers for it.</summary>
    public required string Unit { get; init; }

    /// <summary><c>land</c> or <c>mineral</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="ViolationSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Programme of its first parcel; null for the historic backlog.</summary>
    public string? ProgrammeId { get; init; }

    /// <summary>The year whose figures it counts in.</summary>
    public required int Year { get; init; }

    /// <summary>Name of the project or act.</summary>
    public required string NameZh { get; init; }

    public required string LocationZh { get; init; }

    /// <summary>实际用途.</summary>
    public required string UseZh { get; init; }

    /// <summary>Verdict code of its largest parcel.</summary>
    public required string TypeCode { get; init; }

    /// <summary>Start of the act, where known.</summary>
    public DateOnly? StartedOn { get; init; }

    /// <summary>新增 (true) or 存量, by the year of construction.</summary>
    public required bool IsNew { get; init; }

    /// <summary>National or provincial key project.</summary>
    public required bool KeyProject { get; init; }

    /// <summary>Over all parcels.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>Net of the deduction coefficient.</summary>
    public required double CultivatedSquareMetres { get; init; }

    public required double PermanentFarmlandSquareMetres { get; init; }

    /// <summary>Inside nature protected areas.</summary>
    public required double ReserveSquareMetres { get; init; }

    /// <summary>Inside the ecological red line.</summary>
    public required double RedLineSquareMetres { get; init; }

    /// <summary>Outside the urban development boundary.</summary>
    public required double OutsideUrbanSquareMetres { get; init; }

    public required double AgriculturalSquareMetres { get; init; }

    /// <summary>The violation whose parcels this one takes over after a correction.</summary>
    public Guid? SupersedesId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A parcel of a violation, with the determination it rests on.</summary>
public sealed class ViolationParcel
{
    public required Guid ViolationId { get; init; }

    public required Guid ParcelId { get; init; }

    public required Guid PatchId { get; init; }

    public required Guid DeterminationId { get; init; }

    /// <summary>Verdict code.</summary>
    public required string Code { get; init; }

    public required double AreaSquareMetres { get; init; }

    public required double CultivatedSquareMetres { get; init; }

    public required double PermanentFarmlandSquareMetres { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A link in the decisions that led to a violation (既查违法事实也查决策过程).</summary>
public sealed class DecisionTrace
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    public DateOnly? On { get; init; }

    /// <summary>Post of whoever decided.</summary>
    public required string PostZh { get; init; }

    /// <summary>What was decided, and by which paper.</summary>
    public required string WhatZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Where a violation came from.</summary>
public static class ViolationSource
{
    public const string Patch = "patch";

    /// <summary>历史遗留: known before the programmes began.</summary>
    public const string Backlog = "backlog";

    public const string Patrol = "patrol";

    public static IReadOnlyList<string> All { get; } = [Patch, Backlog, Patrol];
}
