namespace Weipian.Law;

/// <summary>The law as data: dated values, land-class tables, working days, verdict trees and readings. Immutable; holds no clock.</summary>
public sealed class LawBook
{
    private LawBook() => throw new NotImplementedException();

    /// <summary>First and last day, inclusive, of what the book says anything about. Each value states its own span within it.</summary>
    public DateOnly From { get; }

    /// <inheritdoc cref="From"/>
    public DateOnly Through { get; }

    /// <summary>SHA-256 over every file of the folder in ordinal order of path, line ends taken as LF: lower-case hex. Seals a determination.</summary>
    public string Sha256 { get; } = "";

    public LandClassTable LandClasses { get; } = null!;

    public WorkingCalendar Calendar { get; } = null!;

    public VerdictCatalogue Verdicts { get; } = null!;

    /// <summary>Every key of the book in ordinal order.</summary>
    public IReadOnlyList<string> Keys { get; } = [];

    /// <summary>Loads a folder <c>law/</c>. Refuses, with file, line and column, whatever is malformed, has a gap or an overlap.</summary>
    public static LawBook Load(string folder) => throw new NotImplementedException(folder);

    /// <summary>Loads files that were read elsewhere (an archive, a browser). Paths are relative to <c>law/</c>, with <c>/</c>.</summary>
    public static LawBook Read(IEnumerable<LawFile> files) => throw new NotImplementedException();

    /// <summary>The law on <paramref name="day"/>; <paramref name="by"/> says which date of the matter that is.</summary>
    public LawAsOf AsOf(DateOnly day, SelectingDate by) => new(this, day, by);
}

/// <summary>One file of the law book.</summary>
/// <param name="Path">Relative to <c>law/</c>, with <c>/</c>: <c>cn/administrative-penalty-law/60.yaml</c>.</param>
public sealed record LawFile(string Path, ReadOnlyMemory<byte> Content);
