namespace Weipian.Flow.Store;

/// <summary>Says whether a role has to have a second factor. Who has none yet can do nothing else until it is taken up.</summary>
public static class RequireSecondFactor
{
    public const string Act = "require-second-factor";

    public sealed record Request(
        [OneOf(
            "town",
            "district-officer",
            "district-reviewer",
            "office-head",
            "government",
            "finance",
            "discipline",
            "administrator",
            "department",
            "permit-desk"
        )]
            string Role,
        bool IsRequired,
        string Reason
    );

    /// <exception cref="Problem"><c>chain.bad-value</c>, <c>store.nothing-changes</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Role,
            request.Reason,
            async act =>
            {
                OneOfAttribute.Check("Role", request.Role, Plan.PlanRoles.All);
                if (await SeatSecurity.IsRequiredAsync(act.Db, request.Role, stop) == request.IsRequired)
                    throw Problem.Store.NothingChanges(request.Role);
                var rule = new SecondFactorRule
                {
                    Id = act.NewId(),
                    Role = request.Role,
                    IsRequired = request.IsRequired,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(rule);
                return rule.Id;
            },
            stop
        );
    }
}
