using System.Collections.Concurrent;
using System.Globalization;

namespace Weipian.Flow.Determinations;

/// <summary>A file that proves an answer.</summary>
/// <param name="Sha256">Lower-case hex of its bytes.</param>
public sealed record EvidenceReference(string Sha256, string FileName, string ContentType)
{
    public bool IsPhoto => ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One visit: its answers as written and the files that came with it.</summary>
/// <param name="VisitId">Id of the visit in the store.</param>
/// <param name="Answers">Form key to the value as written: <c>true</c>, <c>6.5</c>, <c>2019-01-20</c>, <c>construction</c>.</param>
/// <param name="Evidence">Files of the visit; they back every answer of it.</param>
public sealed record VisitFacts(
    string VisitId,
    DateOnly VisitedOn,
    IReadOnlyDictionary<string, string> Answers,
    IReadOnlyList<EvidenceReference> Evidence
)
{
    /// <summary>Whether the visit brought this kind of evidence: listed on the form, or an attached photo for one of the whole.</summary>
    public bool Brought(string kind) =>
        (
            Answers.TryGetValue(FactKeys.EvidenceKinds.Id, out var listed)
            && listed.Split(',', StringSplitOptions.TrimEntries).Contains(kind, StringComparer.Ordinal)
        ) || (kind == EvidenceKind.PhotoFull && Evidence.Any(e => e.IsPhoto));
}

/// <summary>An answer with the visit it comes from.</summary>
public sealed record Answer(FactKey Key, string Written, VisitFacts Visit)
{
    public IReadOnlyList<EvidenceReference> Evidence => Visit.Evidence;

