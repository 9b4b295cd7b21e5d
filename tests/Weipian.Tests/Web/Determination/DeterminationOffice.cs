using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Tests.Web.Serving;

namespace Weipian.Tests.Web.Determination;

/// <summary>An office of its own in which the rules have run: what other tests do with theirs disturbs nothing here.</summary>
public sealed class DeterminationOffice : IAsyncLifetime
{
    public const string Programme = "2018-annual";

    public static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    public OfficeProgram Office { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _ = await Office.ServicesAsync();
        using var store = WeipianStore.Open(Office.Data);
        await ProposeVerdicts.Handle(store, Actor.Machine, new(Programme), Law);
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
