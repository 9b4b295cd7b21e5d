namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of the ledger of remaining violations.</summary>
public static class LedgerDoors
{
    public static IReadOnlyList<ActDoor> All { get; } = [];
}
