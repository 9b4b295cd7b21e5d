using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Tests.Web.Verbs;

namespace Weipian.Tests.Flow.Store;

/// <summary>A backup is one file that gives back everything, or says by name why it cannot; a restore is whole or nothing.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const string Passphrase = "周村区卫片执法 2019 backup";

    private readonly TemporaryFolder folder = new();
    private DataFolder data = null!;
    private WeipianStore store = null!;

    public async ValueTask InitializeAsync()
    {
        data = new DataFolder(folder.File("data"));
        await Weipian.Flow.Intake.InitialiseDistrict.Handle(data, new(Installations.Zhoucun));
        store = WeipianStore.Open(data);
        await FilledStore.FillAsync(store, "2019-q1");
        await File.WriteAllTextAsync(data.SpotCheckKey, "a key");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(data.SpotCheckKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Another_passphrase_opens_nothing_and_none_is_asked_for()
    {
        var file = await MadeAsync(Passphrase, BackupHead.RoundsNow);
        Assert.Equal("backup.wrong-passphrase", await RefusalAsync(file, Passphrase + "!"));
        Assert.Equal("backup.passphrase-needed", await RefusalAsync(file, null));
        Assert.Equal("backup.passphrase-too-short", await CodeAsync(() => MakeBackup.Handle(store, new(folder.File("b"), "short"))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public async Task What_was_cut_off_is_refused_wherever_it_ends(string? passphrase)
    {
        var file = await MadeAsync(passphrase);
        var whole = await File.ReadAllBytesAsync(file);
        var (seed, chance) = Chance();
        int[] ends = [0, 1, 100, BackupHead.Length, whole.Length / 2, whole.Length - 513, whole.Length - 40, whole.Length - 1];
        // At the very end of a chunk nothing but its mark tells that another should follow.
        var atChunk = BackupHead.Length + 2 * (BackupChunks.Length + BackupChunks.TagLength);
        foreach (var end in ends.Append(atChunk).Concat(Enumerable.Range(0, 8).Select(_ => chance.Next(whole.Length))))
        {
            await File.WriteAllBytesAsync(file, whole[..end]);
            var code = await RefusalAsync(file, passphrase);
            Assert.True(code is "backup.truncated" or "backup.not-a-backup", $"seed {seed}, cut at {end} of {whole.Length}: {code}");
            Assert.True(code == "backup.truncated" || end <= 100, $"seed {seed}, cut at {end}: {code}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public async Task One_flipped_bit_anywhere_is_refused(string? passphrase)
    {
        var file = await MadeAsync(passphrase);
        var whole = await File.ReadAllBytesAsync(file);
        var (seed, chance) = Chance();
        var rounds = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 20 : 500;
        for (var round = 0; round < rounds; round++)
        {
            // The heads of both forms and their ends are small: they get their share.
            var at = (round % 4) switch
            {
                0 => chance.Next(BackupHead.Length),
                1 => whole.Length - 1 - chance.Next(100),
                _ => chance.Next(whole.Length),
            };
            var changed = (byte[])whole.Clone();
            changed[at] ^= (byte)(1 << chance.Next(8));
            await File.WriteAllBytesAsync(file, changed);
            var code = await RefusalAsync(file, passphrase);
            Assert.True(
                code is "backup.damaged" or "backup.truncated" or "backup.not-a-backup" or "backup.other-version",
                $"seed {seed}, byte {at} of {whole.Length}: {code}"
            );
        }
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("blobs/../../outside")]
    [InlineData("/tmp/outside")]
    [InlineData("C:outside")]
    [InlineData("blobs\\..\\..\\outside")]
    [InlineData("blobs//outside")]
    [InlineData("./outside")]
    public async Task A_path_that_leads_outside_is_refused(string path)
    {
        var file = Crafted(BackupLabel.VersionNow, tar => Write(tar, path, "hostile"));
        Assert.Equal("backup.unsafe-path", await RefusalAsync(file, null));
        Assert.False(File.Exists(Path.Combine(folder.Path, "outside")));
    }

    [Fact]
    public async Task A_link_is_refused()
    {
        var link = new PaxTarEntry(TarEntryType.SymbolicLink, "blobs") { LinkName = folder.Path };
        var file = Crafted(BackupLabel.VersionNow, tar => tar.WriteEntry(link));
        Assert.Equal("backup.unsafe-path", await RefusalAsync(file, null));
    }

    [Fact]
    public async Task Another_version_a_strange_file_and_a_missing_one_are_refused()
    {
        Assert.Equal("backup.other-version", await RefusalAsync(Crafted(2, _ => { }), null));
        Assert.Equal("backup.truncated", await RefusalAsync(Crafted(BackupLabel.VersionNow, _ => { }), null));
        var strange = folder.File("strange");
        await File.WriteAllTextAsync(strange, new string('x', 2000));
        Assert.Equal("backup.not-a-backup", await RefusalAsync(strange, null));
        Assert.Equal("backup.no-such-file", await RefusalAsync(folder.File("nowhere"), null));
    }

    [Fact]
    public async Task A_database_of_a_later_program_is_refused()
    {
        Tampering.Run(data.Database, "INSERT INTO __EFMigrationsHistory VALUES ('29991231000000_Later', '99.0.0')");
        Assert.Equal("backup.from-later-program", await RefusalAsync(await MadeAsync(null), null));
    }

    [Fact]
    public async Task A_place_that_holds_anything_is_left_as_it_is()
    {
        var file = await MadeAsync(null);
        Assert.Equal("backup.place-not-empty", await CodeAsync(() => RestoreBackup.Handle(data, new(file, null, "x"))));
        var place = Directory.CreateDirectory(folder.File("place"));
        await File.WriteAllTextAsync(Path.Combine(place.FullName, "letter.txt"), "mine");
        Assert.Equal("backup.place-not-empty", await CodeAsync(() => RestoreBackup.Handle(new(place.FullName), new(file, null, "x"))));
        Assert.Equal("letter.txt", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(place.FullName))));
        Assert.Equal("backup.file-exists", await CodeAsync(() => MakeBackup.Handle(store, new(file))));
    }

    [Fact]
    public async Task What_was_tampered_with_is_not_backed_up_over_the_last_good_file_or_not_put_to_use()
    {
        var good = await MadeAsync(null);
        Tampering.RunUnguarded(data.Database, "UPDATE patch SET number = 'x' WHERE number = '370306-003'");
        Assert.Equal("backup.not-sound", await RefusalAsync(await MadeAsync(null), null));
        var blob = store.Blobs.PathOf(store.Blobs.Addresses().First());
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes);
        Assert.Equal("store.blob-damaged", await CodeAsync(() => MakeBackup.Handle(store, new(folder.File("c")))));
        Tampering.RunUnguarded(data.Database, "DELETE FROM journal WHERE seq = 4");
        Assert.Equal("store.journal-cut", await CodeAsync(() => MakeBackup.Handle(store, new(folder.File("c")))));
        Assert.False(File.Exists(folder.File("c")));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));
        await RestoredAsync(good, null);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_refused_and_nothing_is_left()
    {
        Assert.Equal("backup.cannot-write", await CodeAsync(() => MakeBackup.Handle(store, new(folder.File("no/such/folder/b")))));
        Assert.Empty(Directory.EnumerateFiles(data.Path, "snapshot-*"));
    }

    [Fact]
    public async Task A_restore_that_is_interrupted_leaves_nothing_that_starts()
    {
        var file = await MadeAsync(null);
        using var interrupt = new CancellationTokenSource();
        var place = new DataFolder(folder.File("place"));
        var progress = new Interrupting(interrupt);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RestoreBackup.Handle(place, new(file, null, "x"), null, progress, interrupt.Token)
        );
        Assert.False(Directory.Exists(place.Path));
    }

    [Fact]
    public async Task A_restore_that_is_killed_leaves_nothing_that_starts_and_the_next_one_does_it()
    {
        var file = await MadeAsync(null);
        var place = new DataFolder(folder.File("place"));
        var (seed, chance) = Chance();
        var rounds = Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 5 : 100;
        for (var round = 0; round < rounds && !place.HasDatabase; round++)
        {
            using var process = Process.Start(WeipianProcess.Command("restore", file, "--data", place.Path))!;
            await Task.Delay(chance.Next(300, 1500));
            process.Kill();
            await process.WaitForExitAsync();
            if (place.HasDatabase)
                break;
            Assert.Equal("store.not-initialised", await CodeAsync(() => Task.Run(() => WeipianStore.Open(place).Dispose())));
            var left = Directory.Exists(place.Path)
                ? Directory.EnumerateFileSystemEntries(place.Path).Select(Path.GetFileName).ToList()
                : [];
            if (left.Except([RestoreBackup.Scratch]).Any())
            {
                Assert.Equal("backup.place-not-empty", await CodeAsync(() => RestoreBackup.Handle(place, new(file, null, "x"))));
                Directory.Delete(place.Path, recursive: true);
            }
        }
        if (!place.HasDatabase)
            await RestoreBackup.Handle(place, new(file, null, "again"));
        using var restored = WeipianStore.Open(place);
        Assert.True((await VerifyStore.Handle(restored)).IsSound, $"seed {seed}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public async Task A_backup_gives_back_every_row_every_file_and_the_journal(string? passphrase)
    {
        await store.ActAsync(FilledStore.Officer, "compare-programme", "x", "because", _ => Task.FromResult(0));
        var file = await MadeAsync(passphrase);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var place = await RestoredAsync(file, passphrase);
        using var restored = WeipianStore.Open(place);
        await using var before = store.Read();
        await using var after = restored.Read();
        var entries = await before.Journal.OrderBy(j => j.Seq).Select(j => j.Hash).ToListAsync();
        var there = await after.Journal.OrderBy(j => j.Seq).ToListAsync();
        Assert.Equal(entries, there.Take(entries.Count).Select(j => j.Hash));
        Assert.Equal((RecordBackup.Act, "restored"), (there[^1].Act, there[^1].Subject));
        Assert.Equal(entries.Count + 1, there.Count);
        Assert.Equal(store.Blobs.Addresses(), restored.Blobs.Addresses());
        Assert.Equal("a key", await File.ReadAllTextAsync(place.SpotCheckKey));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(place.SpotCheckKey));
        var inside = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        Assert.Equal(passphrase is null, inside.Contains("370306-003", StringComparison.Ordinal));
        Assert.Equal(passphrase is null, inside.Contains("SQLite format 3", StringComparison.Ordinal));
    }

    /// <summary>A plain backup needs no program of ours to be opened.</summary>
    [Fact]
    public async Task A_plain_backup_is_an_archive_that_any_system_opens()
    {
        var file = await MadeAsync(null);
        using var tar = Process.Start(
            new ProcessStartInfo("tar", ["-tf", file]) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        var listed = await tar.StandardOutput.ReadToEndAsync();
        await tar.WaitForExitAsync();
        Assert.Equal(0, tar.ExitCode);
        var names = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("weipian-backup.json", names[0]);
        Assert.Equal("manifest.json", names[^1]);
        Assert.Contains("weipian.db", names);
        Assert.DoesNotContain(names, n => n.EndsWith(".lock", StringComparison.Ordinal) || n.Contains("-wal", StringComparison.Ordinal));
    }

    /// <summary>While four writers act, every backup is of one instant: its journal ends where its rows do, and nothing that was
    /// acknowledged before it began is missing.</summary>
    [Fact]
    public async Task Backups_are_of_one_instant_while_people_work()
    {
        using var over = new CancellationTokenSource();
        var acknowledged = 0L;
        var writers = Enumerable
            .Range(0, 4)
            .Select(_ => Task.Run(() => WorkAsync(() => Interlocked.Increment(ref acknowledged), over.Token)));
        var working = Task.WhenAll(writers);
        for (var round = 0; round < 3; round++)
        {
            var before = Interlocked.Read(ref acknowledged);
            var made = await MakeBackup.Handle(store, new(folder.File($"at-work-{round}")));
            var restored = await RestoreBackup.Handle(new(folder.File($"place-{round}")), new(made.Path, null, null));
            Assert.True(restored.Verified.Entries >= before + 4, $"{before} acknowledged, {restored.Verified.Entries} there");
            Assert.Equal(restored.Verified.Entries, restored.Label.JournalSeq);
        }
        await over.CancelAsync();
        await working;
        Assert.True(acknowledged > 3, $"{acknowledged} acts");
    }

    private async Task WorkAsync(Action acknowledge, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await store.ActAsync(
                FilledStore.Officer,
                "import-patches",
                "2019-q1",
                "work",
                async act =>
                {
                    store.Blobs.Put(Guid.NewGuid().ToByteArray());
                    return await FilledStore.ImportAsync(act, "2019-q1");
                },
                CancellationToken.None
            );
            acknowledge();
        }
    }

    /// <param name="rounds">Of the key: few where a test opens the file a great many times.</param>
    private async Task<string> MadeAsync(string? passphrase, int rounds = 1000)
    {
        var request = new MakeBackup.Request(folder.File($"{Guid.NewGuid():N}.backup"), passphrase) { PassphraseRounds = rounds };
        var made = await MakeBackup.Handle(store, request);
        Assert.Equal(new FileInfo(made.Path).Length, made.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(made.Path))), made.Sha256);
        return made.Path;
    }

    private async Task<DataFolder> RestoredAsync(string file, string? passphrase)
    {
        var place = new DataFolder(folder.File($"restored-{Guid.NewGuid():N}"));
        var restored = await RestoreBackup.Handle(place, new(file, passphrase, "restored by a test"));
        Assert.True(restored.Verified.IsSound);
        return place;
    }

    /// <summary>Refused, and the place is as if nobody had tried.</summary>
    private async Task<string> RefusalAsync(string file, string? passphrase)
    {
        var place = new DataFolder(folder.File("refused"));
        var code = await CodeAsync(() => RestoreBackup.Handle(place, new(file, passphrase, "x")));
        Assert.False(Directory.Exists(place.Path), $"{code} left something behind");
        return code;
    }

    private static async Task<string> CodeAsync(Func<Task> act) => (await Assert.ThrowsAsync<Problem>(act)).Code;

    private static (int Seed, Random Chance) Chance()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return (seed, new Random(seed));
    }

    /// <summary>A well sealed file that this program did not make.</summary>
    private string Crafted(int version, Action<TarWriter> fill)
    {
        var path = folder.File($"{Guid.NewGuid():N}.crafted");
        using var file = File.Create(path);
        using var hashed = new HashedWriteStream(file);
        using (var tar = new TarWriter(hashed, TarEntryFormat.Pax, leaveOpen: true))
        {
            var label =
                """{"format":"weipian-backup","version":VERSION,"madeAt":"2026-01-01T00:00:00Z","program":"1","plan":"p","journalSeq":1,"journalHash":"h","model":"m"}""";
            Write(tar, "weipian-backup.json", label.Replace("VERSION", $"{version}", StringComparison.Ordinal));
            fill(tar);
        }
        file.Write(SealedReadStream.Magic);
        file.Write(hashed.Sha256());
        return path;
    }

    private static void Write(TarWriter tar, string name, string text) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    /// <summary>Interrupts at the first word of progress.</summary>
    private sealed class Interrupting(CancellationTokenSource source) : IProgress<string>
    {
        public void Report(string value) => source.Cancel();
    }
}
