using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian layer add | list | drift | drop-cache</c>: the reference layers of the installation.</summary>
public static class LayerVerb
{
    private const int DefectsShownMax = 20;

    public static Command Make(CommonOptions common) =>
        new("layer", "reference layers") { Add(common), List(common), Drift(common), DropCache(common) };

    private static Command Add(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE");
        var role = new Option<string>("--role") { Required = true, Description = string.Join(", ", LayerRole.All) };
        var asOf = new Option<DateOnly>("--as-of") { Required = true, Description = "the day the layer speaks of, e.g. 2018-12-31" };
        var layer = LayerOptions.MakeLayerName();
        var where = new Option<string?>("--where") { Description = "a condition in the style of SQL: landuse IS NOT NULL" };
        var map = LayerOptions.MakeMap();
        var codes = new Option<string?>("--codes") { Description = "land-class standard of its codes, or none" };
        var crs = LayerOptions.MakeCrs();
        var transform = LayerOptions.MakeTransform(crs);
        var encoding = LayerOptions.MakeEncoding();
        var replaces = new Option<string?>("--replaces") { Description = "the version (its first digits) that this one puts out of force" };
        var verb = new Command("add", "take a layer into the installation")
        {
            file,
            role,
            asOf,
            layer,
            where,
            map,
            codes,
            crs,
            transform,
            encoding,
            replaces,
        };
        VerbRun.Bind(
            verb,
            common,
            run =>
            {
                var (epsg, assume) = LayerOptions.Crs(run, crs);
                return Add(
                    run,
                    new AddLayerVersion.Request(
                        run.Value(file).FullName,
                        run.Value(role),
                        run.Value(asOf),
                        run.Optional(layer),
                        run.Optional(where),
                        LayerOptions.Map(run, map),
                        run.Optional(codes),
                        epsg,
                        assume,
                        run.Optional(encoding),
                        run.Optional(replaces),
                        Transformation: LayerOptions.Transformation(run, transform)
                    )
                );
            }
        );
        return verb;
    }

    private static async Task<int> Add(VerbRun run, AddLayerVersion.Request request)
    {
        using var store = Installed.Open(run);
        var added = await AddLayerVersion.Handle(store, Actor.CommandLine, request, Installed.Law().LandClasses, run.Progress, run.Stop);
        var version = added.Version;
        run.Answer(
            new
            {
                version.Id,
                version.Role,
                version.AsOf,
                version.Name,
                version.CodeStandard,
                version.FeatureCount,
                version.RefusedCount,
                version.AreaSquareMetres,
                crs = new
                {
                    zh = version.CrsStatementZh,
                    en = version.CrsStatementEn,
                    version.Assumed,
                },
                added.WasThere,
                added.Defects,
            },
            Lines(added)
        );
        return version.RefusedCount > 0 ? CommandLine.Refused : CommandLine.Done;
    }

    private static IEnumerable<string> Lines(AddLayerVersion.Added added)
    {
        var version = added.Version;
        yield return $"{(added.WasThere ? "已存在 was there" : "已收 added")}: {version.Role} {version.AsOf:yyyy-MM-dd} {version.Id[..12]} {version.Name}";
        yield return $"  图斑 features {version.FeatureCount:N0}, 拒收 refused {version.RefusedCount:N0}, "
            + $"{version.AreaSquareMetres:N2} m², 地类标准 codes {version.CodeStandard}";
        yield return $"  {version.CrsStatementZh} {version.CrsStatementEn}";
        foreach (var rule in added.Defects.GroupBy(d => d.Rule, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            yield return $"  {rule.Key}: {rule.Count():N0}";
        foreach (var defect in added.Defects.Take(DefectsShownMax))
            yield return $"    {defect.Rule} {defect.Kind} #{defect.SourceRow}: {defect.Zh} {defect.En}";
        if (added.Defects.Count > DefectsShownMax)
            yield return $"    … 共 in all {added.Defects.Count:N0} (--json)";
    }

    private static Command List(CommonOptions common)
    {
        var verb = new Command("list", "the layers of the installation");
        VerbRun.Bind(verb, common, ListAsync);
        return verb;
    }

    private static async Task<int> ListAsync(VerbRun run)
    {
        using var store = Installed.Open(run);
        await using var db = store.Read();
        var versions = await db.LayerVersions.OrderBy(l => l.Role).ThenBy(l => l.AsOf).ThenBy(l => l.Id).ToListAsync(run.Stop);
        var replaced = versions.Where(v => v.ReplacesId is not null).Select(v => v.ReplacesId!).ToHashSet(StringComparer.Ordinal);
        run.Answer(
            versions.Select(v => new
            {
                v.Id,
                v.Role,
                v.AsOf,
                v.Name,
                v.CodeStandard,
                v.FeatureCount,
                v.AreaSquareMetres,
                v.Assumed,
                replaced = replaced.Contains(v.Id),
            }),
            versions.Select(v =>
                $"{v.Id[..12]}  {v.Role, -22} {v.AsOf:yyyy-MM-dd} {v.FeatureCount, 10:N0}  {v.Name}{(replaced.Contains(v.Id) ? " 已被取代 replaced" : "")}"
            )
        );
        return CommandLine.Done;
    }

    private static Command Drift(CommonOptions common)
    {
        var version = new Argument<string>("VERSION") { Description = "a layer version (its first digits)" };
        var renew = new Option<bool>("--renew") { Description = "renew the proposals of the affected patches; sealed verdicts stay" };
        var verb = new Command("drift", "what a layer version changed, patch by patch") { version, renew };
        VerbRun.Bind(verb, common, run => DriftAsync(run, run.Value(version), run.Value(renew)));
        return verb;
    }

    private static async Task<int> DriftAsync(VerbRun run, string version, bool renew)
    {
        using var store = Installed.Open(run);
        var law = DeterminationLaw.Load(Installed.LawFolder);
        var found = await LayerDrift.Handle(store, version, law, run.Progress, run.Stop);
        var renewed = renew ? await LayerDrift.RenewAsync(store, Actor.CommandLine, found, law, run.Progress, run.Stop) : [];
        run.Answer(
            new
            {
                found.Patches,
                affected = found.Affected.Count,
                found.Judged,
                found.Moved,
                renewed,
            },
            [
                $"图斑 patches {found.Patches:N0}, 受影响 affected {found.Affected.Count:N0}, 重算 judged again {found.Judged:N0}, 变化 moved {found.Moved.Count:N0}",
                .. found.Moved.Select(m =>
                    $"{m.Programme} {m.PatchNumber}: {Codes(m.Before)} → {Codes(m.Now)}"
                    + (m.Sealed.Count > 0 ? $"  已封存不变 sealed, stays: {string.Join(' ', m.Sealed)}" : "")
                ),
                .. renewed.Select(r => $"新建议 proposals written {r.Written:N0}, 已判定不动 kept {r.Kept:N0}"),
            ]
        );
        return CommandLine.Done;
    }

    private static string Codes(IReadOnlyDictionary<string, double> areas) =>
        string.Join(" + ", areas.Select(a => $"{a.Key} {new SquareMetres(a.Value).ToMu()} 亩"));

    private static Command DropCache(CommonOptions common)
    {
        var verb = new Command("drop-cache", "delete the packed caches; they are rebuilt when needed");
        VerbRun.Bind(
            verb,
            common,
            run =>
            {
                using var store = Installed.Open(run);
                store.Layers.DropCache();
                run.Answer(new { dropped = true }, ["缓存已删除，需要时自动重建。 Caches dropped; they are rebuilt when needed."]);
                return Task.FromResult(CommandLine.Done);
            }
        );
        return verb;
    }
}
