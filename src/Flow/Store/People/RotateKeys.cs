using Microsoft.EntityFrameworkCore;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>Seals what stands in the clear and should not, then adds a key under which everything that is sealed is sealed from now on,
/// and seals again under it what older keys sealed, in further rows: then nothing needs the older keys, and <see cref="RetireKeys"/>
/// may destroy them.</summary>
public static class RotateKeys
{
    public const string Act = "rotate-keys";

    public sealed record Request(string Reason);

    /// <param name="Key">The id of the new key.</param>
    /// <param name="SealedAgain">Texts that were sealed again under it.</param>
    /// <param name="FilesSealed">Files of kinds that hold personal data which had stood in the clear.</param>
    public sealed record Rotated(string Key, int SealedAgain, int FilesSealed);

    /// <param name="law">Says which kinds of papers hold personal data; papers in the clear are sealed by what it says of today.</param>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c>: nothing was sealed again then, and the older keys are still
    /// needed.</exception>
    public static Task<Rotated> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            "sealing-keys",
            request.Reason,
            async act =>
            {
                // A key that is there and named by no entry harms nobody; an entry without its key would.
                var added = SealedText.Rotate(store.Folder);
                var again = (await SealedRows.AllAsync(act.Db, stop)).Select(r => SealedRows.SealAgain(act, r.Row, r.Newest)).ToList();
                await act.AddManyAsync(again, stop);
                act.Fact("key", added);
                act.Fact("sealedAgain", again.Count);
                // After the texts: their keys are sealed under the new key from the start.
                var files = await SealFilesAsync(act, law, stop);
                act.Fact("filesSealed", files);
                return new Rotated(added, again.Count, files);
            },
            stop
        );
    }

    private static async Task<int> SealFilesAsync(ActScope act, LawBook law, CancellationToken stop)
    {
        var kinds = law.Verdicts.EvidenceWords.Where(w => w.HoldsPersonalData(act.Today)).Select(w => w.Id).ToList();
        var clear = await act
            .Db.AttachedDocuments.Where(d => kinds.Contains(d.Kind) && !act.Db.SealedFiles.Any(f => f.Sha256 == d.Sha256))
            .OrderBy(d => d.At)
            .Select(d => new
            {
                d.Sha256,
                d.Kind,
                d.FileName,
            })
            .ToListAsync(stop);
        foreach (var done in await act.Db.SealedFiles.Select(f => f.Sha256).ToListAsync(stop))
            ClearCopies.RemoveAfter(act, done);
        return clear.DistinctBy(d => d.Sha256).Count(d => SealedFiles.SealKept(act, d.Sha256, d.Kind, d.FileName));
    }
}
