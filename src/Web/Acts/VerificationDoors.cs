namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of verification.</summary>
public static class VerificationDoors
{
    public static IReadOnlyList<ActDoor> All { get; } = [];
}
