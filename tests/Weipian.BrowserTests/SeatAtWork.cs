using System.Globalization;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>What a seat does in its browser: it looks at what it has to do, follows a line of it, fills in the form of an act and presses
/// the button.</summary>
public static class SeatAtWork
{
    /// <summary>How long a page that is drawn already may take until its buttons answer.</summary>
    private const int AnswersMilliseconds = 1000;

    private const int DoneMilliseconds = 15_000;
    private const int LookMilliseconds = 50;
    private const int PressesMax = 10;

    /// <summary>How many things the start page counts in the lines that lead to a list.</summary>
    public static async Task<int> DueAsync(this Visitor visitor, string list)
    {
        await visitor.OpenAsync("/");
        await visitor.Page.WaitForSelectorAsync(".due-columns");
        var counts = await visitor.Page.Locator($".due-line[href='{list}'] .due-count").AllInnerTextsAsync();
        return counts.Sum(count => int.Parse(count, CultureInfo.InvariantCulture));
    }

    /// <summary>From the start page to the list behind a line.</summary>
    public static async Task FollowAsync(this Visitor visitor, string list)
    {
        Assert.True(await visitor.DueAsync(list) > 0, $"nothing on the start page leads to {list}: {await LinesAsync(visitor)}");
        await visitor.Page.ClickAsync($".due-line[href='{list}'] >> nth=0");
        await visitor.Page.WaitForURLAsync(url => url.EndsWith(list, StringComparison.Ordinal));
    }

    /// <summary>From the start page to the list behind a line, and on to the one row that names something.</summary>
    public static async Task FollowAsync(this Visitor visitor, string list, string row)
    {
        await visitor.FollowAsync(list);
        await visitor.Page.ClickAsync($"main a:has-text('{row}') >> nth=0");
        await visitor.Page.WaitForSelectorAsync($"h1:has-text('{row}')");
    }

    /// <summary>The start page no longer leads to a list.</summary>
    public static async Task HasDoneAsync(this Visitor visitor, string list) => Assert.Equal(0, await visitor.DueAsync(list));

    /// <summary>Fills in the form of an act and presses its button; the form closes when the act is done.</summary>
    public static Task DoAsync(this Visitor visitor, string act, params (string Field, string Value)[] fields) =>
        DoAsync(visitor.Page.Locator($"[data-act='{act}']"), fields);

    /// <summary>The same for a step of a case, whose form bears the name of the step.</summary>
    public static Task StepAsync(this Visitor visitor, string name, params (string Field, string Value)[] fields) =>
        DoAsync(visitor.Page.Locator($"[data-act='record-case-step']:has(button:text-is('{name}'))"), fields);

    public static async Task DoAsync(ILocator form, params (string Field, string Value)[] fields)
    {
        await OpenAsync(form);
        foreach (var (field, value) in fields)
            await FillAsync(form.Locator($"[name='{field}']"), value);
        await form.Locator("button[type=submit]").ClickAsync();
        var refusal = form.Locator(".refusal");
        await IsAsync(async () => await form.Locator("form").CountAsync() == 0 || await refusal.CountAsync() > 0, DoneMilliseconds);
        if (await refusal.CountAsync() > 0)
            Assert.Fail(await refusal.First.InnerTextAsync());
        Assert.Equal(0, await form.Locator("form").CountAsync());
    }

    /// <summary>Whether the seat is offered an act on the page it is on.</summary>
    public static async Task<bool> IsOfferedAsync(this Visitor visitor, string act) =>
        await visitor.Page.Locator($"[data-act='{act}']").CountAsync() > 0;

    /// <summary>Opens the form of an act. A button that was drawn before the circuit answers is pressed again.</summary>
    public static async Task OpenAsync(ILocator form)
    {
        await form.First.WaitForAsync();
        for (var press = 0; press < PressesMax && await form.Locator("form").CountAsync() == 0; press++)
        {
            await form.Locator("button").First.ClickAsync();
            await IsAsync(async () => await form.Locator("form").CountAsync() > 0, AnswersMilliseconds);
        }
    }

    /// <summary>Gives the page a file; it says that it has it. What is given before the circuit answers is given again.</summary>
    public static async Task BringAsync(this Visitor visitor, FilePayload file, string said)
    {
        var words = visitor.Page.Locator($"main :text-is('{said}')");
        for (var press = 0; press < PressesMax && await words.CountAsync() == 0; press++)
        {
            await visitor.Page.SetInputFilesAsync("input[type=file]", file);
            await IsAsync(async () => await words.CountAsync() > 0, AnswersMilliseconds);
        }
        Assert.Equal(1, await words.CountAsync());
    }

    /// <summary>Whether something comes true in time.</summary>
    private static async Task<bool> IsAsync(Func<Task<bool>> comes, int milliseconds)
    {
        for (var waited = 0; waited < milliseconds; waited += LookMilliseconds)
        {
            if (await comes())
                return true;
            await Task.Delay(LookMilliseconds);
        }
        return await comes();
    }

    private static async Task FillAsync(ILocator field, string value)
    {
        switch (await field.EvaluateAsync<string>("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()"))
        {
            case "select":
                await field.SelectOptionAsync(value);
                break;
            case "checkbox":
                await field.SetCheckedAsync(value == "true");
                break;
            default:
                await field.FillAsync(value);
                break;
        }
    }

    private static async Task<string> LinesAsync(Visitor visitor) =>
        string.Join(
            ", ",
            await visitor.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('.due-line')].map(a => a.getAttribute('href') + ' ' + a.innerText.replace(/\\s+/g, ' '))"
            )
        );
}
