using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Tests.Web.SignIn;

/// <summary>A second factor at the door, sessions that end, devices with keys: first what is refused.</summary>
public sealed class SecondFactorTests(OfficeProgram office)
{
    private static readonly Actor Administrator = new("administrator", PlanRoles.Administrator);

    [Fact]
    public async Task A_right_password_without_the_code_opens_nothing()
    {
        var (login, secret, _) = await EnrolAsync("dept-planning");
        using var browser = await office.NobodyAsync();
        using var half = await OfficeProgram.SignInAsync(browser, login, OfficeProgram.Password);
        Assert.StartsWith("/sign-in/code?half=", half.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.False(half.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.Contains("weipian-seat")));
        using var shut = await browser.GetAsync("/department");
        Assert.Equal(HttpStatusCode.Found, shut.StatusCode);
        foreach (var wrong in new[] { "", "000000", Totp.CodeAt(secret, TimeProvider.System.GetUtcNow().AddMinutes(-5)) })
        {
            using var refused = await CodeAsync(browser, half.Headers.Location, wrong);
            Assert.Contains("why=wrong", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        using var forged = await CodeAsync(browser, new Uri("/sign-in/code?half=forged", UriKind.Relative), Now(secret));
        Assert.Contains("why=half", forged.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_opens_one_session_and_never_a_second()
    {
        var (login, secret, codes) = await EnrolAsync("dept-transport");
        // The code of the enrolment itself is used up.
        using var early = await office.NobodyAsync();
        using var half = await OfficeProgram.SignInAsync(early, login, OfficeProgram.Password);
        var next = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow().AddSeconds(30));
        using var opened = await CodeAsync(early, half.Headers.Location!, next);
        Assert.Equal("/", opened.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await early.GetAsync("/department")).StatusCode);

        using var other = await office.NobodyAsync();
        using var again = await OfficeProgram.SignInAsync(other, login, OfficeProgram.Password);
        using var replayed = await CodeAsync(other, again.Headers.Location!, next);
        Assert.Contains("why=wrong", replayed.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var recovered = await CodeAsync(other, again.Headers.Location!, codes[0].ToLowerInvariant());
        Assert.Equal("/", recovered.Headers.Location!.OriginalString);
        using var third = await office.NobodyAsync();
        using var once = await OfficeProgram.SignInAsync(third, login, OfficeProgram.Password);
        using var spent = await CodeAsync(third, once.Headers.Location!, codes[0]);
        Assert.Contains("why=wrong", spent.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_codes_rest_the_login_as_wrong_passwords_do()
    {
        var (login, secret, _) = await EnrolAsync("dept-emergency");
        using var browser = await office.NobodyAsync();
        using var half = await OfficeProgram.SignInAsync(browser, login, OfficeProgram.Password);
        for (var i = 0; i < Limits.WrongPasswordsMax; i++)
            (await CodeAsync(browser, half.Headers.Location!, "123456")).Dispose();
        using var rests = await CodeAsync(
            browser,
            half.Headers.Location!,
            Totp.CodeAt(secret, TimeProvider.System.GetUtcNow().AddSeconds(30))
        );
        Assert.Contains("why=rests", rests.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_enrols_nothing_and_neither_secret_nor_codes_stand_in_the_database()
    {
        var store = await StoreAsync();
        var seat = new Actor("dept-court", PlanRoles.Department);
        var secret = Totp.NewSecret();
        var wrong = await Assert.ThrowsAsync<Problem>(() => EnrolSecondFactor.Handle(store, seat, new(secret, "000000", "test")));
        Assert.Equal("store.second-factor-wrong", wrong.Code);
        await Assert.ThrowsAsync<Problem>(() => EnrolSecondFactor.Handle(store, seat, new("ABCD", "000000", "test")));
        var made = await EnrolSecondFactor.Handle(store, seat, new(secret, Now(secret), "test"));
        Assert.Equal(10, made.RecoveryCodes.Distinct().Count());
        var twice = await Assert.ThrowsAsync<Problem>(() => EnrolSecondFactor.Handle(store, seat, new(Totp.NewSecret(), "1", "test")));
        Assert.Equal("store.second-factor-there", twice.Code);
        await using (var db = store.Read())
        {
            var kept = await db.SecondFactors.SingleAsync(f => f.Id == made.Id);
            Assert.DoesNotContain(secret, kept.SecretSealed, StringComparison.Ordinal);
            Assert.Equal(secret, SealedText.Open(store.Folder, kept.SecretSealed, $"second_factor/{kept.Id}"));
            var bodies = string.Join('\n', db.Journal.Where(j => j.Act == EnrolSecondFactor.Act).Select(j => j.Body));
            Assert.DoesNotContain(secret, bodies, StringComparison.Ordinal);
        }
        var stranger = await Assert.ThrowsAsync<Problem>(() =>
            RemoveSecondFactor.Handle(store, new("finance", PlanRoles.Finance), new(seat.Login, "x"))
        );
        Assert.Equal("store.not-your-seat", stranger.Code);
        await RemoveSecondFactor.Handle(store, Administrator, new(seat.Login, "lost"));
        var used = await Assert.ThrowsAsync<Problem>(() => EnrolSecondFactor.Handle(store, seat, new(secret, Now(secret), "again")));
        Assert.Equal("chain.bad-value", used.Code);
    }

    [Fact]
    public async Task A_session_that_was_ended_elsewhere_opens_nothing_and_only_its_seat_or_the_administrator_ends_it()
    {
        var store = await StoreAsync();
        using var browser = await office.SignedInAsync("dept-procuratorate");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/department")).StatusCode);
        Guid session;
        await using (var db = store.Read())
            session = await SeatSecurity.OpenSessions(db).Where(s => s.SeatLogin == "dept-procuratorate").Select(s => s.Id).FirstAsync();
        var other = new Actor("finance", PlanRoles.Finance);
        Assert.Equal(
            "store.not-your-seat",
            (await Assert.ThrowsAsync<Problem>(() => EndSession.Handle(store, other, new(session, "x")))).Code
        );
        await EndSession.Handle(store, Administrator, new(session, "test"));
        (await office.ServicesAsync()).GetRequiredService<SeatDoor>().Forget();
        using var shut = await browser.GetAsync("/department");
        Assert.Equal(HttpStatusCode.Found, shut.StatusCode);
        Assert.Equal(
            "chain.already-done",
            (await Assert.ThrowsAsync<Problem>(() => EndSession.Handle(store, Administrator, new(session, "x")))).Code
        );
    }

    /// <summary>Whoever knows the cookie from before a sign-in has nothing by it afterwards, and each sign-in stands in the list.</summary>
    [Fact]
    public async Task Each_sign_in_is_a_session_of_its_own_even_in_the_same_browser()
    {
        var store = await StoreAsync();
        using var browser = await office.NobodyAsync();
        var cookies = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var entered = await OfficeProgram.SignInAsync(browser, "dept-housing", OfficeProgram.Password);
            cookies.Add(
                entered.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("weipian-seat", StringComparison.Ordinal)).Split(';')[0]
            );
        }
        Assert.NotEqual(cookies[0], cookies[1]);
        await using var db = store.Read();
        Assert.True(await SeatSecurity.OpenSessions(db).CountAsync(s => s.SeatLogin == "dept-housing") >= 2);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_a_kept_cookie_is_worth_nothing()
    {
        using var browser = await office.NobodyAsync();
        using var entered = await OfficeProgram.SignInAsync(browser, "dept-agriculture", OfficeProgram.Password);
        var cookie = entered.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("weipian-seat", StringComparison.Ordinal)).Split(';')[
            0
        ];
        var token = OfficeProgram.TokenIn(await browser.GetStringAsync("/"));
        using var left = await browser.PostAsync(
            "/session/end",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token })
        );
        using var kept = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = browser.BaseAddress,
        };
        using var message = new HttpRequestMessage(HttpMethod.Get, "/department");
        message.Headers.Add("Cookie", cookie);
        using var answer = await kept.SendAsync(message);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public void A_session_rests_and_lasts_no_longer_than_it_may()
    {
        var clock = new Hand();
        var book = new SessionBook(clock);
        var (session, opened) = (Guid.NewGuid(), clock.GetUtcNow());
        book.Use(session);
        clock.Now += Limits.IdleSpan;
        Assert.True(book.IsOver(session, opened));
        book.Use(session);
        Assert.False(book.IsOver(session, opened));
        while (clock.Now < opened + Limits.SessionSpan)
        {
            clock.Now += TimeSpan.FromMinutes(20);
            book.Use(session);
        }
        Assert.True(book.IsOver(session, opened));
    }

    [Fact]
    public async Task A_device_is_taken_up_with_a_key_that_it_holds_and_no_other()
    {
        var store = await StoreAsync();
        var seat = new Actor("town-yonganjie", PlanRoles.Town, "yonganjie");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var known = Spki(key);
        foreach (
            var (publicKey, proof) in new[]
            {
                (known, Sign(another, seat.Login, known)),
                (known, Sign(key, "town-wangcun", known)),
                (Spki(large), Sign(large, seat.Login, Spki(large))),
                ("no key", "no proof"),
            }
        )
            Assert.Equal(
                "store.device-key-wrong",
                (await Assert.ThrowsAsync<Problem>(() => EnrolDevice.Handle(store, seat, new("平板", publicKey, proof, "test")))).Code
            );
        var device = await EnrolDevice.Handle(store, seat, new("平板", known, Sign(key, seat.Login, known), "test"));
        await Assert.ThrowsAsync<Problem>(() => EnrolDevice.Handle(store, seat, new("平板", known, Sign(key, seat.Login, known), "again")));
        var other = new Actor("town-wangcun", PlanRoles.Town, "wangcun");
        Assert.Equal(
            "store.not-your-seat",
            (await Assert.ThrowsAsync<Problem>(() => EndDevice.Handle(store, other, new(device, "x")))).Code
        );
        await EndDevice.Handle(store, seat, new(device, "lost"));
        await using var db = store.Read();
        Assert.DoesNotContain(device, SeatSecurity.TrustedDevices(db).Select(d => d.Id));
    }

    private async Task<(string Login, string Secret, IReadOnlyList<string> Codes)> EnrolAsync(string login)
    {
        var store = await StoreAsync();
        var secret = Totp.NewSecret();
        var made = await EnrolSecondFactor.Handle(store, new(login, PlanRoles.Department), new(secret, Now(secret), "test"));
        return (login, secret, made.RecoveryCodes);
    }

    private async Task<WeipianStore> StoreAsync() => (await office.ServicesAsync()).GetRequiredService<OfficeBooks>().Store;

    private static string Now(string secret) => Totp.CodeAt(secret, TimeProvider.System.GetUtcNow());

    private static string Spki(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static string Sign(ECDsa key, string login, string publicKey) =>
        Convert.ToBase64String(key.SignData(EnrolDevice.Challenge(login, publicKey), HashAlgorithmName.SHA256));

    private static async Task<HttpResponseMessage> CodeAsync(HttpClient browser, Uri page, string code)
    {
        var form = await browser.GetStringAsync(page);
        return await browser.PostAsync(
            "/session/code",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = OfficeProgram.TokenIn(form),
                    ["half"] = WebUtility.HtmlDecode(Regex.Match(form, "name=\"half\" value=\"([^\"]*)\"").Groups[1].Value),
                    ["code"] = code,
                }
            )
        );
    }

    private sealed class Hand : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2019, 6, 3, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
