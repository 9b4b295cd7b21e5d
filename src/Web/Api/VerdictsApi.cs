using System.Security.Claims;
using Weipian.Flow.Determinations;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Verdicts and their second signature. Each request carries a reason and an idempotency key.</summary>
public static class VerdictsApi
{
    /// <summary>A first verdict on a parcel.</summary>
    /// <param name="Code">A verdict of the catalogue, e.g. <c>I1</c>.</param>
    /// <param name="Reason">判定依据说明: the basis, as it goes into the tables.</param>
    /// <param name="Correction">Why a verdict that left with a signed batch is corrected; not asked for otherwise.</param>
    /// <param name="Seen">What was on the screen, where the verdict waited for the network; else what stands now is taken as seen.</param>
    public sealed record DecideRequest(string Code, string Reason, string? Correction = null, VerdictSeen? Seen = null);

    /// <summary>The second signature.</summary>
    /// <param name="Outcome"><c>confirmed</c> or <c>returned</c>.</param>
    /// <param name="ReasonCode">A coded reason of reviewers, e.g. <c>P02</c> or <c>R03</c>.</param>
    /// <param name="Reason">In words.</param>
    /// <param name="Seen">The verdict that was on the screen, where the signature waited for the network.</param>
    public sealed record ConfirmRequest(string Outcome, string ReasonCode, string Reason, VerdictSeen? Seen = null);

    /// <summary>Dividing a parcel along a line.</summary>
    /// <param name="Line">Longitude and latitude of its corners; it crosses the parcel from edge to edge.</param>
    public sealed record SplitRequest(double[][] Line, string Reason)
    {
        /// <summary>The line counts for what makes two requests the same.</summary>
        public override string ToString() => string.Join(' ', Line.Select(c => string.Join(',', c)));
    }

    /// <summary>Taking back one's own verdict before it is confirmed.</summary>
    public sealed record WithdrawRequest(string Reason);

    /// <summary>Taking back one's own second signature before anything rests on it.</summary>
    public sealed record TakeBackRequest(string Reason);

    /// <summary>A smallest set of facts under which the parcel would have another outcome.</summary>
    /// <param name="Code">The verdict that the rules would propose then.</param>
    /// <param name="FactsZh">All of them together, in Chinese.</param>
    /// <param name="FactsEn">The same in English.</param>
    public sealed record WayAnswer(string Code, IReadOnlyList<string> FactsZh, IReadOnlyList<string> FactsEn);

    /// <summary>What a doubtful or illegal parcel would need for another outcome.</summary>
    public sealed record WaysAnswer(string Code, IReadOnlyList<WayAnswer> Lawful, IReadOnlyList<WayAnswer> Unlawful);

    /// <summary>The past parcels most like one.</summary>
    /// <param name="Against">Those that are nearly equal and were decided otherwise than the verdict that was asked about.</param>
    public sealed record PrecedentsAnswer(IReadOnlyList<Precedent> Alike, IReadOnlyList<Precedent> Against);

    /// <summary>The parcel after the act.</summary>
    public sealed record Done(Guid Patch, Guid Parcel);

    public static void Map(IEndpointRouteBuilder api)
    {
        var verdicts = api.MapGroup("/patches/{patch:guid}/parcels/{parcel:guid}").WithTags("verdicts");
        verdicts
            .MapPost("/determination", DecideAsync)
            .RequireAuthorization(Permission.Decide)
            .WithName("decide")
            .WithSummary("Give the first verdict on a parcel");
        verdicts
            .MapPost("/confirmation", ConfirmAsync)
            .RequireAuthorization(Permission.Confirm)
            .WithName("confirm")
            .WithSummary("Confirm or return another seat's verdict");
        verdicts
            .MapPost("/withdrawal", WithdrawAsync)
            .RequireAuthorization(Permission.Decide)
            .WithName("withdraw")
            .WithSummary("Take back one's own verdict before it is confirmed");
        verdicts
            .MapPost("/confirmation-withdrawal", TakeBackAsync)
            .RequireAuthorization(Permission.Confirm)
            .WithName("take-back-confirmation")
            .WithSummary("Take back one's own second signature before the verdict leaves with a batch or a violation rests on it");
        verdicts
            .MapPost("/split", SplitAsync)
            .RequireAuthorization(Permission.Decide)
            .WithName("split")
            .WithSummary("Divide a parcel along a line; the parts take its place and are judged anew");
        verdicts
            .MapGet("/what-would-change", WaysAsync)
            .RequireAuthorization(Permission.Patches)
            .WithName("what-would-change")
            .WithSummary("The smallest sets of facts under which a doubtful or illegal parcel would have another outcome");
        verdicts
            .MapGet("/precedents", PrecedentsAsync)
            .RequireAuthorization(Permission.Precedents)
            .WithName("precedents")
            .WithSummary("The ten past parcels most like this one, and those nearly equal that were decided otherwise");
    }

    private static Task<Done> SplitAsync(Guid patch, Guid parcel, SplitRequest request, Once once, CancellationToken stop) =>
        once.DoAsync(
            (patch, parcel, request),
            request.Reason,
            async (who, found) => await once.Desk.SplitAsync(who.Actor(), found.Id, request.Line, request.Reason, stop),
            stop
        );

