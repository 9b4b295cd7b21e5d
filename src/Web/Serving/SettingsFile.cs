using System.Text.RegularExpressions;

namespace Weipian.Web.Serving;

/// <summary>A file of settings, one <c>NAME=VALUE</c> on a line: the same names as in the environment, which goes before.</summary>
/// <remarks>
/// <c>WEIPIAN_SETTINGS</c> names it; systemd and container tools read the same form. A name that is none of ours is refused, so that a
/// slip of the pen is not taken for the default.
/// </remarks>
public static partial class SettingsFile
{
    public const string Setting = "WEIPIAN_SETTINGS";

    /// <summary>Every setting that a file may hold.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "WEIPIAN_DATA",
        "WEIPIAN_POSTGRES",
        "WEIPIAN_OGR2OGR",
        "WEIPIAN_BACKUP_AT",
        "WEIPIAN_BACKUP_FOLDER",
        "WEIPIAN_BACKUP_PASSPHRASE",
        "WEIPIAN_BACKUP_KEEP",
        "WEIPIAN_LOG_FOLDER",
        "WEIPIAN_LOG_MB_MAX",
        "WEIPIAN_DISK_FREE_MB_MIN",
        "WEIPIAN_METRICS_URL",
        "WEIPIAN_OTLP_ENDPOINT",
        ImageSettings.ChipsSetting,
        ImageSettings.ModelSetting,
        ImageSettings.LibrarySetting,
        "WEIPIAN_BASE_MAPS",
        "WEIPIAN_LOCK_MINUTES",
        "WEIPIAN_BATCH_VERDICTS_MAX",
        "WEIPIAN_DAY_TARGET",
    ];

    /// <summary>Puts what the file says into the environment of this process, where nothing is set yet.</summary>
    /// <exception cref="Problem"><c>web.bad-setting</c></exception>
    public static void Apply()
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } path)
            return;
        if (!File.Exists(path))
            throw Problem.Web.BadSetting(Setting, path, "一个存在的文件", "a file that exists");
        foreach (var (name, value) in Parse(File.ReadAllLines(path)))
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
                Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Pure: the settings of a file. Blank lines and lines that begin with <c>#</c> say nothing; quotes around a value are taken
    /// off.</summary>
    /// <exception cref="Problem"><c>web.bad-setting</c></exception>
    public static IReadOnlyList<(string Name, string Value)> Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var found = new List<(string, string)>();
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var match = Assignment().Match(line);
            var name = match.Groups["name"].Value;
            if (!match.Success || !Names.Contains(name, StringComparer.Ordinal))
                throw Problem.Web.BadSetting(
                    Setting,
                    line,
                    $"“名称=值”，名称为 {string.Join("、", Names)}",
                    $"NAME=VALUE with {string.Join(", ", Names)}"
                );
            var value = match.Groups["value"].Value;
            found.Add((name, value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value));
        }
        return found;
    }

    [GeneratedRegex("^(?<name>[A-Z0-9_]+)=(?<value>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();
}
