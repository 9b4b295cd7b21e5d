using System.Text;
using System.Text.Json.Nodes;

namespace Weipian.Flow.Store;

/// <summary>Freezes figures with the ids behind them, and reads them back.</summary>
public static class Snapshots
{
    /// <summary>Adds a snapshot to an act; the content goes to the blobs in canonical form.</summary>
    /// <param name="onDay">The day whose state it shows.</param>
    public static Snapshot Freeze(ActScope act, string kind, string scope, DateOnly onDay, JsonNode content)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(content);
        var snapshot = new Snapshot
        {
            Id = act.NewId(),
            Kind = kind,
            Scope = scope,
            OnDay = onDay,
            ContentSha256 = act.Store.Blobs.Put(Encoding.UTF8.GetBytes(CanonicalJson.Of(content))),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(snapshot);
        return snapshot;
    }

    /// <summary>The content as it was frozen.</summary>
    public static JsonNode Read(BlobStore blobs, Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(snapshot);
        return JsonNode.Parse(blobs.Get(snapshot.ContentSha256))!;
    }
}
