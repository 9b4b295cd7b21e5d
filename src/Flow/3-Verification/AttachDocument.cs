using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Verification;

/// <summary>Puts a paper on file for one or several patches of a programme: what it is, the file, who and when (一份材料多个图斑共用).</summary>
public static class AttachDocument
{
    public const string Act = "attach-document";

    /// <summary>Most patches that one paper is put on file for at once.</summary>
    public const int PatchesMax = 2000;

    /// <param name="Kind">An id of the vocabulary of evidence that papers can meet.</param>
    /// <param name="Number">Number of the paper.</param>
    /// <param name="Patches">Numbers of patches of the programme.</param>
    /// <param name="Content">The file: a picture or PDF, told by its bytes.</param>
    /// <param name="SupersedesId">The paper, on one patch, that this one takes the place of.</param>
    public sealed record Request(
        string ProgrammeId,
        string Kind,
        string? Number,
        IReadOnlyList<string> Patches,
        string FileName,
        ReadOnlyMemory<byte> Content,
        Guid? SupersedesId,
        string Reason
    );

    /// <param name="Sha256">Of the file, as it is held.</param>
    public sealed record Attached(IReadOnlyList<Guid> Ids, string Sha256);

    /// <summary>A patch with its responsible units.</summary>
    public sealed record Target(Patch Patch, IReadOnlyCollection<string> Units);

    /// <summary>Pure: a kind that papers can meet, patches that exist and are the own ones of a town, a file that is evidence.</summary>
    /// <param name="kinds">The vocabulary of evidence.</param>
    /// <param name="found">The patches named that exist.</param>
    /// <param name="earlier">The paper that is to be replaced, when it exists.</param>
    /// <param name="replacedBy">What took its place already.</param>
    public static void Decide(
        Actor actor,
        Request request,
        IReadOnlyList<VerdictNeed> kinds,
        IReadOnlyList<Target> found,
        AttachedDocument? earlier,
        AttachedDocument? replacedBy
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(found);
        var papers = kinds.Where(k => k.MetBy.Contains(VerdictNeed.ByDocument)).Select(k => k.Id).ToList();
        if (!papers.Contains(request.Kind))
            throw Problem.Verification.NotAPaper(request.Kind, papers);
        if (request.Patches.Count is 0 or > PatchesMax)
            throw Problem.Verification.PatchesOfPaper(request.Patches.Count, PatchesMax);
        if (request.Patches.Except(found.Select(t => t.Patch.Number)).FirstOrDefault() is { } unknown)
            throw Problem.Chain.NotThere("本批次图斑", "patch of the programme", unknown);
        if (actor.Role == PlanRoles.Town && found.Any(t => actor.Unit is null || !t.Units.Contains(actor.Unit)))
            throw Problem.Verification.NotYourPatch(actor.Login);
        EvidenceContent.Require([new(request.FileName, "", request.Content)]);
        if (request.SupersedesId is not { } named)
            return;
        if (earlier is null || found.Count != 1 || earlier.PatchId != found[0].Patch.Id)
            throw Problem.Chain.NotThere("本图斑的材料", "paper of this patch", named.ToString());
        if (replacedBy is not null)
            throw Problem.Chain.AlreadyDone("该材料的替换", "The replacement of this paper", replacedBy.By, replacedBy.At);
    }

    /// <exception cref="Problem"><c>verification.*</c>, <c>chain.*</c>: nothing was put on file then</exception>
    public static Task<Attached> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.ProgrammeId,
            request.Reason,
            act => WriteAsync(act, request, law.Verdicts.EvidenceWords, stop),
            stop
        );
    }

    private static async Task<Attached> WriteAsync(ActScope act, Request request, IReadOnlyList<VerdictNeed> kinds, CancellationToken stop)
    {
        var found = await TargetsAsync(act.Db, request, stop);
        var earlier = await act.Db.AttachedDocuments.SingleOrDefaultAsync(d => d.Id == request.SupersedesId, stop);
        var replacedBy = earlier is null
            ? null
            : await act.Db.AttachedDocuments.FirstOrDefaultAsync(d => d.SupersedesId == earlier.Id, stop);
        Decide(act.By, request, kinds, found, earlier, replacedBy);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(request.Content.Span));
        var patches = found.Select(t => t.Patch.Id).ToList();
        if (request.SupersedesId is null)
            patches = WithoutPaper(
                patches,
                await act
                    .Db.AttachedDocuments.Where(d => d.Sha256 == sha256 && d.Kind == request.Kind && patches.Contains(d.PatchId))
                    .OrderBy(d => d.At)
                    .ToListAsync(stop)
            );
        var personal = kinds.Single(k => k.Id == request.Kind).HoldsPersonalData(act.Today) ? request.Kind : null;
        var name = EvidenceContent.NameOf(request.FileName);
        SealedFiles.Keep(act, sha256, request.Content, personal, name);
        name = SealedFiles.NameOf(name, personal, sha256, EvidenceContent.TypeOf(request.Content.Span)!);
        var rows = patches.Select(patch => RowOf(act, request, patch, sha256, name)).ToList();
        await act.AddManyAsync(rows, stop);
        act.Fact("kind", request.Kind);
        act.Fact("patches", rows.Count);
        act.Fact("sha256", sha256);
        act.Fact("sealed", personal is not null);
        return new([.. rows.Select(r => r.Id)], sha256);
    }

    /// <summary>Pure: a paper stands once on a patch; patches that have this one already are passed over.</summary>
    /// <param name="there">Rows of the same kind and the same bytes.</param>
    /// <exception cref="Problem"><c>chain.already-done</c>: all of them have it</exception>
    private static List<Guid> WithoutPaper(List<Guid> patches, IReadOnlyList<AttachedDocument> there)
    {
        var open = patches.Except(there.Select(d => d.PatchId)).ToList();
        return open.Count > 0
            ? open
            : throw Problem.Chain.AlreadyDone("这份材料的归档", "The filing of this paper", there[0].By, there[0].At);
    }

    private static async Task<IReadOnlyList<Target>> TargetsAsync(StoreContext db, Request request, CancellationToken stop)
    {
        var named = request.Patches.ToHashSet(StringComparer.Ordinal);
        var patches = await db
            .Patches.Where(p => p.ProgrammeId == request.ProgrammeId && named.Contains(p.Number))
            .OrderBy(p => p.Number)
            .ToListAsync(stop);
        var ids = patches.Select(p => p.Id).ToList();
        var units = (
            await db
                .PatchUnits.Where(u => ids.Contains(u.PatchId) && !db.PatchUnits.Any(later => later.SupersedesId == u.Id))
                .Select(u => new { u.PatchId, u.ResponsibleUnit })
                .ToListAsync(stop)
        ).ToLookup(u => u.PatchId, u => u.ResponsibleUnit);
        return [.. patches.Select(p => new Target(p, [.. units[p.Id].OfType<string>()]))];
    }

    private static AttachedDocument RowOf(ActScope act, Request request, Guid patch, string sha256, string name) =>
        new()
        {
            Id = act.NewId(),
            PatchId = patch,
            Kind = request.Kind,
            Number = string.IsNullOrWhiteSpace(request.Number) ? null : request.Number.Trim(),
            Sha256 = sha256,
            FileName = name,
            ContentType = EvidenceContent.TypeOf(request.Content.Span)!,
            Size = request.Content.Length,
            SupersedesId = request.SupersedesId,
            By = act.By.Login,
            At = act.At,
        };
}
