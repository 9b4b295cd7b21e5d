using System.Globalization;
using Weipian.Flow.Plan;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>What the papers of a case say: filled in from the case and the rule set, so that no template carries an old time limit; what
/// only a person knows comes with the request.</summary>
public static class CaseDocuments
{
    /// <summary>What the case itself knows; a document takes the fields that it has.</summary>
    public static Dictionary<string, string> Known(WorkPlan plan, CaseInHand hand)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(hand);
        var texts = OfViolation(plan, hand.Violation);
        Put(texts, "party", hand.Identity?.NameZh);
        Put(texts, "addressee", hand.Identity?.NameZh);
        Put(texts, "representative", hand.Identity?.RepresentativeZh);
        Put(texts, "address", hand.Identity?.AddressZh);
        Put(texts, "telephone", hand.Identity?.Phone);
        Put(texts, "cause", hand.File?.GroundZh);
        Put(texts, "case-number", hand.File?.Number);
        Put(texts, "source", hand.File?.SourceZh);
        Put(texts, "accepted-on", hand.File is { } file ? Day(file.FactsVerifiedOn) : null);
        Put(texts, "filed-on", hand.File is { } filed ? Day(filed.FiledOn) : null);
        var investigated = hand.Course.Last(CaseStepKind.Investigated);
        Put(texts, "facts", investigated?.Text(CaseDetail.Note) ?? texts["act"]);
        if (investigated is not null && hand.File is { } opened)
            texts["investigation"] = $"{Day(opened.FiledOn)}至{Day(investigated.On)}";
        Put(texts, "decision-number", hand.Decision?.Number);
        Put(texts, "decision-date", hand.Decision is { } decision ? Day(decision.IssuedOn) : null);
        Put(texts, "served-on", hand.Course.On(CaseStepKind.DecisionServed) is { } served ? Day(served) : null);
        Put(texts, "duty", hand.Course.Last(CaseStepKind.Decided)?.Text(CaseDetail.PenaltyWords));
        return texts;
    }

    /// <summary>What a violation knows before there is a case.</summary>
    public static Dictionary<string, string> OfViolation(WorkPlan plan, Violation violation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(violation);
        var area = Area(violation.AreaSquareMetres);
        return new(StringComparer.Ordinal)
        {
            ["place"] = violation.LocationZh,
            ["area"] = area,
            ["project"] = violation.NameZh,
            ["matter"] = violation.NameZh,
            ["unit"] = plan.Units.FindResponsible(violation.Unit)?.Name.Zh ?? violation.Unit,
            ["act"] = $"在{violation.LocationZh}实施“{violation.NameZh}”，用途为{violation.UseZh}，面积{area}",
            ["seal"] = Authority(plan),
        };
    }

    /// <summary>The texts of a document: those of the request first, then what is known. A text for a field that the document has not is
    /// left for the issue to refuse.</summary>
    /// <param name="lines">From the request: <c>field=text</c>, the field by its id or its name in either language.</param>
    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    public static Dictionary<string, string> Fields(
        DocumentKind kind,
        IReadOnlyDictionary<string, string> known,
        IReadOnlyList<string>? lines
    )
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(known);
        var fields = known.Where(k => kind.Fields.Any(f => f.Id == k.Key)).ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);
        foreach (var line in lines ?? [])
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2)
                throw Problem.Chain.BadValue("Texts", line, "要素=内容", "field=text");
            var field = kind.Fields.FirstOrDefault(f => f.Id == parts[0] || f.Zh == parts[0] || f.En == parts[0]);
            if (parts[1].Length > 0)
                fields[field?.Id ?? parts[0]] = parts[1];
        }
        return fields;
    }

    /// <summary>The names of the fields that a person still has to write, as lines of a form.</summary>
    public static IReadOnlyList<string> Asked(DocumentKind kind, IReadOnlyDictionary<string, string> known)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return
        [
            .. kind
                .Fields.Where(f => f.Required && f.Id is not ("number" or "date" or "seal") && !known.ContainsKey(f.Id))
                .Select(f => $"{f.Zh}="),
        ];
    }

    /// <summary>Remedies with the time limits of the day, in words.</summary>
    internal static string Remedies(DateOnly decidedOn, bool demolish, LawBook law)
    {
        var on = law.AsOf(decidedOn, SelectingDate.Event);
        var review = on.Term("cn/administrative-reconsideration-law/application#application_days").Value.Chinese;
        var suit = on.Term(
            demolish ? "cn/land-administration-law/83#demolition_suit_days" : "cn/administrative-litigation-law/46#suit_months"
        ).Value.Chinese;
        return $"不服本决定的，可以自收到本决定书之日起{review}内申请行政复议，或者自收到本决定书之日起{suit}内向人民法院提起诉讼";
    }

    internal static string Performance(DateOnly decidedOn, long fineFen, LawBook law)
    {
        var pay = law.AsOf(decidedOn, SelectingDate.Event).Term("cn/administrative-penalty-law/67#pay_days").Value.Chinese;
        return fineFen > 0 ? $"自收到本决定书之日起{pay}内缴清罚款{Yuan(fineFen)}元，其余处罚按决定内容履行" : "按决定内容履行";
    }

    internal static string Yuan(long fen) => (fen / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>A day as a document has it; null when the text is none.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy年M月d日", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static string Area(double squareMetres)
    {
        var area = new SquareMetres(squareMetres);
        return string.Create(CultureInfo.InvariantCulture, $"{area.Rounded:0.00}平方米（{area.ToMu()}亩）");
    }

    /// <summary>The authority that issues: the body in which the office of the leading group sits.</summary>
    internal static string Authority(WorkPlan plan)
    {
        var host = plan.LeadingGroup?.Office.Host;
        return plan.Bodies.FirstOrDefault(b => b.Id == host)?.Name.Zh ?? plan.Document.Issuer.Zh;
    }

    private static void Put(Dictionary<string, string> texts, string field, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            texts[field] = text;
    }
}
