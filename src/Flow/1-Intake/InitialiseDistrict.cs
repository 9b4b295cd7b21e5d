using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Intake;

/// <summary>Starts an installation: one plan, its programmes and its seats, and the boundaries of its units.</summary>
public static class InitialiseDistrict
{
    /// <param name="PlanPath">The plan file; its bytes are kept.</param>
    /// <param name="Boundaries">The units' outlines, added as a layer of role <c>administrative-unit</c>; <c>null</c> for none yet.</param>
    /// <param name="Hash">The hash of the journal, of <see cref="ChainHash"/>; for good.</param>
    public sealed record Request(
        string PlanPath,
        AddLayerVersion.Request? Boundaries = null,
        string Reason = "建立系统 initialise the installation",
        string Hash = ChainHash.Sha256
    );

    /// <param name="AdministratorLogin">The first seat with the administrator's role.</param>
    /// <param name="AdministratorPassword">Shown once, kept nowhere; must be changed at the first sign-in.</param>
    public sealed record Initialised(
        WorkPlan Plan,
        string AdministratorLogin,
        string AdministratorPassword,
        AddLayerVersion.Added? Boundaries
    );

    /// <summary>Reads and checks everything first; then writes it in one act.</summary>
    /// <param name="classes">Land classes of the law book; needed with boundaries.</param>
    /// <exception cref="Problem"><c>plan.*</c>, <c>files.*</c>, <c>store.already-initialised</c>: nothing was written then</exception>
    public static async Task<Initialised> Handle(
        DataFolder folder,
        Request request,
        Law.LandClassTable? classes = null,
        string? postgres = null,
        TimeProvider? clock = null,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(request);
        OneOfAttribute.Check("Hash", request.Hash, ChainHash.All);
        var content = WorkPlan.ReadFile(request.PlanPath);
        var plan = WorkPlan.Parse(content, request.PlanPath);
        var administrator =
            plan.Seats.FirstOrDefault(s => s.Role == PlanRoles.Administrator) ?? throw Problem.Intake.PlanWithoutAdministrator(plan.Id);
        if (folder.HasDatabase)
            RequireEmpty(folder, postgres, clock);
        var boundaries = request.Boundaries is { } asked
            ? AddLayerVersion.Keep(folder, plan, asked, classes ?? throw new ArgumentNullException(nameof(classes)), progress, stop: stop)
            : null;

        using var store = WeipianStore.OpenOrCreate(folder, postgres, clock);
        var password = SeatPasswords.OneTime();
        var added = await store.ActAsync(
            Actor.Machine,
            "initialise-district",
            plan.Id,
            request.Reason,
            async act =>
            {
                if (await act.Db.Installations.SingleOrDefaultAsync(stop) is { } there)
                    throw Problem.Store.AlreadyInitialised(folder.Path, there.PlanId);
                act.ChainWith(request.Hash);
                var planSha256 = store.Blobs.Put(content);
                act.Db.AddRange(Rows(act, plan, planSha256, Path.GetFileName(request.PlanPath)));
                act.Db.AddRange(Seats(act, plan, administrator.Login, SeatPasswords.Hash(password)));
                act.Fact("plan", planSha256);
                return boundaries is null ? null : await AddLayerVersion.Register(act, boundaries, stop);
            },
            stop
        );
        return new(plan, administrator.Login, password, added);
    }

    private static void RequireEmpty(DataFolder folder, string? postgres, TimeProvider? clock)
    {
        using var store = WeipianStore.OpenOrCreate(folder, postgres, clock);
        using var db = store.Read();
        if (db.Installations.SingleOrDefault() is { } there)
            throw Problem.Store.AlreadyInitialised(folder.Path, there.PlanId);
    }

    private static IEnumerable<object> Rows(ActScope act, WorkPlan plan, string planSha256, string fileName)
    {
        yield return new Installation
        {
            Id = 1,
            PlanId = plan.Id,
            PlanSha256 = planSha256,
            PlanFileName = fileName,
            InitialisedAt = act.At,
        };
        foreach (var (programme, ordinal) in plan.Programmes.Select((p, i) => (p, i)))
            yield return new Programme
            {
                Id = programme.Id,
                Ordinal = ordinal,
                Year = programme.Year,
                Quarter = programme.Quarter,
                NameZh = programme.Name.Zh,
                NameEn = programme.Name.En,
            };
    }

    private static IEnumerable<Seat> Seats(ActScope act, WorkPlan plan, string administrator, string passwordHash) =>
        plan.Seats.Select(seat => new Seat
        {
            Id = act.NewId(),
            Login = seat.Login,
            Role = seat.Role,
            Unit = seat.Unit,
            PostZh = seat.Post.Zh,
            PostEn = seat.Post.En,
            PasswordHash = seat.Login == administrator ? passwordHash : "",
            MustChange = true,
        });
}
