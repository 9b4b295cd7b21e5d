using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Verification;

/// <summary>Records a visit on site (实地核查) with the form that was filled there and what was brought home.</summary>
/// <remarks>A correction is a further visit that supersedes the first; nothing is overwritten.</remarks>
public static class RecordVisit
{
    /// <summary>A photograph or document, whole.</summary>
    public sealed record Attachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);

    /// <param name="VisitedOn">The day on site, not after today.</param>
    /// <param name="FormJson">One flat JSON object; its keys are those that the determination reads.</param>
    /// <param name="SupersedesId">The visit that this record corrects.</param>
    public sealed record Request(
        Guid PatchId,
        DateOnly VisitedOn,
        string FormJson,
        IReadOnlyList<Attachment> Attachments,
        Guid? SupersedesId = null,
        string Reason = "实地核查 visit on site"
    );

    /// <summary>Pure: refuses a seat that does not visit, a patch of another unit, a day that has not come, a form that cannot be
    /// read.</summary>
    /// <param name="units">Responsible units of the patch.</param>
    public static void Decide(Actor actor, Request request, IReadOnlyCollection<string> units, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(units);
        if (actor.Role is not (PlanRoles.Town or PlanRoles.DistrictOfficer or Actor.MachineRole))
            throw Problem.Verification.NotAVisitor(actor.Login);
        if (actor.Role == PlanRoles.Town && (actor.Unit is null || !units.Contains(actor.Unit)))
            throw Problem.Verification.NotYourPatch(actor.Login);
        if (request.VisitedOn > today)
            throw Problem.Verification.VisitInFuture(request.VisitedOn, today);
        if (!IsFlatObject(request.FormJson))
            throw Problem.Verification.FormUnreadable();
    }

    /// <returns>The id of the visit.</returns>
    /// <exception cref="Problem"><c>verification.*</c>: nothing was recorded then</exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            "record-visit",
            request.PatchId.ToString(),
            request.Reason,
            async act =>
            {
                var units = await act
                    .Db.PatchUnits.Where(u => u.PatchId == request.PatchId && u.ResponsibleUnit != null)
                    .Select(u => u.ResponsibleUnit!)
                    .ToListAsync(stop);
                Decide(actor, request, units, act.Today);
                return Record(act, request);
            },
            stop
        );
    }

    /// <summary>Adds the rows of a visit to an act that several visits may share.</summary>
    public static Guid Record(ActScope act, Request request)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(request);
        var visit = new Visit
        {
            Id = act.NewId(),
            PatchId = request.PatchId,
            VisitedOn = request.VisitedOn,
            By = act.By.Login,
            FormJson = request.FormJson,
            RecordedAt = act.At,
            SupersedesId = request.SupersedesId,
        };
        act.Db.Add(visit);
        foreach (var attachment in request.Attachments)
            act.Db.Add(
                new Evidence
                {
                    Id = act.NewId(),
                    VisitId = visit.Id,
                    PatchId = request.PatchId,
                    Sha256 = act.Store.Blobs.Put(attachment.Content.ToArray()),
                    FileName = attachment.FileName,
                    ContentType = attachment.ContentType,
                    Size = attachment.Content.Length,
                    AddedAt = act.At,
                    By = act.By.Login,
                }
            );
        return visit.Id;
    }

    private static bool IsFlatObject(string json)
    {
        try
        {
            using var form = JsonDocument.Parse(json);
            return form.RootElement.ValueKind == JsonValueKind.Object
                && form.RootElement.EnumerateObject().All(f => f.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
