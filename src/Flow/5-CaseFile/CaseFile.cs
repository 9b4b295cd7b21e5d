namespace Weipian.Flow.CaseFiles;

/// <summary>A case file (案件) opened on a violation; its life is in its steps.</summary>
public sealed class CaseFile
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary>立案号, without gaps.</summary>
    public required string Number { get; init; }

    /// <summary>The day the check was finished; the filing clock runs from it.</summary>
    public required DateOnly FactsVerifiedOn { get; init; }

    /// <summary>立案日期.</summary>
    public required DateOnly FiledOn { get; init; }

    /// <summary>案由.</summary>
    public required string GroundZh { get; init; }

    /// <summary>案件来源.</summary>
    public required string SourceZh { get; init; }

    /// <summary>Login or name of the first officer.</summary>
    public required string OfficerOne { get; init; }

    /// <summary>The second; never the first.</summary>
    public required string OfficerTwo { get; init; }

    /// <summary>Why it was filed after the last day.</summary>
    public string? LateReasonZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>One step of a case, on a day, with its particulars. Append-only and in order.</summary>
public sealed class CaseStep
{
    public required Guid Id { get; init; }

    public required Guid CaseFileId { get; init; }

    /// <summary>1, 2 … within the case.</summary>
    public required int Ordinal { get; init; }

    /// <summary>One of <see cref="CaseStepKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The day of the event.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Particulars by kind; one JSON object.</summary>
    public required string DetailsJson { get; init; }

    /// <summary>The document issued with the step.</summary>
    public Guid? DocumentId { get; init; }

    public string? LateReasonZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The steps of a case. Which may follow which is decided by the act that records one.</summary>
public static class CaseStepKind
{
    public const string Investigated = "investigated";
    public const string Extended = "extended";
    public const string Paused = "paused";
    public const string Resumed = "resumed";
    public const string Reviewed = "reviewed";
    public const string NoticeServed = "notice-served";
    public const string HearingRequested = "hearing-requested";
    public const string HearingHeld = "hearing-held";
    public const string Decided = "decided";
    public const string DecisionServed = "decision-served";
    public const string Paid = "paid";
    public const string PaymentPostponed = "payment-postponed";
    public const string ReviewApplied = "review-applied";

    /// <summary>The reconsideration is over; the surcharge runs again.</summary>
    public const string ReviewDecided = "review-decided";

    public const string SuitFiled = "suit-filed";

    /// <summary>The suit is over; the surcharge runs again.</summary>
    public const string SuitDecided = "suit-decided";

    public const string DemandServed = "demand-served";
    public const string CourtApplied = "court-applied";
    public const string CourtAccepted = "court-accepted";
    public const string CourtRuled = "court-ruled";
    public const string Executed = "executed";
    public const string Closed = "closed";

    public static IReadOnlyList<string> All { get; } =
    [
        Investigated,
        Extended,
        Paused,
        Resumed,
        Reviewed,
        NoticeServed,
        HearingRequested,
        HearingHeld,
        Decided,
        DecisionServed,
        Paid,
        PaymentPostponed,
        ReviewApplied,
        ReviewDecided,
        SuitFiled,
        SuitDecided,
        DemandServed,
        CourtApplied,
        CourtAccepted,
        CourtRuled,
        Executed,
        Closed,
    ];
}
