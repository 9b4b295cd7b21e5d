using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>A number of the law as a rule reads it.</summary>
public sealed record LawNumber(decimal Value, LawUse Use);

/// <summary>An area line of the law as a rule reads it; compared exactly.</summary>
public sealed record LawArea(AreaThreshold Line, LawUse Use);

/// <summary>A yes or no of the law as a rule reads it.</summary>
public sealed record LawSwitch(bool Value, LawUse Use);

/// <summary>All that rules may ask of the law, at one selecting day. Rules hold no number of their own.</summary>
/// <remarks>Each question answers null when the law book has nothing for the day: unset, a gap, outside its dates.</remarks>
public sealed class RuleLaw
{
    public required Func<string, LawNumber?> Number { get; init; }

    public required Func<string, LawArea?> Area { get; init; }

    /// <summary>A length of time in calendar years.</summary>
    public required Func<string, LawNumber?> Years { get; init; }

    public required Func<string, LawSwitch?> Switch { get; init; }

    /// <summary>The class of a code (second) under a standard (first) on the day before the change; null when unknown.</summary>
    public required Func<string, string, LandClass?> LandClass { get; init; }

    /// <summary>Whether the catalogue of the programme lists a verdict.</summary>
    public required Func<string, bool> HasVerdict { get; init; }

    /// <summary>The verdict of a code in the catalogue of the programme, with its citation; null when it lists none.</summary>
    public required Func<string, Verdict?> Verdict { get; init; }

    /// <summary>How a title (first) stands to a violation found by itself (second); null where the law says nothing of the pair.</summary>
    public required Func<string, string, RuleRelation?> Relation { get; init; }

    /// <summary>Whether the code of a plan zone allows construction as such (允许建设区).</summary>
    public required Func<string, bool> PlanZoneConforms { get; init; }

    /// <summary>Reads a value that was read before, in the way its unit asks for; what is read is noted as ever.</summary>
    public void ReadAgain(LawUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        _ = use.Unit switch
        {
            "switch" => (object?)Switch(use.Key),
            "year" => Years(use.Key),
            "mu" or "hectare" or "square_metre" => Area(use.Key),
            _ => Number(use.Key),
        };
    }

    public required PermitUses Uses { get; init; }

    /// <summary><c>north</c> or <c>south</c> by the county of the patch; null when the table does not say.</summary>
    public required string? Region { get; init; }
}
