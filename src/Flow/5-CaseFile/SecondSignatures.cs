using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The second signature under what one person prepared: never by the same login.</summary>
internal static class SecondSignatures
{
    public const string CaseFile = "case-file";
    public const string NonCase = "non-case-handling";
    public const string Transfer = "transfer";

    /// <summary>Purpose: opening the case.</summary>
    public const string Filing = "filing";

    /// <summary>Purpose: taking effect.</summary>
    public const string InForce = "in-force";

    public const string Approved = "approved";
    public const string Returned = "returned";

    public static IReadOnlyList<string> Outcomes { get; } = [Approved, Returned];

    /// <summary>Pure: a known outcome, a reason, another person, nothing signed yet.</summary>
    public static void Decide(string outcome, string reasonZh, string firstBy, Actor by, Signature? there)
    {
        OneOfAttribute.Check("Outcome", outcome, Outcomes);
        if (string.IsNullOrWhiteSpace(reasonZh))
            throw Problem.Chain.BadValue("OpinionZh", "", "签批意见", "an opinion");
        if (firstBy == by.Login)
            throw Problem.Chain.SamePerson(by.Login, "签批", "sign");
        if (there is not null)
            throw Problem.Chain.AlreadyDone("签批", "Signing", there.By, there.At);
    }

    public static async Task<Signature> SignAsync(
        ActScope act,
        string kind,
        Guid id,
        string purpose,
        string outcome,
        string reasonZh,
        string firstBy,
        CancellationToken stop
    )
    {
        var there = await act.Db.Signatures.FirstOrDefaultAsync(
            s => s.SubjectKind == kind && s.SubjectId == id && s.Purpose == purpose,
            stop
        );
        Decide(outcome, reasonZh, firstBy, act.By, there);
        var signature = new Signature
        {
            Id = act.NewId(),
            SubjectKind = kind,
            SubjectId = id,
            Purpose = purpose,
            Outcome = outcome,
            ReasonZh = reasonZh.Trim(),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(signature);
        act.Fact("outcome", outcome);
        return signature;
    }

    public static Task<bool> IsApprovedAsync(StoreContext db, string kind, Guid id, string purpose, CancellationToken stop) =>
        db.Signatures.AnyAsync(s => s.SubjectKind == kind && s.SubjectId == id && s.Purpose == purpose && s.Outcome == Approved, stop);

    /// <summary>Ids of what was approved.</summary>
    public static IQueryable<Guid> ApprovedIn(StoreContext db, string kind) =>
        db.Signatures.Where(s => s.SubjectKind == kind && s.Outcome == Approved).Select(s => s.SubjectId);
}
