using System.Text;
using System.Text.Json.Nodes;

namespace Weipian.Flow.Store;

/// <summary>How entries of the journal hang together.</summary>
internal static class JournalChain
{
    /// <summary>The entry after <paramref name="last"/>.</summary>
    public static JournalEntry Next(
        string algorithm,
        JournalHead.Link last,
        DateTime at,
        string actor,
        string act,
        string subject,
        string reason,
        string body
    ) =>
        new()
        {
            Seq = last.Seq + 1,
            At = at,
            Actor = actor,
            Act = act,
            Subject = subject,
            Reason = reason,
            Body = body,
            Prev = last.Hash,
            Hash = HashOf(algorithm, last.Seq + 1, Instant.Text(at), actor, act, subject, reason, body, last.Hash),
        };

    /// <summary>The hash of the chain over the canonical JSON of the other fields; the body enters as the text it is.</summary>
    public static string HashOf(
        string algorithm,
        long seq,
        string at,
        string actor,
        string act,
        string subject,
        string reason,
        string body,
        string prev
    ) =>
        ChainHash.Of(
            algorithm,
            CanonicalJson.Of(
                new JsonObject
                {
                    ["seq"] = seq,
                    ["at"] = at,
                    ["actor"] = actor,
                    ["act"] = act,
                    ["subject"] = subject,
                    ["reason"] = reason,
                    ["body"] = body,
                    ["prev"] = prev,
                }
            )
        );

    /// <summary>The row seals that a body carries or points to.</summary>
    /// <exception cref="Problem"><c>store.blob-missing</c>, <c>store.blob-damaged</c></exception>
    public static IEnumerable<RowSeal> Seals(string body, BlobStore blobs)
    {
        var parsed = JsonNode.Parse(body)!.AsObject();
        if (Within(parsed) is { } seals)
            return seals;
        if (FileOf(parsed) is not { } file)
            return [];
        return Encoding
            .UTF8.GetString(blobs.Get(file))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(parts => new RowSeal(parts[0], parts[1], parts[2], parts[3]));
    }

    /// <summary>The row seals of a body; <c>null</c> when it points to a file that has them.</summary>
    public static IEnumerable<RowSeal>? SealsWithin(string body)
    {
        var parsed = JsonNode.Parse(body)!.AsObject();
        return Within(parsed) ?? (FileOf(parsed) is null ? [] : null);
    }

    private static IEnumerable<RowSeal>? Within(JsonObject body) =>
        (body["rows"] as JsonArray)
            ?.Select(row => row!.AsArray())
            .Select(row => new RowSeal(Text(row[0]), Text(row[1]), Text(row[2]), Text(row[3])));

    /// <summary>The address of the file of row seals, when a body points to one.</summary>
    public static string? FileOf(JsonObject body) => body["rowsFile"]?["sha256"]?.GetValue<string>();

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
