using System.CommandLine;

namespace Weipian.Web.Verbs;

/// <summary>The command line of the one executable. Every verb is a file in this folder; <c>serve</c> is one of them.</summary>
/// <remarks>Exit status: 0 done, 1 refused or found wrong (reasons printed), 2 wrong usage, 3 our fault.</remarks>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = Build();
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static RootCommand Build() => new("Weipian 卫片: from an issued satellite patch to a violation that is gone from the ground");
}