    private static async Task<PrecedentsAnswer> PrecedentsAsync(
        Guid patch,
        Guid parcel,
        ProgrammeRows rows,
        PrecedentDesk desk,
        ClaimsPrincipal who,
        string? code = null,
        CancellationToken stop = default
    )
    {
        var (_, row) = await rows.SeenAsync(patch, Sight.Of(who), stop);
        if (row.Parcels.All(p => p.Id != parcel))
            throw Problem.Web.NoSuchPatch(parcel.ToString());
        var found = await desk.AskAsync(parcel, stop);
        return new(found.Alike, code is null ? [] : found.Against(code));
    }

    private static async Task<WaysAnswer> WaysAsync(
        Guid patch,
        Guid parcel,
        ProgrammeRows rows,
        OfficeBooks books,
        ClaimsPrincipal who,
        CancellationToken stop
    )
    {
        var (_, row) = await rows.SeenAsync(patch, Sight.Of(who), stop);
        if (row.Parcels.All(p => p.Id != parcel))
            throw Problem.Web.NoSuchPatch(parcel.ToString());
        if (row.Parcels.First(p => p.Id == parcel) is { IsProposalHidden: true } or { IsReadingDue: true })
            throw Problem.Determination.ProposalHidden();
        var found = await WhatWouldChange.Handle(books.Store, parcel, books.DeterminationLaw, stop);
        return new(found.Code, Told(found.Lawful), Told(found.Unlawful));
    }

    private static IReadOnlyList<WayAnswer> Told(IEnumerable<Counterfactual> ways) =>
        [.. ways.Select(w => new WayAnswer(w.Code, [.. w.Changes.Select(c => c.Zh)], [.. w.Changes.Select(c => c.En)]))];

    private static Task<Done> DecideAsync(Guid patch, Guid parcel, DecideRequest request, Once once, CancellationToken stop) =>
        once.DoAsync(
            (patch, parcel, request),
            request.Reason,
            async (who, found) =>
            {
                if (request.Seen is { } seen)
                    await once.Desk.DecideOnceAsync(who.Actor(), found, request.Code, request.Reason, request.Correction, seen, stop);
                else
                    await once.Desk.DecideAsync(who.Actor(), found, request.Code, request.Reason, request.Correction, stop);
            },
            stop
        );

    private static Task<Done> ConfirmAsync(Guid patch, Guid parcel, ConfirmRequest request, Once once, CancellationToken stop)
    {
        if (request.Outcome is not (ConfirmationOutcome.Confirmed or ConfirmationOutcome.Returned))
            throw Problem.Web.BadRequest($"outcome = {request.Outcome}");
        return once.DoAsync(
            (patch, parcel, request),
            request.Reason,
            async (who, found) =>
            {
                if (request.Seen is { } seen)
                    await once.Desk.SignOnceAsync(who.Actor(), found, request.Outcome, request.ReasonCode, request.Reason, seen, stop);
                else if (request.Outcome == ConfirmationOutcome.Confirmed)
                    await once.Desk.ConfirmAsync(who.Actor(), found, request.ReasonCode, request.Reason, stop);
                else
                    await once.Desk.ReturnAsync(who.Actor(), found, request.ReasonCode, request.Reason, stop);
            },
            stop
        );
    }

    private static Task<Done> WithdrawAsync(Guid patch, Guid parcel, WithdrawRequest request, Once once, CancellationToken stop) =>
        once.DoAsync(
            (patch, parcel, request),
            request.Reason,
            async (who, found) => await once.Desk.WithdrawAsync(who.Actor(), found, request.Reason, stop),
            stop
        );

    private static Task<Done> TakeBackAsync(Guid patch, Guid parcel, TakeBackRequest request, Once once, CancellationToken stop) =>
        once.DoAsync(
            (patch, parcel, request),
            request.Reason,
            async (who, found) => await once.Desk.TakeBackAsync(who.Actor(), found, request.Reason, stop),
            stop
        );

    /// <summary>A writing request: who asks, whether the parcel is seen, and that a request sent twice is done once.</summary>
    public sealed class Once(IHttpContextAccessor context, ProgrammeRows rows, Idempotency keys, VerdictDesk desk)
    {
        public VerdictDesk Desk => desk;

        public async Task<Done> DoAsync<T>(
            (Guid Patch, Guid Parcel, T Request) asked,
            string reason,
            Func<ClaimsPrincipal, ParcelRow, Task> act,
            CancellationToken stop
        )
            where T : notnull
        {
            var http = context.HttpContext!;
            if (string.IsNullOrWhiteSpace(reason))
                throw Problem.Web.NoReason();
            return await keys.OnceAsync(
                http.User.Login(),
                http.Request.Headers["Idempotency-Key"],
                $"{http.Request.Path} {asked.Request}",
                async () =>
                {
                    var (_, row) = await rows.SeenAsync(asked.Patch, Sight.Of(http.User), stop);
                    var parcel =
                        row.Parcels.FirstOrDefault(p => p.Id == asked.Parcel) ?? throw Problem.Web.NoSuchPatch(asked.Parcel.ToString());
                    await act(http.User, parcel);
                    return new Done(asked.Patch, asked.Parcel);
                }
            );
        }
    }
}
