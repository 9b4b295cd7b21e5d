namespace Weipian.Flow.CaseFiles;

/// <summary>Listed supervision, public circular, joint investigation or enforcement, report to the government: raised on a ground, in
/// force once signed.</summary>
public sealed class Supervision
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="SupervisionKind"/>.</summary>
    public required string Kind { get; init; }

    public Guid? ViolationId { get; init; }

    public string? Unit { get; init; }

    /// <summary>Id of a ground of the plan.</summary>
    public required string GroundId { get; init; }

    public required string ReasonZh { get; init; }

    public required DateOnly RaisedOn { get; init; }

    /// <summary>Set by whoever raises it where the plan sets no period.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What happened to it: approved, returned, published, task given, task done, result, lifted.</summary>
public sealed class SupervisionStep
{
    public required Guid Id { get; init; }

    public required Guid SupervisionId { get; init; }

    /// <summary>One of <see cref="SupervisionStepKind"/>.</summary>
    public required string Kind { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>Body of the plan that a task is for.</summary>
    public string? Body { get; init; }

    public required string NoteZh { get; init; }

    public Guid? DocumentId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The measures that a typical, major or obstructed case leads to.</summary>
public static class SupervisionKind
{
    /// <summary>挂牌督办.</summary>
    public const string Listed = "listed-supervision";

    /// <summary>公开通报.</summary>
    public const string Circular = "public-circular";

    /// <summary>联合查处、联合执法.</summary>
    public const string Joint = "joint-enforcement";

    /// <summary>向区政府汇报.</summary>
    public const string GovernmentReport = "report-to-government";

    public static IReadOnlyList<string> All { get; } = [Listed, Circular, Joint, GovernmentReport];
}

/// <summary>What happens to a <see cref="Supervision"/>.</summary>
public static class SupervisionStepKind
{
    public const string Approved = "approved";
    public const string Returned = "returned";
    public const string Published = "published";
    public const string TaskGiven = "task-given";
    public const string TaskDone = "task-done";
    public const string Result = "result";
    public const string Lifted = "lifted";

    public static IReadOnlyList<string> All { get; } = [Approved, Returned, Published, TaskGiven, TaskDone, Result, Lifted];
}
