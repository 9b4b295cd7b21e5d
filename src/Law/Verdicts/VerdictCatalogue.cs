namespace Weipian.Law;

/// <summary>The verdict trees by programme date. Frozen: a change is a new dated row.</summary>
public sealed class VerdictCatalogue
{
    private readonly IReadOnlyList<VerdictTree> trees;

    internal VerdictCatalogue(IReadOnlyList<VerdictTree> trees, IReadOnlyList<ReviewReason> reasons, IReadOnlyList<VerdictFlag> flags)
    {
        this.trees = trees;
        (Reasons, Flags) = (reasons, flags);
        All = [.. trees.SelectMany(t => t.Rows)];
    }

    /// <summary>Every row of every tree, whatever its dates.</summary>
    public IReadOnlyList<Verdict> All { get; }

    /// <summary>The vocabulary of evidence, in the order of its file.</summary>
    public IReadOnlyList<VerdictNeed> EvidenceWords { get; internal init; } = [];

    /// <summary>The numbers of persons that are looked for in texts; none in a book kept from before this was said.</summary>
    public PersonalTexts PersonalTexts { get; internal init; } = PersonalTexts.None;

    /// <summary>The pick-list of reviewers.</summary>
    public IReadOnlyList<ReviewReason> Reasons { get; }

    /// <summary>B, W, P, PJ.</summary>
    public IReadOnlyList<VerdictFlag> Flags { get; }

    /// <summary>
    /// A verdict on a day of its programme year. Refuses an unknown code and one that the tree does not have on that day.
    /// </summary>
    public Verdict Get(string code, DateOnly on) => Get(code, on, on);

    /// <summary>The same for a programme year: in force on some day of it.</summary>
    public Verdict Get(string code, int programmeYear) => Get(code, new(programmeYear, 1, 1), new(programmeYear, 12, 31));

    /// <summary>
    /// The tree of a kind (<c>land</c>, <c>mineral</c>) on a day, in the order of the catalogue. Refuses days that no tree covers.
    /// </summary>
    public IReadOnlyList<Verdict> For(string kind, DateOnly on) => For(kind, on, on);

    /// <summary>The same for a programme year.</summary>
    public IReadOnlyList<Verdict> For(string kind, int programmeYear) => For(kind, new(programmeYear, 1, 1), new(programmeYear, 12, 31));

    /// <summary>Spans of years whose verdicts were looked for and not found.</summary>
    public IReadOnlyList<(string Kind, DateOnly From, DateOnly Through, string Chinese, string English)> Unset =>
        [.. trees.Where(t => t.Unset is not null).Select(t => (t.Kind, t.From, t.Through, t.Unset!.Value.Chinese, t.Unset!.Value.English))];

    /// <summary>Whether a tree of the kind is in use on some day of a programme year.</summary>
    public bool Covers(string kind, int programmeYear) =>
        trees.Any(t =>
            t.Unset is null
            && t.Kind == kind
            && t.From <= new DateOnly(programmeYear, 12, 31)
            && t.Through >= new DateOnly(programmeYear, 1, 1)
        );

    private Verdict Get(string code, DateOnly first, DateOnly last)
    {
        var rows = All.Where(v => v.Code == code).ToArray();
        if (rows.Length == 0)
            throw Problem.Law.UnknownVerdict(code);
        return rows.FirstOrDefault(v => v.From <= last && (v.Through is null || v.Through >= first))
            ?? throw Problem.Law.NotInForce(
                code,
                first,
                LawSpan.Chinese(rows[0].From, rows[^1].Through),
                LawSpan.English(rows[0].From, rows[^1].Through)
            );
    }

    private IReadOnlyList<Verdict> For(string kind, DateOnly first, DateOnly last)
    {
        var tree = trees.FirstOrDefault(t => t.Kind == kind && t.From <= last && t.Through >= first);
        if (tree?.Unset is { } why)
            throw Problem.Law.Unset($"verdicts/{kind}", first, why.Chinese, why.English);
        if (tree is not null)
            return [.. tree.Rows.Where(v => v.From <= last && (v.Through is null || v.Through >= first))];
        var known = trees.Where(t => t.Kind == kind).ToArray();
        throw Problem.Law.NotInForce(
            $"verdicts/{kind}",
            first,
            string.Join("；", known.Select(t => LawSpan.Chinese(t.From, t.Through))),
            string.Join("; ", known.Select(t => LawSpan.English(t.From, t.Through)))
        );
    }
}

/// <summary>The verdicts of one kind of patch while one tree is in use; both ends inclusive.</summary>
internal sealed record VerdictTree(string Kind, DateOnly From, DateOnly Through, IReadOnlyList<Verdict> Rows)
{
    /// <summary>Why nobody could state the verdicts of these years: looked for and not found. Asking is refused.</summary>
    public (string Chinese, string English)? Unset { get; init; }
}
