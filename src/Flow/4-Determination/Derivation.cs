namespace Weipian.Flow.Determinations;

/// <summary>Three-valued: what is missing is not false.</summary>
public enum Outcome
{
    /// <summary>✓</summary>
    Yes,

    /// <summary>✗</summary>
    No,

    /// <summary>? Something is missing, or two pieces of evidence contradict each other.</summary>
    Unknown,
}

/// <summary>What would have to be known. Shown as the list of things to bring.</summary>
/// <param name="What"><c>layer:supply</c>, <c>attribute:approval.date</c>, <c>answer:works_started_on</c>, <c>photo:interior_use</c>,
/// <c>date:after</c>, <c>law:key</c>.</param>
public sealed record Missing(string What, string Zh, string En);

/// <summary>By how much a condition failed.</summary>
/// <param name="Unit"><c>m</c>, <c>m2</c>, <c>mu</c>, <c>day</c>, <c>percent</c>.</param>
public sealed record Shortfall(decimal Amount, string Unit);

/// <summary>Two things that cannot both be true, each named.</summary>
public sealed record Contradiction(string HeldZh, string HeldEn, string AgainstZh, string AgainstEn);

/// <summary>A value of the law that was read, with where it stands.</summary>
/// <param name="Key"><c>cn/instrument/article#value</c>.</param>
/// <param name="Value">Invariant text of the value.</param>
/// <param name="Confidence">verified, recalled, derived.</param>
public sealed record LawUse(string Key, string Value, string Unit, string Confidence);

/// <summary>One condition of a rule and how it came out.</summary>
/// <param name="Zh">A sentence with the values in it.</param>
/// <param name="En">The same in English.</param>
public sealed record Check(Outcome Outcome, string Zh, string En)
{
    /// <summary>The verdict this failure leads to when nothing else makes the use lawful; null: the rule simply does not apply.</summary>
    public string? Defect { get; init; }

    public IReadOnlyList<Missing> Missing { get; init; } = [];

    public Contradiction? Contradiction { get; init; }

    public Shortfall? Shortfall { get; init; }

    public IReadOnlyList<FeatureReference> Features { get; init; } = [];

    /// <summary>Layer versions whose silence or content the check rests on.</summary>
    public IReadOnlyList<string> LayerVersions { get; init; } = [];

    /// <summary>SHA-256 of the files that back the answers used.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    public IReadOnlyList<LawUse> Law { get; init; } = [];
}

/// <summary>One rule asked about one part.</summary>
/// <param name="RuleId"><c>land.approval</c>.</param>
/// <param name="RuleVersion">Version of its logic.</param>
/// <param name="Outcome">Of all its checks together.</param>
/// <param name="Code">The verdict the rule gives (yes) or the defect it found (no); null when it says nothing.</param>
/// <param name="Flags">Marks beside the verdict, as <c>PJ</c> (往年批准本年建设).</param>
/// <param name="Deciding">The document the outcome rests on; parts with equal verdict and equal document are one parcel.</param>
public sealed record Step(
    string RuleId,
    string RuleVersion,
    Outcome Outcome,
    string? Code,
    IReadOnlyList<Check> Checks,
    IReadOnlyList<string> Flags,
    string? Deciding
);

/// <summary>How a verdict was reached: every rule asked, in order, and which one decided.</summary>
/// <param name="Code">The verdict proposed.</param>
/// <param name="DecidingRule">Rule whose step decided; null for doubtful.</param>
/// <param name="Flags">Marks beside the verdict.</param>
/// <param name="Deciding">Object the verdict rests on.</param>
/// <param name="Missing">For doubtful: what would have to be known, without repetition, in the order met.</param>
/// <param name="Contradictions">For doubtful: what contradicts what.</param>
/// <param name="Steps">In the order asked.</param>
public sealed record Derivation(
    string Code,
    string? DecidingRule,
    IReadOnlyList<string> Flags,
    string? Deciding,
    IReadOnlyList<Missing> Missing,
    IReadOnlyList<Contradiction> Contradictions,
    IReadOnlyList<Step> Steps
);
