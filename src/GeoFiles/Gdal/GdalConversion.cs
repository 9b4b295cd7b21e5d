using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>Turns a format that no managed reader knows into one that ours read, by <c>ogr2ogr</c> of GDAL where that is
/// installed.</summary>
/// <remarks>
/// Nothing is skipped: what GDAL cannot carry over fails the file with its message. It runs as a process of its own, without a shell, with
/// a time limit, on copies under names of ours, so that a file cannot choose another driver by its name.
/// </remarks>
internal sealed class GdalConversion : IDisposable
{
    /// <summary>Names the program where it is not on the path.</summary>
    private const string Setting = "WEIPIAN_OGR2OGR";

    private const string Program = "ogr2ogr";

    /// <summary>The package that brings it, as Debian names it.</summary>
    private const string Package = "gdal-bin";

    private const int MessageLengthMax = 300;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly WorkFolder folder = new();

    /// <summary>A file geodatabase as a GeoPackage.</summary>
    /// <param name="source">Its folder; the name must end in <c>.gdb</c>.</param>
    /// <exception cref="Problem">files.gdal-missing, files.gdal-failed</exception>
    public FilePart ToGeoPackage(string name, string source)
    {
        var target = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.gpkg");
        Run(name, new("Esri 文件地理数据库", "an Esri file geodatabase"), ["-f", "GPKG", "-dim", "XY", target, source]);
        return Result(name, target);
    }

    /// <summary>A drawing as a GeoPackage: a layer for each layer of a DWG, one layer for a DXF.</summary>
    /// <param name="arcStep">The angle of the chords that stand for arcs, degrees.</param>
    /// <exception cref="Problem">files.gdal-missing, files.gdal-failed, files.drawing-version</exception>
    public FilePart ToGeoPackage(FilePart drawing, string extension, double arcStep)
    {
        var source = Path.Combine(folder.Path, "drawing" + extension);
        File.Copy(drawing.Path, source);
        var target = Path.Combine(folder.Path, "drawing.gpkg");
        try
        {
            // A layer of a drawing holds lines beside points: no one kind of geometry.
            Run(
                drawing.Name,
                new("AutoCAD 图纸（DWG 或 DXF）", "an AutoCAD drawing (DWG or DXF)"),
                [
                    "--config",
                    "OGR_ARC_STEPSIZE",
                    arcStep.ToString("0.######", CultureInfo.InvariantCulture),
                    "-f",
                    "GPKG",
                    "-dim",
                    "XY",
                    "-nlt",
                    "GEOMETRY",
                    target,
                    source,
                ]
            );
        }
        catch (Problem problem)
            when (problem.Code == "files.gdal-failed" && extension == ".dwg" && DrawingVersion.Of(drawing) is { } version)
        {
            throw Problem.Files.DrawingVersion(drawing.Name, version.Mark, version.Release);
        }
        return Result(drawing.Name, target);
    }

    public void Dispose() => folder.Dispose();

    private static FilePart Result(string name, string target) =>
        File.Exists(target) ? FilePart.Of(target) : throw Problem.Files.GdalFailed(name, "no output");

    private static void Run(string file, Wording kind, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named ? named : Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Started(file, kind, start);
        process.StandardInput.Close();
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            throw Problem.Files.GdalFailed(file, $"> {Longest.TotalMinutes:0} min");
        }
        process.WaitForExit();
        var said = errors.GetAwaiter().GetResult().Trim();
        if (process.ExitCode != 0)
            throw Problem.Files.GdalFailed(file, Said(said));
    }

    /// <summary>What it said, without the list of all drivers and without the place of our copy.</summary>
    private static string Said(string message)
    {
        var drivers = message.IndexOf("Unable to open datasource", StringComparison.Ordinal);
        var said = (drivers > 0 ? message[..drivers].Replace("FAILURE:", "", StringComparison.Ordinal).Trim() : message).ReplaceLineEndings(
            " "
        );
        return said.Length > MessageLengthMax ? said[..MessageLengthMax] + "…" : said;
    }

    private static Process Started(string file, Wording kind, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw Problem.Files.GdalMissing(file, kind.Zh, kind.En, Package);
        }
    }
}
