using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Escalation;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>A spot check is announced by the hash of its seed, drawn by it, and computed again by anybody.</summary>
[Requirement("R27")]
public sealed class SpotCheckTests
{
    private static CommitSpotCheck.Request Announce(int count, string of = "confirmed-patches") => new("2019-q1", of, count, "例行抽查");

    private static async Task<EscalationOffice> OfficeAsync()
    {
        var office = await EscalationOffice.OpenAsync("2019-06-20");
        await FilledStore.FillAsync(office.Store, "2019-q1");
        foreach (var _ in Enumerable.Range(0, 12))
            await office.MeasureAsync(await office.ViolationAsync("wangcun", area: 700), "2019-06-30", accepted: 700);
        return office;
    }

    [Fact]
    public async Task Only_the_office_announces_and_draws_and_never_more_than_there_is()
    {
        using var office = await OfficeAsync();
        foreach (var who in (Actor[])[EscalationOffice.Reviewer, EscalationOffice.Government, EscalationOffice.Wangcun])
            await EscalationOffice.RefusedAsync("store.act-not-allowed", () => CommitSpotCheck.Handle(office.Store, who, Announce(1)));
        Task Commit(CommitSpotCheck.Request request) => CommitSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, request);
        await EscalationOffice.RefusedAsync("escalation.population-too-small", () => Commit(Announce(13, "removed-violations")));
        await EscalationOffice.RefusedAsync("chain.bad-value", () => Commit(Announce(0)));
        await EscalationOffice.RefusedAsync("chain.bad-value", () => Commit(Announce(1, "whatever-suits")));
        await EscalationOffice.RefusedAsync("chain.not-there", () => Commit(Announce(1) with { ProgrammeId = "1999-annual" }));
    }

    [Fact]
    public async Task The_seed_is_sealed_until_the_draw_and_the_draw_follows_from_it()
    {
        using var office = await OfficeAsync();
        var committed = await CommitSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, Announce(5, "removed-violations"));
        Assert.Equal(12, committed.Population);
        await using var db = office.Store.Read();
        var check = await db.SpotChecks.SingleAsync();
        var drawn = await DrawSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, new(check.Id, "抽取"));

        // Recomputed with nothing but the published list, the seed and SHA-256, in other words than those of the product.
        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var root = JsonDocument.Parse(check.PopulationJson).RootElement;
        var numbers = root.GetProperty("items").EnumerateArray().Select(i => i[0].GetString()!).ToList();
        Assert.Equal(check.SeedSha256, Hash(drawn.Seed));
        Assert.Equal(check.PopulationSha256, Hash(string.Join("", numbers.Select(n => n + "\n"))));
        Assert.Equal(numbers.OrderBy(n => Hash($"{drawn.Seed}\n{n}"), StringComparer.Ordinal).Take(5), drawn.Numbers);
        Assert.DoesNotContain(drawn.Seed, check.SealedSeed, StringComparison.Ordinal);
        await EscalationOffice.RefusedAsync(
            "chain.already-done",
            () => DrawSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, new(check.Id, "再抽一次"))
        );
    }

    /// <summary>The documented command line gives the same hash.</summary>
    [Fact]
    public void The_documented_command_computes_the_key_of_a_number()
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", "printf '%s\\n%s' seed WF-2019-001 | sha256sum"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        Assert.StartsWith(SpotDraw.Key("seed", "WF-2019-001"), process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_key_that_sealed_it_nothing_is_drawn()
    {
        using var office = await OfficeAsync();
        var committed = await CommitSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, Announce(1));
        await File.WriteAllBytesAsync(office.Store.Folder.SpotCheckKey, new byte[32]);
        await EscalationOffice.RefusedAsync(
            "escalation.seed-lost",
            () => DrawSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, new(committed.Id, "抽取"))
        );
        File.Delete(office.Store.Folder.SpotCheckKey);
        await EscalationOffice.RefusedAsync(
            "escalation.seed-lost",
            () => DrawSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, new(committed.Id, "抽取"))
        );
    }

    [Fact]
    public async Task A_result_is_about_a_drawn_item_after_the_draw_once()
    {
        using var office = await OfficeAsync();
        var committed = await CommitSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, Announce(2, "removed-violations"));
        var drawn = await DrawSpotCheck.Handle(office.Store, EscalationOffice.OfficeHead, new(committed.Id, "抽取"));
        await using var db = office.Store.Read();
        var hit = await db.Violations.SingleAsync(v => v.Number == drawn.Numbers[0]);
        var missed = await db.Violations.FirstAsync(v => !drawn.Numbers.Contains(v.Number));
        Task<Guid> Result(Guid subject, string on = "2019-06-20", string outcome = "fraud") =>
            RecordSpotCheckResult.Handle(
                office.Store,
                EscalationOffice.Reviewer,
                new(drawn.Id, subject, EscalationOffice.Day(on), outcome, "硬化地面未清除", "现场检查")
            );
        await EscalationOffice.RefusedAsync("chain.not-there", () => Result(missed.Id));
        await EscalationOffice.RefusedAsync("chain.before-cause", () => Result(hit.Id, "2019-06-19"));
        await EscalationOffice.RefusedAsync("chain.in-future", () => Result(hit.Id, "2019-06-21"));
        await EscalationOffice.RefusedAsync("chain.bad-value", () => Result(hit.Id, outcome: "fine"));
        await Result(hit.Id);
        await EscalationOffice.RefusedAsync("chain.already-done", () => Result(hit.Id, outcome: "true"));
    }
}
