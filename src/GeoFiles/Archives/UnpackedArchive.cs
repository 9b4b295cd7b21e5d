using System.IO.Compression;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>A zip, unpacked with care: limits on entries, size and ratio; names checked; checksums verified.</summary>
/// <remarks>Entries land under names of our own, so that no name in the archive ever becomes a path.</remarks>
internal sealed class UnpackedArchive : IDisposable
{
    public const int EntriesMax = 10_000;

    /// <summary>All entries together: 16 GiB.</summary>
    public const long UnpackedBytesMax = 16L << 30;

    /// <summary>Below this size no ratio is asked: blank columns of a dbf shrink by hundreds.</summary>
    public const long RatioAskedAboveBytes = 256L << 20;

    /// <summary>Unpacked over packed, for the archive as a whole.</summary>
    public const int RatioMax = 250;

    private static readonly string[] LayerExtensions = [".shp", ".gpkg", ".geojson", ".json", ".kml", ".vct"];

    /// <summary>What has these may be a layer or may be a note of the sender: the content tells.</summary>
    private static readonly string[] TextExtensions = [".txt", ".csv"];
    private static readonly string[] PartExtensions = [.. LayerExtensions, .. TextExtensions, ".shx", ".dbf", ".prj", ".cpg"];
    private static readonly string[] ArchiveExtensions = [".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".kmz"];

    private readonly WorkFolder folder = new();

    private GdalConversion? converted;

    private UnpackedArchive() { }

    /// <summary>The entries that are parts of layers, named by their path inside the archive.</summary>
    public IReadOnlyList<FilePart> Parts { get; private set; } = [];

    /// <summary>Names of what the archive holds, the first few, for a sentence.</summary>
    public string Listing { get; private set; } = "";

    /// <summary>True for an Excel workbook, whose parts are then <see cref="Parts"/>.</summary>
    public bool IsWorkbook { get; private set; }

    /// <summary>Folders of file geodatabases that were in the archive.</summary>
    public IReadOnlyList<string> Geodatabases { get; private set; } = [];

    /// <summary>What GDAL makes of its geodatabases; gone with the archive.</summary>
    public GdalConversion Converted => converted ??= new GdalConversion();

    public static bool MayBeLayer(string extension) => LayerExtensions.Contains(extension) || IsText(extension);

    public static bool IsText(string extension) => TextExtensions.Contains(extension);

    /// <exception cref="Problem">files.*</exception>
    public static UnpackedArchive Open(FilePart file)
    {
        var archive = new UnpackedArchive();
        try
        {
            archive.Parts = archive.Unpack(file);
            return archive;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        converted?.Dispose();
        folder.Dispose();
    }

    private List<FilePart> Unpack(FilePart file)
    {
        using var stream = file.Open();
        using var zip = OpenDirectory(file, stream);
        var entries = Entries(file, zip);
        if (FileKind.OfZip([.. entries.Select(entry => entry.Name)]) is { } other)
            throw Problem.Files.OtherKind(file.Name, other.Zh, other.En);
        Listing = Listed([.. entries.Select(entry => entry.Name)]);
        IsWorkbook = entries.Exists(entry => entry.Name == "[Content_Types].xml");
        var geodatabases = IsWorkbook ? [] : GeodatabasesAmong(entries);
        if (!IsWorkbook && geodatabases.Count == 0 && !entries.Any(entry => MayBeLayer(Extension(entry.Name))))
        {
            var inner = entries.FirstOrDefault(entry => ArchiveExtensions.Contains(Extension(entry.Name)));
            throw inner.Entry is null
                ? Problem.Files.ArchiveWithoutLayers(file.Name, Listing)
                : Problem.Files.NestedArchive(file.Name, inner.Name);
        }
        var parts = new List<FilePart>();
        var budget = Math.Min(UnpackedBytesMax, Math.Max(RatioAskedAboveBytes, file.Length * RatioMax));
        foreach (var (entry, name) in entries)
        {
            var geodatabase = geodatabases.FindIndex(known => known == FolderOf(name));
            if (geodatabase < 0 && !(IsWorkbook ? WorkbookReader.IsPart(name) : PartExtensions.Contains(Extension(name))))
                continue;
            if (entry.IsEncrypted)
                throw Problem.Files.EncryptedArchive(file.Name, name);
            var path = geodatabase < 0 ? Path.Combine(folder.Path, $"{parts.Count}{Extension(name)}") : PathIn(geodatabase, name);
            var length = UnpackEntry(file, entry, name, path, budget);
            budget -= length;
            if (geodatabase < 0)
                parts.Add(new FilePart(name, path, length));
        }
        Geodatabases = [.. geodatabases.Select((_, i) => Path.Combine(folder.Path, $"{i}.gdb"))];
        return parts;
    }

    private static List<string> GeodatabasesAmong(List<(ZipArchiveEntry Entry, string Name)> entries) =>
        [
            .. entries
                .Where(entry => Extension(entry.Name) == ".gdbtable")
                .Select(entry => FolderOf(entry.Name))
                .Distinct(StringComparer.Ordinal),
        ];

    private static string FolderOf(string name) => name[..(name.LastIndexOfAny(['/', '\\']) + 1)];

    /// <summary>The files of a geodatabase keep their names, because they find each other by them; only plain names are taken.</summary>
    private string PathIn(int geodatabase, string name)
    {
        var home = Path.Combine(folder.Path, $"{geodatabase}.gdb");
        Directory.CreateDirectory(home);
        var bare = name[FolderOf(name).Length..];
        return bare.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? Path.Combine(home, bare)
            : Path.Combine(folder.Path, $"left-{Guid.NewGuid():N}");
    }

    private static ZipArchive OpenDirectory(FilePart file, Stream stream)
    {
        try
        {
            // Latin-1 keeps the bytes of names that carry no UTF-8 mark; they are decoded in NameOf.
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true, Encoding.Latin1);
            _ = zip.Entries.Count;
            return zip;
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            throw Problem.Files.TruncatedArchive(file.Name, file.Length);
        }
    }

    private static List<(ZipArchiveEntry Entry, string Name)> Entries(FilePart file, ZipArchive zip)
    {
        if (zip.Entries.Count > EntriesMax)
            throw Problem.Files.ArchiveBomb(file.Name, "*", zip.Entries.Count, EntriesMax, "条目数", "the number of entries");
        var entries = new List<(ZipArchiveEntry, string)>();
        foreach (var entry in zip.Entries)
        {
            var name = NameOf(entry.FullName);
            if (PointsOutside(name))
                throw Problem.Files.ArchivePath(file.Name, name);
            var isFolder = name.EndsWith('/') || name.EndsWith('\\');
            var isMacShadow =
                name.StartsWith("__MACOSX/", StringComparison.Ordinal) || Path.GetFileName(name).StartsWith("._", StringComparison.Ordinal);
            if (!isFolder && !isMacShadow)
                entries.Add((entry, name));
        }
        return entries;
    }

    private static long UnpackEntry(FilePart file, ZipArchiveEntry entry, string name, string path, long budget)
    {
        var unpacked = 0L;
        var crc = new Crc32();
        try
        {
            using var from = entry.Open();
            using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var buffer = new byte[1 << 17];
            for (int read; (read = from.Read(buffer)) > 0; )
            {
                unpacked += read;
                if (unpacked > budget)
                    throw Problem.Files.ArchiveBomb(file.Name, name, unpacked, budget, "解压字节数", "the bytes unpacked");
                crc.Append(buffer.AsSpan(0, read));
                to.Write(buffer, 0, read);
            }
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            throw Problem.Files.DamagedArchive(file.Name, name, fault.Message);
        }
        if (unpacked != entry.Length)
            throw Problem.Files.DamagedArchive(file.Name, name, $"{unpacked} ≠ {entry.Length} bytes");
        if (crc.Value != entry.Crc32)
            throw Problem.Files.DamagedArchive(file.Name, name, "CRC-32");
        return unpacked;
    }

    /// <summary>Names without the UTF-8 mark are UTF-8 when they can be (macOS), else GBK (Chinese Windows).</summary>
    private static string NameOf(string latin)
    {
        if (latin.All(char.IsAscii) || latin.Any(c => c > 0xFF))
            return latin;
        var bytes = Encoding.Latin1.GetBytes(latin);
        foreach (var encoding in (Encoding[])[TextEncodings.Utf8, TextEncodings.Gb18030])
            try
            {
                return encoding.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                continue; // Not in this encoding: the next one.
            }
        return latin;
    }

    private static bool PointsOutside(string name) =>
        name.StartsWith('/')
        || name.StartsWith('\\')
        || (name.Length > 1 && name[1] == ':')
        || name.Split('/', '\\').Contains("..")
        || name.Contains('\0', StringComparison.Ordinal);

    private static string Extension(string name) => Path.GetExtension(name).ToLowerInvariant();

    private static string Listed(List<string> names) =>
        names.Count == 0 ? "-" : string.Join(", ", names.Take(8)) + (names.Count > 8 ? ", …" : "");

    private static bool IsDamage(Exception fault) =>
        fault
            is InvalidDataException
                or EndOfStreamException
                or NotSupportedException
                or IOException
                or ArgumentException
                or OverflowException;
}
