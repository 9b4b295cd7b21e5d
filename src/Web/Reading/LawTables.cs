using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Escalation;
using Weipian.Flow.Reports;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>A file of the law book beside the values: a table of rules, a catalogue, a calendar, a template.</summary>
/// <param name="Columns">Names of the columns; empty for what is no table.</param>
/// <param name="Rows">Its rows; empty for what is no table of rules.</param>
public sealed record LawTableFile(string Path, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int Lines)
{
    public string Folder => Path[..Path.IndexOf('/')];
}

/// <summary>What the files beside the values become in the program: the callers of these members tell where each is used.</summary>
internal static class LawTables
{
    private const string Rules = "rules/";

    /// <summary>Members by the beginning of the paths that they were made of.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<MethodBase>> Members { get; } =
        new Dictionary<string, IReadOnlyList<MethodBase>>(StringComparer.Ordinal)
        {
            ["rules/uses.csv"] = Getters<RuleLaw>(nameof(RuleLaw.Uses)),
            ["rules/regions.csv"] = Getters<RuleLaw>(nameof(RuleLaw.Region)),
            ["rules/plan-zones.csv"] = Getters<RuleLaw>(nameof(RuleLaw.PlanZoneConforms)),
            ["rules/precedence.csv"] = Getters<RuleLaw>(nameof(RuleLaw.Relation)),
            ["land-classes/"] = [.. Getters<RuleLaw>(nameof(RuleLaw.LandClass)), .. Getters<LawBook>(nameof(LawBook.LandClasses))],
            ["calendars/"] = Getters<LawBook>(nameof(LawBook.Calendar)),
            ["verdicts/"] =
            [
                .. Getters<RuleLaw>(nameof(RuleLaw.Verdict), nameof(RuleLaw.HasVerdict)),
                .. Getters<LawBook>(nameof(LawBook.Verdicts)),
            ],
            ["documents/"] = Methods<DocumentBook>(),
            ["indicators/"] = Methods<IndicatorBook>(),
            ["reports/"] = Methods<ReportLibrary>(),
        };

    private static readonly FrozenSet<Type> Watched = Members
        .Values.SelectMany(m => m)
        .Select(m => m.DeclaringType!)
        .Append(KeyMakers())
        .ToFrozenSet();

    /// <summary>Whether calls to a type tell where the law is used.</summary>
    public static bool IsWatched(Type type) => Watched.Contains(type);

    /// <summary>Whether a file is one of several of a kind, of which the program asks for one by its name: a document, a report.</summary>
    public static bool IsAskedByName(string path) => path.Split('/')[0] is "documents" or "reports" or "indicators";

    /// <summary>Whether a type makes keys of values for others to read.</summary>
    public static bool MakesKeys(Type type) => type == KeyMakers();

    /// <summary>Whether a type only keeps and hands on what the files say.</summary>
    public static bool IsKeeper(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return IsWatched(type) || type == typeof(DeterminationLaw);
    }

    /// <summary>The files of a law book beside its values and readings, in order of path; tables of rules with their rows.</summary>
    public static IReadOnlyList<LawTableFile> Of(DeterminationLaw law) => [.. law.Files.Where(IsTable).Select(Read)];

    /// <summary>Whether a file of the book stands beside the values and readings.</summary>
    public static bool IsTable(LawFile file) =>
        !file.Path.EndsWith(".md", StringComparison.Ordinal) && Members.Keys.Any(m => file.Path.StartsWith(m, StringComparison.Ordinal));

    private static LawTableFile Read(LawFile file)
    {
        var lines = Encoding.UTF8.GetString(file.Content.Span).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!file.Path.EndsWith(".csv", StringComparison.Ordinal))
            return new(file.Path, [], [], lines.Length);
        var cells = lines.Select(l => (IReadOnlyList<string>)l.TrimEnd('\r').Split(',')).ToList();
        return file.Path.StartsWith(Rules, StringComparison.Ordinal)
            ? new(file.Path, cells[0], cells[1..], lines.Length - 1)
            : new(file.Path, [], [], lines.Length - 1);
    }

    private static Type KeyMakers() => typeof(RuleLaw).Assembly.GetType("Weipian.Flow.Determinations.LawKeys", throwOnError: true)!;

    private static IReadOnlyList<MethodBase> Getters<T>(params IReadOnlyList<string> properties) =>
        [.. properties.Select(p => typeof(T).GetProperty(p)!.GetMethod!)];

    private static IReadOnlyList<MethodBase> Methods<T>() =>
        typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
}
