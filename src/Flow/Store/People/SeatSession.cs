namespace Weipian.Flow.Store;

/// <summary>A session (登录会话) of a seat: one sign-in on one device.</summary>
public sealed class SeatSession
{
    public required Guid Id { get; init; }

    public required string SeatLogin { get; init; }

    /// <summary>What was proved: <c>password</c>, <c>password+code</c>, <c>password+recovery</c> or <c>openid</c>.</summary>
    public required string Proof { get; init; }

    /// <summary>What the browser says it is; at most 200 characters.</summary>
    public required string Device { get; init; }

    /// <summary>Address it came from.</summary>
    public required string Address { get; init; }

    /// <summary>UTC of the machine's clock, which a sample does not move; whole microseconds.</summary>
    public required DateTime OpenedAt { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The end of a <see cref="SeatSession"/>; one only.</summary>
public sealed class SessionEnd
{
    public required Guid Id { get; init; }

    public required Guid SessionId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A second factor (第二因素) of a seat: a secret shared with a phone that shows a code every half minute (RFC 6238).</summary>
public sealed class SecondFactor
{
    public required Guid Id { get; init; }

    public required string SeatLogin { get; init; }

    /// <summary>The secret in base 32, sealed (<see cref="SealedText"/>).</summary>
    public required string SecretSealed { get; init; }

    /// <summary>So that a secret that was given up is not taken again.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A second factor that is given up: by the seat, or by the administrator when a phone is lost.</summary>
public sealed class SecondFactorEnd
{
    public required Guid Id { get; init; }

    public required Guid FactorId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A recovery code of a second factor: for one sign-in without the phone.</summary>
public sealed class RecoveryCode
{
    public required Guid Id { get; init; }

    public required Guid FactorId { get; init; }

    /// <summary>SHA-256 over the id of the factor and the code, which is drawn at random with 80 bits.</summary>
    public required string CodeSha256 { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A code that was used: none counts twice.</summary>
public sealed class SecondFactorUse
{
    public required Guid Id { get; init; }

    public required Guid FactorId { get; init; }

    /// <summary>The half minute of a code, or the recovery code; unique within the factor.</summary>
    public required string Mark { get; init; }

    public required Guid? SessionId { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Whether a role has to have a second factor; the last row of a role counts.</summary>
public sealed class SecondFactorRule
{
    public required Guid Id { get; init; }

    public required string Role { get; init; }

    public required bool IsRequired { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The public key of a field device (外业设备) of a seat: what the device signs can be checked with it.</summary>
public sealed class DeviceKey
{
    public required Guid Id { get; init; }

    public required string SeatLogin { get; init; }

    public required string NameZh { get; init; }

    /// <summary>ECDSA on P-256, SubjectPublicKeyInfo, base 64.</summary>
    public required string PublicKey { get; init; }

    /// <summary>SHA-256 of the key's bytes: what the device shows and a signature names.</summary>
    public required string KeySha256 { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A device that is no longer trusted: lost, sold, handed on.</summary>
public sealed class DeviceKeyEnd
{
    public required Guid Id { get; init; }

    public required Guid DeviceKeyId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
