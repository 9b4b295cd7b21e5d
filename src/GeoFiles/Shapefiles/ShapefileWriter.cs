using System.IO.Compression;
using System.Text;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>How a Shapefile is to be written.</summary>
/// <param name="Encoding"><c>GBK</c> (default; LDID 0x4D), <c>GB18030</c> or <c>UTF-8</c>.</param>
/// <param name="WriteCpg">Old files carry no .cpg; the reader then goes by the LDID.</param>
/// <param name="WritePrj">False to leave the .prj out.</param>
/// <param name="WriteShx">False to leave the .shx out.</param>
/// <param name="RingsAsGiven">True writes rings neither closed nor turned: for files with true defects.</param>
/// <param name="ZipNamesInGbk">Names inside the zip in GBK without the UTF-8 mark, as Chinese Windows programs write them.</param>
public sealed record ShapefileOptions(
    string Encoding = "GBK",
    bool WriteCpg = true,
    bool WritePrj = true,
    bool WriteShx = true,
    bool RingsAsGiven = false,
    bool ZipNamesInGbk = false
);

/// <summary>A layer to write.</summary>
public sealed record WrittenLayer(
    string Name,
    IReadOnlyList<WrittenField> Fields,
    IEnumerable<WrittenFeature> Features,
    CoordinateSystem Crs
);

/// <summary>Writes polygon Shapefiles: loose beside each other, or several in one zip.</summary>
public static class ShapefileWriter
{
    // The earliest time a zip can hold: the same features give the same file.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes one Shapefile: <c>….zip</c> gives a zip with one layer, <c>….shp</c> loose files. Nothing half-written remains after
    /// a refusal.</summary>
    /// <param name="name">Name of the layer, Chinese allowed; for loose files the name of <paramref name="path"/> is taken.</param>
    /// <returns>Features written.</returns>
    /// <exception cref="Problem">files.value-does-not-fit, files.unencodable-text, files.write-limit</exception>
    public static long Write(
        string path,
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features,
        CoordinateSystem crs,
        ShapefileOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(path);
        var layer = new WrittenLayer(name, fields, features, crs);
        return path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
            ? WriteZip(path, [layer], options)
            : WriteLoose(path, layer, options ?? new ShapefileOptions());
    }

    /// <summary>Writes several layers into one zip.</summary>
    /// <returns>Features written, of all layers.</returns>
    /// <exception cref="Problem">files.value-does-not-fit, files.unencodable-text, files.write-limit</exception>
    public static long WriteZip(string path, IEnumerable<WrittenLayer> layers, ShapefileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        options ??= new ShapefileOptions();
        using var unfinished = new UnfinishedFile(path);
        using var folder = new WorkFolder();
        var written = 0L;
        using (var stream = File.Create(unfinished.Path))
        {
            var names = options.ZipNamesInGbk ? TextEncodings.Gbk : Encoding.UTF8;
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: false, names);
            foreach (var layer in layers)
            {
                written += WriteParts(Path.Combine(folder.Path, layer.Name), layer, options);
                foreach (var part in Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal))
                {
                    var entry = zip.CreateEntry(Path.GetFileName(part), CompressionLevel.Fastest);
                    entry.LastWriteTime = EntryTime;
                    using (var from = File.OpenRead(part))
                    using (var to = entry.Open())
                        from.CopyTo(to);
                    File.Delete(part);
                }
            }
        }
        unfinished.Complete();
        return written;
    }

    private static long WriteLoose(string path, WrittenLayer layer, ShapefileOptions options)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        var name = Path.GetFileNameWithoutExtension(target);
        Directory.CreateDirectory(folder);
        // Beside the target, so that moving into place is a rename.
        using var temporary = new WorkFolder(folder);
        var written = WriteParts(Path.Combine(temporary.Path, name), layer, options);
        foreach (var extension in (string[])[".cpg", ".prj", ".shx"])
            File.Delete(Path.Combine(folder, name + extension)); // A part left from an earlier layer would be read with this one.
        foreach (var part in Directory.EnumerateFiles(temporary.Path).OrderBy(part => part.EndsWith(".shp", StringComparison.Ordinal)))
            File.Move(part, Path.Combine(folder, Path.GetFileName(part)), overwrite: true);
        return written;
    }

    private static long WriteParts(string stem, WrittenLayer layer, ShapefileOptions options)
    {
        var encoding = TextEncodings.Require(options.Encoding);
        var written = 0L;
        using (var shp = new ShpWriter($"{layer.Name}.shp", $"{stem}.shp", options.WriteShx ? $"{stem}.shx" : null, options.RingsAsGiven))
        using (var dbf = new DbfWriter($"{layer.Name}.dbf", $"{stem}.dbf", layer.Fields, encoding))
        {
            foreach (var feature in layer.Features)
            {
                shp.Write(feature.Polygons);
                dbf.Write(feature.Values);
                written++;
            }
            shp.Complete();
            dbf.Complete();
        }
        if (options.WritePrj)
            File.WriteAllText($"{stem}.prj", layer.Crs.ToPrj(), Encoding.ASCII);
        if (options.WriteCpg)
            File.WriteAllText($"{stem}.cpg", TextEncodings.NameOf(encoding), Encoding.ASCII);
        return written;
    }
}
