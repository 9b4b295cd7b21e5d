using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>An officer opens a case (立案) on a violation; the head of the office signs it (<see cref="SignCaseFiling"/>).</summary>
/// <remarks>The filing clock runs from the day on which the verdicts were confirmed: no request can move it.</remarks>
public static class OpenCaseFile
{
    public const string Act = "open-case-file";

    /// <summary>案件来源.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    ["卫片执法", "巡查发现", "上级督办", "领导交办", "分局报告", "信访反映", "媒体披露", "电话举报"];

    /// <param name="GroundZh">案由.</param>
    /// <param name="OfficerOne">Name or certificate of the first officer; two different ones handle a case.</param>
    /// <param name="LateReasonZh">Needed when the last day to file has passed.</param>
    public sealed record Request(
        Guid ViolationId,
        DateOnly FiledOn,
        string GroundZh,
        [OneOf("卫片执法", "巡查发现", "上级督办", "领导交办", "分局报告", "信访反映", "媒体披露", "电话举报")] string SourceZh,
        string OfficerOne,
        string OfficerTwo,
        string? LateReasonZh,
        string Reason
    );

    public sealed record Opened(Guid CaseFileId, string Number, DateOnly? DecideBy);

    /// <summary>Pure: an identifiable actor, two officers, a day that has come, a reason when it is late.</summary>
    public static void Decide(CaseInHand hand, Request request, bool isHandledOtherwise, DateOnly today, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("SourceZh", request.SourceZh, Sources);
        if (hand.File is { } there)
            throw Problem.Chain.AlreadyDone(
                $"{hand.Violation.Number} 立案",
                $"Opening a case on {hand.Violation.Number}",
                there.By,
                there.At
            );
        if (isHandledOtherwise)
            throw Problem.Chain.OutOfOrder("立案", "open a case", "已签批非立案处理", "it was handled without case by signature");
        if (hand.Violation.AreaSquareMetres <= 0)
            throw Problem.Chain.OutOfOrder("立案", "open a case", "该宗违法已更正撤销", "the violation was ended by a correction");
        if (hand.Identity is null)
            throw Problem.CaseFile.NoActor(hand.Violation.Number);
        if (string.IsNullOrWhiteSpace(request.OfficerOne) || string.IsNullOrWhiteSpace(request.OfficerTwo))
            throw Problem.Chain.BadValue("OfficerOne、OfficerTwo", "", "两名执法人员", "two officers");
        if (request.OfficerOne.Trim() == request.OfficerTwo.Trim())
            throw Problem.CaseFile.OneOfficer(request.OfficerOne);
        if (string.IsNullOrWhiteSpace(request.GroundZh))
            throw Problem.Chain.BadValue("GroundZh", "", "案由", "a cause");
        DayOrder.Require("立案日期", "The day of filing", request.FiledOn, today, hand.Cause);
        Lateness.Require(CaseClocks.FilingOf(hand.Course, law), request.FiledOn, request.LateReasonZh, "立案", "Filing");
    }

    /// <exception cref="Problem"><c>case-file.*</c>, <c>chain.*</c></exception>
    public static Task<Opened> Handle(WeipianStore store, Actor actor, Request request, CaseLaw law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId.ToString(),
            request.Reason,
            async act =>
            {
                var violation = await act.Db.ViolationAsync(request.ViolationId, stop);
                var hand = await CaseInHand.OfAsync(act.Db, violation, stop);
                Decide(hand, request, await HandleWithoutCase.IsInForceAsync(act.Db, violation.Id, stop), act.Today, law.Book);
                var file = await WriteAsync(act, hand, request, stop);
                act.Fact("case", file.Number);
                var course = new CaseCourse(file.FactsVerifiedOn, file.FiledOn, []);
                var clocks = CaseClocks.Of(course, law.Book, act.Today);
                var strictest = clocks.Where(c => c.IsRunning).Min(c => c.Deadline?.LastDayInclusive);
                return new Opened(file.Id, file.Number, strictest);
            },
            stop
        );
    }

    private static async Task<CaseFile> WriteAsync(ActScope act, CaseInHand hand, Request request, CancellationToken stop)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"AJ-{request.FiledOn.Year}-");
        var serial = await act.Db.CaseFiles.CountAsync(c => c.Number.StartsWith(prefix), stop) + 1;
        var file = new CaseFile
        {
            Id = act.NewId(),
            ViolationId = hand.Violation.Id,
            Number = string.Create(CultureInfo.InvariantCulture, $"{prefix}{serial:0000}"),
            FactsVerifiedOn = hand.Course.VerifiedOn,
            FiledOn = request.FiledOn,
            GroundZh = request.GroundZh.Trim(),
            SourceZh = request.SourceZh,
            OfficerOne = request.OfficerOne.Trim(),
            OfficerTwo = request.OfficerTwo.Trim(),
            LateReasonZh = Lateness.Text(request.LateReasonZh),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(file);
        return file;
    }
}

/// <summary>What is late says why.</summary>
internal static class Lateness
{
    /// <exception cref="Problem"><c>chain.late-without-reason</c></exception>
    public static void Require(CaseClock? clock, DateOnly done, string? reasonZh, string whatZh, string whatEn)
    {
        if (clock?.Deadline is not { } deadline || deadline.DaysLate(done) == 0 || Text(reasonZh) is not null)
            return;
        throw Problem.Chain.LateWithoutReason(whatZh, whatEn, deadline.LastDayInclusive, deadline.DaysLate(done));
    }

    public static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
