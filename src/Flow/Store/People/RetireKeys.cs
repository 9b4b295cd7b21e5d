using System.Text.Json.Nodes;

namespace Weipian.Flow.Store;

/// <summary>Destroys the older keys, once every sealed text was opened by its newest seal and none of them needed an older key.</summary>
/// <remarks>What the older keys sealed stays in its rows and opens for nobody any more; a backup of earlier days holds the keys of its
/// day.</remarks>
public static class RetireKeys
{
    public const string Act = "retire-keys";

    public sealed record Request(string Reason);

    /// <returns>The ids of the keys that are gone.</returns>
    /// <exception cref="Problem"><c>store.nothing-changes</c>, <c>store.keys-still-needed</c>,
    /// <c>store.sealed-text-unreadable</c></exception>
    public static Task<IReadOnlyList<string>> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
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
                var newest = SealedText.NewestKey(store.Folder);
                if (SealedText.KeyIds(store.Folder).Count < 2)
                    throw Problem.Store.NothingChanges(newest);
                var all = await SealedRows.AllAsync(act.Db, stop);
                if (all.Count(r => SealedText.KeyOf(r.Newest) != newest) is var older and > 0)
                    throw Problem.Store.KeysStillNeeded(older);
                foreach (var (row, text) in all)
                    SealedRows.Opened(act.Db, row, text);
                // Before the commit, as with a new key: nothing needs them, whether the entry comes to be or not.
                var gone = SealedText.Destroy(store.Folder);
                act.Fact("keys", new JsonArray([.. gone.Select(id => (JsonNode)id)]));
                act.Fact("opened", all.Count);
                return gone;
            },
            stop
        );
    }
}
