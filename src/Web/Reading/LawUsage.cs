using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Weipian.Flow.Determinations;

namespace Weipian.Web.Reading;

/// <summary>Where a key of the law book is read: found in the compiled program, so that nobody has to keep a list.</summary>
/// <remarks>
/// A key stands in the code as a whole, or as a beginning to which a word is added (the kind of a facility, north or south). What no
/// method names is read by nobody, and the page says so.
/// </remarks>
public sealed partial class LawUsage
{
    private const byte LoadString = 0x72;
    private const int TokenBytes = 4;
    private const int StringTable = 0x70;
    private const int TableShift = 24;

    private readonly Lazy<IReadOnlyList<(string Key, Type By)>> read = new(() => [.. Assemblies.SelectMany(KeysIn).Distinct()]);
    private readonly ConcurrentDictionary<string, IReadOnlyList<LawReader>> known = new(StringComparer.Ordinal);

    private static IEnumerable<Assembly> Assemblies => [typeof(RuleBook).Assembly, typeof(LawUsage).Assembly];

    /// <summary>Who reads a key, by stage and name.</summary>
    public IReadOnlyList<LawReader> Of(string key) => known.GetOrAdd(key, Find);

    private IReadOnlyList<LawReader> Find(string key) =>
        [
            .. read
                .Value.Where(r => r.Key == key || (EndsOpen(r.Key) && key.StartsWith(r.Key, StringComparison.Ordinal)))
                .Select(r => ReaderOf(r.By))
                .Distinct()
                .OrderBy(r => r.Stage)
                .ThenBy(r => r.Name, StringComparer.Ordinal),
        ];

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

    private static IEnumerable<(string Key, Type By)> KeysIn(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
        where method.DeclaringType == type
        from text in Texts(method)
        where Key().IsMatch(text)
        select (text, type);

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

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
}

/// <summary>A place of the program that reads a value of the law.</summary>
public sealed record LawReader(WorkStage Stage, string Name);
