using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Every screen there is: each page of the permission matrix at least once, and the states that a page is seldom in.</summary>
/// <remarks>For an office that has come to the autumn of its year: one programme is still judged, the others have their cases.</remarks>
public static class Screens
{
    private const string Officer = "district-officer";
    private const string Reviewer = "district-reviewer";
    private const string Head = "office-head";
    private const string Town = "town-wangcun";
    private const string Government = "government";
    private const string Administrator = "administrator";
    private const string Bench = "/workbench?programme=2018-annual&queue=all";
    private const string ToJudge = "/workbench?programme=2019-q3&queue=judge";

    private const int PatchesMax = 8;
    private const int LooksMax = 20;
    private const int LookMilliseconds = 200;

    public static IReadOnlyList<Screen> All { get; } =
    [
        .. Doors(),
        .. Homes(),
        .. Plan(),
        .. Verification(),
        .. Determination(),
        .. Maps(),
        .. Cases(),
        .. Escalation(),
        .. Library(),
        .. Administration(),
        .. Training(),
    ];

    private static IEnumerable<Screen> Doors() =>
        [
            new("sign-in", "/sign-in", null, "/sign-in", InHand: true),
            new("sign-in-refused", "/sign-in", null, "/sign-in?why=wrong&login=town-wangcun"),
            new("sign-in-code", "/sign-in/code", null, "/sign-in/code?half=x", InHand: true),
            new("sign-in-code-refused", "/sign-in/code", null, "/sign-in/code?half=x&why=wrong"),
            new("not-found", "/not-found", Reviewer, "/nothing-here"),
            new("page-refused", "/refused/{Code:int}", Town, "/people"),
            new("page-failed", "/refused/{Code:int}", Reviewer, "/refused/500"),
            new("password", "/password", Reviewer, "/password"),
            new("sessions", "/sessions", Reviewer, "/sessions"),
            new("sessions-second-factor", "/sessions", Reviewer, "/sessions", Arrange: SecondFactorAsync),
        ];

    private static IEnumerable<Screen> Homes() =>
        [
            new("home-officer", "/", Officer, "/"),
            new("home-town", "/", Town, "/", InHand: true),
            new("home-reviewer", "/", Reviewer, "/"),
            new("home-head", "/", Head, "/"),
            new("home-government", "/", Government, "/", InHand: true),
            new("home-finance", "/", "finance", "/"),
            new("home-discipline", "/", "discipline", "/"),
            new("home-department", "/", "dept-agriculture", "/"),
            new("home-permit-desk", "/", "permit-desk", "/"),
            new("home-administrator", "/", Administrator, "/"),
            new("notices", "/notices", Officer, "/notices"),
        ];

    private static IEnumerable<Screen> Plan() =>
        [
            new("board", "/board", Government, "/board", InHand: true),
            new("calendar", "/calendar", Head, "/calendar"),
            new("leading-group", "/leading-group", Head, "/leading-group"),
            new("posts", "/posts", Head, "/posts"),
            new("records", "/records", Head, "/records"),
        ];

    private static IEnumerable<Screen> Verification() =>
        [
            new("verify", "/verify", Town, "/verify", InHand: true),
            new("visit-map", "/verify/{Id:guid}", Town, "/verify/", "/verify", Step("map"), InHand: true),
            new("visit-photos", "/verify/{Id:guid}", Town, "/verify/", "/verify", Step("photos"), InHand: true),
            new("visit-form", "/verify/{Id:guid}", Town, "/verify/", "/verify", Step("form"), InHand: true),
            new("visit-send", "/verify/{Id:guid}", Town, "/verify/", "/verify", Step("send"), InHand: true),
        ];

    private static IEnumerable<Screen> Determination() =>
        [
            new("workbench", "/workbench", Reviewer, Bench, Arrange: MapsAsync),
            new("workbench-explain", "/workbench", Reviewer, Bench, Arrange: ExplainAsync),
            new("workbench-keys", "/workbench", Reviewer, Bench, Arrange: KeysAsync),
            new("workbench-key-refused", "/workbench", Reviewer, Bench, Arrange: KeyRefusedAsync),
            new("workbench-judge", "/workbench", Officer, ToJudge, Arrange: LettersAsync),
            new("workbench-old-proposals", "/workbench", Officer, ToJudge, Arrange: OldAsync, InHand: true, OfYesterday: true),
            new("workbench-batch", "/workbench", Officer, ToJudge, Arrange: BatchAsync),
            new("workbench-split", "/workbench", Officer, ToJudge, Arrange: SplitAsync),
            new("workbench-split-drawn", "/workbench", Officer, ToJudge, Arrange: SplitDrawnAsync),
            new("workbench-phone", "/workbench", Government, Bench, InHand: true),
            new("contact-sheet", "/contact-sheet", Reviewer, "/contact-sheet?programme=2018-annual&queue=all", Arrange: PairsAsync),
            new("patch", "/patches/{Number}", Reviewer, "/patches/", "/batches"),
            new("batches", "/batches", Reviewer, "/batches"),
            new("what-if", "/what-if", Reviewer, "/what-if"),
            new("readings", "/readings", Reviewer, "/readings"),
            new("review-figures", "/review-figures", Reviewer, "/review-figures"),
            new("review-figures-head", "/review-figures", Head, "/review-figures"),
            new("layer-drift", "/layers/drift", Reviewer, "/layers/drift"),
        ];

