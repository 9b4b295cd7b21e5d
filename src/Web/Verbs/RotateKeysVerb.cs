using System.CommandLine;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian rotate-keys</c>: a new key for what is sealed in the database; what older keys sealed stays readable.</summary>
public static class RotateKeysVerb
{
    public static Command Make(CommonOptions common)
    {
        var reason = new Option<string>("--reason") { Required = true, Description = "why, for the journal" };
        var verb = new Command("rotate-keys", "add a key under which personal data is sealed from now on") { reason };
        VerbRun.Bind(verb, common, run => RotateAsync(run, run.Value(reason)));
        return verb;
    }

    private static async Task<int> RotateAsync(VerbRun run, string reason)
    {
        using var store = Installed.Open(run);
        var key = await RotateKeys.Handle(store, Actor.Machine, new(reason), run.Stop);
        run.Answer(
            new { key, file = SealedText.FileOf(store.Folder) },
            [
                $"新密钥 new key: {key}（{SealedText.FileOf(store.Folder)}）",
                "请另行备份密钥文件 keep a copy of the file of the keys elsewhere",
            ]
        );
        return CommandLine.Done;
    }
}
