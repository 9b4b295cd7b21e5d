using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Flow.Verification;

/// <summary>Records a visit on site (实地核查) with the form that was filled there and what was brought home.</summary>
/// <remarks>
/// A correction is a further visit that supersedes the first; nothing is overwritten. A phone that did not hear the answer sends the same
/// visit again: it gets the receipt of the first, and nothing is written twice.
/// </remarks>
public static class RecordVisit
{
    public const string Act = "record-visit";

    /// <summary>The field of the form that says that the land is military or secret (特殊用地).</summary>
    public const string MilitaryKey = "military";

    /// <summary>A photograph or document, whole.</summary>
    /// <param name="ContentType">As the sender says; what is kept is told by the bytes.</param>
    /// <param name="Sensed">What the sensors of the phone said beside a photograph.</param>
    /// <param name="ShowsPerson">Somebody can be made out on it, or it is somebody's paper: it is kept sealed.</param>
    public sealed record Attachment(
        string FileName,
        string ContentType,
        ReadOnlyMemory<byte> Content,
        SensorReading? Sensed = null,
        bool ShowsPerson = false
    );

    /// <param name="VisitedOn">The day on site, not after today.</param>
    /// <param name="FormJson">One flat JSON object; its keys are those that the determination reads, and those of the card.</param>
    /// <param name="SupersedesId">The visit that this record corrects.</param>
    public sealed record Request(
        Guid PatchId,
        DateOnly VisitedOn,
        string FormJson,
        IReadOnlyList<Attachment> Attachments,
        Guid? SupersedesId = null,
        string Reason = "实地核查 visit on site"
    );

    /// <summary>What the sender keeps: the files with the hashes under which they are held.</summary>
    public sealed record Receipt(Guid VisitId, DateTime RecordedAt, IReadOnlyList<FileReceipt> Files);

    /// <param name="Sha256">Of the bytes as they arrived, hexadecimal, lower case.</param>
    /// <param name="Place">Where a photograph was taken; null for a document.</param>
    /// <param name="Remarks">Why a photograph has no position or no bearing.</param>
    public sealed record FileReceipt(
        Guid EvidenceId,
        string FileName,
        string ContentType,
        long Size,
        string Sha256,
        EvidencePlace? Place,
        IReadOnlyList<Said> Remarks
    );

    /// <summary>Pure: refuses a seat that does not visit, a patch of another unit, a day that has not come, a form that cannot be read,
    /// files that are no evidence.</summary>
    /// <param name="units">Responsible units of the patch.</param>
    public static void Decide(Actor actor, Request request, Patch patch, IReadOnlyCollection<string> units, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(units);
        if (actor.Role is not (PlanRoles.Town or PlanRoles.DistrictOfficer or Actor.MachineRole))
            throw Problem.Verification.NotAVisitor(actor.Login);
        if (actor.Role == PlanRoles.Town && (actor.Unit is null || !units.Contains(actor.Unit)))
            throw Problem.Verification.NotYourPatch(actor.Login);
        if (request.VisitedOn > today)
            throw Problem.Verification.VisitInFuture(request.VisitedOn, today);
        DayOrder.RequireNotBefore("核查日期", "The day of the visit", request.VisitedOn, Cause.Images(patch.After));
        if (!IsFlatObject(request.FormJson))
            throw Problem.Verification.FormUnreadable();
        if (SaysMoreThanMilitary(request))
            throw Problem.Verification.MilitaryNoteOnly();
        EvidenceContent.Require(request.Attachments);
    }

