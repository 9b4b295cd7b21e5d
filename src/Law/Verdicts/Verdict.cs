namespace Weipian.Law;

/// <summary>The top of the verdict trees.</summary>
public enum VerdictParent
{
    /// <summary>合法.</summary>
    Legal,

    /// <summary>其他.</summary>
    Other,

    /// <summary>违法.</summary>
    Illegal,

    /// <summary>存疑: something needed is missing or contradicts. Never a final verdict.</summary>
    Doubtful,
}

/// <summary>A thing a verdict must be proved with, or a fact it needs.</summary>
public sealed record VerdictNeed(string Id, string Chinese, string English)
{
    /// <summary>A paper of this kind on file.</summary>
    public const string ByDocument = "document";

    /// <summary>A photograph of a visit; <c>picture:kind</c>: of a visit that lists the kind.</summary>
    public const string ByPicture = "picture";

    /// <summary><c>answer:key</c>: a field of the form.</summary>
    public const string ByAnswer = "answer";

    /// <summary><c>feature:role</c>: a feature of a layer under the parcel.</summary>
    public const string ByFeature = "feature";

    /// <summary>The parcel as it was cut and measured.</summary>
    public const string ByAreas = "areas";

    /// <summary>The days of both images.</summary>
    public const string ByImageDates = "image_dates";

    /// <summary>What the machine takes for it, in order; empty: only a person can tell.</summary>
    public IReadOnlyList<string> MetBy { get; init; } = [];

    /// <summary>It arises only after the verdict, in its case.</summary>
    public bool IsAfterVerdict { get; init; }

    /// <summary>From which day on a file of this kind holds personal data (个人信息), and whether it does; days rise. Empty for what no
    /// file meets.</summary>
    public IReadOnlyList<(DateOnly From, bool Holds)> Personal { get; init; } = [];

    /// <summary>Whether a file of this kind that is handed in on a day holds personal data.</summary>
    public bool HoldsPersonalData(DateOnly on) => Personal.LastOrDefault(p => p.From <= on).Holds;

    public bool Equals(VerdictNeed? other) => other is not null && Id == other.Id && Chinese == other.Chinese && English == other.English;

    public override int GetHashCode() => HashCode.Combine(Id, Chinese, English);
}

/// <summary>One verdict of a tree.</summary>
/// <param name="Code">L1 …, O1 …, I1 …, D0 for land; ML1 …, MO1 …, MI1 …, MD0 for minerals.</param>
/// <param name="Kind"><c>land</c> or <c>mineral</c>.</param>
/// <param name="DecidedWhen">When it is decided.</param>
/// <param name="Evidence">The least that must be on file before it is signed.</param>
/// <param name="Needs">The layers and facts without which a rule cannot propose it.</param>
/// <param name="From">First day of the programme years that have it, inclusive.</param>
/// <param name="Through">Last day, inclusive; null while no end is known.</param>
/// <param name="Note">What a reader of the row should know, in both languages; null when nothing.</param>
public sealed record Verdict(
    string Code,
    string Kind,
    VerdictParent Parent,
    string Chinese,
    string English,
    (string Chinese, string English) DecidedWhen,
    IReadOnlyList<VerdictNeed> Evidence,
    IReadOnlyList<VerdictNeed> Needs,
    DateOnly From,
    DateOnly? Through,
    Citation Citation,
    (string Chinese, string English)? Note
)
{
    /// <summary>The word under which the vocabulary of the year reports it (非农违法 …); null where its parent is the word.</summary>
    public (string Chinese, string English)? Top { get; init; }
}

/// <summary>A coded reason with which a reviewer passes or returns a verdict.</summary>
public sealed record ReviewReason(string Id, bool Passes, string Chinese, string English);

/// <summary>A flag beside a verdict: B, W, P, PJ of the change survey.</summary>
/// <param name="Hint">What it hints at.</param>
public sealed record VerdictFlag(string Code, string Chinese, string English, (string Chinese, string English) Hint);
