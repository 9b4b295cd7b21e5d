namespace Weipian.Flow.Intake;

/// <summary>A programme (工作批次) of the work plan that the installation runs: what users type as <c>--programme</c>.</summary>
public sealed class Programme
{
    /// <summary>As in the plan: <c>2018-annual</c>, <c>2019-q1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Place in the plan, from 0.</summary>
    public required int Ordinal { get; init; }

    public required int Year { get; init; }

    /// <summary>1 to 4; <c>null</c> for a whole year.</summary>
    public int? Quarter { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }
}
