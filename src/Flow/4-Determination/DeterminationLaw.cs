using System.Globalization;
using System.Text;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>The law book with the tables that the rules of determination read beside it. Immutable.</summary>
public sealed class DeterminationLaw
{
    private readonly PermitUses uses;
    private readonly Dictionary<string, string> regions;
    private readonly HashSet<string> conformingZones;
    private readonly RulePrecedence precedence;

    private readonly bool isKept;

    private DeterminationLaw(IReadOnlyList<LawFile> files, bool isKept)
    {
        (Files, this.isKept) = (files, isKept);
        Book = LawBook.Read(files, isKept);
        uses = PermitUses.Read(Open("rules/uses.csv"), "rules/uses.csv");
        regions = Rows("rules/regions.csv").Where(r => r[2] != "unset").ToDictionary(r => r[0], r => r[2], StringComparer.Ordinal);
        precedence = Files.Any(f => f.Path == PrecedenceTable)
            ? RulePrecedence.Read(Open(PrecedenceTable), PrecedenceTable)
            : RulePrecedence.None;
        conformingZones = Rows("rules/plan-zones.csv").Where(r => r[2] == "yes").Select(r => r[0]).ToHashSet(StringComparer.Ordinal);
    }

    private const string PrecedenceTable = "rules/precedence.csv";

    public LawBook Book { get; }

    /// <summary>Which of two rules that both hold goes first.</summary>
    public RulePrecedence Precedence => precedence;

    /// <summary>Every file of the folder, in ordinal order of path: what is archived when a verdict is sealed.</summary>
    public IReadOnlyList<LawFile> Files { get; }

    /// <summary>Loads a folder <c>law/</c>.</summary>
    public static DeterminationLaw Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "book.yaml")))
            throw Problem.Law.FolderMissing(folder);
        return Read(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => new LawFile(Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes(f)))
        );
    }

    /// <summary>Loads files that were read elsewhere.</summary>
    /// <param name="isKept">They are an archive kept with sealed verdicts, in the form that the book had then.</param>
    public static DeterminationLaw Read(IEnumerable<LawFile> files, bool isKept = false) =>
        new([.. files.OrderBy(f => f.Path, StringComparer.Ordinal)], isKept);

    /// <summary>A copy of the book in which one value is another from the period of a day on which it is asked.</summary>
    /// <param name="key"><c>cn/instrument/article#value</c>.</param>
    /// <param name="value">As it would stand in the file: a number, <c>true</c> or <c>false</c>.</param>
    /// <param name="on">A day of the period whose value changes.</param>
    /// <exception cref="Problem"><c>law.*</c>: no such key, no period, no such value.</exception>
    public DeterminationLaw With(string key, string value, DateOnly on)
    {
        var entry = Book.Entry(key);
        var period = entry.On(on) ?? entry.Periods[^1];
        var path = key[..key.IndexOf('#', StringComparison.Ordinal)] + ".yaml";
        return Read(
            Files.Select(f => f.Path == path ? LawEdit.Of(f, key[(path.Length - ".yaml".Length + 1)..], period.From, value) : f),
            isKept
        );
    }

    /// <summary>The law for one patch: as of the image after; without that day, of the last day of the programme year.</summary>
    /// <param name="read">Takes every value that is read, by key; for the seal.</param>
    /// <param name="asked">Takes every key that is asked for, also where the book has no value.</param>
    public RuleLaw For(PatchFacts patch, IDictionary<string, LawUse>? read = null, ISet<string>? asked = null)
    {
        var law = patch.After is { } after
            ? Book.AsOf(after, SelectingDate.ImageAfter)
            : Book.AsOf(LastDayOf(patch.ProgrammeYear), SelectingDate.Programme);
        return new()
        {
            Number = key => Ask(law, key, asked) ? Noted(law.Number(key), v => v, (v, use) => new LawNumber(v, use), read) : null,
            Area = key => Ask(law, key, asked) ? Noted(law.Area(key), a => a.Stated, (a, use) => new LawArea(a, use), read) : null,
            Years = key =>
                Ask(law, key, asked) ? Noted(law.Term(key), t => t.Amount, (t, use) => new LawNumber(t.Amount, use), read) : null,
            Switch = key => Ask(law, key, asked) ? Noted(law.Switch(key), s => s ? 1 : 0, (s, use) => new LawSwitch(s, use), read) : null,
            LandClass = (standard, code) => Book.LandClasses.FindOrNull(standard, code, patch.Before ?? law.Day),
            HasVerdict = code => Book.Verdicts.For(patch.Kind, patch.ProgrammeYear).Any(v => v.Code == code),
            Verdict = code => Book.Verdicts.For(patch.Kind, patch.ProgrammeYear).FirstOrDefault(v => v.Code == code),
            Relation = (title, violation) => precedence.Of(title, violation, law.Day),
            PlanZoneConforms = conformingZones.Contains,
            Uses = uses,
            Region = patch.County.Length >= 2 ? regions.GetValueOrDefault(patch.County[..2]) : null,
        };
    }

    private static DateOnly LastDayOf(int year) => DateOnly.MinValue.AddYears(year).AddDays(-1);

    /// <summary>A value that the selecting date of this patch may not pick is as absent as one that is unset.</summary>
    private static bool Ask(LawAsOf law, string key, ISet<string>? asked)
    {
        asked?.Add(key);
        return law.Book.Entry(key).SelectedBy.Contains(law.By) && law.IsSet(key);
    }

    /// <summary>Keys that another book states otherwise; null where a table that rules read beside the values differs too.</summary>
    public IReadOnlySet<string>? ChangedIn(DeterminationLaw other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Tables(this).SequenceEqual(Tables(other)))
            return null;
        var held = other.Book.Entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        return Book
            .Entries.Where(e =>
                !held.TryGetValue(e.Key, out var there)
                || !e.SelectedBy.SequenceEqual(there.SelectedBy)
                || !e.Periods.SequenceEqual(there.Periods)
            )
            .Select(e => e.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What is no file of dated values: vocabularies, land classes, trees, the span of the book.</summary>
    private static IEnumerable<(string Path, string Content)> Tables(DeterminationLaw law) =>
        law
            .Files.Where(f => !ValueFolders.Any(v => f.Path.StartsWith(v, StringComparison.Ordinal)))
            .Select(f => (f.Path, Convert.ToBase64String(f.Content.Span)));

    private static readonly string[] ValueFolders = ["cn/", "house/", "practice/"];

    private static TOut Noted<TIn, TOut>(
        LawValue<TIn> value,
        Func<TIn, decimal> number,
        Func<TIn, LawUse, TOut> make,
        IDictionary<string, LawUse>? read
    )
    {
        var use = new LawUse(
            value.Key,
            number(value.Value).ToString("0.############", CultureInfo.InvariantCulture),
            value.Unit,
            value.Citation.Confidence.ToString().ToLowerInvariant()
        );
        if (read is not null)
            read[value.Key] = use;
        return make(value.Value, use);
    }

    private StringReader Open(string path)
    {
        var file = Files.FirstOrDefault(f => f.Path == path) ?? throw Problem.Determination.LawTableMissing(path);
        return new(Encoding.UTF8.GetString(file.Content.Span).TrimStart('\uFEFF'));
    }

    private IEnumerable<string[]> Rows(string path) =>
        Open(path).ReadToEnd().Split('\n').Skip(1).Select(l => l.TrimEnd('\r').Split(',')).Where(c => c.Length > 2);
}
