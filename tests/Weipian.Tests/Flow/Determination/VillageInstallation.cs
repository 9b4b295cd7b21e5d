using Microsoft.Data.Sqlite;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Sample;
using Weipian.Tests.Flow.Store;
using Weipian.Web.SampleDistricts;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>The village of the sample, loaded through its ordinary doors once for a class; <c>WEIPIAN_LONG</c> loads the
/// district.</summary>
public sealed class VillageInstallation : IAsyncLifetime
{
    private const ulong Number = 370306;
    private readonly TemporaryFolder folder = new();

    public static DeterminationLaw Law { get; } = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    public DataFolder Data => new(Path.Combine(folder.Path, "data"));

    public string TruthPath => Path.Combine(Data.Path, "sample-files", "truth.json");

    public async ValueTask InitializeAsync()
    {
        var size = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? SampleSize.Village : SampleSize.District;
        await SampleInstallation.MakeAsync(Data, Installations.Zhoucun, Law, size, Number, progress: null, default);
        SqliteConnection.ClearAllPools();
    }

    /// <summary>A copy in a folder of its own, without the files that the sample was loaded from.</summary>
    public TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        CopyFiles(Data.Path, copy.Path);
        return copy;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static void CopyFiles(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.GetRelativePath(from, file);
            if (place.StartsWith("sample-files", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, place);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
