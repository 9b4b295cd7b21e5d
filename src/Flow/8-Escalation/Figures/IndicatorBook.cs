using System.Security.Cryptography;
using System.Text;
using Weipian.Flow.Plan;
using Weipian.Law;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Weipian.Flow.Escalation;

/// <summary>Words in both languages, as a file of <c>law/indicators</c> has them.</summary>
public sealed class IndicatorWords
{
    public string Zh { get; init; } = "";

    public string En { get; init; } = "";

    public Bilingual Words => new(Zh, En);
}

/// <summary>A frozen and dated definition of an indicator (指标定义).</summary>
public sealed class IndicatorDefinition
{
    public string Id { get; init; } = "";

    public string Zh { get; init; } = "";

    public string En { get; init; } = "";

    public IndicatorWords Numerator { get; init; } = new();

    public IndicatorWords Denominator { get; init; } = new();

    /// <summary><c>patches</c>, <c>violations</c> or <c>square-metres</c>.</summary>
    public string Counts { get; init; } = "";

    /// <summary><c>high</c> or <c>low</c>.</summary>
    public string Better { get; init; } = "";

    /// <summary>Key of a value of the law book; null where nobody set one.</summary>
    public string? Target { get; init; }

    /// <summary>First day, inclusive.</summary>
    public string From { get; init; } = "";

    /// <summary>Last day, inclusive; null while it lasts.</summary>
    public string? Through { get; init; }

    /// <summary>Verdict codes that the formula treats apart, by what for.</summary>
    public Dictionary<string, string[]> Codes { get; init; } = [];

    public object? Source { get; init; }

    /// <summary><c>verified</c>, <c>recalled</c> or <c>derived</c>.</summary>
    public string Confidence { get; init; } = "";

    public IndicatorWords? Note { get; init; }

    /// <summary>SHA-256 of the file with line ends as LF; every published evaluation carries it.</summary>
    [YamlIgnore]
    public string Sha256 { get; internal set; } = "";

    [YamlIgnore]
    public Bilingual Name => new(Zh, En);

    public IReadOnlyList<string> CodesOf(string group) => Codes.GetValueOrDefault(group) ?? [];

    /// <summary>The target on a day; null where none is set, or none for that day.</summary>
    public decimal? TargetOn(LawBook law, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(law);
        return Target is { } key && law.AsOf(day, SelectingDate.Programme).TryNumber(key, out var value, out _) ? value.Value : null;
    }
}

/// <summary>The indicators of <c>law/indicators</c>, in the order of <see cref="Indicators.Order"/>.</summary>
public sealed class IndicatorBook
{
    private IndicatorBook(IEnumerable<IndicatorDefinition> all) =>
        All = [.. all.OrderBy(d => Indicators.Order.ToList().IndexOf(d.Id)).ThenBy(d => d.Id, StringComparer.Ordinal)];

    public IReadOnlyList<IndicatorDefinition> All { get; }

    public IndicatorDefinition this[string id] =>
        All.FirstOrDefault(d => d.Id == id) ?? throw Problem.Chain.NotThere("指标", "indicator", id);

    /// <param name="lawFolder">The folder <c>law</c>.</param>
    public static IndicatorBook Load(string lawFolder)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        var files = Directory.GetFiles(Path.Combine(lawFolder, "indicators"), "*.yaml").Order(StringComparer.Ordinal);
        return new(files.Select(f => Read(reader, File.ReadAllText(f).Replace("\r\n", "\n", StringComparison.Ordinal))));
    }

    private static IndicatorDefinition Read(IDeserializer reader, string text)
    {
        var definition = reader.Deserialize<IndicatorDefinition>(text);
        definition.Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return definition;
    }
}
