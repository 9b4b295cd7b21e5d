using System.IO.Compression;

namespace Weipian.GeoFiles;

/// <summary>A file of a user, opened for reading: a Shapefile (loose, or in a zip with others), a GeoPackage, GeoJSON, KML, a survey
/// text, a table of coordinates, an Excel workbook, a VCT file, or what GDAL turns into one of these.</summary>
/// <remarks>
/// The kind is told by content, never by the extension. Nothing is written beside the file; parts of an archive are unpacked into a
/// temporary folder of the process, under names of our own, and removed by <see cref="Dispose"/>.
/// </remarks>
public sealed class SourceFile : IDisposable
{
    private const string Geodatabase = "FileGDB (GDAL)";

    /// <summary>So much at a time is read, hashed and written while it is still near the processor.</summary>
    private const int CopyBytes = 1 << 18;

    private static readonly string[] ShapefileExtensions = [".shp", ".shx", ".dbf", ".prj", ".cpg"];

    private readonly IDisposable? unpacked;
    private readonly IReadOnlyList<FilePart> originals;
    private readonly Lazy<string> sha256;

    private SourceFile(string path, string format, IReadOnlyList<FilePart> originals, IDisposable? unpacked = null)
    {
        Path = path;
        Format = format;
        this.originals = originals;
        this.unpacked = unpacked;
        sha256 = new Lazy<string>(() => CopyOriginal(Stream.Null));
    }

    /// <summary>The full path that was opened.</summary>
    public string Path { get; }

    /// <summary><c>Shapefile</c>, <c>Shapefile (zip)</c>, <c>GeoPackage</c>, <c>GeoJSON</c>, <c>KML</c>, <c>勘测定界 TXT</c>,
    /// <c>CSV</c>, <c>Excel</c>, <c>VCT</c>, <c>FileGDB (GDAL)</c>, <c>DXF (GDAL)</c> …; with <c>(zip)</c> when it came in a zip.</summary>
    public string Format { get; }

    /// <summary>Bytes of the file, or of all parts of a loose Shapefile.</summary>
    public long SizeBytes => originals.Sum(part => part.Length);

    /// <summary>SHA-256 of the original as <see cref="LayerStore"/> keeps it, hexadecimal, lower case: of the file, or of the zip of the
    /// loose parts.</summary>
    public string Sha256 => sha256.Value;

    /// <summary>The name under which the original is kept: of the file, or of the zip of the loose parts.</summary>
    public string OriginalName
    {
        get => field ?? (originals.Count == 1 ? originals[0].Name : $"{originals[0].Stem}.zip");
        private init;
    }

    public IReadOnlyList<SourceLayer> Layers { get; private set; } = [];

    /// <summary>What is odd about the file as a whole.</summary>
    public IReadOnlyList<FileDefect> Defects { get; private set; } = [];

