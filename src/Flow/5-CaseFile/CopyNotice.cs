namespace Weipian.Flow.CaseFiles;

/// <summary>A copy notice (抄告单) to a member department under the joint-responsibility mechanism.</summary>
public sealed class CopyNotice
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary>Id of a body of the plan.</summary>
    public required string ToBody { get; init; }

    public required DateOnly SentOn { get; init; }

    /// <summary>Last day, inclusive; null where no limit is set.</summary>
    public DateOnly? ReplyBy { get; init; }

    public required string RequestZh { get; init; }

    public required Guid DocumentId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The reply of the department.</summary>
public sealed class CopyNoticeReply
{
    public required Guid Id { get; init; }

    public required Guid CopyNoticeId { get; init; }

    public required DateOnly RepliedOn { get; init; }

    public required string ReplyZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
