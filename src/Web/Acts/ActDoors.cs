using System.Collections.Frozen;

namespace Weipian.Web.Acts;

/// <summary>Every act that is done through a form or <c>/api/acts</c>, stage by stage.</summary>
public static class ActDoors
{
    private static readonly FrozenDictionary<string, ActDoor> ByName = new[]
    {
        OfficeDoors.All,
        PeopleDoors.All,
        IntakeDoors.All,
        VerificationDoors.All,
        DeterminationDoors.All,
        CaseFileDoors.All,
        RectificationDoors.All,
        LedgerDoors.All,
        EscalationDoors.All,
        ReportDoors.All,
    }
        .SelectMany(doors => doors)
        .ToFrozenDictionary(door => door.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<ActDoor> All => ByName.Values;

    public static ActDoor Find(string name) => ByName[name];
}
