namespace Weipian.Flow.Ledger;

/// <summary>The acceptance round of the city over all violations of a year (市级验收).</summary>
public sealed class CityRound
{
    public required Guid Id { get; init; }

    public required int Year { get; init; }

    public required DateOnly StartedOn { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What the city found of one violation.</summary>
public sealed class CityResult
{
    public required Guid Id { get; init; }

    public required Guid CityRoundId { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary><c>passed</c> or <c>failed</c>.</summary>
    public required string Outcome { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>What the city says remains; 0 when passed.</summary>
    public required double RemainingSquareMetres { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
