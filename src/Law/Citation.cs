namespace Weipian.Law;

/// <summary>How well a fact of the law book is known.</summary>
public enum Confidence
{
    /// <summary>Read in the source that the citation names.</summary>
    Verified,

    /// <summary>From general knowledge; nobody has confirmed it against a text yet.</summary>
    Recalled,

    /// <summary>Follows from verified facts, or is a parameter of this product's own method.</summary>
    Derived,

    /// <summary>Looked for and not found. There is no number, and none is made up.</summary>
    Unset,
}

/// <summary>Where a value of the law book comes from.</summary>
/// <param name="Instrument">The instrument in Chinese, as it is cited (行政处罚法).</param>
/// <param name="InstrumentEnglish">The instrument in English.</param>
/// <param name="Article">The article in Arabic digits, with its paragraph where needed (<c>64(2)</c>); null when the number was not
/// found.</param>
/// <param name="Confidence">How well the value is known.</param>
/// <param name="SourceKey">Key of <c>law/sources.yaml</c>: what was read. Null when nothing was, which only <see
/// cref="Confidence.Verified"/> forbids.</param>
/// <param name="ComparedOn">The day somebody last compared the value with its text; null when nobody has.</param>
/// <param name="Readings">Ids of <c>law/readings</c> that fill a silence of the text.</param>
public sealed record Citation(
    string Instrument,
    string InstrumentEnglish,
    string? Article,
    Confidence Confidence,
    string? SourceKey,
    DateOnly? ComparedOn,
    IReadOnlyList<string> Readings
)
{
    /// <summary>One line in Chinese: 《行政处罚法》第60条.</summary>
    public string Chinese => Article is null ? $"《{Instrument}》" : $"《{Instrument}》第{Article}条";

    /// <summary>One line in English: Administrative Penalty Law, art. 60.</summary>
    public string English => Article is null ? InstrumentEnglish : $"{InstrumentEnglish}, art. {Article}";

    public bool Equals(Citation? other) =>
        other is not null
        && Instrument == other.Instrument
        && InstrumentEnglish == other.InstrumentEnglish
        && Article == other.Article
        && Confidence == other.Confidence
        && SourceKey == other.SourceKey
        && ComparedOn == other.ComparedOn
        && Readings.SequenceEqual(other.Readings, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Instrument, Article, Confidence, SourceKey, ComparedOn);
}

/// <summary>Says which article a piece of logic applies; a test holds every mark to a file of the law book.</summary>
/// <param name="instrument">Folder of the instrument: <c>cn/administrative-penalty-law</c>.</param>
/// <param name="article">The article in Arabic digits.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method | AttributeTargets.Property,
    AllowMultiple = true
)]
public sealed class CitesAttribute(string instrument, string article) : Attribute
{
    public string Instrument { get; } = instrument;

    public string Article { get; } = article;
}
