using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Tests.Flow.Verification;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Store;

/// <summary>Scans and photographs that hold personal data stand only sealed, are read by act, prove their hash, and come through changes
/// of keys and backups.</summary>
public sealed class SealedFilesTests : IAsyncLifetime
{
    private const string Programme = "2019-q1";
    private const string Kind = "identity-paper";
    private static readonly Actor Administrator = new("administrator", PlanRoles.Administrator);
    private static readonly Actor Officer = FilledStore.Officer;
    private static readonly Actor Town = new("town-wangcun", PlanRoles.Town, "wangcun");
    private static readonly Actor OtherTown = new("town-nanjiao", PlanRoles.Town, "nanjiao");
    private static readonly byte[] Paper = "%PDF-1.4 欧阳𠮷庆 370306197001010013"u8.ToArray();

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;
    private List<Patch> patches = [];

    private static string PaperHash => Hash(Paper);

    public async ValueTask InitializeAsync()
    {
        store = await Installations.StartAsync(folder, Installations.Zhoucun);
        patches = await store.ActAsync(Officer, "import-patches", Programme, "下发", act => FilledStore.ImportAsync(act, Programme));
    }

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_reading_is_refused_to_other_roles_to_other_towns_and_where_there_is_no_such_file()
    {
        var id = await AttachAsync(Kind, Paper);
        var request = new ReadFile.Request(id, PaperHash, "核对");
        string[] may = [PlanRoles.Town, PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead, PlanRoles.Government];
        foreach (var role in PlanRoles.All.Except(may))
        {
            var refused = await Assert.ThrowsAsync<Problem>(() => ReadFile.Handle(store, new(role, role), request));
            Assert.Equal("store.act-not-allowed", refused.Code);
            Assert.Contains(ReadFile.Act, refused.English, StringComparison.Ordinal);
        }
        Assert.Equal("store.file-of-other-unit", await RefusalAsync(() => ReadFile.Handle(store, OtherTown, request)));
        Assert.Equal("store.file-of-other-unit", await RefusalAsync(() => ReadFile.Handle(store, Town with { Unit = null }, request)));
        Assert.Equal("store.reason-missing", await RefusalAsync(() => ReadFile.Handle(store, Officer, request with { Reason = " " })));
        Assert.Equal("chain.not-there", await RefusalAsync(() => ReadFile.Handle(store, Officer, request with { RowId = Guid.NewGuid() })));
        var another = request with { Sha256 = new string('0', 64) };
        Assert.Equal("chain.not-there", await RefusalAsync(() => ReadFile.Handle(store, Officer, another)));
        // A file that is not sealed is read without an act.
        var clear = await AttachAsync("approval-document", Photos.Pdf);
        Assert.Equal("chain.not-there", await RefusalAsync(() => ReadFile.Handle(store, Officer, new(clear, Hash(Photos.Pdf), "核对"))));
        await using var db = store.Read();
        Assert.Equal(0, await db.Journal.CountAsync(j => j.Act == ReadFile.Act));

        foreach (var role in may)
            Assert.Equal(
                new ReadFile.Shown("张三身份证.pdf", Kind),
                await ReadFile.Handle(store, role == PlanRoles.Town ? Town : new(role, role), request)
            );
        Assert.Equal(may.Length, await db.Journal.CountAsync(j => j.Act == ReadFile.Act && j.Subject == id.ToString()));
    }

