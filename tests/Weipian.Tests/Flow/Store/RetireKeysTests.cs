using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Tests.Flow.Reports;

namespace Weipian.Tests.Flow.Store;

/// <summary>After a change of keys everything sealed is sealed again in further rows; then the older keys can be destroyed, and
/// everything is still read and still verifies.</summary>
public sealed class RetireKeysTests : IAsyncLifetime
{
    private const string Name = "欧阳𠮷庆";
    private static readonly LawBook Law = Tests.Law.RealLaw.Book;
    private static readonly Actor Administrator = new("administrator", PlanRoles.Administrator);
    private static readonly Actor Desk = new("permit-desk", PlanRoles.PermitDesk);

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;
    private IssuedDocument document = null!;
    private AskHold.Answer asked = null!;

    public async ValueTask InitializeAsync()
    {
        store = await Installations.StartAsync(folder, Installations.Zhoucun);
        document = await IssueAsync();
        asked = await AskHold.Handle(store, Desk, new(Name, "受理许可申请"));
    }

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_key_that_something_needs_is_not_destroyed()
    {
        Assert.Equal("store.nothing-changes", await RefusalAsync(() => RetireKeys.Handle(store, Administrator, new("test"))));
        Assert.Equal("store.act-not-allowed", await RefusalAsync(() => RetireKeys.Handle(store, Desk, new("test"))));
        SealedText.Rotate(store.Folder);
        Assert.Equal("store.keys-still-needed", await RefusalAsync(() => RetireKeys.Handle(store, Administrator, new("test"))));
        Assert.Equal(["k1", "k2"], SealedText.KeyIds(store.Folder));
    }

    [Fact]
    public async Task A_question_is_read_by_its_desk_and_the_officer_and_by_nobody_else()
    {
        var request = new ReadInquiry.Request(asked.InquiryId, "核对");
        var another = new Actor("permit-desk-2", PlanRoles.PermitDesk);
        Assert.Equal("chain.not-there", await RefusalAsync(() => ReadInquiry.Handle(store, another, request)));
        foreach (var role in PlanRoles.All.Except([PlanRoles.PermitDesk, PlanRoles.DistrictOfficer]))
            Assert.Equal("store.act-not-allowed", await RefusalAsync(() => ReadInquiry.Handle(store, new(role, role), request)));
        Assert.Equal(Name, (await ReadInquiry.Handle(store, Desk, request)).Asked);
        Assert.Equal(Name, (await ReadInquiry.Handle(store, FilledStore.Officer, request)).Asked);
        await using var db = store.Read();
        Assert.Equal(2, await db.Journal.CountAsync(j => j.Act == ReadInquiry.Act && j.Subject == asked.InquiryId.ToString()));
        var masked = await ReadInquiry.MaskedAsync(db, await db.HoldInquiries.ToListAsync());
        Assert.Equal("欧＊＊＊", masked[asked.InquiryId]);
    }

    [Fact]
    public async Task Neither_a_document_nor_a_question_stands_in_the_database_in_clear()
    {
        await using (var db = store.Read())
            Assert.Equal(Name, (await db.OpenAsync(await db.IssuedDocuments.SingleAsync())).Fields["addressee"]);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(store.Folder.Path, "weipian.db*"))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Name)) < 0, Path.GetFileName(file));
        }
    }

    [Fact]
    public async Task After_the_old_key_is_destroyed_everything_is_read_and_verifies_and_a_backup_gives_it_back()
    {
        var before = await FieldsAsync(store);
        Assert.Equal("k2", (await RotateKeys.Handle(store, Administrator, new("年度更换"), Law)).Key);
        Assert.Equal(["k1"], await RetireKeys.Handle(store, Administrator, new("年度更换")));
        Assert.Equal(["k2"], SealedText.KeyIds(store.Folder));
        // The row is as it was written, and nobody opens it any more.
        await using (var db = store.Read())
        {
            var row = await db.IssuedDocuments.SingleAsync();
            Assert.Equal(document.FieldsJson, row.FieldsJson);
            Assert.Throws<Problem>(() => SealedText.Open(store.Folder, row.FieldsJson, $"issued_document/{row.Id}"));
        }
        Assert.Equal(before, await FieldsAsync(store));
        Assert.Equal(Name, (await ReadInquiry.Handle(store, Desk, new(asked.InquiryId, "核对"))).Asked);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);

        // The next round seals again what the round before sealed again.
        Assert.Equal("k3", (await RotateKeys.Handle(store, Administrator, new("再次更换"), Law)).Key);
        Assert.Equal(["k2"], await RetireKeys.Handle(store, Administrator, new("再次更换")));
        Assert.Equal(before, await FieldsAsync(store));

        var file = folder.File("after.backup");
        await MakeBackup.Handle(store, new(file));
        using var elsewhere = new TemporaryFolder();
        var place = new DataFolder(elsewhere.File("place"));
        await RestoreBackup.Handle(place, new(file, null, "test"));
        using var restored = WeipianStore.Open(place);
        Assert.Equal(before, await FieldsAsync(restored));
        Assert.Empty((await VerifyStore.Handle(restored)).Findings);
    }

    [Fact]
    public async Task A_seal_that_was_moved_to_another_row_does_not_open()
    {
        await RotateKeys.Handle(store, Administrator, new("年度更换"), Law);
        await using var db = store.Read();
        var again = await db.Reseals.SingleAsync(r => r.OfTable == SealedRows.Document);
        Assert.StartsWith("sealed:k2:", again.TextSealed, StringComparison.Ordinal);
        Assert.Equal(
            "store.sealed-text-unreadable",
            Assert.Throws<Problem>(() => SealedRows.Opened(db, new(SealedRows.Inquiry, again.RowId, ""), again.TextSealed)).Code
        );
    }

    [Fact]
    public async Task A_masked_document_names_no_person_in_any_field()
    {
        await using var db = store.Read();
        var masked = (await db.OpenAsync(document)).Masked(await PublicNames.OfAsync(db, store.Plan), new PersonalMask([]));
        Assert.Equal("欧＊＊＊", masked.Fields["addressee"]);
        Assert.Contains("欧＊＊＊", masked.Fields["act"], StringComparison.Ordinal);
        Assert.DoesNotContain(masked.Fields.Values, text => text.Contains(Name, StringComparison.Ordinal));
        // A company or an authority is named.
        Assert.Equal(Name, (await db.OpenAsync(document)).Masked(new HashSet<string> { Name }, new PersonalMask([])).Fields["addressee"]);
    }

    private Task<IssuedDocument> IssueAsync()
    {
        var kind = ReadBack.Library.Documents["stop-notice"];
        var texts = kind.Fields.Where(f => f.Id is not ("number" or "date")).ToDictionary(f => f.Id, f => f.Zh, StringComparer.Ordinal);
        (texts["addressee"], texts["act"]) = (Name, $"{Name}在王村镇实施建设");
        return store.ActAsync(
            FilledStore.Officer,
            "compare-programme",
            "x",
            "出具",
            act => DocumentIssue.IssueAsync(act, kind, "violation", Guid.NewGuid(), new DateOnly(2019, 6, 5), texts)
        );
    }

    private static async Task<string> FieldsAsync(WeipianStore of)
    {
        await using var db = of.Read();
        return (await db.OpenAsync(await db.IssuedDocuments.SingleAsync())).FieldsJson;
    }

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<Problem>(act)).Code;
}
