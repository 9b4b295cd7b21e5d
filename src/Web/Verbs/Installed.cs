using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.Serving;

namespace Weipian.Web.Verbs;

/// <summary>What a verb stands on: the law that came with the program, and the installation of the data folder.</summary>
internal static class Installed
{
    /// <summary>The law book beside the program; <c>--law</c> of a verb may name another.</summary>
    public static LawBook Law(string? folder = null) => LawBook.Load(folder ?? LawFolder);

    public static string LawFolder { get; } = Path.Combine(AppContext.BaseDirectory, "law");

    /// <summary>The database is PostgreSQL when this is set; blobs and layers stay in the data folder.</summary>
    public static string? Postgres => Environment.GetEnvironmentVariable("WEIPIAN_POSTGRES");

    public static WeipianStore Open(VerbRun run)
    {
        var data = new DataFolder(run.DataPath);
        var store = WeipianStore.Open(data, Postgres);
        store.DiskFreeBytesMin = ServerSettings.Read(data).DiskFreeBytesMin;
        return store;
    }
}
