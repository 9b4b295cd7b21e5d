using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Ledger;
using Weipian.Flow.Store;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Ledger;

/// <summary>Parties in the credit register and on the blacklist: basis, period to object, two persons, masked export.</summary>
[Requirement("R51")]
[Requirement("R52")]
public sealed class CreditTests : IAsyncLifetime
{
    private static readonly DateOnly Told = new(2019, 7, 1);
    private static readonly DateOnly ObjectionBy = new(2019, 7, 15);

    private readonly Guid party = Guid.CreateVersion7();
    private D district = null!;
    private Violation violation = null!;

    public async ValueTask InitializeAsync()
    {
        district = await D.StartAsync();
        violation = await district.ViolationAsync(5);
        var at = new DateTime(2019, 7, 1, 0, 0, 0, DateTimeKind.Utc);
        await district.AddAsync(
            new Party
            {
                Id = party,
                Kind = "person",
                NatureCode = "person",
                LabelZh = "张*",
                By = "district-officer",
                At = at,
            },
            new PartyIdentity
            {
                Id = Guid.CreateVersion7(),
                PartyId = party,
                NameZh = "张三",
                IdentityNumber = "370306198001011234",
                By = "district-officer",
                At = at,
            },
            new ViolationParty
            {
                Id = Guid.CreateVersion7(),
                ViolationId = violation.Id,
                PartyId = party,
                Role = "actor",
                By = "district-officer",
                At = at,
            }
        );
    }

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_record_has_a_party_of_the_violation_a_basis_a_period_and_a_blacklist_a_term()
    {
        await district.RefusedAsync("ledger.not-a-party", () => EnterAsync(of: Guid.CreateVersion7()));
        await district.RefusedAsync("rectification.proof-missing", () => EnterAsync(basis: " "));
        await district.RefusedAsync("chain.in-future", () => EnterAsync(told: Told.AddDays(1)));
        await district.RefusedAsync("chain.before-cause", () => EnterAsync(objectionBy: Told));
        await district.RefusedAsync("rectification.proof-missing", () => EnterAsync("blacklist"));
        await district.RefusedAsync("chain.before-cause", () => EnterAsync("blacklist", until: ObjectionBy));
        await district.RefusedAsync("store.act-not-allowed", () => EnterAsync(by: D.Town));
        await EnterAsync();
        await district.RefusedAsync("chain.already-done", () => EnterAsync());
        await EnterAsync("blacklist", until: new(2021, 7, 15));
        await using var db = district.Store.Read();
        Assert.Equal(
            ["blacklist", "credit-record"],
            await db.CreditRecords.Select(r => r.GroundId).OrderBy(g => g).ToListAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task It_is_signed_after_the_period_by_another_person_and_never_over_an_objection()
    {
        var record = await EnterAsync();
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "upheld", D.Reviewer));
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "repaired", D.Officer));
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "signed", D.Head));
        await district.RefusedAsync("store.act-not-allowed", () => StepAsync(record, "objected", D.Head));
        district.Clock.Set(ObjectionBy);
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "signed", D.Head));
        await StepAsync(record, "objected", D.Officer);
        district.Clock.Set(ObjectionBy.AddDays(1));
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "signed", D.Head));
        await StepAsync(record, "upheld", D.Reviewer);
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "objected", D.Officer));
        await district.RefusedAsync("chain.same-person", () => StepAsync(record, "signed", D.Officer with { Role = "office-head" }));
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "removed", D.Head));
        await StepAsync(record, "signed", D.Head);
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "signed", D.Head));
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "removed", D.Head));
        await StepAsync(record, "repaired", D.Officer);
        await StepAsync(record, "removed", D.Head);
        await district.RefusedAsync("ledger.step-not-now", () => StepAsync(record, "signed", D.Head));
    }

    [Fact]
    public async Task What_goes_out_is_masked_in_force_and_remembered()
    {
        Task<ExportCredit.Answer> Export() => ExportCredit.Handle(district.Store, D.Head, new(district.Store.Today, "报送"));
        var record = await EnterAsync();
        var withdrawn = await EnterAsync("blacklist", until: new(2021, 7, 15));
        await StepAsync(withdrawn, "objected", D.Officer);
        await StepAsync(withdrawn, "withdrawn", D.Reviewer);
        await district.RefusedAsync("chain.out-of-order", Export);
        district.Clock.Set(ObjectionBy.AddDays(1));
        await StepAsync(record, "signed", D.Head);
        var answer = await Export();
        Assert.Equal(1, answer.Records);
        Assert.Contains("信用记录,张*,**************1234,WF-2019-1,", answer.Csv, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", answer.Csv, StringComparison.Ordinal);
        Assert.DoesNotContain("370306198001011234", answer.Csv, StringComparison.Ordinal);
        Assert.Equal(answer.Csv, System.Text.Encoding.UTF8.GetString(district.Store.Blobs.Get(answer.Sha256)));
        await using var db = district.Store.Read();
        Assert.Contains(
            await db.CreditSteps.ToListAsync(TestContext.Current.CancellationToken),
            s => s.Kind == "exported" && s.NoteZh == answer.Sha256
        );
    }

    [Theory]
    [InlineData("person", "370306198001011234", "**************1234")]
    [InlineData("person", "1234", "****")]
    [InlineData("person", null, "")]
    [InlineData("unit", "91370306MA3C0000X1", "91370306MA3C0000X1")]
    public void The_number_of_a_person_is_masked(string kind, string? number, string shown) =>
        Assert.Equal(shown, CreditCsv.Masked(kind, number));

    private Task<Guid> EnterAsync(
        string kind = "credit",
        Guid? of = null,
        string basis = "方案二（五）",
        DateOnly? told = null,
        DateOnly? objectionBy = null,
        DateOnly? until = null,
        Actor? by = null
    ) =>
        EnterCredit.Handle(
            district.Store,
            by ?? D.Officer,
            new(violation.Id, of ?? party, kind, basis, told ?? Told, objectionBy ?? ObjectionBy, until, "纳入信用")
        );

    private Task<Guid> StepAsync(Guid record, string kind, Actor by) =>
        RecordCreditStep.Handle(district.Store, by, new(record, kind, district.Store.Today, "说明", "办理"));
}
