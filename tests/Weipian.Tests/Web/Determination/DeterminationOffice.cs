using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Sample;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Serving;

namespace Weipian.Tests.Web.Determination;

/// <summary>An office of its own in which the visits of the sample were recorded and the rules have run: what other tests do with theirs
/// disturbs nothing here.</summary>
public sealed class DeterminationOffice : IAsyncLifetime
{
    public const string Programme = "2018-annual";

    public static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    public OfficeProgram Office { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _ = await Office.ServicesAsync();
        using var store = WeipianStore.Open(Office.Data);
        await VisitAsync(store);
        await ProposeVerdicts.Handle(store, Actor.Machine, new(Programme), Law);
    }

    /// <summary>The same number makes the same sample: these are the visits to the patches that the office holds.</summary>
    private static async Task VisitAsync(WeipianStore store)
    {
        using var folder = new TemporaryFolder();
        var files = SampleDistrict.Write(folder.Path, SampleSize.Village, 1);
        await store.ActAsync(
            Actor.Machine,
            "record-visits",
            Programme,
            "实地核查",
            async act =>
            {
                var ids = await act.Db.Patches.ToDictionaryAsync(p => (p.ProgrammeId, p.Number), p => p.Id);
                foreach (var visit in files.Visits)
                    RecordVisit.Record(
                        act,
                        new(
                            ids[(visit.Programme, visit.PatchNumber)],
                            visit.VisitedOn,
                            visit.FormJson(),
                            [.. visit.Evidence.Select(Brought)]
                        )
                    );
                return 0;
            }
        );
    }

    private static RecordVisit.Attachment Brought(SampleEvidence file) =>
        new(Path.GetFileName(file.Path), file.ContentType, File.ReadAllBytes(file.Path));

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
