namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of reports and packages.</summary>
public static class ReportDoors
{
    public static IReadOnlyList<ActDoor> All { get; } = [];
}
