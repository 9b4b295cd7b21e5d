using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Intake;

/// <summary>An installation starts once, from one plan.</summary>
public sealed class InitialiseDistrictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_without_an_installation_is_refused()
    {
        var refusal = Assert.Throws<Problem>(() => Installations.Open(folder));
        Assert.Equal("store.not-initialised", refusal.Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_plan_with_a_fault_leaves_nothing_behind()
    {
        var plan = folder.File("broken.yaml");
        await File.WriteAllTextAsync(plan, "id: x\n  y: [");
        await Assert.ThrowsAsync<Problem>(() => Installations.InitialiseAsync(folder, plan));
        Assert.Equal([plan], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_second_initialisation_is_refused_and_changes_nothing()
    {
        await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        var refusal = await Assert.ThrowsAsync<Problem>(() => Installations.InitialiseAsync(folder, Installations.Liechtenstein));
        Assert.Equal("store.already-initialised", refusal.Code);
        Assert.Contains("zhoucun-2019", refusal.English, StringComparison.Ordinal);
        using var store = Installations.Open(folder);
        Assert.Equal("zhoucun-2019", store.Plan.Id);
    }

    [Fact]
    public async Task Programmes_and_seats_are_those_of_the_plan()
    {
        var done = await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        using var store = Installations.Open(folder);
        await using var db = store.Read();
        var programmes = await db.Programmes.OrderBy(p => p.Ordinal).Select(p => p.Id).ToListAsync();
        Assert.Equal(["2018-annual", "2019-q1", "2019-q2", "2019-q3"], programmes);
        var seats = await db.Seats.OrderBy(s => s.Login).Select(s => s.Login).ToListAsync();
        Assert.Equal(done.Plan.Seats.Select(s => s.Login).Order(StringComparer.Ordinal), seats);
        Assert.Equal(done.Plan.Sha256, store.Plan.Sha256);
    }

    [Fact]
    public async Task Only_the_administrator_can_sign_in_with_the_one_time_password()
    {
        var done = await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        using var store = Installations.Open(folder);
        await using var db = store.Read();
        foreach (var seat in await db.Seats.ToListAsync())
        {
            Assert.Equal(seat.Login == done.AdministratorLogin, SeatPasswords.IsRight(seat, done.AdministratorPassword));
            Assert.False(SeatPasswords.IsRight(seat, ""));
            Assert.True(seat.MustChange);
        }
        Assert.Equal(19, done.AdministratorPassword.Length);
        Assert.DoesNotContain(
            Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories),
            file => ReadShared(file).Contains(done.AdministratorPassword, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_town_officer_cannot_set_the_password_of_another_seat()
    {
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        var town = new Actor("town-wangcun", PlanRoles.Town, "wangcun");
        var request = new SetSeatPassword.Request("district-officer", "a-long-password", MustChange: false, "takeover");
        var refusal = await Assert.ThrowsAsync<Problem>(() => SetSeatPassword.Handle(store, town, request));
        Assert.Equal("store.not-your-seat", refusal.Code);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        var done = await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        using var store = Installations.Open(folder);
        var own = new Actor(done.AdministratorLogin, PlanRoles.Administrator);
        var request = new SetSeatPassword.Request(done.AdministratorLogin, "correct horse battery", MustChange: false, "首次登录改密");
        await SetSeatPassword.Handle(store, own, request);
        await using var db = store.Read();
        var seat = await db.Seats.SingleAsync(s => s.Login == done.AdministratorLogin);
        Assert.True(SeatPasswords.IsRight(seat, "correct horse battery"));
        Assert.False(SeatPasswords.IsRight(seat, done.AdministratorPassword));
        Assert.True((await VerifyStore.Handle(store)).IsSound);
    }

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
