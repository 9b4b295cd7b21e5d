namespace Weipian.Flow.Store;

/// <summary>Who acts: a seat with its role and, for a town, its unit. What the journal names.</summary>
/// <param name="Login">Login of the seat, or <c>weipian</c> for the program itself.</param>
/// <param name="Role">One of the roles of the plan, or <c>machine</c>.</param>
/// <param name="Unit">Id of the responsible unit of a town seat, else <c>null</c>.</param>
public sealed record Actor(string Login, string Role, string? Unit = null)
{
    /// <summary>The program itself: installation, sample, jobs.</summary>
    public static Actor Machine { get; } = new("weipian", MachineRole);

    /// <summary>The role of the program itself.</summary>
    public const string MachineRole = "machine";

    /// <summary>Whoever has a shell on the machine and runs a verb: the operating system decided that it may.</summary>
    public static Actor CommandLine { get; } = new("command-line", Plan.PlanRoles.Administrator);

    /// <summary>The actor behind a seat.</summary>
    public static Actor Of(Seat seat)
    {
        ArgumentNullException.ThrowIfNull(seat);
        return new(seat.Login, seat.Role, seat.Unit);
    }
}
