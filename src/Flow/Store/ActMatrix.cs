using System.Collections.Frozen;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Escalation;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Plan;
using Weipian.Flow.Rectification;
using Weipian.Flow.Reports;
using Weipian.Flow.Verification;

namespace Weipian.Flow.Store;

/// <summary>Which role may do which act: the permission matrix, refused by default, enforced before an act begins.</summary>
/// <remarks>
/// An act that is not declared cannot be done at all. Regions (a town does its own unit only) and the rule of two persons depend on what is
/// acted on and are decided by the acts themselves.
/// </remarks>
public static class ActMatrix
{
    /// <summary>What the program does by itself, or whoever has a shell on its machine by a verb.</summary>
    private static readonly string[] Program = [PlanRoles.Administrator, Actor.MachineRole];

    /// <summary>Files and measurements come in by verbs, in the hands of the officer who has them.</summary>
    private static readonly string[] Intake = [PlanRoles.DistrictOfficer, .. Program];

    /// <summary>Acts older than the folders of acts of the stages.</summary>
    private static readonly KeyValuePair<string, string[]>[] Older =
    [
        new("initialise-district", Program),
        // Every seat changes its own; whose it may change is decided by the act.
        new("set-seat-password", [.. PlanRoles.All, Actor.MachineRole]),
        new("add-layer-version", Intake),
        new(AddImage.Act, Intake),
        new("import-patches", Intake),
        new("compare-programme", Intake),
        new("propose-verdicts", [.. VerdictRoles.MayPropose, PlanRoles.Administrator]),
        new("decide-verdict", [.. VerdictRoles.MayDecide]),
        new("confirm-verdict", [.. VerdictRoles.MayConfirm]),
        new("return-verdict", [.. VerdictRoles.MayConfirm]),
        new("withdraw-verdict", [.. VerdictRoles.MayDecide]),
        new(TakeBackSignature.Act, [.. VerdictRoles.MayConfirm]),
        new(SplitParcel.Act, [.. VerdictRoles.MayDecide]),
        new(MergeParcels.Act, [.. VerdictRoles.MayDecide]),
        new(SubmitBatch.Act, [PlanRoles.OfficeHead]),
    ];

    private static readonly FrozenDictionary<string, string[]> Roles = All().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every declared act with its roles, by name.</summary>
    public static IReadOnlyDictionary<string, string[]> Acts => Roles;

    /// <summary>Whether the act is declared.</summary>
    public static bool Knows(string act) => Roles.ContainsKey(act);

    /// <summary>Whether a role may do an act. False for an act that nobody declared.</summary>
    public static bool Allows(string act, string role) =>
        Roles.TryGetValue(act, out var roles) && roles.Contains(role, StringComparer.Ordinal);

    /// <exception cref="Problem"><c>store.act-not-allowed</c></exception>
    internal static void Require(string act, Actor actor)
    {
        if (!Roles.TryGetValue(act, out var roles))
            throw new InvalidOperationException($"the act {act} is not declared in the matrix of acts");
        if (!roles.Contains(actor.Role, StringComparer.Ordinal))
            throw Problem.Store.ActNotAllowed(actor.Login, actor.Role, act, roles);
    }

    private static IEnumerable<KeyValuePair<string, string[]>> All() =>
        Older
            .Concat(OfficeActs.Roles)
            .Concat(PeopleActs.Roles)
            .Concat(IntakeActs.Roles)
            .Concat(GuardActs.Roles)
            .Concat(VerificationActs.Roles)
            .Concat(CaseFileActs.Roles)
            .Concat(RectificationActs.Roles)
            .Concat(LedgerActs.Roles)
            .Concat(EscalationActs.Roles)
            .Concat(ReportActs.Roles);
}
