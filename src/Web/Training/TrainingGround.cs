using System.Text.Json;
using Weipian.Flow.Store;
using Weipian.Sample;
using Weipian.Web.Reading;
using Weipian.Web.SampleDistricts;
using Weipian.Web.Serving;

namespace Weipian.Web.Training;

/// <summary>The training ground (训练场): a synthetic village in a folder of its own, with its own database, journal and clock.</summary>
/// <remarks>
/// Nothing of it can reach the installation: it is another store, opened by nobody but this class and written by nobody once it was made.
/// It is a SQLite file whatever the installation runs on. It may be deleted at any time; the same number makes it again.
/// </remarks>
public sealed class TrainingGround(DataFolder data, OfficeBooks books, ImageSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>The number that the ground is drawn from: another than that of the sample.</summary>
    public const ulong Number = 20190501;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private Task<Opened>? opening;
    private SampleInstallation.Step? step;

    /// <summary>The ground with what reads it, and the truth about its patches by programme and number.</summary>
    public sealed record Opened(
        OfficeBooks Books,
        ProgrammeRows Rows,
        PatchDossiers Dossiers,
        ImageShelf Images,
        IReadOnlyDictionary<(string Programme, string Number), GroundTruth> Truth
    );

    /// <summary>What is true of a patch, as the generator told it before any rule ran.</summary>
    public sealed record GroundTruth(IReadOnlyList<(string Code, double AreaSquareMetres)> Parts, string Zh, string En);

    /// <summary>The folder of the ground, inside the data folder and apart from the installation.</summary>
    public DataFolder Folder { get; } = new(Path.Combine(data.Path, "training"));

    /// <summary>What the making does now; null while nothing is made.</summary>
    public SampleInstallation.Step? Step => step;

    /// <summary>Ready to be practised on.</summary>
    public bool IsReady => opening is { IsCompletedSuccessfully: true };

    /// <summary>The ground; makes it where there is none. Everybody waits for the same making.</summary>
    public Task<Opened> OpenAsync()
    {
        lock (gate)
        {
            if (opening is null || opening.IsFaulted || opening.IsCanceled)
                opening = Task.Run(MakeAndOpenAsync, CancellationToken.None);
            return opening;
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        if (opening is { IsCompletedSuccessfully: true } made)
        {
            made.Result.Images.Dispose();
            made.Result.Rows.Dispose();
            made.Result.Books.Dispose();
        }
        closing.Dispose();
    }

    private async Task<Opened> MakeAndOpenAsync()
    {
        if (!Folder.HasDatabase)
        {
            // The plan is the one the installation runs: the same units, programmes and years.
            var plan = Path.Combine(Path.GetTempPath(), $"training-plan-{Guid.NewGuid():N}.yaml");
            await File.WriteAllBytesAsync(plan, await books.PlanFileAsync(closing.Token), closing.Token);
            try
            {
                await SampleInstallation.MakeAsync(
                    Folder,
                    plan,
                    books.DeterminationLaw,
                    SampleSize.Village,
                    Number,
                    new Progress<SampleInstallation.Step>(s => step = s),
                    closing.Token
                );
            }
            finally
            {
                File.Delete(plan);
            }
        }
        var apart = OfficeBooks.Apart(Folder);
        var rows = new ProgrammeRows(apart);
        return new(apart, rows, new PatchDossiers(apart, new LayerShelf(apart)), new ImageShelf(apart, rows, settings, clock), ReadTruth());
    }

    private Dictionary<(string, string), GroundTruth> ReadTruth()
    {
        using var file = File.OpenRead(Path.Combine(Folder.Path, "sample-files", "truth.json"));
        using var json = JsonDocument.Parse(file);
        return json
            .RootElement.GetProperty("patches")
            .EnumerateArray()
            .ToDictionary(
                p => (p.GetProperty("programme").GetString()!, p.GetProperty("number").GetString()!),
                p => new GroundTruth(
                    [
                        .. p.GetProperty("parts")
                            .EnumerateArray()
                            .Select(q => (q.GetProperty("code").GetString()!, q.GetProperty("area_m2").GetDouble())),
                    ],
                    p.GetProperty("zh").GetString()!,
                    p.GetProperty("en").GetString()!
                )
            );
    }
}
