using System.CommandLine;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian report NAME</c>: makes and publishes a report, and writes its file.</summary>
public static class ReportVerb
{
    public static Command Make(CommonOptions common)
    {
        var name = new Argument<string>("NAME") { Description = "a report of law/reports: progress, work-summary, inspection-pack …" };
        var programme = MakeProgrammes();
        var file = MakeOut();
        var on = MakeOn();
        var verb = new Command("report", "make and publish a report, and write its file") { name, programme, file, on };
        VerbRun.Bind(verb, common, run => WriteAsync(run, run.Value(name), run.Value(programme), run.Value(file), run.Optional(on)));
        return verb;
    }

    internal static Option<string[]> MakeProgrammes() =>
        new("--programme")
        {
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Description = "id of a programme, or several",
        };

    internal static Option<FileInfo> MakeOut() => new("--out") { Required = true, Description = "the file to write" };

    internal static Option<DateOnly?> MakeOn() => new("--on") { Description = "the day whose end the figures show (default: today)" };

    internal static async Task<int> WriteAsync(VerbRun run, string name, string[] programmes, FileInfo file, DateOnly? on)
    {
        using var store = Installed.Open(run);
        var request = new MakeReport.Request(name, programmes, on ?? store.Today, null, $"weipian report {name}");
        var made = await MakeReport.Handle(store, Machine, request, Library(), run.Stop);
        var content = store.Blobs.Get(made.Sha256);
        await File.WriteAllBytesAsync(file.FullName, content, run.Stop);
        run.Answer(made, [$"{file.FullName}: {made.FileName}, {content.Length:N0} 字节 bytes, SHA-256 {made.Sha256}"]);
        return CommandLine.Done;
    }

    /// <summary>The program at the hands of whoever has a shell: the seat of the administrator sees no case content.</summary>
    internal static Actor Machine { get; } = Actor.CommandLine with { Role = Actor.MachineRole };

    internal static ReportLibrary Library() => new(Installed.LawFolder, Path.Combine(AppContext.BaseDirectory, "fonts"), Installed.Law());
}
