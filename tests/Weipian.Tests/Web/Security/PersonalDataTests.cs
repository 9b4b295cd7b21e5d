using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Tests.Web.SampleDistricts;
using Weipian.Web.Acts;

namespace Weipian.Tests.Web.Security;

/// <summary>What identifies a party: sealed in the database, masked on pages, shown by an act that stands in the journal.</summary>
[Collection("played village")]
public sealed class PersonalDataTests(PlayedOffice played) : IClassFixture<PlayedOffice>
{
    private const string Name = "欧阳𠮷庆";
    private const string Number = "370306197008150033";
    private const string Phone = "13805330000";
    private readonly YearOffice office = played.Office;

    [Fact]
    public async Task Who_may_not_see_it_is_refused()
    {
        var (violation, party) = await PersonAsync();
        var request = new ReadIdentity.Request(violation.Id, party, "test");
        foreach (var role in new[] { PlanRoles.Finance, PlanRoles.Administrator, PlanRoles.PermitDesk, PlanRoles.Department })
            Assert.Equal("store.act-not-allowed", await RefusedAsync(new(role, role), request));
        var other = office.Store.Plan.Seats.First(s => s.Role == PlanRoles.Town && s.Unit != violation.Unit);
        Assert.Equal("chain.other-unit", await RefusedAsync(new(other.Login, other.Role, other.Unit), request));
        Assert.Equal(
            "chain.not-there",
            await RefusedAsync(new("district-officer", PlanRoles.DistrictOfficer), request with { PartyId = Guid.NewGuid() })
        );
        Assert.Equal((403, "web.not-allowed"), await office.PostAsync("finance", "/api/acts/read-identity", Json(request)));
        await using var db = office.Store.Read();
        if (!db.Transfers.Any(t => t.ViolationId == violation.Id && t.ToBody == "discipline-inspection"))
            Assert.Equal("case-file.identity-not-transferred", await RefusedAsync(new("discipline", PlanRoles.Discipline), request));
    }

    [Fact]
    public async Task What_identifies_a_party_does_not_stand_in_the_database_in_clear()
    {
        var (_, party) = await PersonAsync();
        await using var db = office.Store.Read();
        Assert.Empty(db.PartyIdentities);
        Assert.Equal(Number, (await Identities.NewestAsync(db, [party]))[party].IdentityNumber);
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(office.Store.Folder.Path, "weipian.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var whole = new MemoryStream();
            await stream.CopyToAsync(whole);
            foreach (var secret in new[] { Number, Phone })
                Assert.True(
                    whole.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0,
                    $"{secret} stands in {Path.GetFileName(file)}"
                );
        }
        Assert.Empty((await VerifyStore.Handle(office.Store)).Findings);
    }

