namespace Weipian.Flow.Rectification;

/// <summary>What has to be done about a violation (整改措施), by a day, with an area.</summary>
public sealed class Measure
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary>One of <see cref="MeasureKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Responsible unit that does it.</summary>
    public required string Unit { get; init; }

    public required DateOnly OrderedOn { get; init; }

    /// <summary>Last day, inclusive until 24:00.</summary>
    public required DateOnly DueOn { get; init; }

    public required double AreaSquareMetres { get; init; }

    public required double CultivatedSquareMetres { get; init; }

    /// <summary>Particulars by kind; one JSON object.</summary>
    public required string DetailsJson { get; init; }

    /// <summary>The measure of which this is the rest after a partial acceptance.</summary>
    public Guid? SplitFromId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What a town says was done (整改报告).</summary>
public sealed class MeasureReport
{
    public required Guid Id { get; init; }

    public required Guid MeasureId { get; init; }

    public required DateOnly DoneOn { get; init; }

    public required double AreaSquareMetres { get; init; }

    public required double CultivatedSquareMetres { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Approval number, payment, list of things, by kind.</summary>
    public required string DetailsJson { get; init; }

    /// <summary>Files among the blobs: name, type, SHA-256, size.</summary>
    public required string EvidenceJson { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What another person found on site (实地验收). Only this ends a measure.</summary>
public sealed class MeasureAcceptance
{
    public required Guid Id { get; init; }

    public required Guid MeasureId { get; init; }

    public required Guid ReportId { get; init; }

    public required DateOnly InspectedOn { get; init; }

    /// <summary><c>accepted</c>, <c>partial</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Accepted; 0 when refused.</summary>
    public required double AreaSquareMetres { get; init; }

    public required double CultivatedSquareMetres { get; init; }

    /// <summary>Accepted area by land class, square metres.</summary>
    public required string ClassesJson { get; init; }

    public required string ChecklistJson { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The routes by which a state of violation is removed.</summary>
public static class MeasureKind
{
    /// <summary>拆除复耕.</summary>
    public const string DemolishRestore = "demolish-restore";

    /// <summary>完善用地手续, only after the penalty was executed.</summary>
    public const string Formalities = "formalities";

    /// <summary>没收: the buildings; the land still needs one of the others.</summary>
    public const string Confiscate = "confiscate";

    /// <summary>补备案 of facility or temporary land.</summary>
    public const string RecordCompletion = "record-completion";

    public static IReadOnlyList<string> All { get; } = [DemolishRestore, Formalities, Confiscate, RecordCompletion];

    /// <summary>The name that tables and papers print.</summary>
    public static string NameZh(string kind) =>
        kind switch
        {
            DemolishRestore => "拆除复耕",
            Formalities => "补办手续",
            Confiscate => "没收",
            RecordCompletion => "补备案",
            _ => kind,
        };

    /// <summary>Those that remove area; confiscation alone does not.</summary>
    public static bool RemovesArea(string kind) => kind != Confiscate;
}
