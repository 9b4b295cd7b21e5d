using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.SignIn;

/// <summary>A role of which a second factor is asked, in an office of its own: the rule holds every seat of the role, also those that other
/// tests sit on.</summary>
public sealed class SecondFactorRoleTests : IAsyncDisposable
{
    private static readonly Actor Administrator = new("administrator", PlanRoles.Administrator);

    private readonly OfficeProgram office = new();

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_role_that_has_to_have_a_second_factor_does_nothing_before_it()
    {
        var store = (await office.ServicesAsync()).GetRequiredService<OfficeBooks>().Store;
        await RequireSecondFactor.Handle(store, Administrator, new(PlanRoles.PermitDesk, IsRequired: true, "test"));
        try
        {
            using var held = await office.SignedInAsync("permit-desk");
            using var api = await held.GetAsync("/api/holds/inquiries");
            Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
            using var page = await held.GetAsync("/holds");
            Assert.True(page.StatusCode == HttpStatusCode.Forbidden || page.Headers.Location?.OriginalString == "/sessions");
            Assert.Contains("必须启用第二因素", await held.GetStringAsync("/sessions"), StringComparison.Ordinal);
        }
        finally
        {
            await RequireSecondFactor.Handle(store, Administrator, new(PlanRoles.PermitDesk, IsRequired: false, "test"));
        }
        using var free = await office.SignedInAsync("permit-desk");
        Assert.Equal(HttpStatusCode.OK, (await free.GetAsync("/holds")).StatusCode);
    }
}
