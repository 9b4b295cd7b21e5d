using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>One violation against one area of the plan.</summary>
/// <param name="Measured">Of the whole violation, over all its parcels and patches.</param>
/// <param name="Over">How far above the line; negative below.</param>
public sealed record TriggerLine(PlanThreshold Threshold, SquareMetres Measured, bool Reached, SquareMetres Over);

/// <summary>Whether a violation with an integrity finding is serious by the plan's own examples: then interview or accountability starts at
/// once.</summary>
/// <remarks>
/// Three things together: a finding of fraud, concealment or sitting on a case; the class of land; the area of the whole violation, so
/// that splitting it over parcels or patches does not evade the line. Area alone never triggers. The areas are examples: any other
/// serious case is raised by a signed reason (R27).
/// </remarks>
public sealed record ImmediateTrigger(Violation Violation, IReadOnlyList<IntegrityFinding> Findings, IReadOnlyList<TriggerLine> Lines)
{
    /// <summary>Land and area are met; whether anybody cheated is another question.</summary>
    public bool IsLarge => Lines.Any(l => l.Reached);

    public bool IsMet => Findings.Count > 0 && IsLarge;

    /// <summary>Pure.</summary>
    /// <param name="findings">Findings about this violation.</param>
    /// <param name="lines">The areas that the ground of the plan names; one that is unset decides nothing.</param>
    public static ImmediateTrigger Of(Violation violation, IEnumerable<IntegrityFinding> findings, IEnumerable<PlanThreshold> lines)
    {
        ArgumentNullException.ThrowIfNull(violation);
        var measured =
            from line in lines
            where line is { IsSet: true, Unit: PlanUnitOfMeasure.Mu }
            let area = new SquareMetres(On(violation, line.Land))
            select new TriggerLine(line, area, line.Area.IsReachedBy(area), line.Area.Over(area));
        return new(violation, [.. findings.Where(f => f.ViolationId == violation.Id)], [.. measured]);
    }

    /// <summary>The area of a violation on a kind of land; ordinary cultivated land is what no protection lies on.</summary>
    private static double On(Violation violation, string? land) =>
        land switch
        {
            "permanent-farmland" => violation.PermanentFarmlandSquareMetres,
            "nature-reserve" => violation.ReserveSquareMetres,
            "ordinary-cultivated" => Math.Max(0, violation.CultivatedSquareMetres - violation.PermanentFarmlandSquareMetres),
            "cultivated" => violation.CultivatedSquareMetres,
            _ => 0,
        };
}
