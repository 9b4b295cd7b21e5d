namespace Weipian.Flow.Determinations;

/// <summary>The shares by which verdicts are guarded from a moment on, with the seed of what is drawn. Append-only; the newest holds.
/// </summary>
public sealed class ReviewGuard
{
    public required Guid Id { get; init; }

    /// <summary>64 hexadecimal digits. With it every draw can be made again; no page shows it.</summary>
    public required string SeedHex { get; init; }

    /// <summary>Of a thousand finally decided parcels so many are known cases for a reader.</summary>
    public required int KnownPerMille { get; init; }

    /// <summary>Of a thousand first verdicts so many are read again, blind.</summary>
    public required int SecondPerMille { get; init; }

    /// <summary>Of a thousand parcels the proposal of so many stays hidden until both images were looked at.</summary>
    public required int HiddenPerMille { get; init; }

    /// <summary>Login of the seat that set them.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A verdict as a reader would give it, who saw nobody's verdict (盲审). It counts nowhere but in agreement. Append-only.</summary>
public sealed class BlindReading
{
    public required Guid Id { get; init; }

    public required Guid GuardId { get; init; }

    /// <summary>One of <see cref="ReadingKind"/>.</summary>
    public required string Kind { get; init; }

    public required Guid ParcelId { get; init; }

    /// <summary>The verdict that the reader did not see; never one of the reader's own.</summary>
    public required Guid DeterminationId { get; init; }

    /// <summary>Code of that verdict.</summary>
    public required string ReferenceCode { get; init; }

    public required string Code { get; init; }

    /// <summary>What the machine proposed then; null when nothing.</summary>
    public string? ProposedCode { get; init; }

    /// <summary>Whether the reader was shown the proposal.</summary>
    public required bool ProposalShown { get; init; }

    public required string BasisZh { get; init; }

    /// <summary>Login of the reader.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A seat has looked at both images of a parcel whose proposal was hidden from it. Append-only; once per seat and
/// parcel.</summary>
public sealed class ProposalLook
{
    public required Guid Id { get; init; }

    public required Guid ParcelId { get; init; }

    /// <summary>Login of the seat that looked.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Why a parcel is read.</summary>
public static class ReadingKind
{
    /// <summary>暗检: two others have signed its verdict.</summary>
    public const string Known = "known";

    /// <summary>盲审: its first verdict waits.</summary>
    public const string Second = "second";

    /// <summary>三审: first verdict and second reading differ.</summary>
    public const string Third = "third";
}
