using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Geo;

namespace Weipian.Flow.Comparison;

/// <summary>Desk comparison (内业比对): every patch of a programme cut against every layer version in force.</summary>
/// <remarks>
/// Areas come from the integral kernel; geometry of pieces only when it is asked for. A comparison with the same patches, layers and result
/// as the
/// last one is not written again.
/// </remarks>
public static class CompareProgramme
{
    /// <summary>Edges straight in the statutory plane: closes exactly.</summary>
    public const string Formula = "formula";

    /// <summary>Edges straight in the coordinate system the data came in.</summary>
    public const string Source = "source";

    /// <param name="CsvPath">Where to write the areas (see <see cref="ComparisonCsv"/>), or <c>null</c>.</param>
    /// <param name="PiecesPath">Where to write the pieces as a GeoPackage, or <c>null</c>.</param>
    /// <param name="Threads">0 takes as many as the machine has.</param>
    public sealed record Request(
        string Programme,
        string? CsvPath = null,
        string? PiecesPath = null,
        int Threads = 0,
        string Convention = Formula,
        string Reason = "内业比对 desk comparison"
    );

    /// <param name="WasThere">The last run had the same result: nothing was written.</param>
    /// <param name="ByRole">Sum over all patches by role, square metres, gross.</param>
    /// <param name="Notes">What a reader of the figures must know: roles without a version in force, layers that overlap themselves,
    /// assumptions.</param>
    /// <param name="KernelTime">Time of the measuring alone.</param>
    public sealed record Compared(
        Guid RunId,
        bool WasThere,
        int Patches,
        int Areas,
        IReadOnlyDictionary<string, double> ByRole,
        IReadOnlyList<ComparisonNote> Notes,
        TimeSpan KernelTime
    );

    /// <exception cref="Problem"><c>intake.no-such-programme</c>, <c>comparison.*</c></exception>
    public static async Task<Compared> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Convention is not (Formula or Source))
            throw Problem.Comparison.UnknownConvention(request.Convention);
        await using var db = store.Read();
        if (!await db.Programmes.AnyAsync(p => p.Id == request.Programme, stop))
            throw Problem.Intake.NoSuchProgramme(request.Programme, db.Programmes.OrderBy(p => p.Ordinal).Select(p => p.Id));
        var patches = await db.Patches.Where(p => p.ProgrammeId == request.Programme).ToListAsync(stop);
        if (patches.Count == 0)
            throw Problem.Comparison.NoPatches(request.Programme);
        var versions = await db.LayerVersions.ToListAsync(stop);
        var batches = await db.ImportBatches.Where(b => b.ProgrammeId == request.Programme).ToDictionaryAsync(b => b.Id, stop);

        using var measuring = new Measuring(store.Layers, patches, versions, batches, request.Convention == Source);
        var cut = measuring.Run(request.Threads, progress, stop);
        var csv = ComparisonCsv.Rows(cut);
        if (request.CsvPath is { } path)
            ComparisonCsv.Write(path, csv);
        if (request.PiecesPath is { } pieces)
            PieceFile.Write(pieces, store.Layers, cut, progress, stop);
        progress?.Report("写入 writing");
        var (run, wasThere) = await KeepAsync(store, actor, request, cut, ComparisonCsv.Sha256(csv), stop);
        return new(
            run,
            wasThere,
            patches.Count,
            cut.Areas.Count,
            ByRole(cut),
            ComparisonNotes.Of(cut, versions, batches.Values.OrderBy(b => b.ImportedAt)),
            cut.KernelTime
        );
    }

    /// <summary>What measured: the kernel, and the version of the program, which fixes plane and repair.</summary>
    public static string EngineVersion { get; } =
        DeskOverlay.EngineVersion
        + " "
        + typeof(DeskOverlay).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static async Task<(Guid Run, bool WasThere)> KeepAsync(
        WeipianStore store,
        Actor actor,
        Request request,
        Cut cut,
        string resultSha256,
        CancellationToken stop
    )
    {
        var layers = CanonicalJson.Of(new JsonArray([.. cut.Versions.Select(v => JsonValue.Create(v.Id))]));
        await using (var db = store.Read())
        {
            var last = await ComparisonResults.LatestRunAsync(db, request.Programme, stop);
            if (
                last is not null
                && last.ResultSha256 == resultSha256
                && last.LayerVersionsJson == layers
                && last.Convention == request.Convention
            )
                return (last.Id, true);
        }
        var run = await store.ActAsync(
            actor,
            "compare-programme",
            request.Programme,
            request.Reason,
            async act =>
            {
                var made = new ComparisonRun
                {
                    Id = act.NewId(),
                    ProgrammeId = request.Programme,
                    RanAt = act.At,
                    By = act.By.Login,
                    Convention = request.Convention,
                    EngineVersion = EngineVersion,
                    LayerVersionsJson = layers,
                    PatchCount = cut.Patches.Count,
                    ResultSha256 = resultSha256,
                };
                act.Db.ComparisonRuns.Add(made);
                await act.AddManyAsync(Areas(made.Id, cut), stop);
                act.Fact("patches", cut.Patches.Count);
                act.Fact("areas", cut.Areas.Count);
                act.Fact("result", resultSha256);
                return made.Id;
            },
            stop
        );
        return (run, false);
    }

    private static List<ComparisonArea> Areas(Guid run, Cut cut) =>
        [
            .. cut.Areas.Select(
                (area, i) =>
                    new ComparisonArea
                    {
                        RunId = run,
                        Ordinal = i + 1,
                        PatchId = cut.Patches[area.Patch].Id,
                        Role = area.Version.Role,
                        LayerVersionId = area.Version.Id,
                        FeatureNumber = area.Feature,
                        Code = area.Code,
                        AreaSquareMetres = area.SquareMetres,
                    }
            ),
        ];

    private static Dictionary<string, double> ByRole(Cut cut) =>
        cut
            .Areas.GroupBy(a => a.Version.Role, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(a => a.SquareMetres), StringComparer.Ordinal);
}
