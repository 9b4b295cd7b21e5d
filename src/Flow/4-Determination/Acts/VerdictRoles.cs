using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>Which seat may do what in determination: the rows of the permission matrix that concern verdicts.</summary>
/// <remarks>A town brings evidence from the field and sees its own patches; it gives no verdict. No role may delete.</remarks>
public static class VerdictRoles
{
    /// <summary>Run the rules. They write no verdict.</summary>
    public static IReadOnlyList<string> MayPropose { get; } =
    [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead, Actor.Machine.Role];

    /// <summary>Give the first verdict, withdraw it, split a parcel, merge parcels.</summary>
    public static IReadOnlyList<string> MayDecide { get; } = [PlanRoles.DistrictOfficer];

    /// <summary>Confirm or return the verdict of somebody else.</summary>
    public static IReadOnlyList<string> MayConfirm { get; } = [PlanRoles.DistrictReviewer, PlanRoles.OfficeHead];

    /// <summary>Read a parcel blind, as anybody may who signs verdicts: never one of one's own.</summary>
    public static IReadOnlyList<string> MayRead { get; } = [PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead];

    /// <exception cref="Problem"><c>determination.wrong-seat</c></exception>
    internal static void Require(IReadOnlyList<string> roles, Actor actor, string actZh, string actEn)
    {
        // Whoever has a shell on the machine may run the rules, not sign.
        if (roles.Contains(actor.Role, StringComparer.Ordinal) || (roles == MayPropose && actor == Actor.CommandLine))
            return;
        throw Problem.Determination.WrongSeat(actor.Login, actor.Role, actZh, actEn, roles);
    }
}
