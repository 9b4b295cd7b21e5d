namespace Weipian.Flow.Determinations;

/// <summary>What a person answered to an exercise of the training ground, and how it was graded. Append-only; every try is kept.</summary>
/// <remarks>The ground of the exercise lies in a folder of its own; what stands here is a record of training, which no stage
/// reads.</remarks>
public sealed class TrainingAnswer
{
    public required Guid Id { get; init; }

    /// <summary>Which ground: the number it was made from.</summary>
    public required string Ground { get; init; }

    /// <summary>The exercise: kind and number of its patch.</summary>
    public required string Exercise { get; init; }

    /// <summary>One of <see cref="TrainingKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Chosen answers, joined by a comma, in the order of the exercise.</summary>
    public required string Answer { get; init; }

    /// <summary>From 0 to <see cref="PointsMax"/>.</summary>
    public required int Points { get; init; }

    public required int PointsMax { get; init; }

    /// <summary>Login of the person who practises.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds, by the clock of the office.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A step of the guided first hour that a person has done. Append-only; once per person.</summary>
public sealed class TrainingStep
{
    public required Guid Id { get; init; }

    public required string Step { get; init; }

    /// <summary>Login of the person.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What is practised.</summary>
public static class TrainingKind
{
    /// <summary>判定: which verdict.</summary>
    public const string Verdict = "verdict";

    /// <summary>分宗: into which parts.</summary>
    public const string Split = "split";

    /// <summary>举证: what a verdict must be proved with.</summary>
    public const string Evidence = "evidence";

    public static IReadOnlyList<string> All { get; } = [Verdict, Split, Evidence];
}
