using Weipian.Flow.Intake;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of intake that are forms. Files come in through the verbs of the command line.</summary>
public static class IntakeDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<AssignUnit.Request, AssignUnit.Assigned>(
            AssignUnit.Act,
            (hall, who, request, stop) => AssignUnit.Handle(hall.Store, who, request, stop)
        ),
    ];
}
