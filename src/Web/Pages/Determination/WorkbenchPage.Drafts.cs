using Microsoft.JSInterop;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>The part of the workbench that keeps what was typed and not committed, in the browser of the seat (0116).</summary>
public sealed partial class WorkbenchPage
{
    /// <summary>What the browser carries when a page begins.</summary>
    /// <param name="Verdicts">Parcels whose verdicts have no receipt.</param>
    /// <param name="Drafts">Words by parcel and mode, as <see cref="DraftOf"/> names them.</param>
    public sealed record Carried(Guid[] Verdicts, Dictionary<string, string> Drafts);

    private readonly Dictionary<string, string> drafts = new(StringComparer.Ordinal);

    /// <summary>The words on the screen are older than this page, or than the last look at this patch.</summary>
    private bool restored;

    private void TakeUpDrafts(Dictionary<string, string> carried)
    {
        foreach (var (name, text) in carried)
            drafts[name] = text;
        if (parcel is not null && choice == VerdictChoice.None)
            TakeUpDraft(parcel);
    }

    /// <summary>The words that were left on a parcel, where something can be written on it now.</summary>
    private void TakeUpDraft(ParcelRow chosen)
    {
        restored = false;
        if ((!Judging && !Confirming) || !drafts.TryGetValue(DraftOf(chosen), out var text) || text == offered)
            return;
        (basis, restored) = (text, true);
    }

    /// <summary>Somebody types; the browser keeps the same by itself.</summary>
    private void BasisTyped(string text)
    {
        basis = text;
        restored = false;
        if (parcel is null)
            return;
        if (text == offered)
            drafts.Remove(DraftOf(parcel));
        else
            drafts[DraftOf(parcel)] = text;
    }

    private async Task DiscardDraftAsync()
    {
        if (parcel is null)
            return;
        await ForgetDraftAsync(parcel.Id);
        (basis, restored) = (offered, false);
        SuitBasis();
    }

    /// <summary>The words stand in a verdict or a signature now, or are not wanted.</summary>
    private async Task ForgetDraftAsync(Guid target)
    {
        foreach (var name in drafts.Keys.Where(k => k.StartsWith(target.ToString(), StringComparison.Ordinal)).ToList())
            drafts.Remove(name);
        if (keys is not null)
            await keys.InvokeVoidAsync("forgetDraft", target);
    }

    /// <summary>A remark of a second signature is never taken for the basis of a verdict.</summary>
    private string DraftOf(ParcelRow chosen) => $"{chosen.Id}/{(Confirming ? "second" : "decide")}";
}
