namespace Weipian.Flow.Plan;

/// <summary>A unit of the statistical division (统计用区划), by whose outline a patch is at home somewhere.</summary>
/// <param name="Code">Nine digits in China, e.g. <c>370306004</c>.</param>
/// <param name="Aliases">Other spellings in use (永安街街道 for 永安街道).</param>
/// <param name="Responsible">The responsible unit that answers for it, or <c>null</c>: then the office's queue takes its patches.</param>
public sealed record StatutoryUnit(string Code, Bilingual Name, IReadOnlyList<string> Aliases, string? Responsible, Provenance Source)
{
    internal IEnumerable<string> Spellings => [Code, Name.Zh, Name.En, .. Aliases];
}

/// <summary>A unit that the plan makes responsible for its area (整改主体).</summary>
/// <param name="Kind"><c>town</c> (镇), <c>sub-district</c> (街道) or <c>zone</c> (开发区).</param>
/// <param name="Post">Id of the post that answers for it.</param>
public sealed record ResponsibleUnit(string Id, Bilingual Name, string Kind, IReadOnlyList<string> Aliases, string? Post, Provenance Source)
{
    internal IEnumerable<string> Spellings => [Id, Name.Zh, Name.En, .. Aliases];
}

/// <summary>The two partitions of a territory: statutory units, and units that the plan makes responsible.</summary>
/// <remarks>What maps to no responsible unit is never guessed: it goes to a visible queue of the office.</remarks>
public sealed class PlanUnits(IReadOnlyList<StatutoryUnit> statutory, IReadOnlyList<ResponsibleUnit> responsible)
{
    /// <summary>The statutory units, in the order of the file.</summary>
    public IReadOnlyList<StatutoryUnit> Statutory { get; } = statutory;

    /// <summary>The responsible units, in the order of the file.</summary>
    public IReadOnlyList<ResponsibleUnit> Responsible { get; } = responsible;

    /// <summary>The statutory unit with this code, name or alias; <c>null</c> when there is none. Exact, white space trimmed.</summary>
    public StatutoryUnit? FindStatutory(string codeOrName) =>
        Statutory.FirstOrDefault(u => u.Spellings.Contains(codeOrName.Trim(), StringComparer.Ordinal));

    /// <summary>The responsible unit with this id, name or alias; <c>null</c> when there is none. Exact, white space trimmed.</summary>
    public ResponsibleUnit? FindResponsible(string idOrName) =>
        Responsible.FirstOrDefault(u => u.Spellings.Contains(idOrName.Trim(), StringComparer.Ordinal));

    /// <summary>The responsible unit for a statutory unit, by code; <c>null</c> when it is unknown or maps to none: the office's
    /// queue.</summary>
    public ResponsibleUnit? ResponsibleFor(string statutoryCode) =>
        Statutory.FirstOrDefault(u => u.Code == statutoryCode)?.Responsible is { } id ? Responsible.First(r => r.Id == id) : null;
}
