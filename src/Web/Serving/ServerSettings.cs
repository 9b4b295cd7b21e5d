using System.Globalization;
using Weipian.Flow.Store;

namespace Weipian.Web.Serving;

/// <summary>What the server is told by the environment or by its file of settings (<see cref="SettingsFile"/>).</summary>
/// <param name="BackupAt">The hour of the daily backup in Asia/Shanghai; <c>null</c> for none.</param>
/// <param name="BackupFolder">Where the server's own backups go.</param>
/// <param name="BackupPassphrase">Encrypts them; <c>null</c> leaves them readable to who has the file.</param>
/// <param name="BackupsKept">How many of them stay.</param>
/// <param name="LogFolder">Where log files go besides the standard output; <c>null</c> for none.</param>
/// <param name="LogBytesMax">All log files together.</param>
/// <param name="DiskFreeBytesMin">Below so much free space nothing is written any more.</param>
/// <param name="MetricsUrl">A further address, at which <c>/metrics</c> answers and nowhere else; <c>null</c> for none.</param>
/// <param name="TracesEndpoint">Where traces go (OTLP); <c>null</c> for nowhere.</param>
public sealed record ServerSettings(
    TimeOnly? BackupAt,
    string BackupFolder,
    string? BackupPassphrase,
    BackupShelf.Retention BackupsKept,
    string? LogFolder,
    long LogBytesMax,
    long DiskFreeBytesMin,
    Uri? MetricsUrl,
    Uri? TracesEndpoint
)
{
    private const long Megabyte = 1024 * 1024;

    /// <exception cref="Problem"><c>web.bad-setting</c></exception>
    public static ServerSettings Read(DataFolder data) => Read(data, Environment.GetEnvironmentVariable);

    /// <exception cref="Problem"><c>web.bad-setting</c></exception>
    public static ServerSettings Read(DataFolder data, Func<string, string?> get)
    {
        ArgumentNullException.ThrowIfNull(data);
        string? Set(string name) => get(name) is { Length: > 0 } value ? value.Trim() : null;
        return new(
            Time("WEIPIAN_BACKUP_AT", Set("WEIPIAN_BACKUP_AT")),
            Set("WEIPIAN_BACKUP_FOLDER") ?? data.Backups,
            Set("WEIPIAN_BACKUP_PASSPHRASE"),
            Kept("WEIPIAN_BACKUP_KEEP", Set("WEIPIAN_BACKUP_KEEP")),
            Set("WEIPIAN_LOG_FOLDER"),
            Megabytes("WEIPIAN_LOG_MB_MAX", Set("WEIPIAN_LOG_MB_MAX"), 200),
            Megabytes("WEIPIAN_DISK_FREE_MB_MIN", Set("WEIPIAN_DISK_FREE_MB_MIN"), 200),
            Address("WEIPIAN_METRICS_URL", Set("WEIPIAN_METRICS_URL")),
            Address("WEIPIAN_OTLP_ENDPOINT", Set("WEIPIAN_OTLP_ENDPOINT"))
        );
    }

    private static TimeOnly? Time(string name, string? value) =>
        value is null ? null
        : TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : throw Problem.Web.BadSetting(name, value, "时刻，如 02:30", "a time of day such as 02:30");

    private static BackupShelf.Retention Kept(string name, string? value)
    {
        if (value is null)
            return BackupShelf.Retention.Ordinary;
        var parts = value.Split(',', StringSplitOptions.TrimEntries);
        return
            parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var weeks)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var months)
            ? new(days, weeks, months)
            : throw Problem.Web.BadSetting(
                name,
                value,
                "日、周、月三个数，如 7,5,12",
                "three numbers of days, weeks and months such as 7,5,12"
            );
    }

    private static long Megabytes(string name, string? value, long otherwise) =>
        value is null ? otherwise * Megabyte
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1_000_000_000 ? count * Megabyte
        : throw Problem.Web.BadSetting(name, value, "兆字节数，如 200", "a number of megabytes such as 200");

    private static Uri? Address(string name, string? value) =>
        value is null ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
        : throw Problem.Web.BadSetting(name, value, "地址，如 http://127.0.0.1:5081", "an address such as http://127.0.0.1:5081");
}
