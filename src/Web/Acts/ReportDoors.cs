using Weipian.Flow.Reports;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of reports and packages.</summary>
public static class ReportDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<FreezeReportFigures.Request, Guid>(
            FreezeReportFigures.Act,
            (hall, who, request, stop) => FreezeReportFigures.Handle(hall.Store, who, request, hall.Reports, stop)
        ),
        ActDoor.Of<MakeReport.Request, MakeReport.Made>(
            MakeReport.Act,
            (hall, who, request, stop) => MakeReport.Handle(hall.Store, who, request, hall.Reports, stop)
        ),
        ActDoor.Of<SignReport.Request, Guid>(
            SignReport.Act,
            (hall, who, request, stop) => SignReport.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ReceiveVerdicts.Request, ReceiveVerdicts.Received>(
            ReceiveVerdicts.Act,
            (hall, who, request, stop) => ReceiveVerdicts.Handle(hall.Store, who, request, hall.Reports, stop)
        ),
    ];
}
