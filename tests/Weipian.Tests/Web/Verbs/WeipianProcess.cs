using System.Diagnostics;
using System.Text;

namespace Weipian.Tests.Web.Verbs;

/// <summary>The program as a script sees it: a process with arguments, two outputs and a status.</summary>
public static class WeipianProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "weipian.dll");

    public sealed record Ended(int Status, string Output, string Errors);

    public static ProcessStartInfo Command(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("WEIPIAN_DATA");
        return start;
    }

    public static Task<Ended> Run(params string[] arguments) => Run(Command(arguments));

    public static async Task<Ended> Run(ProcessStartInfo command)
    {
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }
}
