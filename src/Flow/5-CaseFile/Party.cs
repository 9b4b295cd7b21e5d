namespace Weipian.Flow.CaseFiles;

/// <summary>A unit or a person on whom a matter falls (当事人), without what identifies a person.</summary>
public sealed class Party
{
    public required Guid Id { get; init; }

    /// <summary><c>unit</c> or <c>person</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>违法主体性质: <c>government</c>, <c>enterprise</c>, <c>village</c>, <c>person</c>.</summary>
    public required string NatureCode { get; init; }

    /// <summary>What everybody may see: the name of a unit, the masked name of a person.</summary>
    public required string LabelZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What identifies a party; kept apart and read only by roles that may. A correction is a further row.</summary>
public sealed class PartyIdentity
{
    public required Guid Id { get; init; }

    public required Guid PartyId { get; init; }

    public required string NameZh { get; init; }

    /// <summary>统一社会信用代码 or 身份证号.</summary>
    public string? IdentityNumber { get; init; }

    public string? AddressZh { get; init; }

    public string? Phone { get; init; }

    /// <summary>法定代表人 of a unit.</summary>
    public string? RepresentativeZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What a party is in a violation.</summary>
public sealed class ViolationParty
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    public required Guid PartyId { get; init; }

    /// <summary><c>actor</c>, <c>responsible-person</c> or <c>decision-maker</c>.</summary>
    public required string Role { get; init; }

    public string? PostZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