    /// <summary>Pure: a correction names a visit to the same patch that no other record has corrected.</summary>
    /// <param name="earlier">The visit that is named, if it exists.</param>
    /// <param name="correctedBy">The record that corrects it already.</param>
    public static void DecideCorrection(Request request, Visit? earlier, Visit? correctedBy)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (earlier is null || earlier.PatchId != request.PatchId)
            throw Problem.Chain.NotThere("本图斑的核查记录", "visit to this patch", $"{request.SupersedesId}");
        if (correctedBy is not null)
            throw Problem.Chain.AlreadyDone("对该核查记录的更正", "The correction of this visit", correctedBy.By, correctedBy.RecordedAt);
    }

    /// <exception cref="Problem"><c>verification.*</c>, <c>chain.*</c>: nothing was recorded then</exception>
    public static async Task<Receipt> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        LawBook law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        await using (var db = store.Read())
            if (await RecordedBefore.FindAsync(db, actor, request, stop) is { } before)
                return before;
        return await store.ActAsync(
            actor,
            Act,
            request.PatchId.ToString(),
            request.Reason,
            act => WriteAsync(act, request, ViewCone.Of(law, request.VisitedOn), stop),
            stop
        );
    }

    /// <summary>Adds the rows of a visit to an act that several visits may share.</summary>
    public static Guid Record(ActScope act, Request request) => Add(act, request, null, null).VisitId;

    private static async Task<Receipt> WriteAsync(ActScope act, Request request, ViewCone? cone, CancellationToken stop)
    {
        var patch =
            await act.Db.Patches.SingleOrDefaultAsync(p => p.Id == request.PatchId, stop)
            ?? throw Problem.Chain.NotThere("图斑", "patch", request.PatchId.ToString());
        Decide(act.By, request, patch, await VisitUnits.OfAsync(act.Db, patch.Id, stop), act.Today);
        if (request.SupersedesId is { } named)
            DecideCorrection(
                request,
                await act.Db.Visits.SingleOrDefaultAsync(v => v.Id == named, stop),
                await act.Db.Visits.FirstOrDefaultAsync(v => v.SupersedesId == named, stop)
            );
        // Asked once more where acts are one at a time: the same visit may have arrived twice at once.
        if (await RecordedBefore.FindAsync(act.Db, act.By, request, stop) is { } twin)
            throw Problem.Chain.AlreadyDone("这次核查", "This visit", act.By.Login, twin.RecordedAt);
        var receipt = Add(act, request, patch.Geometry, cone);
        act.Fact("patch", patch.Number);
        act.Fact("files", receipt.Files.Count);
        act.Fact("placed", receipt.Files.Count(f => f.Place?.DistanceMetres is not null));
        return receipt;
    }

    private static Receipt Add(ActScope act, Request request, Geometry? patch, ViewCone? cone)
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
        return new(visit.Id, visit.RecordedAt, [.. request.Attachments.Select(file => Add(act, visit, file, patch, cone))]);
    }

    private static FileReceipt Add(ActScope act, Visit visit, Attachment file, Geometry? patch, ViewCone? cone)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Content.Span));
        var type = EvidenceContent.TypeOf(file.Content.Span) ?? file.ContentType;
        var name = EvidenceContent.NameOf(file.FileName);
        // Whether a photograph shows a person only a person can tell: the mark decides.
        var personal = file.ShowsPerson ? SealedFiles.PersonPhoto : null;
        SealedFiles.Keep(act, sha256, file.Content, personal, name);
        var evidence = new Evidence
        {
            Id = act.NewId(),
            VisitId = visit.Id,
            PatchId = visit.PatchId,
            Sha256 = sha256,
            FileName = SealedFiles.NameOf(name, personal, sha256, type),
            ContentType = type,
            Size = file.Content.Length,
            AddedAt = act.At,
            By = act.By.Login,
        };
        act.Db.Add(evidence);
        var statement = evidence.ContentType.StartsWith("image/", StringComparison.Ordinal)
            ? PhotoStatement.Read(file.Content, file.Sensed)
            : null;
        var place = statement is null ? null : PlaceOf(evidence.Id, statement, patch, cone);
        if (place is not null)
            act.Db.Add(place);
        return new(evidence.Id, evidence.FileName, evidence.ContentType, evidence.Size, evidence.Sha256, place, statement?.Remarks ?? []);
    }

    /// <summary>Pure: the statement of a photograph measured against the patch.</summary>
    public static EvidencePlace PlaceOf(Guid evidence, PhotoStatement statement, Geometry? patch, ViewCone? cone)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var at = statement.Longitude is { } x && statement.Latitude is { } y ? (x, y) : ((double X, double Y)?)null;
        return new()
        {
            EvidenceId = evidence,
            Longitude = statement.Longitude,
            Latitude = statement.Latitude,
            BearingDegrees = statement.BearingDegrees,
            AccuracyMetres = statement.AccuracyMetres,
            TakenAt = statement.TakenAt,
            Source = statement.Source,
            DistanceMetres = at is null || patch is null ? null : new LocalPlane(at.Value.X, at.Value.Y).DistanceTo(patch),
            LooksAtPatch =
                at is null || patch is null || cone is null || statement.BearingDegrees is not { } bearing
                    ? null
                    : cone.Meets(patch, at.Value.X, at.Value.Y, bearing),
        };
    }

    /// <summary>Military land carries the note and nothing else: no attribute, no photograph, no file.</summary>
    private static bool SaysMoreThanMilitary(Request request)
    {
        using var form = JsonDocument.Parse(request.FormJson);
        return form.RootElement.TryGetProperty(MilitaryKey, out var said)
            && (said.ValueKind == JsonValueKind.True || (said.ValueKind == JsonValueKind.String && said.GetString() == "true"))
            && (
                request.Attachments.Count > 0
                || form.RootElement.EnumerateObject().Any(f => f.Name != MilitaryKey && f.Value.ValueKind != JsonValueKind.Null)
            );
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
