using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>Real installations in temporary folders.</summary>
public static class Installations
{
    public static string Zhoucun => Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml");

    public static string Liechtenstein => Path.Combine(Repository.Root, "plans", "examples", "liechtenstein.yaml");

    public static async Task<InitialiseDistrict.Initialised> InitialiseAsync(TemporaryFolder folder, string plan) =>
        await InitialiseDistrict.Handle(new DataFolder(folder.Path), new InitialiseDistrict.Request(plan));

    public static WeipianStore Open(TemporaryFolder folder) => WeipianStore.Open(new DataFolder(folder.Path));

    /// <summary>Initialises and opens.</summary>
    public static async Task<WeipianStore> StartAsync(TemporaryFolder folder, string plan)
    {
        await InitialiseAsync(folder, plan);
        return Open(folder);
    }
}
