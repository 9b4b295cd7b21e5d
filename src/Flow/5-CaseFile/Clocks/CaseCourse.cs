using System.Globalization;
using System.Text.Json.Nodes;

namespace Weipian.Flow.CaseFiles;

/// <summary>The course of a case: when the facts were verified, when it was filed, and its steps in order.</summary>
public sealed class CaseCourse
{
    private readonly IReadOnlyList<Step> steps;

    /// <param name="steps">In order of their ordinal.</param>
    public CaseCourse(DateOnly verifiedOn, DateOnly? filedOn, IReadOnlyList<CaseStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        (VerifiedOn, FiledOn) = (verifiedOn, filedOn);
        this.steps = [.. steps.Select(s => new Step(s, JsonNode.Parse(s.DetailsJson) as JsonObject ?? []))];
    }

    /// <summary>The day on which the second person signed the last verdict of the violation.</summary>
    public DateOnly VerifiedOn { get; }

    public DateOnly? FiledOn { get; }

    /// <summary>A step with its particulars.</summary>
    public sealed record Step(CaseStep Row, JsonObject Details)
    {
        public DateOnly On => Row.On;

        public string? Text(string key) => (string?)Details[key];

        public bool Flag(string key) => (bool?)Details[key] ?? false;

        public long? Whole(string key) => (long?)Details[key];

        public DateOnly? Day(string key) =>
            Text(key) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    public IReadOnlyList<Step> Steps => steps;

    /// <summary>The course as it would be after one more step on a day.</summary>
    public CaseCourse With(string kind, DateOnly on, string detailsJson = "{}") =>
        new(
            VerifiedOn,
            FiledOn,
            [
                .. steps.Select(s => s.Row),
                new CaseStep
                {
                    Id = Guid.Empty,
                    CaseFileId = Guid.Empty,
                    Ordinal = steps.Count + 1,
                    Kind = kind,
                    On = on,
                    DetailsJson = detailsJson,
                    By = "",
                    At = default,
                },
            ]
        );

    public bool Has(string kind) => Last(kind) is not null;

    public Step? First(string kind) => steps.FirstOrDefault(s => s.Row.Kind == kind);

    public Step? Last(string kind) => steps.LastOrDefault(s => s.Row.Kind == kind);

    public DateOnly? On(string kind) => Last(kind)?.On;

    /// <summary>The time rests: a pause has no end yet.</summary>
    public bool IsPaused => steps.Count(s => s.Row.Kind == CaseStepKind.Paused) > steps.Count(s => s.Row.Kind == CaseStepKind.Resumed);

    /// <summary>The legal check that speaks: the last one.</summary>
    public bool IsReviewed => Last(CaseStepKind.Reviewed)?.Text(CaseDetail.Outcome) == CaseDetail.Approved;

    /// <summary>An extension by the rule named was approved.</summary>
    public bool IsExtendedBy(string rule) => steps.Any(s => s.Row.Kind == CaseStepKind.Extended && s.Text(CaseDetail.Rule) == rule);

    /// <summary>Days for which the time rested; an open pause rests until today.</summary>
    public int PausedDays(DateOnly today) => DaysBetween(CaseStepKind.Paused, CaseStepKind.Resumed, today);

    /// <summary>Days for which review and suit were pending; the surcharge rests meanwhile.</summary>
    public int ContestedDays(DateOnly today) =>
        DaysBetween(CaseStepKind.ReviewApplied, CaseStepKind.ReviewDecided, today)
        + DaysBetween(CaseStepKind.SuitFiled, CaseStepKind.SuitDecided, today);

    private int DaysBetween(string opens, string closes, DateOnly today)
    {
        var days = 0;
        DateOnly? since = null;
        foreach (var step in steps)
        {
            if (step.Row.Kind == opens)
                since ??= step.On;
            else if (step.Row.Kind == closes && since is { } opened)
            {
                days += Math.Max(0, step.On.DayNumber - opened.DayNumber);
                since = null;
            }
        }
        return since is { } open ? days + Math.Max(0, today.DayNumber - open.DayNumber) : days;
    }
}

/// <summary>Names of the particulars of steps, and the words they may have.</summary>
public static class CaseDetail
{
    public const string Note = "note";
    public const string Rule = "rule";
    public const string Cause = "cause";
    public const string Outcome = "outcome";
    public const string Until = "until";
    public const string NotifiedOn = "notifiedOn";
    public const string PenaltyWords = "penaltyWords";
    public const string FineFen = "fineFen";
    public const string Demolish = "demolish";
    public const string Confiscate = "confiscate";

    /// <summary>The notice gave a right to a hearing.</summary>
    public const string Hearing = "hearing";

    public const string AmountFen = "amountFen";
    public const string SurchargeFen = "surchargeFen";
    public const string Ground = "ground";
    public const string NoTransferReason = "noTransferReason";

    /// <summary>The rule by which a time is extended.</summary>
    public const string RuleZibo = "zibo";

    /// <inheritdoc cref="RuleZibo"/>
    public const string RuleMinistry = "ministry";

    public const string Approved = "approved";
    public const string Returned = "returned";

    /// <summary>The decision punishes.</summary>
    public const string Penalty = "penalty";

    /// <summary>不予处罚.</summary>
    public const string NoPenalty = "no-penalty";

    /// <summary>终止调查: closed before anything was decided.</summary>
    public const string Terminated = "terminated";
}
