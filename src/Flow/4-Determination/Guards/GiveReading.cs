using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>A reader says which verdict a parcel deserves, without having seen the one it has: known case, second or third
/// reading.</summary>
/// <remarks>
/// It writes a reading and nothing else: no verdict, no signature, no figure of a programme comes of it. Which kind it was is told
/// to nobody before it is given. Where a second reading differs, author and second reader are told that a third is on its way.
/// </remarks>
public static class GiveReading
{
    public const string Act = "give-reading";

    /// <param name="DeterminationId">The verdict that is not shown.</param>
    /// <param name="Code">A verdict of the tree of the programme year.</param>
    /// <param name="BasisZh">判定依据说明; never blank.</param>
    public sealed record Request(Guid DeterminationId, string Code, string BasisZh);

    /// <param name="Differs">Whether it is another verdict; said only after the reading was given.</param>
    public sealed record Given(Guid ReadingId, string Kind, bool Differs);

    /// <summary>What a reading is about, as the act finds it.</summary>
    public sealed record Subject(Parcel Parcel, string Programme, Determination Verdict, VerdictState State, Proposal? Proposal);

    /// <summary>Pure: which reading this is.</summary>
    /// <exception cref="Problem"><c>determination.own-reading</c>, <c>determination.reading-not-due</c></exception>
    public static string Decide(
        Subject subject,
        Actor by,
        IReadOnlyList<ReviewGuard> guards,
        IReadOnlyList<BlindReading> readings,
        DateTime at
    )
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(readings);
        var (parcel, programme, verdict, state, _) = subject;
        if (verdict.DecidedBy == by.Login || state.Second?.By == by.Login)
            throw Problem.Determination.OwnReading(by.Login);
        if (state.Standing?.Id != verdict.Id || parcel.SupersededById is not null || readings.Any(r => r.By == by.Login))
            throw Problem.Determination.ReadingNotDue();
        var name = GuardDraw.Subject(programme, parcel.Number);
        if (state.Stage == VerdictStage.Confirmed)
            return GuardDraw.At(guards, at) is { } now && GuardDraw.IsKnown(now, by.Login, name)
                ? ReadingKind.Known
                : throw Problem.Determination.ReadingNotDue();
        if (state.Stage != VerdictStage.Decided)
            throw Problem.Determination.ReadingNotDue();
        return BlindReadings.StageOf(verdict.Code, GuardDraw.IsSecond(guards, verdict.DecidedAt, name), readings) switch
        {
            ReadingStage.Due => ReadingKind.Second,
            ReadingStage.Disputed => ReadingKind.Third,
            _ => throw Problem.Determination.ReadingNotDue(),
        };
    }

    /// <exception cref="Problem"><c>determination.*</c>, <c>store.act-not-allowed</c>; <c>determination.locked-by-other</c> while another
    /// seat reads the same</exception>
    public static Task<Given> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        VerdictRoles.Require(VerdictRoles.MayRead, actor, "盲审", "read a parcel blind");
        if (string.IsNullOrWhiteSpace(request.BasisZh))
            throw Problem.Determination.BasisMissing();
        return store.ActAsync(
            actor,
            Act,
            request.DeterminationId.ToString(),
            "盲审 blind reading",
            act => WriteAsync(act, request, law.Book, stop),
            stop
        );
    }

    private static async Task<Given> WriteAsync(ActScope act, Request request, LawBook law, CancellationToken stop)
    {
        var subject = await ReadAsync(act.Db, request.DeterminationId, stop);
        var guards = await act.Db.ReviewGuards.ToListAsync(stop);
        var readings = await act.Db.BlindReadings.Where(r => r.DeterminationId == request.DeterminationId).ToListAsync(stop);
        // Also who signed once and took it back has seen the verdict.
        if (
            await act
                .Db.Confirmations.IgnoreQueryFilters()
                .AnyAsync(c => c.DeterminationId == subject.Verdict.Id && c.By == act.By.Login, stop)
        )
            throw Problem.Determination.OwnReading(act.By.Login);
        var kind = Decide(subject, act.By, guards, readings, act.At);
        // Under the id of the verdict, so that the lock says nothing to those who judge or sign.
        await ReviewLeases.RequireFreeAsync(act, subject.Verdict.Id, subject.Parcel.Number, stop);
        var patch = await act.Db.Patches.SingleAsync(p => p.Id == subject.Parcel.PatchId, stop);
        var tree = law.Verdicts.For(patch.Kind, act.Store.Plan.Programme(patch.ProgrammeId).Year);
        if (tree.All(v => v.Code != request.Code))
            throw Problem.Determination.UnknownVerdict(request.Code, tree.Select(v => v.Code));
        var guard = GuardDraw.At(guards, act.At)!;
        var reading = new BlindReading
        {
            Id = act.NewId(),
            GuardId = guard.Id,
            Kind = kind,
            ParcelId = subject.Parcel.Id,
            DeterminationId = subject.Verdict.Id,
            ReferenceCode = subject.Verdict.Code,
            Code = request.Code,
            ProposedCode = subject.Proposal?.Code,
            ProposalShown = IsProposalShown(guard, act.By.Login, subject, GuardRates.Of(law)),
            BasisZh = request.BasisZh.Trim(),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(reading);
        var differs = reading.Code != reading.ReferenceCode;
        if (differs && kind == ReadingKind.Second)
            TellBoth(act, subject);
        return new(reading.Id, kind, differs);
    }

    /// <summary>Whether a reader sees what the machine proposes: drawn, so that readings with and without it can be compared.</summary>
    public static bool IsProposalShown(ReviewGuard guard, string login, Subject subject, GuardRates rates)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(rates);
        return subject.Proposal is not null
            && GuardDraw.IsShown(guard, login, GuardDraw.Subject(subject.Programme, subject.Parcel.Number), rates.ShownPerMille);
    }

    /// <exception cref="Problem"><c>determination.no-such-verdict</c></exception>
    public static async Task<Subject> ReadAsync(StoreContext db, Guid determination, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var verdict =
            await db.Determinations.SingleOrDefaultAsync(d => d.Id == determination, stop)
            ?? throw Problem.Determination.NoSuchVerdict(determination.ToString());
        var parcel = await db.Parcels.SingleAsync(p => p.Id == verdict.ParcelId, stop);
        var programme = await db.Patches.Where(p => p.Id == parcel.PatchId).Select(p => p.ProgrammeId).SingleAsync(stop);
        var proposal = await db.Proposals.Where(p => p.ParcelId == parcel.Id).OrderBy(p => p.ProposedAt).LastOrDefaultAsync(stop);
        return new(parcel, programme, verdict, await VerdictState.OfAsync(db, parcel.Id, stop), proposal);
    }

    /// <summary>Author and second reader learn that they differ, and not how: the third must not hear it.</summary>
    private static void TellBoth(ActScope act, Subject subject)
    {
        foreach (var role in new[] { PlanRoles.DistrictOfficer, PlanRoles.DistrictReviewer, PlanRoles.OfficeHead })
            Tell.Role(
                act,
                role,
                "parcel",
                subject.Parcel.Id,
                $"地块 {subject.Parcel.Number} 的初判与盲审不一致，等待第三人读图",
                $"First verdict and blind reading of parcel {subject.Parcel.Number} differ; a third reading is due"
            );
    }
}
