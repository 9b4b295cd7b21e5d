using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Weipian.Flow.Determinations;

namespace Weipian.Web.Reading;

/// <summary>Where a key or a table of the law book is read: found in the compiled program, so that nobody has to keep a list.</summary>
/// <remarks>
/// A key stands in the code as a whole, or as a beginning to which a word is added (the kind of a facility, north or south); where a
/// method only makes the key, its callers read it. A table is read by whoever calls what was made of it. What no method names is read by
/// nobody, and the page says so.
/// </remarks>
public sealed partial class LawUsage
{
    private const byte LoadString = 0x72;
    private const int TokenBytes = 4;
    private const int StringTable = 0x70;
    private const int TableShift = 24;

    private readonly Lazy<ILookup<MethodBase, Type>> callers = new(() =>
        Assemblies.SelectMany(ProgramCalls.In).Distinct().ToLookup(c => c.To, c => c.By)
    );
    private readonly Lazy<IReadOnlyList<(string Key, Type By)>> read;
    private readonly Lazy<ILookup<string, Type>> named = new(() =>
        (
            from assembly in Assemblies
            from method in ProgramCalls.Methods(assembly)
            from text in Texts(method)
            where Name().IsMatch(text) && !LawTables.IsKeeper(method.DeclaringType!)
            select (text, By: method.DeclaringType!)
        )
            .Distinct()
            .ToLookup(t => t.text, t => t.By, StringComparer.Ordinal)
    );
    private readonly ConcurrentDictionary<string, IReadOnlyList<LawReader>> known = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<DeterminationLaw, ILookup<string, string>> namedInFiles = [];

    public LawUsage() => read = new(() => [.. Assemblies.SelectMany(KeysIn).SelectMany(ReadersOf).Distinct()]);

    private static IEnumerable<Assembly> Assemblies => [typeof(RuleBook).Assembly, typeof(LawUsage).Assembly];

    /// <summary>Who reads a key, by stage and name.</summary>
    public IReadOnlyList<LawReader> Of(string key) =>
        known.GetOrAdd(
            key,
            asked =>
                Told(
                    read.Value.Where(r => r.Key == asked || (EndsOpen(r.Key) && asked.StartsWith(r.Key, StringComparison.Ordinal)))
                        .Select(r => r.By)
                )
        );

    /// <summary>The files of a law book that name a key, such as the target of an indicator: whoever uses the file reads the value.
    /// </summary>
    public IReadOnlyList<string> NamedIn(string key, DeterminationLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        return [.. namedInFiles.GetValue(law, KeysInFiles)[key]];
    }

    /// <summary>Who uses a file of the law book that is no file of values: a table, a catalogue, a template. Of what is asked for by name,
    /// those who name it.</summary>
    /// <param name="path"><c>rules/precedence.csv</c>.</param>
    public IReadOnlyList<LawReader> OfTable(string path) =>
        known.GetOrAdd(
            path,
            asked =>
                LawTables.IsAskedByName(asked) && named.Value[Path.GetFileNameWithoutExtension(asked)].ToList() is { Count: > 0 } by
                    ? Told(by)
                    : Told(
                        from table in LawTables.Members
                        where asked.StartsWith(table.Key, StringComparison.Ordinal)
                        from member in table.Value
                        from caller in callers.Value[member]
                        where !LawTables.IsKeeper(caller)
                        select caller
                    )
        );

    private static ILookup<string, string> KeysInFiles(DeterminationLaw law) =>
        (
            from file in law.Files
            where LawTables.IsTable(file)
            from Match found in KeyInText().Matches(Encoding.UTF8.GetString(file.Content.Span))
            select (found.Value, file.Path)
        )
            .Distinct()
            .ToLookup(f => f.Value, f => f.Path, StringComparer.Ordinal);

    private static IReadOnlyList<LawReader> Told(IEnumerable<Type> by) =>
        [.. by.Select(ReaderOf).Distinct().OrderBy(r => r.Stage).ThenBy(r => r.Name, StringComparer.Ordinal)];

    /// <summary>Where a method only makes a key, whoever calls it reads the value.</summary>
    private IEnumerable<(string Key, Type By)> ReadersOf((string Key, MethodBase In) found)
    {
        var type = found.In.DeclaringType!;
        var makers = LawTables.MakesKeys(type) ? callers.Value[found.In].ToList() : [];
        return makers.Count > 0 ? makers.Select(m => (found.Key, m)) : [(found.Key, type)];
    }

    /// <summary>The beginning of a key: a word follows.</summary>
    private static bool EndsOpen(string key) => key[^1] is '_' or '#' or '/';

    private static LawReader ReaderOf(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        var stage = type.Namespace?.Split('.')[^1] switch
        {
            "Intake" => WorkStage.Intake,
            "Comparison" => WorkStage.Comparison,
            "Verification" => WorkStage.Verification,
            "Determinations" => WorkStage.Determination,
            "CaseFiles" or "CaseFile" => WorkStage.CaseFile,
            "Rectification" => WorkStage.Rectification,
            "Ledger" => WorkStage.Ledger,
            "Escalation" => WorkStage.Escalation,
            "Reports" => WorkStage.Reports,
            _ => WorkStage.Library,
        };
        return new(stage, type.Name);
    }

    private static IEnumerable<(string Key, MethodBase In)> KeysIn(Assembly assembly) =>
        from method in ProgramCalls.Methods(assembly)
        from text in Texts(method)
        where Key().IsMatch(text)
        select (text, method);

    private static IEnumerable<string> Texts(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;
        for (var i = 0; i + TokenBytes < code.Length; i++)
            if (code[i] == LoadString && BitConverter.ToInt32(code, i + 1) is var token && token >> TableShift == StringTable)
                if (Resolve(method.Module, token) is { } text)
                    yield return text;
    }

    private static string? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveString(token);
        }
        catch (ArgumentException)
        {
            // Bytes of something else that look like a string's number.
            return null;
        }
    }

    [GeneratedRegex("^(cn|house|practice)/[a-z0-9/-]+#?[a-z0-9_]*$")]
    private static partial Regex Key();

    [GeneratedRegex(@"\b(cn|house|practice)/[a-z0-9/-]+#[a-z0-9_]+")]
    private static partial Regex KeyInText();

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+$")]
    private static partial Regex Name();
}

/// <summary>A place of the program that reads a value of the law.</summary>
public sealed record LawReader(WorkStage Stage, string Name);
