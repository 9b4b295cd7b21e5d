namespace Weipian.GeoFiles;

/// <summary>A file under another name until it is whole: <see cref="Complete"/> renames it, disposing without that removes it.</summary>
internal sealed class UnfinishedFile : IDisposable
{
    private readonly string target;
    private bool completed;

    public UnfinishedFile(string target)
    {
        this.target = System.IO.Path.GetFullPath(target);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this.target)!);
        Path = $"{this.target}.{Guid.NewGuid():N}.part";
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    public void Complete()
    {
        File.Move(Path, target, overwrite: true);
        completed = true;
    }

    public void Dispose()
    {
        if (!completed)
            File.Delete(Path);
    }
}
