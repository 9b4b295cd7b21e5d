namespace Weipian.Flow.Plan;

/// <summary>Which posts a seat reads for: what goes to a post (职务) has to reach somebody who opens the product.</summary>
/// <remarks>
/// A town seat reads for the posts of its unit and a department seat for those of its body. The seats of the bureau read for the body
/// that hosts the office of the leading group and for the office itself, the government for the body of the head of the group, finance
/// for the body that the plan makes the receiver of what is confiscated.
/// </remarks>
public static class SeatPosts
{
    private const string ReceiverDuty = "finance-funds-and-receives";

    /// <summary>The posts of a seat, by the plan; none when the plan has no such seat.</summary>
    public static IEnumerable<PlanPost> Of(WorkPlan plan, string login)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Seats.FirstOrDefault(s => s.Login == login) is not { } seat)
            return [];
        var bodies = BodiesOf(plan, seat).ToHashSet(StringComparer.Ordinal);
        return plan.Posts.Where(p => (seat.Unit is not null && p.Unit == seat.Unit) || (p.Body is not null && bodies.Contains(p.Body)));
    }

    /// <summary>The seats that read for a post; none means that a notice has to be carried there on paper.</summary>
    public static IEnumerable<PlanSeat> SeatsOf(WorkPlan plan, string post)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Seats.Where(s => Of(plan, s.Login).Any(p => p.Id == post));
    }

    private static IEnumerable<string> BodiesOf(WorkPlan plan, PlanSeat seat)
    {
        string?[] bodies = seat.Role switch
        {
            PlanRoles.Department => [seat.Body],
            PlanRoles.DistrictOfficer or PlanRoles.DistrictReviewer or PlanRoles.OfficeHead =>
            [
                plan.LeadingGroup?.Office.Host,
                plan.LeadingGroup?.Office.Body,
            ],
            PlanRoles.Government => [HeadBody(plan)],
            PlanRoles.Finance => [.. plan.Duties.FirstOrDefault(d => d.Id == ReceiverDuty)?.By ?? []],
            _ => [],
        };
        return bodies.OfType<string>();
    }

    private static string? HeadBody(WorkPlan plan)
    {
        var head = plan.LeadingGroup?.Members.FirstOrDefault(m => m.Role == "head")?.Post;
        return plan.Posts.FirstOrDefault(p => p.Id == head)?.Body;
    }
}
