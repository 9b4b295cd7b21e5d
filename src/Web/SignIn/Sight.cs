using System.Security.Claims;
using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;

namespace Weipian.Web.SignIn;

/// <summary>Which patches a seat sees (可见范围): all, those of its unit, or none.</summary>
/// <remarks>
/// A town sees exactly the patches with a share for which its unit is responsible. Finance sees only confiscations and discipline only
/// what was transferred to it; neither exists before those stages, so they see no patch. The administrator sees no case content.
/// </remarks>
public sealed record Sight(bool All, string? Unit)
{
    public static Sight Nothing { get; } = new(false, null);

    /// <summary>Login of a seat that reads and signs verdicts, from which the guards keep something; null for all others.</summary>
    public string? Reader { get; init; }

    /// <summary>The seat gives first verdicts.</summary>
    public bool Decides { get; init; }

    public static Sight Of(ClaimsPrincipal who) =>
        !who.May(Permission.Patches) ? Nothing
        : who.Role() == PlanRoles.Town ? new Sight(false, who.Unit())
        : new Sight(true, null)
        {
            Reader = VerdictRoles.MayRead.Contains(who.Role(), StringComparer.Ordinal) ? who.Login() : null,
            Decides = who.May(Permission.Decide),
        };

    /// <summary>Whether a patch whose shares belong to these responsible units is seen.</summary>
    public bool Covers(IEnumerable<string?> responsibleUnits) =>
        All || (Unit is not null && responsibleUnits.Contains(Unit, StringComparer.Ordinal));
}
