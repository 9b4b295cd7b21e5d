namespace Weipian.Flow.Store;

/// <summary>A plain record of the office: training, instruction, meeting, assignment, funds.</summary>
public sealed class OfficeRecord
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="OfficeRecordKind"/>.</summary>
    public required string Kind { get; init; }

    public required DateOnly On { get; init; }

    public required string TitleZh { get; init; }

    public required string TextZh { get; init; }

    public string? Unit { get; init; }

    public string? Body { get; init; }

    public string? SeatLogin { get; init; }

    /// <summary>Money in hundredths of a yuan.</summary>
    public long? AmountFen { get; init; }

    public Guid? SubjectId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A second signature under an act that needs two persons. Append-only; one per subject and purpose.</summary>
public sealed class Signature
{
    public required Guid Id { get; init; }

    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    public required string Purpose { get; init; }

    /// <summary><c>approved</c> or <c>returned</c>.</summary>
    public required string Outcome { get; init; }

    public required string ReasonZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Something that concerns a post, a unit, a role or a body, told at the moment it was done.</summary>
public sealed class Notice
{
    public required Guid Id { get; init; }

    /// <summary><c>unit</c>, <c>role</c>, <c>body</c> or <c>post</c>.</summary>
    public required string ToKind { get; init; }

    public required string To { get; init; }

    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    public required string TextZh { get; init; }

    public required string TextEn { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The kinds of plain records.</summary>
public static class OfficeRecordKind
{
    /// <summary>业务培训.</summary>
    public const string Training = "training";

    /// <summary>业务指导.</summary>
    public const string Instruction = "instruction";

    /// <summary>调度会.</summary>
    public const string Meeting = "meeting";

    /// <summary>预算安排.</summary>
    public const string Budget = "budget";

    /// <summary>经费支出.</summary>
    public const string Spending = "spending";

    public static IReadOnlyList<string> All { get; } = [Training, Instruction, Meeting, Budget, Spending];
}
