using System.CommandLine;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian backup FILE</c>: the installation in one file, as it stands at this instant, while people go on working.</summary>
public static class BackupVerb
{
    /// <summary>The passphrase of backups, for the server and for scripts; never an argument, which others on the machine see.</summary>
    public const string PassphraseSetting = "WEIPIAN_BACKUP_PASSPHRASE";

    public static Command Make(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "the file to write; with --drill the folder it goes to" };
        var passphrase = MakePassphrase();
        var drill = new Option<bool>("--drill") { Description = "restore it to a scratch place and verify it there as well" };
        var reason = new Option<string>("--reason")
        {
            Description = "why, for the journal",
            DefaultValueFactory = _ => "按命令备份 backup by command",
        };
        var verb = new Command("backup", "write the installation into one file, while people work") { file, passphrase, drill, reason };
        VerbRun.Bind(
            verb,
            common,
            run =>
                run.Value(drill)
                    ? DrillAsync(run, run.Value(file).FullName, Passphrase(run, passphrase), run.Value(reason))
                    : BackupAsync(run, run.Value(file).FullName, Passphrase(run, passphrase), run.Value(reason))
        );
        return verb;
    }

    internal static Option<FileInfo?> MakePassphrase() =>
        new("--passphrase-file")
        {
            Description =
                $"a file whose first line is the passphrase; without it ${PassphraseSetting}; without both the backup is not encrypted",
        };

    internal static string? Passphrase(VerbRun run, Option<FileInfo?> option)
    {
        if (run.Optional(option) is not { } file)
            return Environment.GetEnvironmentVariable(PassphraseSetting) is { Length: > 0 } set ? set : null;
        if (!file.Exists)
            throw Problem.Backup.NoSuchFile(file.FullName);
        return File.ReadLines(file.FullName).FirstOrDefault() ?? "";
    }

    private static async Task<int> BackupAsync(VerbRun run, string path, string? passphrase, string reason)
    {
        using var store = Installed.Open(run);
        var made = await MakeBackup.Handle(store, new(path, passphrase), run.Progress, run.Stop);
        await RecordBackup.Handle(store, Actor.CommandLine, RecordBackup.Of(made, RecordBackup.Made, reason), run.Stop);
        run.Answer(made, Lines(made));
        return CommandLine.Done;
    }

    private static async Task<int> DrillAsync(VerbRun run, string folder, string? passphrase, string reason)
    {
        using var store = Installed.Open(run);
        var drilled = await DrillBackup.Handle(store, Actor.CommandLine, new(folder, passphrase, reason), run.Progress, run.Stop);
        if (drilled is not { Made: { } made, Verified: { } verified })
            throw drilled.Failure!;
        run.Answer(
            new
            {
                made,
                verified = new
                {
                    verified.Entries,
                    verified.Rows,
                    verified.Blobs,
                    verified.Layers,
                },
            },
            [
                .. Lines(made),
                $"恢复演练通过 restored and verified: 日志 journal {verified.Entries:N0}, 行 rows {verified.Rows:N0}, "
                    + $"文件 files {verified.Blobs:N0}, 图层 layers {verified.Layers:N0}",
            ]
        );
        return CommandLine.Done;
    }

    private static IEnumerable<string> Lines(MakeBackup.Made made) =>
        [
            $"已备份 backed up: {made.Path}, {made.Files:N0} 个文件 files, {made.Bytes:N0} B, "
                + (made.Encrypted ? "已加密 encrypted" : "未加密 not encrypted"),
            $"  SHA-256 {made.Sha256}",
            $"  日志末条 last entry {made.Label.JournalSeq} {made.Label.JournalHash}",
        ];
}
