using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;
using Weipian.Web.Serving;

namespace Weipian.Tests.Web.SignIn;

/// <summary>The door: who comes in, who does not, and what a wrong key costs.</summary>
public sealed class SignInTests(OfficeProgram office)
{
    [Theory]
    [InlineData("district-officer", "wrong password")]
    [InlineData("no-such-seat", OfficeProgram.Password)]
    [InlineData("DISTRICT-OFFICER", OfficeProgram.Password)]
    [InlineData("", "")]
    public async Task A_wrong_seat_or_password_opens_nothing_and_does_not_tell_which(string login, string password)
    {
        using var browser = await office.NobodyAsync();
        using var answer = await OfficeProgram.SignInAsync(browser, login, password);
        Assert.StartsWith("/sign-in?why=wrong", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.False(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies)
                && cookies.Any(c => c.StartsWith("weipian-seat", StringComparison.Ordinal))
        );
        var page = await browser.GetStringAsync(answer.Headers.Location);
        Assert.Contains("席位或口令不正确", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seat_signs_in_and_its_cookie_is_closed_to_scripts_and_other_sites()
    {
        using var browser = await office.NobodyAsync();
        using var answer = await OfficeProgram.SignInAsync(browser, "district-officer", OfficeProgram.Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("weipian-seat", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("workbench")]
    public async Task Nobody_is_sent_to_another_site_after_signing_in(string back)
    {
        using var browser = await office.NobodyAsync();
        var form = await browser.GetStringAsync("/sign-in");
        using var answer = await browser.PostAsync(
            "/session",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = OfficeProgram.TokenIn(form),
                    ["login"] = "district-officer",
                    ["password"] = OfficeProgram.Password,
                    ["back"] = back,
                }
            )
        );
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = await office.NobodyAsync();
        using var answer = await browser.PostAsync(
            "/session",
            new FormUrlEncodedContent(
                new Dictionary<string, string> { ["login"] = "district-officer", ["password"] = OfficeProgram.Password }
            )
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var browser = await office.SignedInAsync("government");
        var page = await browser.GetStringAsync("/");
        using var left = await browser.PostAsync(
            "/session/end",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = OfficeProgram.TokenIn(page) })
        );
        Assert.Equal("/sign-in?why=left", left.Headers.Location!.OriginalString);
        using var answer = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task A_login_rests_after_several_wrong_passwords_even_for_the_right_one()
    {
        using var browser = await office.NobodyAsync();
        for (var i = 0; i < Limits.WrongPasswordsMax; i++)
            (await OfficeProgram.SignInAsync(browser, "town-qingnianlu", "wrong")).Dispose();
        using var answer = await OfficeProgram.SignInAsync(browser, "town-qingnianlu", OfficeProgram.Password);
        Assert.StartsWith("/sign-in?why=rests", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("暂停登录", await browser.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_restart_nor_another_login_forgives_an_address_that_guesses()
    {
        using var folder = new TemporaryFolder();
        await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        for (var round = 0; round < 2; round++)
        {
            await using var app = WebServer.Build(
                "http://127.0.0.1:0",
                new DataFolder(folder.Path),
                services => services.AddSingleton(new SignInRate(1000, TimeSpan.FromMinutes(10)))
            );
            await app.StartAsync();
            using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
            {
                BaseAddress = new Uri(app.Urls.First()),
            };
            for (var i = 0; i < Limits.WrongPasswordsOfAddressMax / 2 - round; i++)
            {
                using var wrong = await OfficeProgram.SignInAsync(browser, $"guess-{round}-{i}", "guess");
                Assert.StartsWith("/sign-in?why=wrong", wrong.Headers.Location!.OriginalString, StringComparison.Ordinal);
            }
            using var answer = await OfficeProgram.SignInAsync(browser, "administrator", "guess");
            Assert.StartsWith(
                round == 0 ? "/sign-in?why=wrong" : "/sign-in?why=rests",
                answer.Headers.Location!.OriginalString,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_one_time_password_opens_nothing_but_its_change_and_voids_what_was_open()
    {
        var store = (await office.ServicesAsync()).GetRequiredService<OfficeBooks>().Store;
        const string login = "town-chengbeilu";
        using var before = await office.SignedInAsync(login);
        var oneTime = SeatPasswords.OneTime();
        await SetSeatPassword.Handle(store, Actor.Machine, new SetSeatPassword.Request(login, oneTime, MustChange: true, "lost"));

        using var browser = await office.SignedInAsync(login, oneTime);
        foreach (var page in new[] { "/", "/workbench", "/layers" })
        {
            using var sent = await browser.GetAsync(page);
            Assert.True(sent.Headers.Location?.OriginalString == "/password" || sent.StatusCode == HttpStatusCode.Forbidden, page);
        }
        using (var api = await browser.GetAsync("/api/programmes"))
            Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);

        using var same = await ChangeAsync(browser, oneTime, oneTime);
        Assert.Equal("/password?why=same", same.Headers.Location!.OriginalString);
        using var brief = await ChangeAsync(browser, oneTime, "short");
        Assert.Equal("/password?why=short", brief.Headers.Location!.OriginalString);
        using var changed = await ChangeAsync(browser, oneTime, OfficeProgram.Password);
        Assert.Equal("/password?why=done", changed.Headers.Location!.OriginalString);
        using var open = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using var gone = await before.GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, gone.StatusCode);
        await using var db = store.Read();
        Assert.Single(SeatSecurity.OpenSessions(db).Where(s => s.SeatLogin == login));
    }

    [Fact]
    public async Task One_address_may_not_try_without_end()
    {
        using var folder = new TemporaryFolder();
        await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        await using var app = WebServer.Build(
            "http://127.0.0.1:0",
            new DataFolder(folder.Path),
            services => services.AddSingleton(new SignInRate(3, TimeSpan.FromMinutes(10)))
        );
        await app.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
        for (var i = 0; i < 3; i++)
            (await OfficeProgram.SignInAsync(browser, $"guess-{i}", "guess")).Dispose();
        using var answer = await OfficeProgram.SignInAsync(browser, "guess", "guess");
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("操作过于频繁", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ChangeAsync(HttpClient browser, string old, string chosen)
    {
        var page = await browser.GetStringAsync("/password");
        return await browser.PostAsync(
            "/password/change",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = OfficeProgram.TokenIn(page),
                    ["old"] = old,
                    ["chosen"] = chosen,
                    ["again"] = chosen,
                }
            )
        );
    }
}
