namespace Weipian.Geo;

public sealed record LayerFeature(long Number, string Code, PreparedShape Shape);

public sealed class PackedLayer : IDisposable
{
    private PackedLayer() { }

    public int Count => throw new NotImplementedException();

    /// <summary>The distinct codes, in ordinal order.</summary>
    public IReadOnlyList<string> Codes => throw new NotImplementedException();

    public long NumberOf(int feature) => throw new NotImplementedException();

    /// <summary>Index into <see cref="Codes"/>.</summary>
    public int CodeIndexOf(int feature) => throw new NotImplementedException();

    public string CodeOf(int feature) => throw new NotImplementedException();

    public double AreaSquareMetresOf(int feature) => throw new NotImplementedException();

    public static PackedLayer Build(IEnumerable<LayerFeature> features) => throw new NotImplementedException();

    public void Write(Stream stream) => throw new NotImplementedException();

    public static PackedLayer Read(Stream stream) => throw new NotImplementedException();

    /// <summary>Throws a <see cref="Problem"/> when the file is not whole or of another version: rebuild it then.</summary>
    public static PackedLayer Map(string path) => throw new NotImplementedException();

    public void Dispose() { }
}