    [Fact]
    public async Task A_paper_of_a_kind_that_holds_personal_data_stands_in_the_folder_neither_in_clear_nor_by_its_name()
    {
        var id = await AttachAsync(Kind, Paper);
        await using var db = store.Read();
        var row = await db.AttachedDocuments.SingleAsync(d => d.Id == id);
        Assert.Equal((PaperHash, $"{Kind}-{PaperHash[..8]}.pdf"), (row.Sha256, row.FileName));
        Assert.Equal(BlobState.Missing, store.Blobs.StateOf(PaperHash));
        Assert.Equal(Paper, await OpenAsync(store, PaperHash));
        Assert.Equal("张三身份证.pdf", await SealedFiles.NameAsync(db, PaperHash));
        var file = await db.SealedFiles.SingleAsync();
        Assert.Equal((Kind, BlobState.Sound), (file.Kind, store.Blobs.StateOf(file.SealedSha256)));
        Assert.False(await HoldsAsync(store.Folder, Paper[9..]));
        Assert.False(await HoldsAsync(store.Folder, "张三身份证"u8.ToArray()));

        // A kind that the law book says nothing personal of stays as it is.
        await AttachAsync("approval-document", Photos.Pdf);
        Assert.Equal(Photos.Pdf, store.Blobs.Get(Hash(Photos.Pdf)));
        Assert.Null(await SealedFiles.NameAsync(db, Hash(Photos.Pdf)));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task A_photograph_that_is_marked_as_showing_a_person_is_sealed_and_stays_so()
    {
        var photo = Photos.With(7);
        var clear = await VisitAsync(new("现场.jpg", "image/jpeg", photo));
        Assert.Equal("现场.jpg", clear.FileName);
        Assert.Equal(BlobState.Sound, store.Blobs.StateOf(Hash(photo)));
        // The same bytes, marked later: the plain copy goes.
        var marked = await VisitAsync(new("现场.jpg", "image/jpeg", photo, ShowsPerson: true));
        Assert.Equal(Hash(photo), marked.Sha256);
        Assert.Equal($"{SealedFiles.PersonPhoto}-{Hash(photo)[..8]}.jpeg", marked.FileName);
        Assert.Equal(BlobState.Missing, store.Blobs.StateOf(Hash(photo)));
        // And unmarked again: it does not come back.
        await VisitAsync(new("again.jpg", "image/jpeg", photo));
        Assert.Equal(BlobState.Missing, store.Blobs.StateOf(Hash(photo)));
        Assert.Equal(photo, await OpenAsync(store, Hash(photo)));
        Assert.Equal(Hash(photo), SealedFiles.HashOf(store, Hash(photo)));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task Changed_missing_or_unreadable_sealed_bytes_are_found_and_named_and_never_handed_out()
    {
        await AttachAsync(Kind, Paper);
        await using var db = store.Read();
        var file = await db.SealedFiles.SingleAsync();
        var path = store.Blobs.PathOf(file.SealedSha256);
        var bytes = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            await File.WriteAllBytesAsync(path, changed);
            await FoundAsync("sealed-file-damaged");
            Assert.Equal("store.blob-damaged", await RefusalAsync(() => OpenAsync(store, PaperHash)));
            Assert.Equal("damaged", SealedFiles.HashOf(store, PaperHash));
        }
        await File.WriteAllBytesAsync(path, bytes[..^3]);
        await FoundAsync("sealed-file-damaged");
        Assert.Equal("store.blob-damaged", await RefusalAsync(() => OpenAsync(store, PaperHash)));
        File.Delete(path);
        await FoundAsync("blob-missing");
        Assert.Equal("store.blob-missing", await RefusalAsync(() => OpenAsync(store, PaperHash)));
        await File.WriteAllBytesAsync(path, bytes);
        store.Blobs.Put(Paper);
        await FoundAsync("file-in-clear");
        File.Delete(store.Blobs.PathOf(PaperHash));

        // Without the file of the keys the sealed bytes still verify; with another key they do not open.
        var keys = await File.ReadAllBytesAsync(SealedText.FileOf(store.Folder));
        File.Delete(SealedText.FileOf(store.Folder));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        SealedText.Rotate(store.Folder);
        await FoundAsync("sealed-file-unreadable");
        Assert.Equal("store.sealed-text-unreadable", await RefusalAsync(() => OpenAsync(store, PaperHash)));
        await File.WriteAllBytesAsync(SealedText.FileOf(store.Folder), keys);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);

        async Task FoundAsync(string kind)
        {
            var finding = Assert.Single((await VerifyStore.Handle(store)).Findings);
            Assert.Equal((kind, PaperHash), (finding.Kind, finding.Where));
        }
    }

    [Fact]
    public async Task A_change_of_keys_seals_old_papers_and_a_backup_gives_back_what_the_new_key_opens()
    {
        await AttachAsync(Kind, Paper);
        // A paper from before papers were sealed, as its row and its blob then were.
        var old = "%PDF-1.4 旧的权属证明"u8.ToArray();
        await store.ActAsync(Officer, AttachDocument.Act, Programme, "补充", act => OldPaperAsync(act, old));
        Assert.Equal(old, store.Blobs.Get(Hash(old)));
        var rotated = await RotateKeys.Handle(store, Administrator, new("年度更换"), RealLaw.Book);
        Assert.Equal(1, rotated.FilesSealed);
        Assert.Equal(BlobState.Missing, store.Blobs.StateOf(Hash(old)));
        Assert.False(await HoldsAsync(store.Folder, old[9..]));
        await RetireKeys.Handle(store, Administrator, new("年度更换"));
        Assert.Equal(old, await OpenAsync(store, Hash(old)));
        Assert.Equal(Paper, await OpenAsync(store, PaperHash));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        Assert.Equal(0, (await RotateKeys.Handle(store, Administrator, new("再次更换"), RealLaw.Book)).FilesSealed);

        var file = folder.File("sealed.backup");
        await MakeBackup.Handle(store, new(file));
        Assert.True((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Paper.AsSpan(9)) < 0);
        var place = new DataFolder(folder.File("place"));
        await RestoreBackup.Handle(place, new(file, null, "test"));
        using var restored = WeipianStore.Open(place);
        Assert.Equal(old, await OpenAsync(restored, Hash(old)));
        Assert.Equal(Paper, await OpenAsync(restored, PaperHash));
        Assert.Empty((await VerifyStore.Handle(restored)).Findings);
    }

