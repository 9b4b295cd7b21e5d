using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>The door for visits with their files: <c>POST /api/visits</c>, multipart, with an idempotency key.</summary>
/// <remarks>
/// One field <c>visit</c> holds the JSON; the files follow in the order in which it describes them. The answer is the receipt: the hash of
/// every file as it arrived. A phone deletes nothing before it has compared them.
/// </remarks>
public static class VisitsApi
{
    /// <summary>Largest request, bytes: a visit with its photographs.</summary>
    public const long RequestBytesMax = 160L * 1024 * 1024;

    /// <summary>A visit as the phone sends it.</summary>
    /// <param name="Answers">The form: one flat JSON object.</param>
    /// <param name="Files">What the sensors said beside each file, in the order of the files.</param>
    public sealed record VisitRequest(
        Guid PatchId,
        DateOnly VisitedOn,
        JsonElement Answers,
        IReadOnlyList<SentFile> Files,
        Guid? SupersedesId = null,
        string? Reason = null
    );

    /// <summary>A file on its way, with what the sensors of the phone said when it was taken.</summary>
    /// <param name="ShowsPerson">Somebody can be made out on it: it is kept sealed.</param>
    public sealed record SentFile(
        string Name,
        double? Longitude = null,
        double? Latitude = null,
        double? BearingDegrees = null,
        double? AccuracyMetres = null,
        DateTime? TakenAt = null,
        bool ShowsPerson = false
    );

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/visits", RecordAsync)
            .RequireAuthorization(policy => policy.RequireAssertion(asked => May(asked.User)))
            .WithMetadata(new RequestSizeLimitAttribute(RequestBytesMax))
            .Accepts<VisitRequest>("multipart/form-data")
            .WithName("record-visit")
            .WithTags("visits")
            .WithSummary("Record a visit on site with its photographs; the answer holds the hash of every file");

    private static bool May(ClaimsPrincipal who) => who.IsSignedIn() && !who.IsHeld() && ActMatrix.Allows(RecordVisit.Act, who.Role());

    private static async Task<RecordVisit.Receipt> RecordAsync(
        HttpContext http,
        OfficeBooks books,
        ProgrammeRows rows,
        Idempotency keys,
        ProposalWatch proposals,
        CancellationToken stop
    )
    {
        var form = await FormAsync(http, stop);
        var visit = Read(form["visit"]);
        if (form.Files.Count != visit.Files.Count)
            throw Problem.Verification.PhotosDoNotMatch(form.Files.Count, visit.Files.Count);
        // A patch that the seat does not see does not exist for it.
        await rows.SeenAsync(visit.PatchId, Sight.Of(http.User), stop);
        var files = new List<RecordVisit.Attachment>();
        foreach (var (file, described) in form.Files.Zip(visit.Files))
            files.Add(await AttachmentAsync(file, described, stop));
        var request = new RecordVisit.Request(visit.PatchId, visit.VisitedOn, visit.Answers.GetRawText(), files, visit.SupersedesId);
        if (!string.IsNullOrWhiteSpace(visit.Reason))
            request = request with { Reason = visit.Reason };
        return await keys.OnceAsync(
            http.User.Login(),
            http.Request.Headers["Idempotency-Key"],
            $"{RecordVisit.Act} {form["visit"]} {string.Join(' ', files.Select(f => Convert.ToHexStringLower(SHA256.HashData(f.Content.Span))))}",
            async () =>
            {
                var receipt = await RecordVisit.Handle(books.Store, http.User.Actor(), request, books.Law, stop);
                await proposals.RenewAsync(visit.PatchId);
                return receipt;
            }
        );
    }

    /// <summary>The whole form; a file may be larger than a request of the other doors.</summary>
    private static async Task<IFormCollection> FormAsync(HttpContext http, CancellationToken stop)
    {
        if (!http.Request.HasFormContentType)
            throw Problem.Web.BadRequest("multipart/form-data");
        try
        {
            var limits = new FormOptions { MultipartBodyLengthLimit = RequestBytesMax, ValueLengthLimit = 256 * 1024 };
            return await http.Request.ReadFormAsync(limits, stop);
        }
        catch (InvalidDataException fault)
        {
            throw Problem.Web.BadRequest(fault.Message);
        }
    }

    private static VisitRequest Read(string? json)
    {
        try
        {
            PlainText.Require(JsonNode.Parse(json ?? ""));
            return JsonSerializer.Deserialize<VisitRequest>(json ?? "", Strict) ?? throw Problem.Web.BadRequest("visit: null");
        }
        catch (JsonException fault)
        {
            throw Problem.Web.BadRequest($"visit {fault.Path}: {fault.Message}");
        }
    }

    private static async Task<RecordVisit.Attachment> AttachmentAsync(IFormFile file, SentFile described, CancellationToken stop)
    {
        if (file.Length > EvidenceContent.FileBytesMax)
            throw Problem.Verification.FileTooLarge(EvidenceContent.NameOf(described.Name), file.Length, EvidenceContent.FileBytesMax);
        using var whole = new MemoryStream((int)file.Length);
        await file.CopyToAsync(whole, stop);
        return new(
            described.Name,
            file.ContentType,
            whole.ToArray(),
            new(described.Longitude, described.Latitude, described.BearingDegrees, described.AccuracyMetres, described.TakenAt),
            described.ShowsPerson
        );
    }
}
