namespace Weipian.Law;

/// <summary>The verdict trees by programme date. Frozen: a change is a new dated row.</summary>
public sealed class VerdictCatalogue
{
    internal VerdictCatalogue() { }

    /// <summary>A verdict on a day of its programme year. Refuses an unknown code and one that the tree does not have on that day.</summary>
    public Verdict Get(string code, DateOnly on) => throw new NotImplementedException(code + on);

    /// <summary>The same for a programme year: in force on some day of it.</summary>
    public Verdict Get(string code, int programmeYear) => throw new NotImplementedException(code + programmeYear);

    /// <summary>The tree of a kind (<c>land</c>, <c>mineral</c>) on a day, in the order of the catalogue. Refuses days that no tree covers.</summary>
    public IReadOnlyList<Verdict> For(string kind, DateOnly on) => throw new NotImplementedException(kind + on);

    /// <summary>The same for a programme year.</summary>
    public IReadOnlyList<Verdict> For(string kind, int programmeYear) => throw new NotImplementedException(kind + programmeYear);

    /// <summary>Every row of every tree, whatever its dates.</summary>
    public IReadOnlyList<Verdict> All { get; } = [];

    /// <summary>The pick-list of reviewers.</summary>
    public IReadOnlyList<ReviewReason> Reasons { get; } = [];

    /// <summary>B, W, P, PJ.</summary>
    public IReadOnlyList<VerdictFlag> Flags { get; } = [];
}
