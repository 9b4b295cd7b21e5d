using System.Reflection;

namespace Weipian.Web.Reading;

/// <summary>Which type of the compiled program calls which method of ours that keeps a table of the law.</summary>
internal static class ProgramCalls
{
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6F;
    private const int TokenBytes = 4;
    private const int TableShift = 24;

    /// <summary>MethodDef, MemberRef, MethodSpec.</summary>
    private static readonly int[] MethodTables = [0x06, 0x0A, 0x2B];

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Every method and constructor with a body.</summary>
    public static IEnumerable<MethodBase> Methods(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
        where method.DeclaringType == type
        select method;

    public static IEnumerable<(MethodBase To, Type By)> In(Assembly assembly)
    {
        var resolved = new Dictionary<(Module, int), MethodBase?>();
        foreach (var method in Methods(assembly))
        {
            if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
                continue;
            for (var i = 0; i + TokenBytes < code.Length; i++)
            {
                if (code[i] is not (Call or CallVirtual))
                    continue;
                var token = BitConverter.ToInt32(code, i + 1);
                if (!MethodTables.Contains(token >> TableShift))
                    continue;
                var key = (method.Module, token);
                if (!resolved.TryGetValue(key, out var to))
                    resolved[key] = to = Resolve(method, token);
                if (to?.DeclaringType is { } on && LawTables.IsWatched(on))
                    yield return (to, method.DeclaringType!);
            }
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            var of = method is ConstructorInfo ? null : method.GetGenericArguments();
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), of);
        }
        catch (Exception refused) when (refused is ArgumentException or BadImageFormatException)
        {
            // Bytes of something else that look like the number of a method, or a method of a generic type that is open here.
            return null;
        }
    }
}
