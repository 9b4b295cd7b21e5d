using System.CommandLine;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian restore FILE</c>: an installation from a backup, in an empty data folder.</summary>
public static class RestoreVerb
{
    public static Command Make(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "a file that weipian backup wrote" };
        var passphrase = BackupVerb.MakePassphrase();
        var reason = new Option<string>("--reason")
        {
            Description = "why, for the journal",
            DefaultValueFactory = _ => "按命令恢复 restored by command",
        };
        var verb = new Command("restore", "make the installation of a backup in an empty data folder") { file, passphrase, reason };
        VerbRun.Bind(
            verb,
            common,
            run => RestoreAsync(run, run.Value(file).FullName, BackupVerb.Passphrase(run, passphrase), run.Value(reason))
        );
        return verb;
    }

    private static async Task<int> RestoreAsync(VerbRun run, string file, string? passphrase, string reason)
    {
        var request = new RestoreBackup.Request(file, passphrase, reason);
        var done = await RestoreBackup.Handle(new DataFolder(run.DataPath), request, Installed.Postgres, run.Progress, run.Stop);
        run.Answer(
            new
            {
                data = run.DataPath,
                done.Label,
                done.Files,
                done.Bytes,
                verified = new
                {
                    done.Verified.Entries,
                    done.Verified.Rows,
                    done.Verified.Blobs,
                    done.Verified.Layers,
                },
            },
            [
                $"已恢复 restored: {run.DataPath} · {done.Label.Plan} · {done.Label.MadeAt:yyyy-MM-dd HH:mm} UTC · "
                    + $"{done.Files:N0} 个文件 files, {done.Bytes:N0} B",
                $"  已核验 verified: 日志 journal {done.Verified.Entries:N0}, 行 rows {done.Verified.Rows:N0}, "
                    + $"文件 files {done.Verified.Blobs:N0}, 图层 layers {done.Verified.Layers:N0}",
            ]
        );
        return CommandLine.Done;
    }
}
