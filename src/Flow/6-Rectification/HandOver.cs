namespace Weipian.Flow.Rectification;

/// <summary>Confiscated things offered to the finance bureau (没收移交).</summary>
public sealed class HandOver
{
    public required Guid Id { get; init; }

    public required Guid MeasureId { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary>Things: name, quantity, place, condition.</summary>
    public required string ListJson { get; init; }

    public required DateOnly SentOn { get; init; }

    /// <summary>Null where the law sets no limit for that day.</summary>
    public DateOnly? ReceiveBy { get; init; }

    public required Guid DocumentId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The receipt of the finance bureau.</summary>
public sealed class HandOverReceipt
{
    /// <summary>Also the key.</summary>
    public required Guid HandOverId { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required string ConditionZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
