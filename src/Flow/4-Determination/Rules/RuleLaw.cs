using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>A number of the law as a rule reads it.</summary>
public sealed record LawNumber(decimal Value, LawUse Use);

/// <summary>An area line of the law as a rule reads it; compared exactly.</summary>
public sealed record LawArea(AreaThreshold Line, LawUse Use);

/// <summary>All that rules may ask of the law, at one selecting day. Rules hold no number of their own.</summary>
/// <remarks>Delegates, so that what-if runs and cases put another book behind it without the rules knowing.</remarks>
public sealed class RuleLaw
{
    /// <summary>The number under a key on the selecting day; null when it is unset or not in force then.</summary>
    public required Func<string, LawNumber?> Number { get; init; }

    /// <summary>The area line under a key on the selecting day; null when it is unset or not in force then.</summary>
    public required Func<string, LawArea?> Area { get; init; }

    /// <summary>The class of a code under a standard in the base year; null when the table does not hold it.</summary>
    public required Func<string, string, LandClass?> LandClass { get; init; }

    /// <summary>Whether the catalogue of the programme lists a verdict.</summary>
    public required Func<string, bool> HasVerdict { get; init; }

    public required PermitUses Uses { get; init; }
}
