using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Web.SampleDistricts.Play;

/// <summary>People in the played year: who sits where, a phone that is taken up and lost, a device that is handed in, a group that is
/// adjusted.</summary>
internal sealed class PlayPeople(PlayOffice office)
{
    private const string Administrator = "administrator";
    private const string Desk = "permit-desk";
    private const string FieldSeat = "town-wangcun";

    /// <summary>A seat whose session is ended when its work is over.</summary>
    private const string Leaving = "dept-court";

    /// <summary>One person sits on two seats; one leaves at the end of the summer.</summary>
    public async Task SeatAsync(DateOnly on)
    {
        var officer = office.Books.Plan.Posts[0].Id;
        await SeatOnceAsync("seat", PlayOffice.Officer, "李样", on);
        await SeatOnceAsync("post", officer, "李样", on);
        await SeatOnceAsync("seat", PlayOffice.Reviewer, "王例", on);
    }

    public async Task UnseatAsync(DateOnly on)
    {
        if (await office.HasOccurredAsync(UnseatPerson.Act))
            return;
        await using var db = office.Read();
        var leaving = await db.Memberships.FirstAsync(m => m.Subject == PlayOffice.Reviewer, office.Stop);
        await office.DoAsync(
            Administrator,
            UnseatPerson.Act,
            new
            {
                membershipId = leaving.Id,
                lastDay = PlayOffice.Day(on),
                basisZh = "工作调动",
                reason = PlayOffice.Reason,
            }
        );
    }

    /// <summary>A post of the plan that is not in the group joins it.</summary>
    public async Task AdjustGroupAsync(DateOnly on)
    {
        if (await office.HasOccurredAsync(ChangeLeadingGroup.Act))
            return;
        var members = ChangeLeadingGroup.MembersOn(office.Books.Plan, [], on);
        var outside = office.Books.Plan.Posts.FirstOrDefault(p => members.All(m => m.Post != p.Id));
        await office.DoAsync(
            PlayOffice.Head,
            ChangeLeadingGroup.Act,
            new
            {
                post = outside?.Id ?? members[^1].Post,
                role = outside is null ? "deputy" : "member",
                on = PlayOffice.Day(on),
                basisZh = "领导小组成员调整的通知",
                reason = PlayOffice.Reason,
            }
        );
    }

    /// <summary>A phone is taken up as second factor; it is lost, and the administrator gives it up.</summary>
    public async Task SecondFactorAsync()
    {
        if (!await office.HasOccurredAsync(EnrolSecondFactor.Act))
        {
            var secret = Totp.NewSecret();
            var code = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow());
            await office.DoAsync(
                Desk,
                EnrolSecondFactor.Act,
                new
                {
                    secret,
                    code,
                    reason = PlayOffice.Reason,
                }
            );
        }
        if (!await office.HasOccurredAsync(RemoveSecondFactor.Act))
            await office.DoAsync(Administrator, RemoveSecondFactor.Act, new { login = Desk, reason = "手机丢失" });
        await using var db = office.Read();
        var rules = await db.SecondFactorRules.CountAsync(office.Stop);
        for (var isRequired = rules == 0; rules < 2; rules++, isRequired = false)
            await office.DoAsync(
                Administrator,
                RequireSecondFactor.Act,
                new
                {
                    role = Desk,
                    isRequired,
                    reason = "演练",
                }
            );
    }

    /// <summary>A device is taken up and, at the end of the year, handed in.</summary>
    public async Task EnrolDeviceAsync()
    {
        if (await office.HasOccurredAsync(EnrolDevice.Act))
            return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var proof = Convert.ToBase64String(key.SignData(EnrolDevice.Challenge(FieldSeat, publicKey), HashAlgorithmName.SHA256));
        await office.DoAsync(
            FieldSeat,
            EnrolDevice.Act,
            new
            {
                nameZh = "外业平板一号",
                publicKey,
                proof,
                reason = PlayOffice.Reason,
            }
        );
    }

    public async Task EndAsync()
    {
        await using var db = office.Read();
        if (!await office.HasOccurredAsync(EndDevice.Act))
            await office.DoAsync(
                FieldSeat,
                EndDevice.Act,
                new { deviceId = (await db.DeviceKeys.FirstAsync(office.Stop)).Id, reason = "设备交回" }
            );
        if (!await office.HasOccurredAsync(EndSession.Act))
            await office.DoAsync(
                Administrator,
                EndSession.Act,
                new
                {
                    sessionId = (
                        await db.SeatSessions.Where(s => s.SeatLogin == Leaving).OrderBy(s => s.OpenedAt).FirstAsync(office.Stop)
                    ).Id,
                    reason = "长期未用",
                }
            );
        if (!await office.HasOccurredAsync(RotateKeys.Act))
            await office.DoAsync(Administrator, RotateKeys.Act, new { reason = "年度更换" });
        if (!await office.HasOccurredAsync(RetireKeys.Act))
            await office.DoAsync(Administrator, RetireKeys.Act, new { reason = "年度更换" });
        if (!await office.HasOccurredAsync(ReadInquiry.Act) && await db.HoldInquiries.FirstOrDefaultAsync(office.Stop) is { } inquiry)
            await office.DoAsync("permit-desk", ReadInquiry.Act, new { inquiryId = inquiry.Id, reason = "核对办件" });
        if (!await office.HasOccurredAsync(ReadDocument.Act))
        {
            var papers = await db.IssuedDocuments.OrderBy(d => d.At).ThenBy(d => d.Number).ToListAsync(office.Stop);
            await office.TakeAsync(
                PlayOffice.Officer,
                $"/api/documents/{(await db.OpenAsync(papers, office.Stop)).First(d => d.IsPersonal).Row.Id}.docx"
            );
        }
        if (!await office.HasOccurredAsync(ReadFile.Act))
            await ReadPaperAsync(await db.Patches.OrderBy(p => p.Number).FirstAsync(office.Stop));
        if (
            !await office.HasOccurredAsync(ReadIdentity.Act)
            && await db.ViolationParties.OrderBy(p => p.At).FirstOrDefaultAsync(office.Stop) is { } party
        )
            await office.DoAsync(
                PlayOffice.Officer,
                ReadIdentity.Act,
                new
                {
                    violationId = party.ViolationId,
                    partyId = party.PartyId,
                    reason = "核对送达地址",
                }
            );
    }

    /// <summary>A paper of identity is put on file, which seals it, and taken out again, which the journal tells.</summary>
    private async Task ReadPaperAsync(Flow.Intake.Patch patch)
    {
        var attached = await office.DoAsync(
            PlayOffice.Officer,
            Flow.Verification.AttachDocument.Act,
            new
            {
                programmeId = patch.ProgrammeId,
                kind = "identity-paper",
                patches = new[] { patch.Number },
                fileName = "当事人身份证.pdf",
                content = Convert.ToBase64String(PlayBatches.Paper($"identity paper {patch.Number}")),
                reason = "身份证件",
            }
        );
        await office.TakeAsync(PlayOffice.Officer, $"/api/patches/{patch.Id}/papers/{attached.GetProperty("ids")[0].GetGuid()}");
    }

    private async Task SeatOnceAsync(string kind, string subject, string person, DateOnly on)
    {
        await using var db = office.Read();
        if (await db.Memberships.AnyAsync(m => m.Kind == kind && m.Subject == subject, office.Stop))
            return;
        await office.DoAsync(
            Administrator,
            SeatPerson.Act,
            new
            {
                kind,
                subject,
                personZh = person,
                from = PlayOffice.Day(on),
                basisZh = "任职通知",
                reason = PlayOffice.Reason,
            }
        );
    }
}
