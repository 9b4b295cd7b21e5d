using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Weipian.Imagery;

/// <summary>Finds the native library of ONNX Runtime. It does not travel with the product: whoever brings a model brings it too.</summary>
public static class OnnxLibrary
{
    /// <summary>Of the package Microsoft.ML.OnnxRuntime, whose managed half is built in: the native half must be of the same.</summary>
    public const string Version = "1.31.1";

    private static readonly Lock Turn = new();
    private static nint loaded;

    private static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll"
        : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib"
        : "libonnxruntime.so";

    /// <summary>Where the library may lie: the place that is named and no other, else beside the program, as packages lay it out.</summary>
    internal static IReadOnlyList<string> Places(string? named, string program) =>
        named is not null ? [named] : [Path.Combine(program, FileName), Path.Combine(program, "runtimes", Machine, "native", FileName)];

    /// <summary>As packages name it: system and processor.</summary>
    private static string Machine =>
        (
            OperatingSystem.IsWindows() ? "win-"
            : OperatingSystem.IsMacOS() ? "osx-"
            : "linux-"
        ) + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Loads the library once; does nothing when it is loaded.</summary>
    /// <param name="named">Path of the library; null looks beside the program.</param>
    /// <exception cref="Problem">models.runtime-missing</exception>
    internal static void Require(string? named, string program)
    {
        lock (Turn)
        {
            if (loaded != 0)
                return;
            var places = Places(named, program);
            foreach (var place in places.Where(File.Exists))
            {
                if (!NativeLibrary.TryLoad(Path.GetFullPath(place), out var handle))
                    continue;
                // Some other library under this name would end the process at the first call.
                if (!NativeLibrary.TryGetExport(handle, "OrtGetApiBase", out _))
                    continue;
                loaded = handle;
                AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
                    name.Contains("onnxruntime", StringComparison.Ordinal) ? loaded : 0;
                return;
            }
            throw Problem.Models.RuntimeMissing(places[0], Version);
        }
    }
}
