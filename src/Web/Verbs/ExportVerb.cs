using System.CommandLine;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian export</c>: the package of the initial data, or the pack for an inspection.</summary>
public static class ExportVerb
{
    private static readonly string[] Packages = ["upload-package", "inspection-pack"];

    public static Command Make(CommonOptions common)
    {
        var package = new Argument<string>("PACKAGE") { Description = "upload-package or inspection-pack" };
        package.AcceptOnlyFromAmong(Packages);
        var programme = ReportVerb.MakeProgrammes();
        var file = ReportVerb.MakeOut();
        var on = ReportVerb.MakeOn();
        var verb = new Command("export", "write an exchange package") { package, programme, file, on };
        VerbRun.Bind(
            verb,
            common,
            run => ReportVerb.WriteAsync(run, run.Value(package), run.Value(programme), run.Value(file), run.Optional(on))
        );
        return verb;
    }
}
