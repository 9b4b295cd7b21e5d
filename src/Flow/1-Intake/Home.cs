using Weipian.Flow.Plan;
using Weipian.Geo;

namespace Weipian.Flow.Intake;

/// <summary>Where data of a plan must lie, as far as that helps to tell coordinate systems apart.</summary>
internal static class Home
{
    // Half the width of a three-degree zone.
    private const double HalfZoneDegrees = 1.5;

    /// <summary>China with its seas, degrees: a feature outside is hard when the plan says China.</summary>
    public static Extent China { get; } = new(73, 3, 136, 54);

    /// <summary>The strip of the plan's zone, or <c>null</c> when the plan names none.</summary>
    public static Extent? Of(WorkPlan plan) =>
        plan.Territory.ZoneHint is { } zone
            ? new(CentralMeridian(zone) - HalfZoneDegrees, China.MinY, CentralMeridian(zone) + HalfZoneDegrees, China.MaxY)
            : null;

    private static double CentralMeridian(int threeDegreeZone) => 3.0 * threeDegreeZone;
}
