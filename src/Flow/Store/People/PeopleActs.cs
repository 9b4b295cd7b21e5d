using Weipian.Flow.Plan;

namespace Weipian.Flow.Store;

/// <summary>Who may do what with sign-ins, second factors, devices and posts.</summary>
/// <remarks>What is one's own is every seat's; whose else it may be is decided by the acts.</remarks>
public static class PeopleActs
{
    private static readonly string[] Everybody = [.. PlanRoles.All];
    private static readonly string[] Administrator = [PlanRoles.Administrator];

    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [OpenSession.Act] = Everybody,
            [EndSession.Act] = Everybody,
            [EnrolSecondFactor.Act] = Everybody,
            [RemoveSecondFactor.Act] = Everybody,
            [RequireSecondFactor.Act] = Administrator,
            [EnrolDevice.Act] = [PlanRoles.Town, PlanRoles.DistrictOfficer],
            [EndDevice.Act] = [PlanRoles.Town, PlanRoles.DistrictOfficer, PlanRoles.Administrator],
            [SeatPerson.Act] = [PlanRoles.Administrator, PlanRoles.OfficeHead],
            [UnseatPerson.Act] = [PlanRoles.Administrator, PlanRoles.OfficeHead],
            [ChangeLeadingGroup.Act] = [PlanRoles.OfficeHead],
            [ReadFile.Act] =
            [
                PlanRoles.Town,
                PlanRoles.DistrictOfficer,
                PlanRoles.DistrictReviewer,
                PlanRoles.OfficeHead,
                PlanRoles.Government,
            ],
            [RotateKeys.Act] = [PlanRoles.Administrator, Actor.MachineRole],
            [RetireKeys.Act] = [PlanRoles.Administrator, Actor.MachineRole],
        };

    /// <summary>Acts that change nothing that anybody has computed: who signs in or out, and who reads.</summary>
    public static IReadOnlyList<string> ChangingNothing { get; } =
    [OpenSession.Act, EndSession.Act, "read-identity", "read-document", "read-inquiry", ReadFile.Act, "answer-exercise", "tick-first-hour"];

    /// <exception cref="Problem"><c>store.not-your-seat</c></exception>
    internal static void RequireOwn(Actor actor, string login)
    {
        if (actor.Login != login && actor.Role is not PlanRoles.Administrator)
            throw Problem.Store.NotYourSeat(login);
    }
}
