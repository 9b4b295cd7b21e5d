namespace Weipian.Flow.Ledger;

/// <summary>A party entered into the credit system or the blacklist (社会信用、黑名单), with basis and objection period.</summary>
public sealed class CreditRecord
{
    public required Guid Id { get; init; }

    /// <summary><c>credit</c> or <c>blacklist</c>.</summary>
    public required string Kind { get; init; }

    public required Guid PartyId { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary>Ground of the plan.</summary>
    public required string GroundId { get; init; }

    public required string BasisZh { get; init; }

    public required DateOnly NoticeOn { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public required DateOnly ObjectionBy { get; init; }

    /// <summary>End of the term; null while no term is set.</summary>
    public DateOnly? UntilOn { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What happened to it: signed, objected, upheld, withdrawn, repaired, removed, exported.</summary>
public sealed class CreditStep
{
    public required Guid Id { get; init; }

    public required Guid CreditRecordId { get; init; }

    /// <summary>One of <see cref="CreditStepKind"/>.</summary>
    public required string Kind { get; init; }

    public required DateOnly On { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What happens to a <see cref="CreditRecord"/>.</summary>
public static class CreditStepKind
{
    public const string Signed = "signed";
    public const string Objected = "objected";
    public const string Upheld = "upheld";
    public const string Withdrawn = "withdrawn";
    public const string Repaired = "repaired";
    public const string Removed = "removed";
    public const string Exported = "exported";

    public static IReadOnlyList<string> All { get; } = [Signed, Objected, Upheld, Withdrawn, Repaired, Removed, Exported];
}
