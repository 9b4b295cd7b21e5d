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
        urls.Validators.Add(given =>
        {
            foreach (var url in given.Tokens.SelectMany(t => t.Value.Split(';', StringSplitOptions.RemoveEmptyEntries)))
                if (!IsAddress(url.Trim()))
                    given.AddError($"--urls takes http://HOST:PORT, not '{url}'");
        });
        var verb = new Command("serve", "serve the office on this machine") { urls };
        VerbRun.Bind(verb, common, run => Serve(run, run.Value(urls)));
        return verb;
    }

    /// <summary>A star or a plus for the host listens on every address of the machine.</summary>
    private static bool IsAddress(string url) =>
        Uri.TryCreate(
            url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal),
            UriKind.Absolute,
            out var address
        ) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static Task<int> Serve(VerbRun run, string urls)
    {
        // Refused here, before the server puts keys of its own into a folder that is no installation.
        Installed.Open(run).Dispose();
        var data = new DataFolder(run.DataPath);
        if (File.Exists(data.SampleSeats))
            run.Progress.Line(File.ReadAllText(data.SampleSeats));
        return WebServer.RunAsync(urls, data, run.Stop);
    }
}
