using System.CommandLine;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian init</c>: an installation for one plan, with its programmes, seats and boundaries.</summary>
public static class InitVerb
{
    public static Command Make(CommonOptions common)
    {
        var plan = new Option<FileInfo>("--plan") { Required = true, Description = "the work plan, e.g. plans/zhoucun-2019.yaml" };
        var boundaries = new Option<FileInfo?>("--boundaries") { Description = "outlines of the statutory units" };
        var asOf = new Option<DateOnly?>("--as-of") { Description = "the day the boundaries speak of; needed with --boundaries" };
        var map = LayerOptions.MakeMap();
        var encoding = LayerOptions.MakeEncoding();
        var hash = new Option<string>("--hash")
        {
            Description = "the hash of the journal, for good: sha256 or sm3 (GB/T 32905)",
            DefaultValueFactory = _ => ChainHash.Sha256,
        };
        hash.AcceptOnlyFromAmong([.. ChainHash.All]);
        var verb = new Command("init", "make an installation for one plan; prints a one-time administrator password")
        {
            plan,
            boundaries,
            asOf,
            map,
            encoding,
            hash,
        };
        plan.AcceptExistingOnly();
        verb.Validators.Add(line =>
        {
            if (line.GetValue(boundaries) is not null && line.GetValue(asOf) is null)
                line.AddError("--boundaries needs --as-of: the day the outlines speak of");
        });
        VerbRun.Bind(
            verb,
            common,
            async run =>
            {
                var outlines = run.Optional(boundaries) is { } file
                    ? new AddLayerVersion.Request(
                        file.FullName,
                        LayerRole.AdministrativeUnit,
                        run.Optional(asOf)!.Value,
                        Map: LayerOptions.Map(run, map),
                        Encoding: run.Optional(encoding)
                    )
                    : null;
                return await Init(run, new InitialiseDistrict.Request(run.Value(plan).FullName, outlines, Hash: run.Value(hash)));
            }
        );
        return verb;
    }

    private static async Task<int> Init(VerbRun run, InitialiseDistrict.Request request)
    {
        var done = await InitialiseDistrict.Handle(
            new DataFolder(run.DataPath),
            request,
            Installed.Law().LandClasses,
            Installed.Postgres,
            progress: run.Progress,
            stop: run.Stop
        );
        run.Answer(
            new
            {
                data = run.DataPath,
                plan = done.Plan.Id,
                programmes = done.Plan.Programmes.Select(p => p.Id),
                seats = done.Plan.Seats.Select(s => new { s.Login, s.Role }),
                administrator = new { login = done.AdministratorLogin, oneTimePassword = done.AdministratorPassword },
                boundaries = done.Boundaries?.Version.Id,
            },
            [
                $"已建立 made: {run.DataPath} · {done.Plan.Id} · {string.Join(' ', done.Plan.Programmes.Select(p => p.Id))}",
                $"管理员一次性口令 one-time administrator password: {done.AdministratorLogin} {done.AdministratorPassword}",
            ]
        );
        return CommandLine.Done;
    }
}
