namespace Weipian.GeoFiles;

/// <summary>A file of a user, opened for reading: a Shapefile (loose, or in a zip with others), a GeoPackage or a GeoJSON text.</summary>
/// <remarks>
/// The kind is told by content, never by the extension. Nothing is written beside the file; parts of an archive are unpacked into a
/// temporary folder of the process, under names of our own, and removed by <see cref="Dispose"/>.
/// </remarks>
public sealed class SourceFile : IDisposable
{
    private SourceFile() { }

    /// <summary>The full path that was opened.</summary>
    public string Path { get; private init; } = "";

    /// <summary><c>Shapefile</c>, <c>Shapefile (zip)</c>, <c>GeoPackage</c> or <c>GeoJSON</c>.</summary>
    public string Format { get; private init; } = "";

    /// <summary>SHA-256 of the original as <see cref="LayerStore"/> keeps it, hexadecimal, lower case: of the file, or of the zip of the loose parts.</summary>
    public string Sha256 => throw new NotImplementedException();

    public IReadOnlyList<SourceLayer> Layers { get; private init; } = [];

    /// <summary>What is odd about the file as a whole.</summary>
    public IReadOnlyList<FileDefect> Defects { get; private init; } = [];

    /// <summary>Opens a file; refuses what is empty, truncated, damaged, hostile or of another kind.</summary>
    /// <param name="encoding">The encoding of text (<c>--encoding</c>), which then goes before anything the file says of itself.</param>
    /// <exception cref="Problem">files.*</exception>
    public static SourceFile Open(string path, string? encoding = null) => throw new NotImplementedException();

    /// <summary>The layer of that name, without regard to case; with <c>null</c> the only one, or the only one with polygons.</summary>
    /// <exception cref="Problem">files.no-such-layer, files.several-layers, files.no-polygons</exception>
    public SourceLayer Layer(string? name) => throw new NotImplementedException();

    public void Dispose() { }
}
