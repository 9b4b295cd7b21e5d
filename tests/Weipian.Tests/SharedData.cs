namespace Weipian.Tests;

/// <summary>The optional shared test data: real and odd files that the project does not carry.</summary>
/// <remarks><c>WEIPIAN_SHARED</c> names the folder that holds <c>data/</c>; without it, a folder <c>shared</c> beside the checkout is
/// tried.</remarks>
public static class SharedData
{
    /// <summary>The full path of a file or folder under <c>data/</c>; the calling test is skipped, with the reason, when it is not
    /// there.</summary>
    public static string Require(string relative)
    {
        var path = Path.Combine(Root, "data", relative);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"needs the shared test data ({relative}); set WEIPIAN_SHARED to the folder that holds data/");
        return path;
    }

    private static string Root => Environment.GetEnvironmentVariable("WEIPIAN_SHARED") ?? Path.Combine(Repository.Root, "..", "shared");
}
