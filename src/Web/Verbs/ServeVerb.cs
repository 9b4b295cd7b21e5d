using System.CommandLine;
using Weipian.Flow.Store;
using Weipian.Web.Serving;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian serve</c>: the pages and the API.</summary>
public static class ServeVerb
{
    public static Command Make(CommonOptions common)
    {
        var urls = new Option<string>("--urls") { Description = "where to listen", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var verb = new Command("serve", "serve the office on this machine") { urls };
        VerbRun.Bind(verb, common, run => Serve(run, run.Value(urls)));
        return verb;
    }

    private static Task<int> Serve(VerbRun run, string urls)
    {
        var data = new DataFolder(run.DataPath);
        if (File.Exists(data.SampleSeats))
            run.Progress.Line(File.ReadAllText(data.SampleSeats));
        return WebServer.RunAsync(urls, data, run.Stop);
    }
}
