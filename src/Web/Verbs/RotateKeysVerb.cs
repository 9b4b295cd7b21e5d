using System.CommandLine;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian rotate-keys</c>: a new key, under which everything sealed in the database is sealed again; with
/// <c>--destroy-older</c> the older keys are destroyed afterwards.</summary>
public static class RotateKeysVerb
{
    public static Command Make(CommonOptions common)
    {
        var reason = new Option<string>("--reason") { Required = true, Description = "why, for the journal" };
        var destroy = new Option<bool>("--destroy-older") { Description = "destroy the older keys once nothing needs them" };
        var verb = new Command("rotate-keys", "add a key and seal all personal data again under it") { reason, destroy };
        VerbRun.Bind(verb, common, run => RotateAsync(run, run.Value(reason), run.Value(destroy)));
        return verb;
    }

    private static async Task<int> RotateAsync(VerbRun run, string reason, bool destroy)
    {
        using var store = Installed.Open(run);
        var key = await RotateKeys.Handle(store, Actor.Machine, new(reason), Installed.Law(), run.Stop);
        var gone = destroy ? await RetireKeys.Handle(store, Actor.Machine, new(reason), run.Stop) : [];
        var file = SealedText.FileOf(store.Folder);
        run.Answer(
            new
            {
                key = key.Key,
                sealedAgain = key.SealedAgain,
                filesSealed = key.FilesSealed,
                file,
                destroyed = gone,
            },
            [
                $"新密钥 new key: {key.Key}（{file}）",
                $"重新加密 sealed again: {key.SealedAgain:N0}, 新封存文件 files sealed: {key.FilesSealed:N0}",
                .. gone.Count > 0 ? [$"已销毁旧密钥 destroyed: {string.Join(' ', gone)}"] : Array.Empty<string>(),
                "请另行备份密钥文件 keep a copy of the file of the keys elsewhere",
            ]
        );
        return CommandLine.Done;
    }
}
