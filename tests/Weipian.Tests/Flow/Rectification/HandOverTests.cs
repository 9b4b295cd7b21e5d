using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Rectification;

/// <summary>What is confiscated goes to the finance bureau: letter, list, receipt.</summary>
[Requirement("R03")]
[Requirement("R22")]
public sealed class HandOverTests : IAsyncLifetime
{
    private D district = null!;
    private Violation violation = null!;
    private Guid measure;

    public async ValueTask InitializeAsync()
    {
        district = await D.StartAsync();
        violation = await district.ViolationAsync(5);
        measure = await district.OrderAsync(violation, 5, kind: MeasureKind.Confiscate);
        district.Clock.Set(new(2019, 7, 20));
    }

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nothing_is_handed_over_that_was_not_decided_to_be_confiscated()
    {
        await district.RefusedAsync("chain.out-of-order", () => SendAsync());
        var other = await district.OrderAsync(violation, 5);
        await DecideAsync();
        await district.RefusedAsync("chain.bad-value", () => SendAsync(other));
    }

    [Fact]
    public async Task The_letter_is_signed_by_the_head_who_did_not_order_it_after_the_decision_and_once()
    {
        await DecideAsync();
        await district.RefusedAsync("store.act-not-allowed", () => SendAsync(by: D.Officer));
        var own = await district.OrderAsync(await district.ViolationAsync(5), 5, kind: MeasureKind.Confiscate, by: D.Head);
        await district.RefusedAsync("chain.same-person", () => SendAsync(own));
        await district.RefusedAsync("chain.before-cause", () => SendAsync(on: new(2019, 7, 9)));
        await district.RefusedAsync("chain.in-future", () => SendAsync(on: new(2019, 7, 21)));
        await district.RefusedAsync("chain.bad-value", () => SendAsync(things: "厂房"));
        await district.RefusedAsync("rectification.proof-missing", () => SendAsync(things: null));
        var sent = await SendAsync();
        await district.RefusedAsync("chain.already-done", () => SendAsync());
        await using var db = district.Store.Read();
        var letter = await db.IssuedDocuments.SingleAsync();
        Assert.Equal(("hand-over-letter", sent.DocumentNumber), (letter.Kind, letter.Number));
        var fields = JsonNode.Parse((await db.OpenAsync(letter)).FieldsJson)!;
        Assert.Equal("区财政局", (string)fields["addressee"]!);
        Assert.Contains("钢结构厂房", (string)fields["property"]!, StringComparison.Ordinal);
        Assert.Equal("2019年7月10日", (string)fields["decision-date"]!);
        Assert.Equal("1座", (string)JsonNode.Parse((await db.HandOvers.SingleAsync()).ListJson)![0]!["quantity"]!);
        Assert.Contains(await db.Notices.ToListAsync(), n => n is { ToKind: "role", To: "finance" });
    }

    [Fact]
    public async Task Finance_alone_receives_once_and_not_before_the_letter()
    {
        await DecideAsync();
        var sent = await SendAsync();
        Task Receive(DateOnly on, Actor? by = null, string condition = "完好") =>
            ReceiveHandOver.Handle(district.Store, by ?? D.Finance, new(sent.HandOverId, on, condition, "接收"));
        await district.RefusedAsync("store.act-not-allowed", () => Receive(new(2019, 7, 20), D.Head));
        await district.RefusedAsync("chain.before-cause", () => Receive(new(2019, 7, 19)));
        await district.RefusedAsync("chain.in-future", () => Receive(new(2019, 7, 21)));
        await district.RefusedAsync("rectification.proof-missing", () => Receive(new(2019, 7, 20), condition: " "));
        await Receive(new(2019, 7, 20));
        await district.RefusedAsync("chain.already-done", () => Receive(new(2019, 7, 20)));
    }

    [Fact]
    public async Task A_confiscation_ends_with_the_receipt_and_leaves_the_land_to_be_dealt_with()
    {
        await DecideAsync();
        var report = await district.ReportAsync(measure, 5);
        var accept = district.Accept(report, 5) with { Classes = [] };
        var sent = await SendAsync();
        await district.RefusedAsync("rectification.not-received", () => district.AcceptAsync(accept));
        await ReceiveHandOver.Handle(district.Store, D.Finance, new(sent.HandOverId, new(2019, 7, 20), "完好", "接收"));
        var answer = await district.AcceptAsync(accept);
        Assert.Equal(5 * D.Mu, answer.RemainingSquareMetres, 2);
        Assert.True(await district.IsHeldAsync(violation));
        Assert.False((await district.BalanceAsync(violation)).IsRemoved);
    }

    [Fact]
    public void The_limit_to_receive_is_the_one_of_the_day_and_none_is_made_up()
    {
        Assert.Null(SendHandOver.ReceiveBy(D.Law, new(2019, 7, 20)));
        Assert.Null(SendHandOver.ReceiveBy(D.Law, new(2021, 8, 31)));
        Assert.Equal(new DateOnly(2021, 11, 30), SendHandOver.ReceiveBy(D.Law, new(2021, 9, 1)));
    }

    private Task DecideAsync() => district.CaseAsync(violation, (CaseStepKind.Decided, new(2019, 7, 10)));

    private Task<SendHandOver.Answer> SendAsync(
        Guid? of = null,
        Actor? by = null,
        DateOnly? on = null,
        string? things = "钢结构厂房；1座；王村镇；完好"
    ) =>
        SendHandOver.Handle(
            district.Store,
            by ?? D.Head,
            new(of ?? measure, on ?? new(2019, 7, 20), things is null ? [] : [things], new(2019, 8, 20), "移交财政"),
            D.Documents,
            D.Law
        );
}
