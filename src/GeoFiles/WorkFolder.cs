namespace Weipian.GeoFiles;

/// <summary>A folder of our own for parts of a file; gone, with all in it, when disposed.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <param name="parent">Where to make it; the temporary folder of the system when <c>null</c>.</param>
    public WorkFolder(string? parent = null)
    {
        Path = System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $".weipian-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
