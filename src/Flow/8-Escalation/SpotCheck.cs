namespace Weipian.Flow.Escalation;

/// <summary>A spot check announced by the hash of a secret seed, before anything is drawn.</summary>
public sealed class SpotCheck
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    /// <summary>SHA-256 of the seed.</summary>
    public required string SeedSha256 { get; init; }

    /// <summary>The seed under the key of the installation.</summary>
    public required string SealedSeed { get; init; }

    /// <summary>Hash of the ordered list that is drawn from.</summary>
    public required string PopulationSha256 { get; init; }

    /// <summary>The list: ids in order.</summary>
    public required string PopulationJson { get; init; }

    public required int CountToDraw { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The draw: seed revealed, result computed from it by anybody.</summary>
public sealed class SpotCheckDraw
{
    public required Guid Id { get; init; }

    public required Guid SpotCheckId { get; init; }

    public required string Seed { get; init; }

    /// <summary>Ids in the order drawn.</summary>
    public required string DrawnJson { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What a check of one drawn item found.</summary>
public sealed class SpotCheckResult
{
    public required Guid Id { get; init; }

    public required Guid SpotCheckDrawId { get; init; }

    public required Guid SubjectId { get; init; }

    public required DateOnly CheckedOn { get; init; }

    /// <summary><c>true</c>, <c>wrong</c> or <c>fraud</c>.</summary>
    public required string Outcome { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
