using Weipian.Flow.Store;

namespace Weipian.Web.Acts;

/// <summary>Doors to the plain records, the notices and the clock of the office.</summary>
public static class OfficeDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<KeepOfficeRecord.Request, Guid>(
            KeepOfficeRecord.Act,
            (hall, who, request, stop) => KeepOfficeRecord.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<NotifyPosts.Request, Guid>(
            NotifyPosts.Act,
            (hall, who, request, stop) => NotifyPosts.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<RunDrill.Request, RunDrill.Done>(
            RecordBackup.Act,
            (hall, who, request, stop) => RunDrill.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<SetClock.Request, DateTimeOffset>(
            SetClock.Act,
            (hall, who, request, stop) => SetClock.Handle(hall.Store, who, request, stop)
        ),
    ];
}
