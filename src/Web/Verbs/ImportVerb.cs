using System.CommandLine;
using Weipian.Flow.Reports;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian import</c>: the answers of the city or the province on the district's verdicts.</summary>
public static class ImportVerb
{
    private static readonly string[] Levels = ["city", "province"];

    public static Command Make(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "XLSX or CSV with the heads 图斑编号, 地块编号, 审核结果" };
        var programme = PatchVerb.MakeProgramme();
        var level = new Option<string>("--level") { Required = true, Description = "who answers: city or province" };
        level.AcceptOnlyFromAmong(Levels);
        var verb = new Command("import", "take the answers of the city or the province") { file, programme, level };
        VerbRun.Bind(verb, common, run => ImportAsync(run, run.Value(file), run.Value(programme), run.Value(level)));
        return verb;
    }

    private static async Task<int> ImportAsync(VerbRun run, FileInfo file, string programme, string level)
    {
        if (!file.Exists || file.Length > ReceiveVerdicts.FileBytesMax)
            throw Problem.Reports.SheetUnreadable(file.Name, "没有这个文件，或超过 20 MB", "it is not there, or larger than 20 MB");
        using var store = Installed.Open(run);
        var content = Convert.ToBase64String(await File.ReadAllBytesAsync(file.FullName, run.Stop));
        var request = new ReceiveVerdicts.Request(programme, level, file.Name, content, $"weipian import {file.Name}");
        var received = await ReceiveVerdicts.Handle(store, ReportVerb.Machine, request, ReportVerb.Library(), run.Stop);
        run.Answer(
            received,
            [$"{programme} {level}: {received.Rows:N0} 行 rows, 通过 passed {received.Passed:N0}, 不通过 returned {received.Returned:N0}"]
        );
        return CommandLine.Done;
    }
}
