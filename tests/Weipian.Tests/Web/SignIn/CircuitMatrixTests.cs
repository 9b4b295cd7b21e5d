using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Acts;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.Shell;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.SignIn;

/// <summary>What an open page can reach without another request: the router of the pages and the forms of the acts, as a circuit runs
/// them, by every role.</summary>
public sealed class CircuitMatrixTests(OfficeProgram office) : IAsyncLifetime
{
    private const string Refused = "无权查看";
    private WebApplication app = null!;
    private Dictionary<string, ClaimsPrincipal> seats = [];

    /// <summary>Plain pages are asked for anew by the browser and never come through a circuit.</summary>
    private static readonly HashSet<string> Plain =
    [
        .. typeof(Routes)
            .Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<ExcludeFromInteractiveRoutingAttribute>() is not null)
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>())
            .Select(r => r.Template),
    ];

    private static IEnumerable<AccessRow> Interactive =>
        AccessMatrix.Rows.Where(r => r.Kind == "page" && r.Gate != AccessMatrix.Open && !Plain.Contains(r.Name));

    public static TheoryData<string> Roles => [.. PlanRoles.All];

    public async ValueTask InitializeAsync()
    {
        await office.ServicesAsync();
        app = WebServer.Build(
            "http://127.0.0.1:0",
            office.Data,
            services =>
            {
                services.AddScoped<NavigationManager, Address>();
                services.AddScoped<AuthenticationStateProvider, SeatState>();
            }
        );
        await using var db = app.Services.GetRequiredService<OfficeBooks>().Store.Read();
        var all = await db.Seats.ToListAsync();
        seats = all.GroupBy(s => s.Role).ToDictionary(g => g.Key, g => SeatClaims.PrincipalOf(g.OrderBy(s => s.Login).First()));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task A_page_that_is_gone_to_in_an_open_circuit_opens_only_to_its_roles(string role)
    {
        var wrong = new List<string>();
        foreach (var row in Interactive)
        {
            var page = await RouteAsync(seats[role], row.Name);
            var isRefused = page.Contains(Refused, StringComparison.Ordinal);
            if (isRefused == row.Roles.ContainsKey(role))
                wrong.Add($"{role} {row.Name}: {(isRefused ? "refused" : "open")}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_circuit_without_a_seat_shows_no_page()
    {
        var nobody = new ClaimsPrincipal(new ClaimsIdentity());
        foreach (var row in Interactive)
            Assert.Contains(Refused, await RouteAsync(nobody, row.Name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task A_form_of_an_act_is_drawn_only_for_its_roles(string role)
    {
        foreach (var door in ActDoors.All)
        {
            var form = await RenderAsync<ActForm>(seats[role], "/", new() { [nameof(ActForm.Act)] = door.Name });
            Assert.Equal(ActMatrix.Allows(door.Name, role), form.Contains("data-act", StringComparison.Ordinal));
        }
    }

    private Task<string> RouteAsync(ClaimsPrincipal who, string address) =>
        RenderAsync<Routes>(who, Regex.Replace(Regex.Replace(address, @"\{\w+:guid\}", Guid.NewGuid().ToString()), @"\{[^}]+\}", "1"), []);

    private async Task<string> RenderAsync<T>(ClaimsPrincipal who, string address, Dictionary<string, object?> parameters)
        where T : IComponent
    {
        // Whatever language the machine speaks: the sentence that is looked for is Chinese.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        await using var scope = app.Services.CreateAsyncScope();
        ((Address)scope.ServiceProvider.GetRequiredService<NavigationManager>()).StandAt(address);
        ((SeatState)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>()).Who = who;
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString()
        );
    }

    private sealed class Address : NavigationManager
    {
        public void StandAt(string path) => Initialize("http://localhost/", "http://localhost" + path);

        protected override void NavigateToCore(string uri, NavigationOptions options) { }
    }

    private sealed class SeatState : AuthenticationStateProvider
    {
        public ClaimsPrincipal Who { get; set; } = new();

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(Who));
    }
}
