using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weipian.Flow.Store;

/// <summary>The first entry of a backup: what it is and of when.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">Of the layout of the file.</param>
/// <param name="MadeAt">UTC by the clock of the machine.</param>
/// <param name="Plan">The plan of the installation.</param>
/// <param name="JournalSeq">The last entry of the journal that the backup holds.</param>
/// <param name="Model">The last migration of its database.</param>
public sealed record BackupLabel(
    string Format,
    int Version,
    DateTime MadeAt,
    string Program,
    string Plan,
    long JournalSeq,
    string JournalHash,
    string Model
)
{
    public const string FormatName = "weipian-backup";
    public const int VersionNow = 1;
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">In the data folder, with slashes.</param>
/// <param name="Mode">Rights of the file as in Unix, or 0.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256, int Mode);

/// <summary>The last entry of a backup: every other file with its hash.</summary>
public sealed record BackupManifest(IReadOnlyList<BackupFile> Files);

/// <summary>Names and rules of what is in a backup.</summary>
internal static class BackupContents
{
    public const string Label = "weipian-backup.json";
    public const string Manifest = "manifest.json";
    public const string Database = "weipian.db";
    public const string Head = "journal-head";

    /// <summary>The label and the manifest of a hostile file do not fill the memory.</summary>
    public const long DocumentBytesMax = 512L * 1024 * 1024;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What stands in the data folder and belongs to this machine, to a running process, or to no installation at all.</summary>
    private static readonly string[] LeftOut =
    [
        "backups",
        "logs",
        "training",
        "training.building",
        RestoreBackup.Scratch,
        Database,
        $"{Database}-wal",
        $"{Database}-shm",
        Head,
    ];

    private static readonly Regex Caches = new(@"\.(lock|tmp|packed)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex Unsafe = new(
        @"[\\:\p{C}]|^/|/$|//|(^|/)\.\.?(/|$)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    );

    /// <summary>Files of a data folder that a backup copies, database and head apart, in ordinal order; paths with slashes.</summary>
    /// <remarks>Blobs and layers are written before the act that names them commits and never change: read after the snapshot of the
    /// database, they hold all that it names.</remarks>
    public static IEnumerable<string> Of(DataFolder data) =>
        Directory
            .EnumerateFiles(data.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(data.Path, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(IsKept)
            .Order(StringComparer.Ordinal);

    /// <summary>Whether a path of the data folder goes into a backup.</summary>
    private static bool IsKept(string path)
    {
        var parts = path.Split('/');
        if (LeftOut.Contains(parts[0], StringComparer.Ordinal) || Caches.IsMatch(path))
            return false;
        return parts[0] switch
        {
            // Names of blobs are their content; what has no such name is not finished.
            "blobs" => parts.Length == 4 && IsHash(parts[3]),
            "layers" => parts.Length > 2 && IsHash(parts[1]),
            _ => !parts[0].StartsWith("snapshot-", StringComparison.Ordinal),
        };
    }

    /// <summary>A name that stays inside the folder it is unpacked in, on any system.</summary>
    public static bool IsSafe(string path) => path.Length is > 0 and <= 1024 && !Unsafe.IsMatch(path);

    private static bool IsHash(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