    [Fact]
    public async Task While_a_backup_is_made_the_plain_copy_stays_and_the_next_opening_removes_it()
    {
        store.Blobs.Put(Paper);
        using (ClearCopies.Door(store.Folder))
        using (ClearCopies.Door(store.Folder))
        {
            await AttachAsync(Kind, Paper);
            Assert.Equal(BlobState.Sound, store.Blobs.StateOf(PaperHash));
        }
        var file = folder.File("between.backup");
        await MakeBackup.Handle(store, new(file));
        store.Dispose();
        store = Installations.Open(folder);
        Assert.Equal(BlobState.Missing, store.Blobs.StateOf(PaperHash));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        // A backup of the moment between says the same once it is restored.
        var place = new DataFolder(folder.File("place"));
        await RestoreBackup.Handle(place, new(file, null, "test"));
        using var restored = WeipianStore.Open(place);
        Assert.Equal(BlobState.Missing, restored.Blobs.StateOf(PaperHash));
        Assert.Equal(Paper, await OpenAsync(restored, PaperHash));
    }

    [Fact]
    public async Task A_scan_of_fifty_megabytes_is_sealed_and_read_in_a_few_buffers()
    {
        const long Most = 4 << 20;
        var bytes = new byte[50 << 20];
        new Random(6).NextBytes(bytes);
        var sha256 = store.Blobs.Put(bytes);
        Assert.Equal(Hash(bytes), sha256);
        await store.ActAsync(
            Officer,
            AttachDocument.Act,
            Programme,
            "扫描件",
            act =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.True(SealedFiles.SealKept(act, sha256, Kind, "扫描件.pdf"));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
                Assert.False(SealedFiles.SealKept(act, sha256, Kind, "扫描件.pdf"));
                return Task.FromResult(0);
            }
        );
        var begun = GC.GetTotalAllocatedBytes();
        await using var plain = await SealedFiles.OpenAsync(store, sha256);
        Assert.Equal(sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(plain)));
        Assert.InRange(GC.GetTotalAllocatedBytes() - begun, 0, 50 << 20);
    }

    private async Task<Guid> AttachAsync(string kind, byte[] content) =>
        (
            await AttachDocument.Handle(
                store,
                Officer,
                new(Programme, kind, null, [patches[0].Number], "张三身份证.pdf", content, null, "归档"),
                RealLaw.Book
            )
        ).Ids[0];

    private async Task<RecordVisit.FileReceipt> VisitAsync(RecordVisit.Attachment file)
    {
        var form = $$"""{"remark":"{{Guid.NewGuid()}}"}""";
        return (await RecordVisit.Handle(store, Town, new(patches[0].Id, store.Today, form, [file]), RealLaw.Book)).Files[0];
    }

    private Task<int> OldPaperAsync(ActScope act, byte[] content)
    {
        act.Db.Add(
            new AttachedDocument
            {
                Id = act.NewId(),
                PatchId = patches[0].Id,
                Kind = "history-proof",
                Sha256 = act.Store.Blobs.Put(content),
                FileName = "权属证明.pdf",
                ContentType = "application/pdf",
                Size = content.Length,
                By = act.By.Login,
                At = act.At,
            }
        );
        return Task.FromResult(0);
    }

    private static async Task<byte[]> OpenAsync(WeipianStore of, string sha256)
    {
        await using var plain = await SealedFiles.OpenAsync(of, sha256);
        using var whole = new MemoryStream();
        await plain.CopyToAsync(whole);
        return whole.ToArray();
    }

    /// <summary>Whether any file of the folder holds the bytes.</summary>
    private static async Task<bool> HoldsAsync(DataFolder data, byte[] bytes)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories))
            if ((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(bytes) >= 0)
                return true;
        return false;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<Problem>(act)).Code;
}
