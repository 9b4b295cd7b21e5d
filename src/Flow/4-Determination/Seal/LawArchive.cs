using System.Text;
using System.Text.Json.Nodes;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>The whole law book as one file among the blobs: a sealed verdict replays with the law of its own day.</summary>
internal static class LawArchive
{
    /// <summary>Keeps the law and returns its address; the same law is kept once.</summary>
    public static string Keep(BlobStore blobs, DeterminationLaw law)
    {
        var files = new JsonObject();
        foreach (var file in law.Files)
            files[file.Path] = Encoding.UTF8.GetString(file.Content.Span);
        return blobs.Put(Encoding.UTF8.GetBytes(CanonicalJson.Of(files)));
    }

    /// <exception cref="Problem"><c>store.blob-missing</c>, <c>store.blob-damaged</c>, <c>law.*</c></exception>
    public static DeterminationLaw Open(BlobStore blobs, string address)
    {
        var files = JsonNode.Parse(blobs.Get(address))!.AsObject();
        return DeterminationLaw.Read(
            files.Select(f => new LawFile(f.Key, Encoding.UTF8.GetBytes(f.Value!.GetValue<string>()))),
            isKept: true
        );
    }
}
