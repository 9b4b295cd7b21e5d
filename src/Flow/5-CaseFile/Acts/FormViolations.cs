using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>Forms a violation for each group of illegal parcels of a programme that none holds yet: those of one patch, or of one cluster
/// of patches, that one unit answers for.</summary>
/// <remarks>What an officer does on a busy day; a group that is not one act of one party is corrected afterwards. Where nothing is free,
/// nothing is written.</remarks>
public static class FormViolations
{
    public const string Act = "form-violations";

    public sealed record Request(string Programme, string Reason);

    /// <param name="WithoutUnit">Patches that no responsible unit answers for: the office assigns them first.</param>
    public sealed record Formed(IReadOnlyList<string> Numbers, IReadOnlyList<string> WithoutUnit);

    /// <exception cref="Problem"><c>plan.no-such-value</c></exception>
    public static Task<Formed> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Programme,
            request.Reason,
            act => FormAsync(act, store.Plan.Programme(request.Programme), law, stop),
            stop
        );
    }

    private static async Task<Formed> FormAsync(ActScope act, PlanProgramme programme, LawBook law, CancellationToken stop)
    {
        var inProgramme = act.Db.Patches.Where(p => p.ProgrammeId == programme.Id).Select(p => p.Id);
        var free = await IllegalParcels.FreeAsync(act.Db, act.Db.Parcels.Where(p => inProgramme.Contains(p.PatchId)), law, stop);
        var patches = free.Select(p => p.PatchId).Distinct().ToList();
        var units = await IllegalParcels.UnitsAsync(act.Db, patches, stop);
        var forms = await FormsAsync(act.Db, patches, stop);
        var owned = free.Where(p => units[p.PatchId].Any()).ToList();
        var numbers = new List<string>();
        foreach (var group in owned.GroupBy(p => (Key: p.Cluster ?? p.PatchNumber, p.PatchKind, units[p.PatchId].First().Unit)))
        {
            var unit = act.Store.Plan.Units.FindResponsible(group.Key.Unit)?.Name.Zh ?? group.Key.Unit;
            var draft = DraftOf([.. group], group.Key.Unit, unit, forms, programme.Year);
            numbers.Add((await ViolationRows.WriteAsync(act, draft, supersedes: null, stop)).Number);
        }
        if (numbers.Count == 0)
            act.LeaveNoTrace();
        act.Fact("formed", numbers.Count);
        act.Fact("parcels", owned.Count);
        return new(numbers, [.. free.Except(owned).Select(p => p.PatchNumber).Distinct()]);
    }

    /// <summary>Pure: what the newest visit to the largest parcel says about the act; where it is silent, the patch speaks.</summary>
    internal static ViolationDraft DraftOf(
        IReadOnlyList<IllegalParcel> parcels,
        string unit,
        string unitZh,
        IReadOnlyDictionary<Guid, JsonObject> forms,
        int programmeYear
    )
    {
        var main = parcels.MaxBy(p => p.AreaSquareMetres)!;
        var form = forms.GetValueOrDefault(main.PatchId);
        var use = Answer(form, FactKeys.ActualUse) ?? "未查明";
        var name = Answer(form, FactKeys.ProjectName) ?? (Answer(form, FactKeys.Party) is { } party ? party + use : null);
        var start = Answer(form, FactKeys.WorksStartedOn);
        DateOnly? started = DateOnly.TryParse(start, CultureInfo.InvariantCulture, out var day) ? day : null;
        return new(
            parcels,
            unit,
            name ?? $"图斑{main.PatchNumber}",
            $"{unitZh}，图斑{string.Join("、", parcels.Select(p => p.PatchNumber).Distinct())}",
            use,
            started,
            IsNew: started is null || started.Value.Year >= programmeYear,
            KeyProject: false
        );
    }

    /// <summary>The form of the newest visit to each patch.</summary>
    private static async Task<Dictionary<Guid, JsonObject>> FormsAsync(StoreContext db, List<Guid> patches, CancellationToken stop)
    {
        var visits = await db
            .Visits.Where(v => patches.Contains(v.PatchId) && !db.Visits.Any(later => later.SupersedesId == v.Id))
            .Select(v => new
            {
                v.PatchId,
                v.VisitedOn,
                v.RecordedAt,
                v.FormJson,
            })
            .ToListAsync(stop);
        return visits
            .GroupBy(v => v.PatchId)
            .ToDictionary(
                g => g.Key,
                g => JsonNode.Parse(g.OrderBy(v => v.VisitedOn).ThenBy(v => v.RecordedAt).Last().FormJson) as JsonObject ?? []
            );
    }

    private static string? Answer(JsonObject? form, FactKey key) =>
        form?[key.Id] is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 ? text.Trim() : null;
}
