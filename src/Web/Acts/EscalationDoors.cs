namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of escalation and evaluation.</summary>
public static class EscalationDoors
{
    public static IReadOnlyList<ActDoor> All { get; } = [];
}
