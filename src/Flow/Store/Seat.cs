namespace Weipian.Flow.Store;

/// <summary>A seat (席位) of the installation: one login, one role. Persons change, seats stay.</summary>
public sealed class Seat
{
    public required Guid Id { get; init; }

    public required string Login { get; init; }

    /// <summary>One of <see cref="Plan.PlanRoles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>Id of the responsible unit of a town seat, else <c>null</c>.</summary>
    public string? Unit { get; init; }

    public required string PostZh { get; init; }

    public required string PostEn { get; init; }

    /// <summary>As ASP.NET Core Identity makes it (salted PBKDF2); empty while no password was set: then nobody can sign in.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>True until the one-time password was changed.</summary>
    public required bool MustChange { get; set; }

    public bool Disabled { get; set; }
}

/// <summary>The installation itself: which plan it runs. One row.</summary>
public sealed class Installation
{
    /// <summary>Always 1.</summary>
    public required int Id { get; init; }

    public required string PlanId { get; init; }

    /// <summary>Address of the plan file among the blobs.</summary>
    public required string PlanSha256 { get; init; }

    public required string PlanFileName { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime InitialisedAt { get; init; }
}
