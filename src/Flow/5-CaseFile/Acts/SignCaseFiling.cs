using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The head of the office signs the opening of a case, or sends it back with an opinion; once signed, the filing form is
/// issued.</summary>
public static class SignCaseFiling
{
    public const string Act = "sign-case-filing";

    /// <param name="OpinionZh">主管领导意见.</param>
    /// <param name="Texts">Further texts of the filing form: <c>field=text</c> on each line.</param>
    public sealed record Request(
        Guid CaseFileId,
        [OneOf("approved", "returned")] string Outcome,
        string OpinionZh,
        IReadOnlyList<string>? Texts,
        string Reason
    );

    public sealed record Signed(string Outcome, string? Document);

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.document-*</c></exception>
    public static Task<Signed> Handle(WeipianStore store, Actor actor, Request request, CaseLaw law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.CaseFileId.ToString(),
            request.Reason,
            async act =>
            {
                var file =
                    await act.Db.CaseFiles.SingleOrDefaultAsync(c => c.Id == request.CaseFileId, stop)
                    ?? throw Problem.Chain.NotThere("案件", "case", request.CaseFileId.ToString());
                await SignAsync(act, file, request, stop);
                if (request.Outcome != SecondSignatures.Approved)
                    return new Signed(request.Outcome, null);
                var hand = await CaseInHand.OfAsync(act.Db, await act.Db.ViolationAsync(file.ViolationId, stop), stop);
                var kind = law.Documents["filing-form"];
                var known = CaseDocuments.Known(act.Store.Plan, hand);
                known["officer-opinion"] = $"拟立案查处，承办人：{file.OfficerOne}、{file.OfficerTwo}";
                known["leader-opinion"] = request.OpinionZh.Trim();
                if (file.LateReasonZh is { } late)
                    known["remark"] = late;
                var fields = CaseDocuments.Fields(kind, known, request.Texts);
                var document = await DocumentIssue.IssueAsync(act, kind, SecondSignatures.CaseFile, file.Id, act.Today, fields, stop);
                return new Signed(request.Outcome, document.Number);
            },
            stop
        );
    }

    /// <summary>A case that was sent back may be signed later: each return is a signature of its own.</summary>
    private static async Task SignAsync(ActScope act, CaseFile file, Request request, CancellationToken stop)
    {
        var purpose = SecondSignatures.Filing;
        if (await SecondSignatures.IsApprovedAsync(act.Db, SecondSignatures.CaseFile, file.Id, purpose, stop))
        {
            var there = await act.Db.Signatures.SingleAsync(s => s.SubjectId == file.Id && s.Purpose == purpose, stop);
            throw Problem.Chain.AlreadyDone($"{file.Number} 立案签批", $"Signing {file.Number}", there.By, there.At);
        }
        if (request.Outcome == SecondSignatures.Returned)
            purpose = $"{purpose}-returned-{await act.Db.Signatures.CountAsync(s => s.SubjectId == file.Id, stop) + 1}";
        await SecondSignatures.SignAsync(
            act,
            SecondSignatures.CaseFile,
            file.Id,
            purpose,
            request.Outcome,
            request.OpinionZh,
            file.By,
            stop
        );
    }
}
