namespace Weipian.Flow.Store;

/// <summary>The sealed text of another row under a newer key (改封). The row itself stays as it was written; what is read is the newest of
/// its seals.</summary>
public sealed class Reseal
{
    public required Guid Id { get; init; }

    /// <summary>The table of the row, one of <see cref="SealedRows.Tables"/>.</summary>
    public required string OfTable { get; init; }

    /// <summary>The id of the row.</summary>
    public required Guid RowId { get; init; }

    /// <summary>The same text, sealed for the same row (<see cref="SealedText"/>).</summary>
    public required string TextSealed { get; init; }

    /// <summary>The name's keyed hash under the newer key; <c>null</c> where the row has none.</summary>
    public string? NameBlind { get; init; }

    /// <summary>The number's keyed hash under the newer key; <c>null</c> where the row has none.</summary>
    public string? NumberBlind { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
