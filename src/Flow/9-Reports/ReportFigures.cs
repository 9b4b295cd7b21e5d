using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Reports;

/// <summary>Builds what a report freezes: its tables and the words of its narrative.</summary>
public static class ReportFigures
{
    private static readonly Dictionary<string, Func<FigureFacts, FigureTable>> Tables = new(StringComparer.Ordinal)
    {
        [PatchTables.ListId] = PatchTables.List,
        [PatchTables.UnitId] = PatchTables.ByUnit,
        [PatchTables.ProgressId] = PatchTables.Progress,
        [ViolationTables.CluesId] = ViolationTables.Clues,
        [ViolationTables.RectificationId] = ViolationTables.Rectification,
        [ViolationTables.CasesId] = ViolationTables.Cases,
        [ViolationTables.RemainingId] = ViolationTables.Remaining,
        [ViolationTables.BacklogId] = ViolationTables.Backlog,
    };

    /// <summary>Ids of all tables.</summary>
    public static IReadOnlyCollection<string> TableIds => Tables.Keys;

    /// <summary>Reads and computes, without freezing: what a page shows before anything is published.</summary>
    public static async Task<(FigureBook Book, FigureFacts Facts)> BuildAsync(
        StoreContext db,
        WorkPlan plan,
        LawBook law,
        ReportKind kind,
        IReadOnlyList<string> programmes,
        DateOnly onDay,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(kind);
        var facts = await FigureReading.ReadAsync(db, plan, law, programmes, onDay, stop);
        var words = await WordsAsync(db, plan, kind, facts, stop);
        return (Of(kind, facts, words), facts);
    }

    /// <summary>Pure: the tables of a kind of report.</summary>
    public static FigureBook Of(ReportKind kind, FigureFacts facts, IReadOnlyDictionary<string, string> words)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(facts);
        FigureTable[] tables = [.. kind.Tables.Select(t => Tables[t](facts))];
        var used = tables
            .SelectMany(t => t.Total is null ? t.Rows : [.. t.Rows, t.Total])
            .SelectMany(r => r.Cells)
            .SelectMany(c => c.Ids ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var items = facts.Items().Where(i => used.Contains(i.Key)).ToDictionary(i => i.Key, i => i.Value, StringComparer.Ordinal);
        return new(kind.Id, facts.Programmes, facts.OnDay, tables, items, words);
    }

    private static async Task<IReadOnlyDictionary<string, string>> WordsAsync(
        StoreContext db,
        WorkPlan plan,
        ReportKind kind,
        FigureFacts facts,
        CancellationToken stop
    )
    {
        var end = ChinaTime.EndOf(facts.OnDay).UtcDateTime;
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["plan"] = $"《{plan.Document.Title.Zh}》",
            ["plan-number"] = plan.Document.Number ?? "无文号",
            ["territory"] = plan.Territory.Name.Zh,
            ["programmes"] = string.Join('、', facts.Programmes.Select(p => plan.Programme(p).Name.Zh)),
            ["on"] = $"{facts.OnDay:yyyy年M月d日}",
            ["responsible-units"] = string.Join('、', plan.Units.Responsible.Select(u => u.Name.Zh)),
            ["cases"] = Whole(facts.Violations.Count(v => v.Case is not null)),
            ["stop-notices"] = Whole(facts.Violations.Count(v => v.Stop is not null)),
            ["patrol-found"] = Whole(facts.Violations.Count(v => v.Stop?.DiscoveredBy == DiscoverySource.Patrol)),
            ["remaining"] = Whole(facts.Violations.Count(v => v.Ledger is not null || !v.Balance.IsRemoved)),
            ["acceptances"] = Whole(facts.Violations.Sum(v => v.Acceptances.Count)),
            ["acceptances-passed"] = Whole(facts.Violations.Sum(v => v.Acceptances.Count(a => a.Outcome == "accepted"))),
        };
        foreach (var record in (string[])[OfficeRecordKind.Training, OfficeRecordKind.Instruction, OfficeRecordKind.Meeting])
            words[record + "s"] = Whole(await db.OfficeRecords.CountAsync(r => r.Kind == record && r.At < end, stop));
        words["spot-checks"] = Whole(await db.SpotChecks.CountAsync(s => s.At < end, stop));
        words["interviews"] = Whole(await db.Interviews.CountAsync(i => i.At < end, stop));
        if (plan.LeadingGroup is { } group)
        {
            var head = group.Members.FirstOrDefault(m => m.Role == "head")?.Post;
            words["leading-group"] = plan.Posts.FirstOrDefault(p => p.Id == head)?.Name.Zh ?? group.Name.Zh;
            words["office-host"] = plan.Bodies.FirstOrDefault(b => b.Id == group.Office.Host)?.Name.Zh ?? group.Office.Host;
        }
        var accepted = await db
            .ProgrammeAcceptances.Where(a => facts.Programmes.Contains(a.ProgrammeId) && a.At < end)
            .OrderBy(a => a.At)
            .ToListAsync(stop);
        if (accepted.Count > 0)
            words["acceptance-opinion"] = (accepted[^1].Outcome == "accepted" ? "通过。" : "未通过。") + accepted[^1].OpinionZh;
        Due(plan, kind, facts, words);
        return words;
    }

    /// <summary>The date of the plan that asks for this report, and to whom it goes.</summary>
    private static void Due(WorkPlan plan, ReportKind kind, FigureFacts facts, Dictionary<string, string> words)
    {
        if (DateOf(plan, kind.Id, facts.Programmes) is not { } date)
            return;
        words["due"] = $"{date.Due:yyyy年M月d日}";
        words["recipients"] = string.Join('、', date.Recipients.Select(r => plan.Bodies.FirstOrDefault(b => b.Id == r)?.Name.Zh ?? r));
    }

    /// <summary>The date of the plan that asks for a report on these programmes; null when none does.</summary>
    public static PlanDate? DateOf(WorkPlan plan, string kind, IReadOnlyList<string> programmes)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Calendar.Dates.FirstOrDefault(d => d.Report == kind && programmes.All(d.Programmes.Contains));
    }

    private static string Whole(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
