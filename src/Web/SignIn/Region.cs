using Weipian.Flow.Plan;

namespace Weipian.Web.SignIn;

/// <summary>Where a role sees and acts (范围): the third side of the matrix beside role and action.</summary>
public enum Region
{
    /// <summary>Every matter of the district.</summary>
    District,

    /// <summary>Matters for which the unit of the seat is responsible.</summary>
    OwnUnit,

    /// <summary>What was sent to the body of the seat.</summary>
    OwnBody,

    /// <summary>What is confiscated and handed over, and what was sent to the body of the seat.</summary>
    Confiscated,

    /// <summary>What was transferred to the body of the seat.</summary>
    Transferred,

    /// <summary>The questions the seat asked, with their answers.</summary>
    OwnQuestions,

    /// <summary>Counts without the matters behind them.</summary>
    Counts,

    /// <summary>What belongs to no matter: the law, the plan, the seat itself.</summary>
    General,

    /// <summary>The installation: seats, memberships, configuration; no content of a case.</summary>
    Installation,
}

/// <summary>Which region a role has in a row of the matrix.</summary>
public static class Regions
{
    /// <summary>What is the same for whoever may see it.</summary>
    private static readonly string[] OfNoMatter =
    [
        Permission.SignedIn,
        Permission.Home,
        Permission.Law,
        Permission.Layers,
        Permission.LeadingGroup,
        Permission.Calendar,
        "set-seat-password",
        "open-session",
        "end-session",
        "enrol-second-factor",
        "remove-second-factor",
        "enrol-device",
        "end-device",
    ];

    /// <summary>What a role sees of the matters that a permission or an act is about.</summary>
    /// <param name="subject">A permission or the name of an act.</param>
    public static Region Of(string subject, string role) =>
        OfNoMatter.Contains(subject, StringComparer.Ordinal) ? Region.General
        : subject == Permission.Board && role is PlanRoles.Finance or PlanRoles.Discipline ? Region.Counts
        : role switch
        {
            PlanRoles.Town => Region.OwnUnit,
            PlanRoles.Department => Region.OwnBody,
            PlanRoles.Finance => Region.Confiscated,
            PlanRoles.Discipline => Region.Transferred,
            PlanRoles.PermitDesk => Region.OwnQuestions,
            PlanRoles.Administrator => Region.Installation,
            _ => Region.District,
        };
}
