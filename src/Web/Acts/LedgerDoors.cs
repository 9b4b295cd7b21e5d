using Weipian.Flow.Ledger;

namespace Weipian.Web.Acts;

/// <summary>Doors to the acts of the ledger of remaining violations.</summary>
public static class LedgerDoors
{
    public static IReadOnlyList<ActDoor> All { get; } =
    [
        ActDoor.Of<EnterLedger.Request, EnterLedger.Answer>(
            EnterLedger.Act,
            (hall, who, request, stop) => EnterLedger.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ProposeClosing.Request, Guid>(
            ProposeClosing.Act,
            (hall, who, request, stop) => ProposeClosing.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<CloseLedgerEntry.Request, Guid>(
            CloseLedgerEntry.Act,
            (hall, who, request, stop) => CloseLedgerEntry.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ReopenLedgerEntry.Request, ReopenLedgerEntry.Answer>(
            ReopenLedgerEntry.Act,
            (hall, who, request, stop) => ReopenLedgerEntry.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<LinkSurvey.Request, LinkSurvey.Answer>(
            LinkSurvey.Act,
            (hall, who, request, stop) => LinkSurvey.Handle(hall.Store, who, request, hall.Law.Book.LandClasses, stop)
        ),
        ActDoor.Of<MakeDeductionSheet.Request, MakeDeductionSheet.Answer>(
            MakeDeductionSheet.Act,
            (hall, who, request, stop) => MakeDeductionSheet.Handle(hall.Store, who, request, hall.Law.Book, stop)
        ),
        ActDoor.Of<EnterCredit.Request, Guid>(
            EnterCredit.Act,
            (hall, who, request, stop) => EnterCredit.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<RecordCreditStep.Request, Guid>(
            RecordCreditStep.Act,
            (hall, who, request, stop) => RecordCreditStep.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<ExportCredit.Request, ExportCredit.Answer>(
            ExportCredit.Act,
            (hall, who, request, stop) => ExportCredit.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<StartCityRound.Request, Guid>(
            StartCityRound.Act,
            (hall, who, request, stop) => StartCityRound.Handle(hall.Store, who, request, stop)
        ),
        ActDoor.Of<RecordCityResult.Request, RecordCityResult.Answer>(
            RecordCityResult.Act,
            (hall, who, request, stop) => RecordCityResult.Handle(hall.Store, who, request, stop)
        ),
    ];
}
