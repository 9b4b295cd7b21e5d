using System.Diagnostics;

namespace Weipian.Tests.GeoFiles;

/// <summary>An independent reader of our files: the programs of GDAL, when they are installed.</summary>
internal static class Gdal
{
    /// <summary>The output of a GDAL program; the calling test is skipped, with the reason, when it is not installed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} failed: {output} {errors.Result}");
            return output + errors.Result;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"needs {program} (Debian package gdal-bin)");
            throw;
        }
    }
}
