using System.Security.Claims;
using Weipian.Flow.Plan;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Programmes with the counts that the board shows.</summary>
public static class ProgrammesApi
{
    /// <summary>A programme as the seat sees it.</summary>
    public sealed record ProgrammeAnswer(
        string Id,
        string NameZh,
        string NameEn,
        int Year,
        int? Quarter,
        IReadOnlyList<string> Kinds,
        int Patches,
        IReadOnlyDictionary<string, int> States,
        int ToJudge,
        int ToConfirm,
        int Returned,
        int Confirmed,
        double IllegalSquareMetres,
        IReadOnlyList<DateAnswer> Dates
    );

    /// <summary>A date of the plan.</summary>
    public sealed record DateAnswer(string Id, string NameZh, string NameEn, string Kind, DateOnly? From, DateOnly Due);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/programmes", GetAsync)
            .RequireAuthorization(Permission.Board)
            .WithName("programmes")
            .WithTags("programmes")
            .WithSummary("Programmes with counts by state and the dates of the plan");

    private static async Task<IReadOnlyList<ProgrammeAnswer>> GetAsync(
        OfficeBooks books,
        BoardFigures figures,
        ClaimsPrincipal who,
        CancellationToken stop
    )
    {
        var sheet = await figures.GetAsync(Sight.Of(who), programme: null, books.Today, stop);
        return [.. sheet.Programmes.Select(f => Answer(f, books.Plan))];
    }

    private static ProgrammeAnswer Answer(ProgrammeFigures figures, WorkPlan plan)
    {
        var (programme, tally) = (figures.Programme, figures.Tally);
        return new ProgrammeAnswer(
            programme.Id,
            programme.Name.Zh,
            programme.Name.En,
            programme.Year,
            programme.Quarter,
            programme.Kinds,
            tally.Patches,
            tally.States,
            tally.ToJudge,
            tally.ToConfirm,
            tally.Returned,
            tally.Confirmed,
            tally.IllegalSquareMetres,
            [.. plan.Calendar.For(programme.Id).Select(d => new DateAnswer(d.Id, d.Name.Zh, d.Name.En, d.Kind, d.From, d.Due))]
        );
    }
}
