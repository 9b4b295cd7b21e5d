using System.Text;
using Weipian.Flow.Determinations;
using Weipian.Law;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>What verdicts have to be proved with is put on file, and the head of the office signs the batch before anything is
/// reported.</summary>
internal sealed class PlayBatches(PlayOffice office)
{
    /// <summary>The batch of a programme, once: the officer brings what is missing, the head signs.</summary>
    public async Task SignAsync(string programme)
    {
        var state = await StateAsync(programme);
        if (state.Last is not null || state.Ready.Count == 0)
            return;
        await AttachAsync(programme, state);
        foreach (var patch in Wanting(state, VerdictNeed.ByPicture))
            await office.PhotographAsync(PlayOffice.Officer, patch.Id, patch.Kinds);
        await office.DoAsync(PlayOffice.Head, SubmitBatch.Act, new { programmeId = programme, reason = "同意上报" });
    }

    /// <summary>One paper of each kind, for all patches that miss it: an approval covers many.</summary>
    private async Task AttachAsync(string programme, BatchState state)
    {
        var missing = state
            .Lacking.SelectMany(p => p.Blocking, (p, need) => (p.File.Patch.Number, Need: need))
            .Where(m => m.Need.MetBy.Contains(VerdictNeed.ByDocument))
            .GroupBy(m => m.Need.Id, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var kind in missing)
            await office.DoAsync(
                PlayOffice.Officer,
                "attach-document",
                new
                {
                    programmeId = programme,
                    kind = kind.Key,
                    patches = kind.Select(m => m.Number).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
                    fileName = $"{kind.First().Need.Chinese}.pdf",
                    content = Convert.ToBase64String(Paper($"{programme} {kind.Key}")),
                    reason = "补充举证材料",
                }
            );
    }

    private static IEnumerable<(Guid Id, IReadOnlyList<string> Kinds)> Wanting(BatchState state, string way) =>
        state
            .Lacking.SelectMany(
                p => p.Blocking.Where(n => !n.MetBy.Contains(VerdictNeed.ByDocument)).SelectMany(n => n.MetBy),
                (p, met) => (p.File.Patch.Id, Met: met)
            )
            .Where(m => m.Met.StartsWith(way, StringComparison.Ordinal))
            .GroupBy(m => m.Id)
            .Select(g => (g.Key, (IReadOnlyList<string>)[.. g.Select(m => m.Met[way.Length..].TrimStart(':')).Distinct()]));

    private async Task<BatchState> StateAsync(string programme)
    {
        await using var db = office.Read();
        return await BatchReading.ReadAsync(db, office.Books.Plan, programme, office.Books.Law, only: null, office.Stop);
    }

    /// <summary>The least that is a PDF, with words that tell one paper from another.</summary>
    internal static byte[] Paper(string words) =>
        Encoding.ASCII.GetBytes(
            $"%PDF-1.4\n% {words}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        );
}
