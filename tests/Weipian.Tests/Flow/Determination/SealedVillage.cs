using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>The village with some verdicts of it decided by one person and confirmed by another.</summary>
public sealed class SealedVillage : IAsyncLifetime
{
    private const int Verdicts = 12;
    private readonly int seed = Random.Shared.Next();
    private readonly VillageInstallation village = new();
    private TemporaryFolder folder = null!;

    /// <summary>What the verdicts are picked by; a failure shows it.</summary>
    public int Seed => seed;

    public async ValueTask InitializeAsync()
    {
        await village.InitializeAsync();
        folder = village.Copy();
        using (var store = WeipianStore.Open(new DataFolder(folder.Path)))
            await SealAsync(store, new Random(seed));
        SqliteConnection.ClearAllPools();
    }

    public TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        VillageInstallation.CopyFiles(folder.Path, copy.Path);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await village.DisposeAsync();
    }

    private static async Task SealAsync(WeipianStore store, Random chance)
    {
        await using var db = store.Read();
        var parcels = await db.Parcels.Where(p => p.SupersededById == null).OrderBy(p => p.Number).ToListAsync();
        var proposals = await db.Proposals.ToDictionaryAsync(p => p.ParcelId);
        var visited = await db.Evidence.Select(e => e.PatchId).Distinct().ToListAsync();
        var picked = parcels.Where(p => visited.Contains(p.PatchId)).ToArray();
        chance.Shuffle(picked);
        foreach (var parcel in picked.Take(Verdicts))
        {
            var proposal = proposals[parcel.Id];
            var request = new DecideVerdict.Request(parcel.Id, proposal.Code, "依据图层与核查", proposal.Id, VerdictSeen: null);
            var decided = await DecideVerdict.Handle(store, DistrictOfCases.Officer, request, VillageInstallation.Law);
            var isDoubtful = VillageInstallation.Law.Book.Verdicts.All.Any(v =>
                v.Code == proposal.Code && v.Parent == VerdictParent.Doubtful
            );
            if (!isDoubtful)
                await ConfirmVerdict.Handle(
                    store,
                    DistrictOfCases.Reviewer,
                    new(decided.DeterminationId, ReasonCode: null, "同意"),
                    VillageInstallation.Law
                );
        }
    }
}
