namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of rectification.</summary>
public static class RectificationDoors
{
    public static IReadOnlyList<ActDoor> All { get; } = [];
}