    private static IEnumerable<Screen> Maps() =>
        [
            new("map", "/map", Reviewer, "/map?programme=2018-annual", Arrange: AtlasAsync),
            new("map-refused", "/map", Reviewer, "/map?programme=2018-annual", Arrange: PlaceRefusedAsync),
            new("map-sheet", "/map/sheet", Reviewer, "/map/sheet?programme=2018-annual", Arrange: SheetAsync),
        ];

    private static IEnumerable<Screen> Cases() =>
        [
            new("cases", "/cases", Reviewer, "/cases", InHand: true),
            new("violation", "/violations/{Number}", Reviewer, "/violations/", "/cases", InHand: true),
            new("violations", "/violations", Officer, "/violations"),
            new("department", "/department", "dept-public-security", "/department"),
            new("holds", "/holds", "permit-desk", "/holds"),
            new("measures", "/measures", Reviewer, "/measures"),
            new("measure", "/measures/{Id:guid}", Reviewer, "/measures/0", "/measures"),
            new("hand-overs", "/hand-overs", Reviewer, "/hand-overs"),
            new("programme-acceptance", "/programme-acceptance", Reviewer, "/programme-acceptance"),
            new("ledger", "/ledger", Reviewer, "/ledger"),
            new("ledger-entry", "/ledger/{Id:guid}", Reviewer, "/ledger/0", "/ledger"),
            new("ledger-survey", "/ledger/survey", Reviewer, "/ledger/survey"),
            new("ledger-deduction", "/ledger/deduction", Reviewer, "/ledger/deduction"),
            new("ledger-credit", "/ledger/credit", Reviewer, "/ledger/credit"),
            new("ledger-city", "/ledger/city", Reviewer, "/ledger/city"),
        ];

    private static IEnumerable<Screen> Escalation() =>
        [
            new("escalation", "/escalation", Head, "/escalation"),
            new("interview", "/interviews/{Id:guid}", Head, "/interviews/", "/escalation"),
            new("spot-checks", "/spot-checks", Head, "/spot-checks"),
            new("accountability", "/accountability", Head, "/accountability"),
            new("evaluation", "/evaluation", Head, "/evaluation"),
            new("reports", "/reports", Reviewer, "/reports"),
            new("report", "/reports/{Id:guid}", Reviewer, "/reports/0", "/reports"),
            new("reconciliation", "/reconciliation", Reviewer, "/reconciliation"),
        ];

    private static IEnumerable<Screen> Library() =>
        [
            new("law", "/law", Reviewer, "/law"),
            new("layers", "/layers", Reviewer, "/layers"),
            new("images", "/images", Reviewer, "/images"),
            new("image-reliability", "/images/reliability", Reviewer, "/images/reliability"),
        ];

    private static IEnumerable<Screen> Administration() =>
        [
            new("status", "/status", Administrator, "/status"),
            new("act-refused", "/status", Administrator, "/status", Arrange: ClockRefusedAsync),
            new("journal", "/journal", Head, "/journal"),
            new("journal-root", "/journal/root", Head, "/journal/root"),
            new("people", "/people", Administrator, "/people"),
            new("people-sessions", "/people/sessions", Administrator, "/people/sessions"),
            new("people-why", "/people/why", Administrator, "/people/why"),
        ];

    private static IEnumerable<Screen> Training() =>
        [
            new("training", "/training", Head, "/training", Arrange: GroundAsync),
            new("first-hour", "/training/first-hour", Head, "/training/first-hour"),
            new("first-hour-wrong-key", "/training/first-hour", Head, "/training/first-hour", Arrange: WrongKeyAsync),
            new("exercise-evidence", "/training/exercise", Head, "/training/exercise?id=evidence", "/training"),
            new("exercise-verdict", "/training/exercise", Head, "/training/exercise?id=verdict", "/training"),
            new("exercise-split", "/training/exercise", Head, "/training/exercise?id=split", "/training"),
        ];

