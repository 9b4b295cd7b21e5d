namespace Weipian.Flow.Store;

/// <summary>Adds a key under which everything that is sealed is sealed from now on, and seals again under it what older keys sealed, in
/// further rows: then nothing needs the older keys, and <see cref="RetireKeys"/> may destroy them.</summary>
public static class RotateKeys
{
    public const string Act = "rotate-keys";

    public sealed record Request(string Reason);

    /// <returns>The id of the new key.</returns>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c>: nothing was sealed again then, and the older keys are still
    /// needed.</exception>
    public static Task<string> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
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
                return added;
            },
            stop
        );
    }
}
