using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.SignIn;

/// <summary>Every route by every seat, from the matrix: refused where it says no, open where it says yes, and none that it does not
/// know.</summary>
public sealed class AccessMatrixTests(OfficeProgram office)
{
    /// <summary>One seat of each role.</summary>
    private static readonly Dictionary<string, string> SeatOf = new(StringComparer.Ordinal)
    {
        [PlanRoles.Town] = "town-wangcun",
        [PlanRoles.DistrictOfficer] = "district-officer",
        [PlanRoles.DistrictReviewer] = "district-reviewer",
        [PlanRoles.OfficeHead] = "office-head",
        [PlanRoles.Government] = "government",
        [PlanRoles.Finance] = "finance",
        [PlanRoles.Discipline] = "discipline",
        [PlanRoles.Administrator] = "administrator",
        [PlanRoles.Department] = "dept-agriculture",
        [PlanRoles.PermitDesk] = "permit-desk",
    };

    public static TheoryData<string> Roles => [.. PlanRoles.All];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Every_route_is_refused_to_a_role_that_is_not_in_its_line(string role)
    {
        using var browser = await office.SignedInAsync(SeatOf[role]);
        var wrong = new List<string>();
        foreach (var (method, endpoint, row) in await RoutesAsync())
        {
            if (row!.Gate == AccessMatrix.Open || row.Roles.ContainsKey(role))
                continue;
            using var answer = await SendAsync(browser, method, endpoint);
            if (answer.StatusCode != HttpStatusCode.Forbidden)
                wrong.Add($"{role} {method} {AccessGuard.PatternOf(endpoint)}: {answer.StatusCode}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_route_that_is_not_open_is_refused_to_a_stranger()
    {
        using var stranger = await office.NobodyAsync();
        var wrong = new List<string>();
        foreach (var (method, endpoint, row) in await RoutesAsync())
        {
            if (row!.Gate == AccessMatrix.Open)
                continue;
            using var answer = await SendAsync(stranger, method, endpoint);
            var isSentToSignIn =
                answer.StatusCode == HttpStatusCode.Found
                && answer.Headers.Location!.PathAndQuery.StartsWith("/sign-in", StringComparison.Ordinal);
            if (!isSentToSignIn && answer.StatusCode != HttpStatusCode.Unauthorized)
                wrong.Add($"{method} {AccessGuard.PatternOf(endpoint)}: {answer.StatusCode}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_route_stands_in_the_matrix_and_every_line_has_its_route()
    {
        var routes = await RoutesAsync();
        Assert.Empty(routes.Where(r => r.Row is null).Select(r => $"{r.Method} {AccessGuard.PatternOf(r.Endpoint)} stands in no line"));
        var there = routes.Select(r => r.Row).ToHashSet();
        Assert.Empty(AccessMatrix.Rows.Where(r => r.Kind != "act" && !there.Contains(r)).Select(r => $"{r.Name} has no route"));
        Assert.Equal(ActMatrix.Acts.Keys.Order(), AccessMatrix.Rows.Where(r => r.Kind == "act").Select(r => r.Name).Order());
    }

    [Fact]
    public void A_gate_that_nobody_declared_is_closed_to_every_role()
    {
        Assert.All(PlanRoles.All, role => Assert.False(AccessMatrix.Allows("no-such-gate", role)));
        Assert.Null(AccessMatrix.Find("page", "/no-such-page"));
        Assert.False(AccessMatrix.Allows(Permission.Home, new ClaimsPrincipal(new ClaimsIdentity())));
    }

    /// <summary>Pages and endpoints say their policy themselves too: both say the same of every seat of the plan, also of one that has to
    /// change its password first.</summary>
    [Fact]
    public async Task What_a_route_asks_for_itself_is_what_the_matrix_says_of_every_seat()
    {
        var services = await office.ServicesAsync();
        var policies = services.GetRequiredService<IAuthorizationPolicyProvider>();
        var authorization = services.GetRequiredService<IAuthorizationService>();
        var seats = await SeatsAsync();
        Assert.True(seats.Count > 20);
        var wrong = new List<string>();
        foreach (var (method, endpoint, row) in await RoutesAsync())
        {
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                if (row!.Gate is not (AccessMatrix.Open or Permission.SignedIn))
                    wrong.Add($"{AccessGuard.PatternOf(endpoint)} is open and its line is not");
                continue;
            }
            var policy = await AuthorizationPolicy.CombineAsync(
                policies,
                endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
                endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>()
            );
            policy ??= await policies.GetFallbackPolicyAsync();
            foreach (var seat in seats)
            {
                var may = (await authorization.AuthorizeAsync(seat, endpoint, policy!)).Succeeded;
                if (may != AccessMatrix.Allows(row!.Gate, seat))
                    wrong.Add($"{seat.Login()} {method} {AccessGuard.PatternOf(endpoint)}: the route says {may}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Every_route_opens_to_a_role_that_is_in_its_line(string role)
    {
        using var browser = await office.SignedInAsync(SeatOf[role]);
        var wrong = new List<string>();
        foreach (var (method, endpoint, row) in await RoutesAsync())
        {
            if (row!.Gate == AccessMatrix.Open || !row.Roles.ContainsKey(role))
                continue;
            using var answer = await SendAsync(browser, method, endpoint);
            // What follows is about the matter: none with this number, or a request that says nothing.
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError)
                wrong.Add($"{role} {method} {AccessGuard.PatternOf(endpoint)}: {answer.StatusCode}");
            if (answer.StatusCode == HttpStatusCode.OK && method == "POST" && row.Gate != Permission.SignedIn)
                wrong.Add($"{role} {method} {AccessGuard.PatternOf(endpoint)}: an empty request was done");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_head_request_asks_the_same_line_as_a_get()
    {
        using var finance = await office.SignedInAsync("finance");
        using var refused = await finance.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/workbench"));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task The_administrator_is_told_why_by_the_line_that_decides()
    {
        var desk = (await office.ServicesAsync()).GetRequiredService<AccessDesk>();
        Assert.Null(await desk.AskAsync("no-such-seat", "page /cases", null));
        Assert.Null(await desk.AskAsync("finance", "page /no-such-page", null));
        Assert.False((await desk.AskAsync("finance", "page /cases", null))!.Yes);
        Assert.False((await desk.AskAsync("finance", "act open-case-file", null))!.Yes);
        var patches = await (await office.SignedInAsync("town-wangcun")).GetFromJsonAsync<JsonElement>(
            "/api/patches?programme=2018-annual&limit=1"
        );
        var own = patches.GetProperty("patches")[0].GetProperty("number").GetString();
        Assert.False((await desk.AskAsync("town-dajie", "page /patches/{Number}", own))!.Yes);
        var nothing = (await desk.AskAsync("town-wangcun", "page /patches/{Number}", "no-such-patch"))!;
        Assert.False(nothing.Yes);
        Assert.True(nothing.NoSuchMatter);
        var yes = (await desk.AskAsync("town-wangcun", "page /patches/{Number}", own))!;
        Assert.True(yes.Yes);
        Assert.Equal(Region.OwnUnit, yes.Region);
        using var administrator = await office.SignedInAsync("administrator");
        var page = await administrator.GetStringAsync(
            $"/people/why?seat=town-dajie&subject={Uri.EscapeDataString("page /patches/{Number}")}&number={own}"
        );
        Assert.Contains($"{own} 不在该席位的范围内", page, StringComparison.Ordinal);
    }

    private async Task<List<(string Method, RouteEndpoint Endpoint, AccessRow? Row)>> RoutesAsync() =>
        [
            .. (await office.ServicesAsync())
                .GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e => !AccessGuard.IsFile(e) && !AccessGuard.IsWire(AccessGuard.PatternOf(e)))
                .SelectMany(e => MethodsOf(e).Select(m => (m, e, AccessGuard.RowOf(e, m)))),
        ];

    /// <summary>Pages take forms as well as questions, all of them at one address.</summary>
    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? ["GET"]
            : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private async Task<List<ClaimsPrincipal>> SeatsAsync()
    {
        await using var db = (await office.ServicesAsync()).GetRequiredService<OfficeBooks>().Store.Read();
        var seats = await db.Seats.ToListAsync();
        var held = seats
            .DistinctBy(s => s.Role)
            .Select(s => new Seat
            {
                Id = s.Id,
                Login = s.Login,
                Role = s.Role,
                Unit = s.Unit,
                PostZh = s.PostZh,
                PostEn = s.PostEn,
                PasswordHash = s.PasswordHash,
                MustChange = true,
            });
        return [.. seats.Concat(held).Select(s => SeatClaims.PrincipalOf(s))];
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string method, RouteEndpoint endpoint)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(AccessGuard.PatternOf(endpoint), @"\{[^}]+\}", Guid.NewGuid().ToString());
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST" && path.StartsWith("/api/", StringComparison.Ordinal))
            request.Content =
                path == "/api/visits" ? new MultipartFormDataContent { { new StringContent("{}"), "visit" } } : JsonContent.Create(new { });
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await browser.SendAsync(request);
    }
}
