using Microsoft.JSInterop;
using Weipian.Flow.Determinations;
using Weipian.Web.Reading;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Determination;

/// <summary>The part of the workbench that helps: own keys, photographs, batches, and verdicts that came late.</summary>
public sealed partial class WorkbenchPage
{
    private KeyMap keyMap = KeyMap.Usual;
    private string? keyAsked;
    private string? keyRefusal;
    private EvidenceSheet? photo;
    private int photoAt;
    private BatchPanel? batch;
    private ParcelRow? batchModel;
    private string? batchCode;
    private bool batchOpened;

    private IReadOnlyList<EvidenceSheet> Photos => [.. dossier?.Evidence.Where(e => e.IsPicture) ?? []];

    private Derivation? Derivation =>
        parcel is not null && dossier is not null && dossier.Derivations.TryGetValue(parcel.Id, out var found) ? found : null;

    private void ToggleSheet()
    {
        keySheet = !keySheet;
        (keyAsked, keyRefusal) = (null, null);
    }

    /// <summary>The next key that is pressed becomes the key of an action.</summary>
    private async Task AskKeyAsync(string action)
    {
        (keyAsked, keyRefusal) = (action, null);
        if (keys is not null)
            await keys.InvokeVoidAsync("capture", action);
    }

    /// <summary>A key was pressed for an action; nothing when the person thought better of it.</summary>
    [JSInvokable]
    public async Task OnKeyChosen(string action, string? key)
    {
        // The sheet may have been closed meanwhile.
        var isAsked = keyAsked == action;
        keyAsked = null;
        try
        {
            if (key is not null && isAsked)
                await UseKeysAsync(await Keys.ChooseAsync(actor!.Login, action, key));
        }
        catch (Problem problem)
        {
            keyRefusal = problem.In(System.Globalization.CultureInfo.CurrentUICulture);
        }
        StateHasChanged();
    }

    private async Task ResetKeysAsync() => await UseKeysAsync(await Keys.ResetAsync(actor!.Login));

    private async Task UseKeysAsync(KeyMap chosen)
    {
        keyMap = chosen;
        keyRefusal = null;
        if (keys is not null)
            await keys.InvokeVoidAsync("keymap", keyMap.ByPressed());
    }

    /// <summary>P shows one photograph after the other, and after the last none.</summary>
    private async Task NextPhotoAsync()
    {
        var all = Photos;
        if (all.Count == 0)
            note = Say.T("bench.no-photos");
        photoAt = photo is null ? 0 : photoAt + 1;
        photo = photoAt < all.Count ? all[photoAt] : null;
        if (map is not null)
            await map.PhotoAsync(photo?.Id);
    }

    private async Task ClosePhotoAsync()
    {
        photo = null;
        if (map is not null)
            await map.PhotoAsync(null);
    }

    /// <summary>No ground is lit any more.</summary>
    private async Task DarkenAsync()
    {
        lit = NothingLit;
        if (map is not null)
            await map.LightAsync(lit, zoom: false);
    }

    /// <summary>What is chosen, or else proposed, for all that are like this one.</summary>
    private void OpenBatch()
    {
        refusal = WhyNoBatch();
        if (refusal is not null)
            return;
        batchModel = parcel;
        batchCode = choice.Code ?? parcel!.Proposed;
        batchOpened = true;
    }

    private void ActOnBatch(string key)
    {
        if (key == "Escape")
            _ = InvokeAsync(CloseBatchAsync);
        else if (key == "Enter" && batch is { } open)
            _ = InvokeAsync(open.CommitAsync);
    }

    private async Task CloseBatchAsync()
    {
        (batch, batchModel, batchCode) = (null, null, null);
        await RefreshShownAsync();
        StateHasChanged();
    }

    /// <summary>A verdict that waited in the browser was sent again: it is there, or it was refused.</summary>
    [JSInvokable]
    public async Task OnSent(Guid parcelSent, Guid patch, string number, string? refused)
    {
        pending = pending.Remove(parcelSent);
        if (refused is not null)
            TellFault(new Fault(number, refused));
        else
            await ForgetDraftAsync(parcelSent);
        await RefreshAsync(patch);
    }

    /// <summary>The store has the verdict, or its refusal stands on the page: the browser need not keep it.</summary>
    private async Task TellReceiptAsync(Guid target, bool isWritten)
    {
        try
        {
            if (keys is not null)
                await keys.InvokeVoidAsync("receipt", target);
            if (isWritten)
                await ForgetDraftAsync(target);
        }
        catch (Exception away) when (away is JSException or JSDisconnectedException or TaskCanceledException or InvalidOperationException)
        {
            // The browser asks again when it is back, and is told that it is written.
            Log.LogDebug(away, "No receipt could be handed over");
        }
    }
}
