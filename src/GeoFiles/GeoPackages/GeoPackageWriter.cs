using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Writes GeoPackages that QGIS and GDAL open: one or more polygon layers with R-tree.</summary>
/// <remarks>Written beside the target and renamed at <see cref="Complete"/>; disposing without it leaves nothing.</remarks>
public sealed class GeoPackageWriter : IDisposable
{
    private GeoPackageWriter() { }

    public static GeoPackageWriter Create(string path) => throw new NotImplementedException();

    /// <summary>Adds a layer.</summary>
    /// <returns>Features written.</returns>
    public long Layer(string name, IReadOnlyList<WrittenField> fields, IEnumerable<WrittenFeature> features, CoordinateSystem crs) =>
        throw new NotImplementedException();

    /// <summary>Closes the file and puts it in place.</summary>
    public void Complete() => throw new NotImplementedException();

    public void Dispose() { }

    /// <summary>A GeoPackage of one layer.</summary>
    public static long Write(
        string path,
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features,
        CoordinateSystem crs
    )
    {
        using var writer = Create(path);
        var written = writer.Layer(name, fields, features, crs);
        writer.Complete();
        return written;
    }
}
