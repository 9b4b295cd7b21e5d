using Weipian.Flow.CaseFiles;
using Weipian.Flow.Reports;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Reports;

/// <summary>The table of cases and rectification says what stood at the end of last month beside this month; the historic backlog has a
/// table of its own.</summary>
public sealed class MonthTablesTests : IAsyncLifetime
{
    private const string Programme = "2019-q3";
    private D district = null!;

    public async ValueTask InitializeAsync()
    {
        district = await D.StartAsync();
        district.Clock.Set(new(2019, 8, 20));
    }

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Last_month_stands_beside_this_month()
    {
        var first = await district.ViolationAsync(5, programme: Programme);
        await district.CaseAsync(first, (CaseStepKind.Closed, new(2019, 8, 31)));
        await district.RemoveAsync(first, 5);
        district.Clock.Set(new(2019, 9, 10));
        var second = await district.ViolationAsync(3, programme: Programme);
        await district.CaseAsync(second, (CaseStepKind.Closed, new(2019, 9, 20)));
        await district.RemoveAsync(second, 3);
        district.Clock.Set(new(2019, 9, 20));
        Assert.Equal((1, 2, 1, 2), await MonthsAsync(new(2019, 9, 20)));
        Assert.Equal((2, 2, 2, 2), await MonthsAsync(new(2019, 10, 1)));
        Assert.Equal((0, 1, 0, 1), await MonthsAsync(new(2019, 8, 31)));
    }

    [Fact]
    [Requirement("R35")]
    public async Task The_historic_backlog_has_a_table_and_stands_in_no_table_of_a_programme()
    {
        var removed = await district.ViolationAsync(4, source: ViolationSource.Backlog);
        var open = await district.ViolationAsync(6, source: ViolationSource.Backlog);
        await district.OrderAsync(open, 6);
        await district.RemoveAsync(removed, 4);
        var facts = await FactsAsync(new(2019, 9, 30));
        var table = ViolationTables.Backlog(facts);
        Assert.Equal([removed.Number, open.Number], table.Rows.Select(r => r.Cells[0].Text));
        Assert.Equal(4m, table.TotalOf("removed").Mu);
        Assert.Equal(6m, table.TotalOf("remaining").Mu);
        Assert.Equal(["已消除", "逾期未消除"], table.Rows.Select(r => r.Cells[table.At("state")].Text));
        Assert.Empty(table.Broken());
        Assert.All(table.Rows.SelectMany(r => r.Cells).SelectMany(c => c.Ids ?? []), id => Assert.True(facts.Items().ContainsKey(id)));
        Assert.Empty(facts.Violations);
    }

    private async Task<(double? Before, double? Now, double? RectifiedBefore, double? Rectified)> MonthsAsync(DateOnly on)
    {
        var table = ViolationTables.Rectification(await FactsAsync(on));
        double? Of(string column) => table.TotalOf(column).Value;
        return (Of("all-before"), Of("all"), Of("closed-rectified-before"), Of("closed-rectified"));
    }

    private async Task<FigureFacts> FactsAsync(DateOnly on)
    {
        await using var db = district.Store.Read();
        return await FigureReading.ReadAsync(db, district.Store.Plan, D.Law, [Programme], on);
    }
}
