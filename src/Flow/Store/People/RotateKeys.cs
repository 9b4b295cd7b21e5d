namespace Weipian.Flow.Store;

/// <summary>Adds a key under which everything that is sealed is sealed from now on; what older keys sealed stays readable.</summary>
public static class RotateKeys
{
    public const string Act = "rotate-keys";

    public sealed record Request(string Reason);

    /// <returns>The id of the new key.</returns>
    public static Task<string> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            "sealing-keys",
            request.Reason,
            act =>
            {
                // A key that is there and named by no entry harms nobody; an entry without its key would.
                var added = SealedText.Rotate(store.Folder);
                act.Fact("key", added);
                return Task.FromResult(added);
            },
            stop
        );
    }
}
