using System.CommandLine;
using Weipian.Web.Serving;

namespace Weipian.Web.Verbs;

/// <summary>The command line of the one executable: a contract that scripts, tests and users depend on.</summary>
/// <remarks>
/// Exit status: 0 done, 1 refused or found wrong (the reasons are printed), 2 wrong usage, 3 our fault. With <c>--json</c> the standard
/// output is one JSON document and nothing else; progress and refusals go to the error output. Every verb is a file in this folder.
/// </remarks>
public static class CommandLine
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;
    public const int OurFault = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            return WrongUsage;
        }
        var how = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = WebServer.StopMax + TimeSpan.FromSeconds(5),
        };
        return await parsed.InvokeAsync(how);
    }

    private static RootCommand Build()
    {
        var common = new CommonOptions();
        var root = new RootCommand("Weipian 卫片: from an issued satellite patch to a violation that is gone from the ground");
        root.Options.Add(common.Data);
        root.Options.Add(common.Json);
        foreach (var verb in Verbs(common))
            root.Subcommands.Add(verb);
        return root;
    }

    private static IEnumerable<Command> Verbs(CommonOptions common) =>
        [
            InitVerb.Make(common),
            SampleVerb.Make(common),
            ServeVerb.Make(common),
            InspectVerb.Make(common),
            LayerVerb.Make(common),
            PatchVerb.Make(common),
            ImageVerb.Make(common),
            CompareVerb.Make(common),
            ProposeVerb.Make(common),
            WhatIfVerb.Make(common),
            StatusVerb.Make(common),
            SetSeatPasswordVerb.Make(common),
            RotateKeysVerb.Make(common),
            ReportVerb.Make(common),
            ExportVerb.Make(common),
            ImportVerb.Make(common),
            VerifyVerb.Make(common),
            BackupVerb.Make(common),
            RestoreVerb.Make(common),
        ];
}
