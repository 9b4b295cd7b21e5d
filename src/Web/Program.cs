using Weipian.Web.Serving;
using Weipian.Web.Verbs;

try
{
    SettingsFile.Apply();
}
catch (Weipian.Problem problem)
{
    await Console.Error.WriteLineAsync($"{problem.Chinese}\n{problem.English} [{problem.Code}]");
    return CommandLine.WrongUsage;
}
return await CommandLine.RunAsync(args);
