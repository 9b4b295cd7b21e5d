using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Ledger;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Determinations;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Store;

/// <summary>The acts that the played year does not play, in a process that dies right before and right after their commit. All others are
/// killed in the year itself.</summary>
public sealed class KilledActsTests
{
    private const string DeathSetting = "WEIPIAN_TEST_DIE_AT";
    private const string Order = "act-to-die-at";

    /// <summary>128 and the number of SIGKILL.</summary>
    private const int Killed = 137;

    /// <summary>In the child: the act that the folder orders, once; its refusal is said in the first line.</summary>
    /// <returns>False where nothing is ordered.</returns>
    internal static bool ActedOnce(string path)
    {
        var order = Path.Combine(path, Order);
        if (!File.Exists(order))
            return false;
        var words = File.ReadAllText(order).Split(' ');
        using var store = WeipianStore.Open(new DataFolder(path));
        try
        {
            DoAsync(store, words[0], Guid.Parse(words[1]), Guid.Parse(words[2])).GetAwaiter().GetResult();
            Console.Out.WriteLine("done");
        }
        catch (Problem refusal)
        {
            Console.Out.WriteLine(refusal.Code);
        }
        return true;
    }

    [Fact]
    public async Task A_parcel_is_split_whole_or_not_at_all()
    {
        using var district = await DistrictOfCases.OfAsync(["TC4 part inside"]);
        await district.ProposeAsync();
        var parcels = await district.ParcelsAsync(0);
        var parcel = parcels[0];
        await DiesTwiceAsync(district.Store, "split-parcel", parcel.Id, Guid.Empty, "determination.parcel-superseded");
        var now = await district.ParcelsAsync(0);
        Assert.Equal(parcels.Count + 1, now.Count);
        Assert.Equal(parcels.Sum(p => p.AreaSquareMetres), now.Sum(p => p.AreaSquareMetres), 1e-6);
    }

    [Fact]
    public async Task An_entry_is_reopened_whole_or_not_at_all()
    {
        using var district = await D.StartAsync();
        var violation = await district.ViolationAsync(2, place: 1);
        district.Clock.Set(new(2020, 1, 1));
        await EnterLedger.Handle(district.Store, D.Head, new("2019-cut-off", "挂账"));
        district.Clock.Set(new(2020, 2, 1));
        var accepted = (await district.RemoveAsync(violation, 2)).AcceptanceId;
        var again = await district.ViolationAsync(3, place: 1, after: new(2020, 3, 1));
        Guid entry;
        await using (var db = district.Store.Read())
            entry = await db.LedgerEntries.Select(e => e.Id).SingleAsync();
        var proposal = await ProposeClosing.Handle(district.Store, D.Reviewer, new(entry, [$"{accepted}"], "已拆除", "拟销号"));
        await CloseLedgerEntry.Handle(district.Store, D.Head, new(proposal, new(2020, 2, 1), "销号"));
        await DiesTwiceAsync(district.Store, ReopenLedgerEntry.Act, entry, again.Id, "chain.already-done");
        await using (var db = district.Store.Read())
            Assert.Equal(1, await db.LedgerEntries.CountAsync(e => e.ReopensId == entry));
    }

    /// <summary>Before the commit nothing is there, after it all; the next who tries is told that it was done.</summary>
    private static async Task DiesTwiceAsync(WeipianStore store, string act, Guid one, Guid other, string doneAlready)
    {
        await File.WriteAllTextAsync(Path.Combine(store.Folder.Path, Order), $"{act} {one} {other}");
        foreach (var (moment, entries) in new[] { ("before", 0), ("after", 1) })
        {
            var (status, _) = await ChildAsync(store.Folder.Path, $"{moment}:{act}");
            Assert.Equal(Killed, status);
            await using var db = store.Read();
            Assert.Equal(entries, await db.Journal.CountAsync(j => j.Act == act));
            Assert.Empty((await VerifyStore.Handle(store)).Findings);
        }
        Assert.Equal((0, doneAlready), await ChildAsync(store.Folder.Path, ""));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    private static async Task<(int Status, string Said)> ChildAsync(string path, string death)
    {
        SqliteConnection.ClearAllPools();
        var start = new ProcessStartInfo("dotnet", [typeof(KilledActsTests).Assembly.Location, "--help"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[KillTests.ChildVariable] = path;
        start.Environment[DeathSetting] = death;
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        var said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode is 0 or Killed, await errors);
        return (child.ExitCode, said.Split('\n')[0].Trim());
    }

    private static async Task DoAsync(WeipianStore store, string act, Guid one, Guid other)
    {
        if (act == ReopenLedgerEntry.Act)
        {
            await ReopenLedgerEntry.Handle(store, D.Reviewer, new(one, other, "复发"));
            return;
        }
        await using var db = store.Read();
        var box = (await db.Parcels.SingleAsync(p => p.Id == one)).Geometry.EnvelopeInternal;
        var middle = (box.MinX + box.MaxX) / 2;
        var line = new LineString([new(middle, box.MinY - 0.001), new(middle, box.MaxY + 0.001)]);
        await SplitParcel.Handle(store, DistrictOfCases.Officer, new(one, line, "两家使用"), DistrictOfCases.Law);
    }
}
