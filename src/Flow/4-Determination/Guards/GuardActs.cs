using Weipian.Flow.Plan;

namespace Weipian.Flow.Determinations;

/// <summary>Who may do what with guards and training.</summary>
public static class GuardActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [SetReviewGuards.Act] = [PlanRoles.OfficeHead],
            [GiveReading.Act] = [.. VerdictRoles.MayRead],
            [LookAtImages.Act] = [.. VerdictRoles.MayDecide],
            // Every seat may practise.
            [AnswerExercise.Act] = [.. PlanRoles.All],
            [TickFirstHour.Act] = [.. PlanRoles.All],
        };
}
