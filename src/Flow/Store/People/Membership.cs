namespace Weipian.Flow.Store;

/// <summary>A person who holds a post or sits on a seat from a day on (任职). One person may hold several.</summary>
public sealed class Membership
{
    public required Guid Id { get; init; }

    public required string PersonZh { get; init; }

    /// <summary><c>post</c> or <c>seat</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of a post of the plan, or login of a seat.</summary>
    public required string Subject { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The document that says so.</summary>
    public required string BasisZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The last day of a <see cref="Membership"/>, inclusive.</summary>
public sealed class MembershipEnd
{
    public required Guid Id { get; init; }

    public required Guid MembershipId { get; init; }

    public required DateOnly LastDay { get; init; }

    /// <summary>The document that says so.</summary>
    public required string BasisZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A post that joins or leaves the leading group (领导小组调整) after the plan was issued.</summary>
public sealed class GroupChange
{
    public required Guid Id { get; init; }

    /// <summary>Id of a post of the plan.</summary>
    public required string Post { get; init; }

    /// <summary><c>head</c>, <c>deputy</c>, <c>member</c>, or <c>leaves</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The first day on which it is so.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The document that says so.</summary>
    public required string BasisZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