    /// <summary>Opens a file; refuses what is empty, truncated, damaged, hostile or of another kind.</summary>
    /// <param name="encoding">The encoding of text (<c>--encoding</c>), which then goes before anything the file says of itself.</param>
    /// <exception cref="Problem">files.*</exception>
    public static SourceFile Open(string path, string? encoding = null)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (encoding is not null)
            TextEncodings.Require(encoding);
        if (Directory.Exists(full) && Directory.EnumerateFiles(full, "*.gdbtable").Any())
            return OpenGeodatabase(full, encoding);
        if (Directory.Exists(full))
            throw Problem.Files.OtherKind(path, "文件夹", "a folder");
        var part = FilePart.Of(full);
        return FileKind.Of(part) switch
        {
            FileKind.Readable.Zip => OpenZip(part, encoding),
            FileKind.Readable.Shp => OpenLoose(part, encoding),
            FileKind.Readable.Dxf => OpenDrawing(part, ".dxf"),
            FileKind.Readable.Dwg => OpenDrawing(part, ".dwg"),
            var kind => OpenSingle(part, kind, encoding),
        };
    }

    /// <summary>The layer of that name, without regard to case; with <c>null</c> the only one, or the only one with polygons.</summary>
    /// <exception cref="Problem">files.no-such-layer, files.several-layers, files.no-polygons</exception>
    public SourceLayer Layer(string? name)
    {
        var file = System.IO.Path.GetFileName(Path);
        string Listed(IEnumerable<SourceLayer> layers) => string.Join(", ", layers.Select(layer => layer.Name));
        if (name is not null)
            return Layers.FirstOrDefault(layer => string.Equals(layer.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw Problem.Files.NoSuchLayer(file, name, Listed(Layers));
        if (Layers.Count == 1)
            return Layers[0];
        var polygons = Layers.Where(layer => layer.GeometryKind is "polygon" or "mixed").ToList();
        return polygons.Count switch
        {
            1 => polygons[0],
            0 => throw Problem.Files.NoPolygons(
                file,
                Listed(Layers),
                string.Join("、", Layers.Select(layer => layer.GeometryKind)),
                string.Join(", ", Layers.Select(layer => layer.GeometryKind))
            ),
            _ => throw Problem.Files.SeveralLayers(file, Listed(polygons)),
        };
    }

    public void Dispose() => unpacked?.Dispose();

    /// <summary>Copies the original as the store keeps it and returns its SHA-256: the file, or a zip of the loose parts.</summary>
    /// <exception cref="Problem">files.changed-while-reading: it is not what it was when it was opened</exception>
    public string CopyOriginal(Stream to, CancellationToken stop = default)
    {
        using var hashing = new HashingStream(to, stop);
        if (originals.Count == 1)
        {
            using var from = originals[0].Open(bufferSize: 0);
            from.CopyTo(hashing, CopyBytes);
        }
        else
        {
            // Stored, in a fixed order, at the earliest time a zip can hold: the same parts give the same bytes.
            using var zip = new ZipArchive(hashing, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var part in originals)
            {
                var entry = zip.CreateEntry(part.Name, CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var from = part.Open(bufferSize: 0);
                using var into = entry.Open();
                from.CopyTo(into, CopyBytes);
            }
        }
        RefuseChanged();
        return hashing.Sha256();
    }

    /// <summary>What is kept must be what was read.</summary>
    /// <exception cref="Problem">files.changed-while-reading: it is not what it was when it was opened</exception>
    internal void RefuseChanged()
    {
        if (originals.FirstOrDefault(part => part.HasChanged()) is { } changed)
            throw Problem.Files.ChangedWhileReading(changed.Name);
    }

    private static SourceFile OpenZip(FilePart part, string? encoding)
    {
        var archive = UnpackedArchive.Open(part);
        try
        {
            if (archive.IsWorkbook)
            {
                var (sheets, left) = WorkbookReader.Read(part, archive.Parts);
                return new SourceFile(part.Path, "Excel", [part], archive) { Layers = sheets, Defects = left };
            }
            var (layers, defects) = (new List<SourceLayer>(), new List<FileDefect>());
            var formats = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var geodatabase in archive.Geodatabases)
            {
                var (tables, odd) = GeoPackageFile.Open(archive.Converted.ToGeoPackage(part.Name, geodatabase), encoding);
                layers.AddRange(tables);
                defects.AddRange(odd);
                formats.Add(Geodatabase);
            }
            foreach (var entry in archive.Parts.Where(entry => UnpackedArchive.MayBeLayer(entry.Extension)))
            {
                if (UnpackedArchive.IsText(entry.Extension) && FileKind.OfText(entry) is null)
                {
                    defects.Add(NotRead(entry));
                    continue;
                }
                using var inner = entry.Extension == ".shp" ? null : OpenSingle(entry, FileKind.Of(entry), encoding);
                layers.AddRange(inner?.Layers ?? [new ShapefileLayer(entry, Beside(entry, archive.Parts), encoding)]);
                defects.AddRange(inner?.Defects ?? []);
                formats.Add(inner?.Format ?? "Shapefile");
            }
            if (layers.Count == 0)
                throw Problem.Files.ArchiveWithoutLayers(part.Name, archive.Listing);
            return new SourceFile(part.Path, $"{string.Join(", ", formats)} (zip)", [part], archive) { Layers = layers, Defects = defects };
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static FileDefect NotRead(FilePart entry) =>
        new("1201", false, null, $"{entry.Name} 不是坐标文件，未采用", $"{entry.Name} is no text of coordinates and was left aside");

    /// <summary>Parts with the same path but for the extension, without regard to case.</summary>
    private static List<FilePart> Beside(FilePart shp, IEnumerable<FilePart> parts)
    {
        static string Bare(FilePart part) => System.IO.Path.ChangeExtension(part.Name, null);
        return [.. parts.Where(part => string.Equals(Bare(part), Bare(shp), StringComparison.OrdinalIgnoreCase))];
    }

    private static SourceFile OpenLoose(FilePart shp, string? encoding)
    {
        var folder = System.IO.Path.GetDirectoryName(shp.Path)!;
        var parts = Directory
            .EnumerateFiles(folder)
            .Where(path => string.Equals(System.IO.Path.GetFileNameWithoutExtension(path), shp.Stem, StringComparison.OrdinalIgnoreCase))
            .Where(path => path != shp.Path)
            .OrderBy(path => path, StringComparer.Ordinal)
            .Select(FilePart.Of)
            .Where(part => part.Extension != ".shp" && ShapefileExtensions.Contains(part.Extension))
            .ToList();
        return new SourceFile(shp.Path, "Shapefile", [shp, .. parts]) { Layers = [new ShapefileLayer(shp, parts, encoding)] };
    }

    /// <summary>A file geodatabase is a folder; it is kept as a zip of its files.</summary>
    private static SourceFile OpenGeodatabase(string folder, string? encoding)
    {
        var parts = Directory
            .EnumerateFiles(folder)
            .Where(path => !path.EndsWith(".lock", StringComparison.OrdinalIgnoreCase))
            .OrderBy(path => path, StringComparer.Ordinal)
            .Select(FilePart.Of)
            .ToList();
        var name = System.IO.Path.GetFileName(folder);
        return Converting(conversion =>
        {
            var (layers, defects) = GeoPackageFile.Open(conversion.ToGeoPackage(name, folder), encoding);
            return new SourceFile(folder, Geodatabase, parts, conversion)
            {
                OriginalName = $"{name}.zip",
                Layers = layers,
                Defects = defects,
            };
        });
    }

    /// <summary>Closed lines of a drawing are its plots.</summary>
    private static SourceFile OpenDrawing(FilePart drawing, string extension) =>
        Converting(conversion =>
        {
            var isDwg = extension == ".dwg";
            var arcs = isDwg ? DrawingArcs.Unknown : DrawingArcs.In(drawing.Path);
            var (layers, defects) = GeoPackageFile.Open(conversion.ToGeoPackage(drawing, extension, arcs.Step), null, closedLines: true);
            return new SourceFile(drawing.Path, $"{extension[1..].ToUpperInvariant()} (GDAL)", [drawing], conversion)
            {
                Layers = [.. layers.Select(layer => new DrawingLayer(layer, arcs, isDwg))],
                Defects = defects,
            };
        });

    private static SourceFile Converting(Func<GdalConversion, SourceFile> open)
    {
        var conversion = new GdalConversion();
        try
        {
            return open(conversion);
        }
        catch
        {
            conversion.Dispose();
            throw;
        }
    }

    private static SourceFile OpenSingle(FilePart part, FileKind.Readable kind, string? encoding)
    {
        switch (kind)
        {
            case FileKind.Readable.Sqlite:
                var (layers, defects) = GeoPackageFile.Open(part, encoding);
                return new SourceFile(part.Path, "GeoPackage", [part]) { Layers = layers, Defects = defects };
            case FileKind.Readable.Json:
                return new SourceFile(part.Path, "GeoJSON", [part]) { Layers = [new GeoJsonLayer(part)] };
            case FileKind.Readable.Kml:
                return new SourceFile(part.Path, "KML", [part]) { Layers = [KmlReader.Read(part)] };
            case FileKind.Readable.Table:
                return new SourceFile(part.Path, "CSV", [part]) { Layers = [TableReader.ReadText(part, encoding)] };
            case FileKind.Readable.Vct:
                return new SourceFile(part.Path, "VCT", [part]) { Layers = VctReader.Read(part, encoding) };
            case FileKind.Readable.SurveyText:
                return new SourceFile(part.Path, "勘测定界 TXT", [part]) { Layers = [SurveyTextReader.Read(part, encoding)] };
            default:
                throw Problem.Files.OtherKind(
                    part.Name,
                    "改了扩展名的 Shapefile 或压缩包",
                    "a Shapefile or an archive under another extension"
                );
        }
    }
}
