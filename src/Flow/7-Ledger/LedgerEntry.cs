namespace Weipian.Flow.Ledger;

/// <summary>A violation that was not removed at the cut-off (存违挂账). Made from a sealed snapshot; leaves only by a closing that names
/// acceptances.</summary>
public sealed class LedgerEntry
{
    public required Guid Id { get; init; }

    /// <summary><c>GZ-year-serial</c>, without gaps.</summary>
    public required string Number { get; init; }

    public required int Year { get; init; }

    public required Guid ViolationId { get; init; }

    public required Guid SnapshotId { get; init; }

    public required DateOnly EnteredOn { get; init; }

    /// <summary>End of the natural year, inclusive.</summary>
    public required DateOnly RemoveBy { get; init; }

    /// <summary>Remaining at entry.</summary>
    public required double AreaSquareMetres { get; init; }

    public required double CultivatedSquareMetres { get; init; }

    public required double PermanentFarmlandSquareMetres { get; init; }

    /// <summary>The closed entry whose violation shows again (复现).</summary>
    public Guid? ReopensId { get; init; }

    /// <summary>Cut-off, city round, recurrence.</summary>
    public required string CauseZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The end of an entry (销号): proposed by one person, signed by another, on acceptances that cover what remained.</summary>
public sealed class LedgerClosing
{
    public required Guid Id { get; init; }

    public required Guid LedgerEntryId { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>Ids of the acceptances it rests on.</summary>
    public required string AcceptancesJson { get; init; }

    public required string ReasonZh { get; init; }

    /// <summary>Never <see cref="By"/>.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A proposal to close an entry.</summary>
public sealed class LedgerClosingProposal
{
    public required Guid Id { get; init; }

    public required Guid LedgerEntryId { get; init; }

    public required string AcceptancesJson { get; init; }

    public required string ReasonZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
