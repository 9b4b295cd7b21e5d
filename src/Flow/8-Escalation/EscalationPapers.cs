using System.Globalization;
using Weipian.Flow.Plan;

namespace Weipian.Flow.Escalation;

/// <summary>Words that the documents of this stage share, taken from the plan.</summary>
internal static class EscalationPapers
{
    /// <summary>Who signs: the government of the plan.</summary>
    public static string Seal(WorkPlan plan) =>
        plan.Bodies.FirstOrDefault(b => b.Id == "district-government")?.Name.Zh ?? plan.Document.Issuer.Zh;

    /// <summary>The plan by title and number, and the paragraph of the ground.</summary>
    public static string BasisZh(WorkPlan plan, PlanGround ground) =>
        $"《{plan.Document.Title.Zh}》{(plan.Document.Number is { } number ? $"（{number}）" : "")}{ground.Source.Paragraph}";

    public static string DayZh(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    public static string UnitZh(WorkPlan plan, string unit) => plan.Units.FindResponsible(unit)?.Name.Zh ?? unit;

    public static PlanGround Ground(WorkPlan plan, string id) =>
        plan.Grounds.FirstOrDefault(g => g.Id == id) ?? throw Problem.Chain.NotThere("情形", "ground", id);

    /// <summary>The name of a post of the plan; words that name one otherwise stay as they are.</summary>
    public static string PostZh(WorkPlan plan, string post) => plan.Posts.FirstOrDefault(p => p.Id == post)?.Name.Zh ?? post;

    /// <summary>Posts as given, trimmed; at least one. Posts and never names of persons.</summary>
    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    public static IReadOnlyList<string> Posts(IReadOnlyList<string> posts)
    {
        List<string> given = [.. posts.Select(p => p.Trim()).Where(p => p.Length > 0).Distinct()];
        return given.Count > 0 ? given : throw Problem.Chain.BadValue("Posts", "", "至少一个职务", "at least one post");
    }
}
