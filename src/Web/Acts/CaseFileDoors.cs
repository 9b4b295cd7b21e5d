namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of violations, cases, transfers, holds and supervision.</summary>
public static class CaseFileDoors
{
    public static IReadOnlyList<ActDoor> All { get; } = [];
}
