using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>Killing the process at any instant loses no acknowledged act and leaves no half of one.</summary>
public sealed class KillTests : IDisposable
{
    internal const string ChildVariable = "WEIPIAN_TEST_ACTS_IN";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>In a child process of these tests: acts without end, each acknowledged on the standard output once it is durable.</summary>
#pragma warning disable CA2255 // The test program has no entry point of its own that could be told apart.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void ActWithoutEnd()
    {
        if (Environment.GetEnvironmentVariable(ChildVariable) is not { } path)
            return;
        if (KilledActsTests.ActedOnce(path))
            return;
        using var store = WeipianStore.OpenOrCreate(new DataFolder(path));
        while (true)
        {
            var seq = store
                .ActAsync(
                    FilledStore.Officer,
                    "import-patches",
                    "2019-q1",
                    "kill",
                    async act =>
                    {
                        if (!await act.Db.Programmes.AnyAsync())
                            act.Db.Add(FilledStore.FirstQuarter());
                        await FilledStore.ImportAsync(act, "2019-q1");
                        return 1 + await act.Db.Journal.CountAsync();
                    }
                )
                .GetAwaiter()
                .GetResult();
            Console.Out.WriteLine(seq);
            Console.Out.Flush();
        }
    }

    [Fact]
    public async Task A_killed_process_loses_no_acknowledged_act_and_leaves_no_half_of_one()
    {
        var rounds = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 4 : 300;
        var chance = new Random();
        for (var round = 0; round < rounds; round++)
        {
            // Every fourth child dies on its way up, the others somewhere in their acts.
            var acknowledged = await KillAsync(
                waitForAnAct: round % 4 != 0,
                TimeSpan.FromMilliseconds(chance.Next(20, round % 4 == 0 ? 1500 : 400))
            );
            Assert.True(acknowledged > 0 || round % 4 == 0, $"round {round}: the child never finished an act");
            if (!new DataFolder(folder.Path).HasDatabase)
                continue;
            using var store = WeipianStore.OpenOrCreate(new DataFolder(folder.Path));
            var report = await VerifyStore.Handle(store);
            Assert.True(report.IsSound, $"round {round}: {string.Join("; ", report.Findings)}");
            Assert.True(report.Entries >= acknowledged, $"round {round}: {acknowledged} acknowledged, {report.Entries} there");
            await using var db = store.Read();
            Assert.Equal(await db.ImportBatches.CountAsync() * FilledStore.Patches, await db.Patches.CountAsync());
        }
    }

    /// <returns>The number of the last act that the child called done.</returns>
    private async Task<long> KillAsync(bool waitForAnAct, TimeSpan delay)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KillTests).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ChildVariable] = folder.Path;
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        var first = new TaskCompletionSource();
        var said = ReadAsync(child, first);
        if (waitForAnAct)
            await Task.WhenAny(first.Task, said);
        await Task.Delay(delay);
        Assert.False(child.HasExited, child.HasExited ? await errors : "");
        child.Kill();
        await child.WaitForExitAsync();
        return await said;
    }

    private static async Task<long> ReadAsync(Process child, TaskCompletionSource first)
    {
        var last = 0L;
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            if (long.TryParse(line, out var seq))
            {
                last = seq;
                first.TrySetResult();
            }
        return last;
    }
}
