using System.Collections.Concurrent;
using Weipian.Flow.Determinations;

namespace Weipian.Web.Reading;

/// <summary>What a layer version changed, computed beside the page that asks and kept until something other than a verdict is
/// written.</summary>
public sealed class DriftDesk(OfficeBooks books, PatchDossiers dossiers)
{
    /// <summary>Answers are small, the question is long: the last few are kept.</summary>
    private const int KeptMax = 8;

    private readonly ConcurrentDictionary<(long Structure, string Version), Asked> kept = new();

    /// <summary>Asks, or joins who asked before.</summary>
    public async Task<Asked> AskAsync(string version, CancellationToken stop = default)
    {
        var structure = await dossiers.StructureAsync(stop);
        foreach (var old in kept.Keys.Where(k => k.Structure != structure || kept.Count > KeptMax))
            kept.TryRemove(old, out _);
        return kept.GetOrAdd((structure, version), _ => new Asked(this, version));
    }

    /// <summary>A question and how far its answer is.</summary>
    public sealed class Asked : IProgress<string>
    {
        internal Asked(DriftDesk desk, string version) =>
            // The answer is for everybody who asks: nobody who leaves the page takes it away.
            Found = Task.Run(() => LayerDrift.Handle(desk.Store, version, desk.Law, this, CancellationToken.None));

        /// <exception cref="Problem"><c>layers.unknown-version</c></exception>
        public Task<LayerDrift.Found> Found { get; }

        /// <summary>The programme and how many of its affected patches were compared.</summary>
        public string Stage { get; private set; } = "";

        public void Report(string value) => Stage = value;
    }

    private Weipian.Flow.Store.WeipianStore Store => books.Store;

    private DeterminationLaw Law => books.DeterminationLaw;
}
