using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>What was kept outside proves the past, whatever was done to the inside; the chain may be under SM3.</summary>
public sealed class JournalRootTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<WeipianStore> StartAsync(string hash = ChainHash.Sha256)
    {
        await InitialiseDistrict.Handle(new DataFolder(folder.Path), new(Installations.Zhoucun, Hash: hash));
        var store = Installations.Open(folder);
        await FilledStore.FillAsync(store, "2019-q1");
        return store;
    }

    [Theory]
    [InlineData("")]
    [InlineData("a letter without a root")]
    [InlineData("WEIPIAN-ROOT 1 zhoucun-2019 2026-01-01 4 sha256")]
    [InlineData("WEIPIAN-ROOT 2 zhoucun-2019 2026-01-01 4 sha256 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("WEIPIAN-ROOT 1 zhoucun-2019 2026-13-01 4 sha256 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("WEIPIAN-ROOT 1 zhoucun-2019 2026-01-01 4 md5 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("WEIPIAN-ROOT 1 zhoucun-2019 2026-01-01 4 sha256 000000000000000000000000000000000000000000000000000000000000000Z")]
    public void What_is_no_root_is_refused(string text) =>
        Assert.Equal("store.root-unreadable", Assert.Throws<Problem>(() => JournalRoot.Parse("f", text)).Code);

    [Fact]
    public async Task An_unknown_hash_is_refused_before_anything_is_made()
    {
        var refusal = await Assert.ThrowsAsync<Problem>(() => StartAsync("md5"));
        Assert.Equal("chain.bad-value", refusal.Code);
        Assert.False(new DataFolder(folder.Path).HasDatabase);
    }

    /// <summary>The two examples of GB/T 32905-2016, annex A.</summary>
    [Theory]
    [InlineData("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData(
        "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )]
    public void Sm3_is_that_of_the_standard(string text, string hash) => Assert.Equal(hash, ChainHash.Of(ChainHash.Sm3, text));

    [Theory]
    [InlineData(ChainHash.Sha256)]
    [InlineData(ChainHash.Sm3)]
    public async Task A_chain_verifies_under_the_hash_it_was_made_with_and_no_other(string hash)
    {
        using var store = await StartAsync(hash);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        await using (var db = store.Read())
            foreach (var entry in await db.Journal.ToListAsync())
                Assert.Equal(entry.Hash, HashOf(hash, entry));
        var root = await RootAsync(store);
        Assert.Equal((4, hash), (root.Seq, root.Algorithm));
        // To say another hash is to change the first entry.
        Tampering.RunUnguarded(
            store.Folder.Database,
            hash == ChainHash.Sm3
                ? """UPDATE journal SET body = replace(body, '"hash":"sm3",', '') WHERE seq = 1"""
                : """UPDATE journal SET body = replace(body, '"facts":{', '"facts":{"hash":"sm3",') WHERE seq = 1"""
        );
        var findings = (await VerifyStore.Handle(store)).Findings;
        Assert.Equal(
            [1, 2, 3, 4],
            findings.Where(f => f.Kind == "journal-changed").Select(f => int.Parse(f.Where[8..], CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public async Task An_outside_root_agrees_with_an_untouched_chain_however_far_it_went_on()
    {
        using var store = await StartAsync();
        var root = await RootAsync(store);
        await FilledStore.ActAsync(store);
        Assert.Equal([root], JournalRoot.Parse("f", $"Dear Sir,\r\n\r\n{root.Text}\r\nYours"));
        Assert.Empty((await VerifyStore.Handle(store, [new CompareRoots([root])])).Findings);
        Assert.Null(await JournalRoot.OfAsync(store, new DateOnly(2019, 1, 1)));
    }

    /// <summary>Whoever has the machine can write a chain that agrees with itself, head and all. Only what stands outside tells.</summary>
    [Theory]
    [InlineData(ChainHash.Sha256)]
    [InlineData(ChainHash.Sm3)]
    public async Task A_chain_that_was_written_anew_agrees_with_itself_and_not_with_a_root_kept_outside(string hash)
    {
        using var store = await StartAsync(hash);
        var root = await RootAsync(store);
        await RewriteAsync(store, hash, 3, "另一理由");
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        var finding = Assert.Single((await VerifyStore.Handle(store, [new CompareRoots([root])])).Findings);
        Assert.Equal(("root-differs", "journal/4"), (finding.Kind, finding.Where));
    }

    [Fact]
    public async Task A_chain_that_was_cut_head_and_all_is_found_by_a_root_kept_outside()
    {
        using var store = await StartAsync();
        await FilledStore.ActAsync(store);
        var root = await RootAsync(store);
        Tampering.RunUnguarded(store.Folder.Database, "DELETE FROM journal WHERE seq = 5");
        await using var db = store.Read();
        var last = await db.Journal.SingleAsync(j => j.Seq == 4);
        await File.WriteAllTextAsync(store.Folder.JournalHead, $"4 {last.Hash}\n");
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        var finding = Assert.Single((await VerifyStore.Handle(store, [new CompareRoots([root])])).Findings);
        Assert.Equal(("root-cut", "journal/5"), (finding.Kind, finding.Where));
    }

    [Fact]
    public async Task A_root_of_another_installation_says_nothing_of_this_one()
    {
        using var store = await StartAsync();
        var root = await RootAsync(store) with { Plan = "elsewhere-2019" };
        var finding = Assert.Single((await VerifyStore.Handle(store, [new CompareRoots([root])])).Findings);
        Assert.Equal("root-of-another", finding.Kind);
    }

    private static async Task<JournalRoot> RootAsync(WeipianStore store) => (await JournalRoot.OfAsync(store, store.Today))!;

    private static string HashOf(string hash, JournalEntry entry) =>
        JournalChain.HashOf(
            hash,
            entry.Seq,
            Instant.Text(entry.At),
            entry.Actor,
            entry.Act,
            entry.Subject,
            entry.Reason,
            entry.Body,
            entry.Prev
        );

    /// <summary>Changes the reason of an entry and hashes everything after it anew.</summary>
    private static async Task RewriteAsync(WeipianStore store, string hash, long from, string reason)
    {
        await using var db = store.Read();
        var entries = await db.Journal.OrderBy(j => j.Seq).ToListAsync();
        var sql = new List<string>();
        var prev = entries[(int)from - 2].Hash;
        foreach (var entry in entries.Where(e => e.Seq >= from))
        {
            var words = entry.Seq == from ? reason : entry.Reason;
            var now = JournalChain.HashOf(
                hash,
                entry.Seq,
                Instant.Text(entry.At),
                entry.Actor,
                entry.Act,
                entry.Subject,
                words,
                entry.Body,
                prev
            );
            sql.Add($"UPDATE journal SET reason = '{words}', prev = '{prev}', hash = '{now}' WHERE seq = {entry.Seq}");
            prev = now;
        }
        Tampering.RunUnguarded(store.Folder.Database, string.Join("; ", sql));
        await File.WriteAllTextAsync(store.Folder.JournalHead, $"{entries[^1].Seq} {prev}\n");
    }
}