    private static Task MapsAsync(Office office, IPage page) =>
        page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('.map')].every(m => m.dataset.image && m.dataset.imageDrawn === m.dataset.image)"
        );

    private static async Task ExplainAsync(Office office, IPage page)
    {
        await page.ClickAsync(".dossier:not([hidden]) .measure >> nth=0");
        await page.WaitForSelectorAsync("[data-explain] li");
    }

    private static async Task KeysAsync(Office office, IPage page)
    {
        await page.Keyboard.PressAsync("?");
        await page.WaitForSelectorAsync(".key-sheet");
    }

    private static async Task KeyRefusedAsync(Office office, IPage page)
    {
        await KeysAsync(office, page);
        await page.ClickAsync("[data-change-keys]");
        await page.ClickAsync("[data-action=next]");
        await page.WaitForSelectorAsync(".key-choice.waits");
        await page.Keyboard.PressAsync("u");
        await page.WaitForSelectorAsync(".key-sheet .refusal");
    }

    private static async Task LettersAsync(Office office, IPage page)
    {
        await page.Keyboard.PressAsync("2");
        await page.WaitForSelectorAsync(".letters");
    }

    /// <summary>On a telephone the list has a pane of its own.</summary>
    private static async Task OldAsync(Office office, IPage page)
    {
        var list = page.Locator(".panes button").First;
        if (await list.IsVisibleAsync())
            await list.ClickAsync();
        await page.WaitForSelectorAsync("[data-old-proposals] button");
    }

    /// <summary>Of the first patch that has one like it; of some the proposal is hidden, and they have none.</summary>
    private static async Task BatchAsync(Office office, IPage page)
    {
        var items = page.Locator("[data-batch] [data-batch-item]");
        for (var patch = 0; patch < PatchesMax; patch++)
        {
            await page.Keyboard.PressAsync("b");
            for (var looked = 0; looked < LooksMax && await items.CountAsync() == 0; looked++)
                await page.WaitForTimeoutAsync(LookMilliseconds);
            if (await items.CountAsync() > 0)
                return;
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("j");
            await page.WaitForTimeoutAsync(LookMilliseconds);
        }
        await items.First.WaitForAsync();
    }

    private static async Task SplitAsync(Office office, IPage page)
    {
        await page.WaitForSelectorAsync("[data-map=before][data-shown]:not([data-shown=''])");
        await page.ClickAsync("[data-split]");
        await page.WaitForSelectorAsync("[data-drawing=line]");
    }

    private static async Task SplitDrawnAsync(Office office, IPage page)
    {
        await SplitAsync(office, page);
        var map = (await page.Locator("[data-map=before]").BoundingBoxAsync())!;
        var middle = map.Y + map.Height / 2;
        await page.Mouse.ClickAsync(map.X + 12, middle);
        await page.WaitForTimeoutAsync(400); // or the two ends are one double click
        await page.Mouse.DblClickAsync(map.X + map.Width - 12, middle - 6);
        await page.WaitForSelectorAsync("[data-split-preview]");
    }

    private static Task PairsAsync(Office office, IPage page) => page.WaitForSelectorAsync("[data-contact=ready] [data-pair]");

    private static Task AtlasAsync(Office office, IPage page) => page.WaitForSelectorAsync("[data-atlas=ready]");

    private static async Task PlaceRefusedAsync(Office office, IPage page)
    {
        await AtlasAsync(office, page);
        await page.FillAsync("[name=place]", "36.8");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-said].refusal");
    }

    private static Task SheetAsync(Office office, IPage page) => page.WaitForSelectorAsync("[data-sheet=ready]");

    private static async Task ClockRefusedAsync(Office office, IPage page)
    {
        var form = page.Locator("[data-act='set-clock']");
        await SeatAtWork.OpenAsync(form);
        await form.Locator("[name=Moment]").FillAsync("2019-13-01");
        await form.Locator("[name=Reason]").FillAsync("2019-13-01");
        await form.Locator("button[type=submit]").ClickAsync();
        await form.Locator(".refusal").WaitForAsync();
    }

    private static async Task SecondFactorAsync(Office office, IPage page)
    {
        await page.ClickAsync("section >> nth=0 >> button.first");
        await page.WaitForSelectorAsync(".root-code");
    }

    private static Task GroundAsync(Office office, IPage page) =>
        page.WaitForSelectorAsync("main a[href^='/training/exercise?id=split']", new() { Timeout = Screen.GroundMilliseconds });

    /// <summary>The box is drawn again when the circuit has read how far the person is: a key that was pressed before is lost.</summary>
    private static async Task WrongKeyAsync(Office office, IPage page)
    {
        var wrong = page.Locator("[data-wrong]");
        for (var looked = 0; looked < LooksMax && await wrong.CountAsync() == 0; looked++)
        {
            await page.FocusAsync(".key-box");
            await page.Keyboard.PressAsync("x");
            await page.WaitForTimeoutAsync(LookMilliseconds);
        }
        await wrong.WaitForAsync();
    }

    private static Func<Office, IPage, Task> Step(string name) =>
        async (_, page) =>
        {
            await page.WaitForSelectorAsync("[data-field=ready]", new() { State = WaitForSelectorState.Attached });
            await page.ClickAsync($"[data-to={name}]");
        };
}
