namespace Weipian.Tests.GeoFiles;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"weipian-test-{Guid.NewGuid():N}");

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Names of what is in the folder, in ordinal order.</summary>
    public string[] Names =>
        [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