    [Fact]
    public async Task No_person_of_a_whole_year_is_named_in_the_database_or_in_a_file_of_it()
    {
        await PersonAsync();
        await using var db = office.Store.Read();
        var persons = await db.Parties.Where(p => p.Kind == "person").Select(p => p.Id).ToListAsync();
        var names = (await Identities.NewestAsync(db, persons)).Values.Select(i => i.NameZh).ToList();
        Assert.Contains(Name, names);
        SqliteConnection.ClearAllPools();
        var files = Directory
            .EnumerateFiles(office.Store.Folder.Path, "weipian.db*")
            .Concat(Directory.EnumerateFiles(office.Store.Folder.Blobs, "*", SearchOption.AllDirectories));
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var whole = new MemoryStream();
            await stream.CopyToAsync(whole);
            foreach (var name in names)
                Assert.True(
                    whole.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) < 0,
                    $"{name} stands in {Path.GetFileName(file)}"
                );
        }
    }

    [Fact]
    public async Task A_page_shows_the_mask_and_a_reading_in_full_stands_in_the_journal()
    {
        var (violation, party) = await PersonAsync();
        var browser = await office.BrowserAsync("district-officer");
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync($"/violations/{violation.Number}"));
        Assert.Contains("欧＊＊＊", page, StringComparison.Ordinal);
        foreach (var secret in new[] { Name, Number, Phone })
            Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        var before = await ReadingsAsync();
        Assert.Equal(
            (200, ""),
            await office.PostAsync("district-officer", "/api/acts/read-identity", Json(new(violation.Id, party, "核对送达地址")))
        );
        Assert.Equal(before + 1, await ReadingsAsync());
        await using var db = office.Store.Read();
        var last = await db.Journal.Where(j => j.Act == ReadIdentity.Act).OrderByDescending(j => j.Seq).FirstAsync();
        Assert.Equal(("district-officer", party.ToString(), "核对送达地址"), (last.Actor, last.Subject, last.Reason));
        Assert.DoesNotContain(Number, last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_number_is_the_same_party_though_it_stands_sealed()
    {
        var (violation, party) = await PersonAsync();
        await using var db = office.Store.Read();
        var another = await db.ViolationsInForce().FirstAsync(v => v.Id != violation.Id);
        var added = await AddAsync(another.Id, "responsible-person");
        Assert.Equal((party, true), (added.PartyId, added.Known));
    }

    [Fact]
    public async Task A_copy_of_a_document_names_who_took_it_and_is_journalled_where_it_names_a_party()
    {
        await using var db = office.Store.Read();
        var document = (await db.OpenAsync(await db.IssuedDocuments.ToListAsync())).First(d => d.IsPersonal).Row;
        var before = await db.Journal.CountAsync(j => j.Act == ReadDocument.Act);
        var browser = await office.BrowserAsync("office-head");
        using var answer = await browser.GetAsync($"/api/documents/{document.Id}.docx");
        var mark = Encoding.UTF8.GetString(Convert.FromBase64String(answer.Headers.GetValues("Weipian-Watermark").Single()));
        Assert.Contains("office-head", mark, StringComparison.Ordinal);
        Assert.Equal(before + 1, await db.Journal.CountAsync(j => j.Act == ReadDocument.Act));
        Assert.Contains("class=\"watermark\"", await browser.GetStringAsync("/cases"), StringComparison.Ordinal);
        var report = await MakeReport.Handle(
            office.Store,
            new("district-officer", PlanRoles.DistrictOfficer),
            new("progress", ["2019-q1"], office.Store.Today, null, "test"),
            office.Services.GetRequiredService<ActHall>().Reports
        );
        var copy = await browser.GetByteArrayAsync($"/api/reports/{report.ReportId}/copy");
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(copy));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains("office-head", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private async Task<long> ReadingsAsync()
    {
        await using var db = office.Store.Read();
        return await db.Journal.LongCountAsync(j => j.Act == ReadIdentity.Act);
    }

    private async Task<(Violation Violation, Guid Party)> PersonAsync()
    {
        await using var db = office.Store.Read();
        var violation = await db.ViolationsInForce().OrderBy(v => v.Number).FirstAsync(v => v.AreaSquareMetres > 0);
        var known = await Identities.FindAsync(db, null, Number);
        var there = known.Count > 0 && db.ViolationParties.Any(p => p.ViolationId == violation.Id && p.PartyId == known[0]);
        return (violation, there ? known[0] : (await AddAsync(violation.Id, "decision-maker")).PartyId);
    }

    private Task<AddParty.Added> AddAsync(Guid violation, string role) =>
        AddParty.Handle(
            office.Store,
            new("district-officer", PlanRoles.DistrictOfficer),
            new(violation, role, "person", "person", Name, Number, "王村镇一号", Phone, null, "村委会主任", "查明")
        );

    private async Task<string> RefusedAsync(Actor actor, ReadIdentity.Request request) =>
        (await Assert.ThrowsAsync<Problem>(() => ReadIdentity.Handle(office.Store, actor, request))).Code;

    private static JsonNode Json(ReadIdentity.Request request) => JsonSerializer.SerializeToNode(request, JsonSerializerOptions.Web)!;
}