    /// <summary>Null when what was written is not a flag.</summary>
    public bool? Flag =>
        Written switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    /// <summary>Null when what was written is not a day.</summary>
    public DateOnly? Day =>
        DateOnly.TryParseExact(Written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Null when what was written is not a number.</summary>
    public decimal? Number =>
        decimal.TryParse(
            Written,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    /// <summary>Whether what was written has the form its key asks for.</summary>
    public bool IsReadable =>
        Key.Type switch
        {
            FactType.Flag => Flag is not null,
            FactType.Day => Day is not null,
            FactType.Number => Number is not null,
            FactType.Choice => Key.Choices.Contains(Written, StringComparer.Ordinal),
            _ => !string.IsNullOrWhiteSpace(Written),
        };

    /// <summary>Whether what was written can be: no width below zero, no share above the whole, no year after the visit.</summary>
    public bool IsPossible =>
        Number is not { } number
        || (
            Key.Range?.Holds(number) != false
            && (!Key.IsYear || (number == decimal.Truncate(number) && number >= LeastYear && number <= Visit.VisitedOn.Year))
        );

    /// <summary>The first year of four digits.</summary>
    private const int LeastYear = 1000;
}

/// <summary>What was found on the ground, over all visits.</summary>
public sealed class SiteFacts
{
    private readonly IReadOnlyList<VisitFacts> visits;
    private readonly ConcurrentDictionary<string, Asked> asked = new(StringComparer.Ordinal);
    private readonly bool lenient;
    private IReadOnlyList<(Answer First, Answer Second)>? disagreements;

    /// <param name="visits">In any order.</param>
    public SiteFacts(IEnumerable<VisitFacts> visits)
        : this(visits, lenient: false) { }

    private SiteFacts(IEnumerable<VisitFacts> visits, bool lenient) =>
        (this.visits, this.lenient) = ([.. visits.OrderBy(v => v.VisitedOn).ThenBy(v => v.VisitId, StringComparer.Ordinal)], lenient);

    public static SiteFacts None { get; } = new([]);

    /// <summary>Visits, earliest first.</summary>
    public IReadOnlyList<VisitFacts> Visits => visits;

    /// <summary>Day of the latest visit.</summary>
    public DateOnly? LastVisitedOn => visits.Count == 0 ? null : visits[^1].VisitedOn;

    /// <summary>
    /// The answer that speaks: of a state the latest readable one, of a history the first; null when nobody answered readably.
    /// </summary>
    public Answer? Of(FactKey key) => AskedOf(key).Speaks;

    /// <summary>Every readable answer, earliest visit first.</summary>
    public IReadOnlyList<Answer> All(FactKey key) => AskedOf(key).Readable;

    /// <summary>Answers that cannot be read as what their key asks for.</summary>
    public IReadOnlyList<Answer> Unreadable(FactKey key) => AskedOf(key).Unreadable;

    /// <summary>Two answers that contradict each other: of a history any that differ, of a state those of the latest day.</summary>
    public (Answer First, Answer Second)? Disagreement(FactKey key) => AskedOf(key).Disagreement;

    /// <summary>Whether the question was answered, as a condition of a rule: asked by many rules, told once.</summary>
    internal Check Answered(FactKey key, Func<FactKey, Check> told)
    {
        var question = AskedOf(key);
        return question.Told ??= told(key);
    }

    private Asked AskedOf(FactKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return asked.TryGetValue(key.Id, out var known) ? known : asked.GetOrAdd(key.Id, Ask(key));
    }

    private Asked Ask(FactKey key)
    {
        List<Answer> readable = [];
        List<Answer> unreadable = [];
        foreach (var visit in visits)
            if (visit.Answers.TryGetValue(key.Id, out var written))
            {
                var answer = new Answer(key, written, visit);
                (answer.IsReadable && (lenient || answer.IsPossible) ? readable : unreadable).Add(answer);
            }
        return new(readable, unreadable, Speaking(key, readable), Disagreeing(key, readable));
    }

    private static Answer? Speaking(FactKey key, List<Answer> readable) =>
        readable.Count == 0 ? null
        : key.Nature == FactNature.State ? readable[^1]
        : readable[0];

    private static (Answer First, Answer Second)? Disagreeing(FactKey key, List<Answer> readable)
    {
        if (readable.Count < 2)
            return null;
        List<Answer> beside =
            key.Nature == FactNature.State ? [.. readable.Where(a => a.Visit.VisitedOn == readable[^1].Visit.VisitedOn)] : readable;
        var other = beside.FirstOrDefault(a => a.Written != beside[0].Written);
        return other is null ? null : (beside[0], other);
    }

    /// <summary>What the visits say to one question.</summary>
    private sealed class Asked(
        IReadOnlyList<Answer> readable,
        IReadOnlyList<Answer> unreadable,
        Answer? speaks,
        (Answer First, Answer Second)? disagreement
    )
    {
        public IReadOnlyList<Answer> Readable => readable;

        public IReadOnlyList<Answer> Unreadable => unreadable;

        public Answer? Speaks => speaks;

        public (Answer First, Answer Second)? Disagreement => disagreement;

        /// <summary>The condition that follows; the same whoever asks.</summary>
        public Check? Told { get; set; }
    }

    /// <summary>Every question that is answered in two ways that exclude each other.</summary>
    public IReadOnlyList<(Answer First, Answer Second)> Disagreements =>
        disagreements ??=
            visits.Count < 2
                ? []
                : [.. FactKeys.ById.Values.Where(k => k != FactKeys.EvidenceKinds).Select(Disagreement).OfType<(Answer, Answer)>()];

    /// <summary>Something was written to a question and none of it is an answer: that is no silence.</summary>
    internal bool IsIllegible(FactKey key) =>
        !lenient && Of(key) is null && Unreadable(key).Any(a => !string.IsNullOrWhiteSpace(a.Written));

    /// <summary>The same visits, read as before the fourth edition of the rules.</summary>
    internal SiteFacts Lenient() => new(visits, lenient: true);

    /// <summary>The same visits, all of which answer one question alike.</summary>
    public SiteFacts Agreeing(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(
            visits.Select(v =>
                v.Answers.ContainsKey(answer.Key.Id)
                    ? v with
                    {
                        Answers = new Dictionary<string, string>(v.Answers, StringComparer.Ordinal) { [answer.Key.Id] = answer.Written },
                    }
                    : v
            ),
            lenient
        );
    }
}
