using System.CommandLine;
using System.Diagnostics;
using Weipian.Imagery;
using Weipian.Web.Serving;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian image model check FILE</c>: whether a change model can be put to use, before a setting names it.</summary>
public static class ImageModelVerb
{
    public static Command Make(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "an ONNX file" };
        var check = new Command("check", "read a model, run it once, print its name, hash and time") { file };
        VerbRun.Bind(check, common, run => Task.FromResult(Check(run, run.Value(file).FullName)));
        return new Command("model", $"a change model that somebody brought; the server takes the one of {ImageSettings.ModelSetting}")
        {
            check,
        };
    }

    private static int Check(VerbRun run, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var model = ChangeModel.Open(path, ImageSettings.Read().LibraryPath);
        var milliseconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        run.Answer(
            new
            {
                model.Name,
                model.Sha256,
                model.Side,
                milliseconds,
            },
            [
                $"{model.Name}: 可用 can be used",
                $"  sha256 {model.Sha256}",
                $"  {model.Side} × {model.Side}; 读入并运行一次 read and run once: {milliseconds:N0} ms",
            ]
        );
        return CommandLine.Done;
    }
}
