using System.CommandLine;
using System.Text.Json;
using Weipian.Flow.Intake;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian image stac [--id ID]</c>: the catalogue, or one image of it, in the form that other catalogues take.</summary>
public static class ImageStacVerb
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true };

    public static Command Make(CommonOptions common)
    {
        var id = new Option<string?>("--id") { Description = "the id of an image or its beginning; without it every image" };
        var verb = new Command("stac", "write an image as a STAC item, or all of them as a collection of items") { id };
        VerbRun.Bind(verb, common, run => RunAsync(run, run.Optional(id)));
        return verb;
    }

    private static Task<int> RunAsync(VerbRun run, string? id)
    {
        using var store = Installed.Open(run);
        using var db = store.Read();
        var images = db.Images.OrderBy(i => i.AcquiredOn).ThenBy(i => i.Id).ToList();
        if (id is null)
        {
            Console.Out.WriteLine(ImageStac.Items(images).ToJsonString(Written));
            return Task.FromResult(CommandLine.Done);
        }
        var found = images.Where(i => i.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        if (found.Count != 1)
            throw Problem.Images.NoSuchImage(id);
        Console.Out.WriteLine(ImageStac.Item(found[0]).ToJsonString(Written));
        return Task.FromResult(CommandLine.Done);
    }
}
