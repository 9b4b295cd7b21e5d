using Microsoft.JSInterop;
using Weipian.Web.Reading;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Determination;

/// <summary>The part of the workbench that writes: keys of the verdict, commit, confirmation, return, undo.</summary>
public sealed partial class WorkbenchPage
{
    /// <summary>What the browser is told after a key: whether letters are sub-classes now, and whether to go on.</summary>
    /// <param name="Refused">A commit was refused before it was sent: nothing of it waits.</param>
    /// <param name="On">The patch to go on to; null to stay.</param>
    public sealed record KeyAnswer(bool Open, bool Next, bool Refused = false, Guid? On = null);

    /// <summary>A key that is not a move, with the patch it was pressed on. Keys arrive one by one, in order; one that comes while its
    /// patch is still on its way waits for it.</summary>
    [JSInvokable]
    public Task<KeyAnswer> OnKey(string key, string patch) => InTurnAsync(() => AnswerAsync(key, patch));

    private async Task<KeyAnswer> AnswerAsync(string key, string patch)
    {
        if (row is null || !Guid.TryParse(patch, out var id) || id != row.Id)
            return new KeyAnswer(Open: false, Next: false);
        (note, refusal) = ("", null);
        var next = await ActOnAsync(key);
        var on = next ? Onward() : null;
        StateHasChanged();
        return new KeyAnswer(menu?.Opened(choice) is not null, next, key == "Enter" && refusal is not null, on);
    }

    [JSInvokable]
    public async Task OnLayer(int number)
    {
        note = number > mapRoles.Count ? Say.T("bench.no-layer", number) : "";
        if (map is not null)
            await map.ToggleAsync(number);
        StateHasChanged();
    }

    private async Task<bool> ActOnAsync(string key)
    {
        if (key == "?")
            ToggleSheet();
        else if (batch is not null)
            ActOnBatch(key);
        else if (key == "Enter")
            return Commit();
        else if (key == "Escape" && returning)
            SetReturning(false);
        else if (key == "Escape" && parts is not null && await parts.LeaveAsync())
            return false;
        else if (menu?.Opened(choice) is not null || key is "Escape" or "Backspace" || (key.Length == 1 && char.IsAsciiDigit(key[0])))
            Choose(key);
        else
            await CommandAsync(key);
        return false;
    }

    private async Task CommandAsync(string key)
    {
        switch (key)
        {
            case "a":
                TakeProposal();
                if (choice.Code is null)
                    note = Judging ? WhyNoProposal() : WhyNothing();
                break;
            case "t":
                // The browser found no field to write in.
                note = WhyNothing();
                break;
            case "p":
                await NextPhotoAsync();
                break;
            case "b":
                OpenBatch();
                break;
            case "c":
                Address.NavigateTo(SheetAddress);
                break;
            case "u":
                await UndoAsync();
                break;
            case "r":
                if (Confirming)
                    SetReturning(true);
                else
                    note = WhyNotSigning();
                break;
            case "n":
                await NextParcelAsync();
                break;
            case "x" or "g" when !Judging || parts is null:
                note = correcting ? Say.T("bench.no-parts-correcting") : WhyNotJudging();
                break;
            case "x":
                note = await parts!.DrawAsync() ?? "";
                break;
            case "g":
                note = await parts!.OpenMergeAsync() ?? "";
                break;
            case "e":
                await WalkToAsync(walk + 1);
                break;
            case "v" when map is not null:
                await map.EveryLayerAsync();
                break;
        }
    }

    private async Task PressAsync(string key)
    {
        if (key == "a")
            TakeProposal();
        else
            Choose(key);
        if (keys is not null)
            await keys.InvokeVoidAsync("openClass", menu?.Opened(choice) is not null);
    }

    private void Choose(string key)
    {
        if (Judging && menu?.Press(choice, key) is { } pressed)
            choice = pressed;
        else if (key is not ("Escape" or "Backspace"))
            note = Judging ? Say.T("bench.no-class") : WhyNothing();
        SuitBasis();
    }

    private void TakeProposal()
    {
        if (Judging && parcel is { Proposed: { } proposed })
            choice = new VerdictChoice(null, proposed);
        SuitBasis();
    }

    /// <summary>
    /// What the machine found speaks for its own proposal only: another verdict gets a sentence that says it departs. What the person
    /// has written is left alone.
    /// </summary>
    private void SuitBasis()
    {
        if (!Judging || parcel is null || choice.Code is not { } code || basis != offered)
            return;
        var departs = parcel.Proposed is { } proposed && proposed != code;
        basis = offered = departs
            ? Say.Chinese("verdict.departs", code, Books.FindVerdict(code)?.Chinese, parcel.Proposed)
            : BasisOf(parcel);
    }

    private void SetReturning(bool on)
    {
        returning = on;
        SetReason();
    }

    private async Task CommitByButtonAsync()
    {
        if (Commit() && keys is not null)
            await keys.InvokeVoidAsync("next", Onward());
    }

    /// <summary>Starts writing what is chosen. True when nothing is left to do on this patch, so that the keys go on.</summary>
    private bool Commit()
    {
        refusal = null;
        if (parcel is null || row is null)
            return false;
        if (IsHeldByOther)
        {
            refusal = LockWords;
            return false;
        }
        if (Confirming)
        {
            if (!IsFinal && !returning)
            {
                refusal = Say.T("verdict.not-final");
                return false;
            }
            var (second, reason, remark, sentBack) = (parcel, reasonCode, basis, returning);
            Write(
                second,
                () => sentBack ? Desk.ReturnAsync(actor!, second, reason, remark) : Desk.ConfirmAsync(actor!, second, reason, remark)
            );
            written.Push(new(row.Id, second.Id));
            return !FocusNext();
        }
        if (!Judging)
        {
            note = WhyNothing();
            return false;
        }
        if (choice.Code is not { } code)
        {
            refusal = Say.T("verdict.choose-first");
            return false;
        }
        if (string.IsNullOrWhiteSpace(basis))
        {
            refusal = Say.T("verdict.basis-first");
            return false;
        }
        var (first, text, correction) = (parcel, basis, correcting ? why : null);
        Write(first, () => Desk.DecideAsync(actor!, first, code, text, correction));
        written.Push(new(row.Id, first.Id));
        return !FocusNext();
    }

    /// <summary>Goes to the next parcel of this patch that waits for this seat; false when there is none.</summary>
    private bool FocusNext()
    {
        var left = row?.Parcels.FirstOrDefault(p => p.Id != parcel?.Id && IsOpenForMe(p) && !pending.Contains(p.Id));
        if (left is null)
        {
            choice = VerdictChoice.None;
            return false;
        }
        FocusParcel(left);
        return true;
    }

    /// <summary>The newest stands first; what was told of a patch already is not told twice.</summary>
    private void TellFault(Fault fault)
    {
        faults.Remove(fault);
        faults.Insert(0, fault);
    }

    /// <summary>Writes in the background; the parcel is amber until the store has answered.</summary>
    private void Write(ParcelRow target, Func<Task> act)
    {
        pending = pending.Add(target.Id);
        var number = row!.Number;
        var patch = row.Id;
        _ = InvokeAsync(async () =>
        {
            var isWritten = false;
            try
            {
                // Whoever goes on meanwhile is not kept waiting by the writing.
                await Task.Run(act);
                isWritten = true;
            }
            catch (Problem problem)
            {
                TellFault(new Fault(number, problem.In(System.Globalization.CultureInfo.CurrentUICulture)));
            }
#pragma warning disable CA1031 // Whatever went wrong, the person must see that this verdict was not written.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.LogError(failure, "Verdict on {Patch} was not written", number);
                TellFault(new Fault(number, Say.T("fault.page")));
            }
            _ = TellReceiptAsync(target.Id, isWritten);
            await SettleAsync(patch, target.Id);
        });
    }

    /// <summary>The rows say what became of a verdict; where they cannot be read, the page says that it may be behind.</summary>
    private async Task SettleAsync(Guid patch, Guid parcelWritten)
    {
        try
        {
            await RefreshAsync(patch, settled: parcelWritten);
        }
#pragma warning disable CA1031 // Nobody waits for this reading: what failed is told here or nowhere.
        catch (Exception failure) when (!leaving.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.LogError(failure, "The rows after a verdict on {Patch} were not read", patch);
            note = Say.T("bench.not-read");
        }
        finally
        {
            pending = pending.Remove(parcelWritten);
            StateHasChanged();
        }
    }

    /// <summary>Takes back what the seat wrote last: a verdict as long as nobody has confirmed it, a second signature as long as nothing
    /// rests on it, a split, a merge.</summary>
    private async Task UndoAsync()
    {
        var target = MayUndo ? parcel : null;
        Func<string, Task>? back = null;
        if (target is null && written.TryPeek(out var newest) && pending.Contains(newest.Parcel))
        {
            note = Say.T("bench.why-pending");
            return;
        }
        if (target is null && written.TryPop(out var last) && rows.FirstOrDefault(r => r.Id == last.Patch) is { } where)
        {
            target = where.Parcels.FirstOrDefault(p => p.Id == last.Parcel);
            back = last.Back;
            await ShowAsync(where);
            // Of a divided patch the part that is taken back is at hand, not the first.
            if (target is not null)
                FocusParcel(target);
            if (keys is not null)
                await keys.InvokeVoidAsync("list", rows.Select(r => r.Id), IndexOf(where.Id), true);
        }
        if (back is null && (target is null || !(IsOwnVerdict(target) || IsOwnSignature(target))))
        {
            note = WhyNoUndo();
            return;
        }
        busy = true;
        try
        {
            await TakeBackAsync(target, back);
        }
        catch (Problem problem)
        {
            refusal = problem.In(System.Globalization.CultureInfo.CurrentUICulture);
        }
        finally
        {
            busy = false;
        }
        if (back is not null)
            ForgetPartsOf(row!.Id);
        await RefreshAsync(row!.Id);
    }

    private Task TakeBackAsync(ParcelRow? target, Func<string, Task>? back)
    {
        var reason = Say.T("verdict.undo-reason");
        return back is not null ? back(reason)
            : IsOwnSignature(target!) ? Desk.TakeBackAsync(actor!, target!, Say.T("verdict.take-back-reason"))
            : Desk.WithdrawAsync(actor!, target!, reason);
    }

    /// <summary>Parts that were put back have other ids: what was written before on the patch cannot be taken back by this page.</summary>
    private void ForgetPartsOf(Guid patch)
    {
        var kept = written.Where(w => w.Patch != patch).Reverse().ToList();
        written.Clear();
        kept.ForEach(written.Push);
    }

    /// <summary>The parcels of the patch on screen are others now.</summary>
    private async Task PartsChangedAsync(Func<string, Task> back)
    {
        if (row is not { } patch)
            return;
        written.Push(new(patch.Id, Guid.Empty, back));
        await RefreshAsync(patch.Id);
    }

    private Task RefreshShownAsync() => row is null ? Task.CompletedTask : RefreshAsync(row.Id);

    /// <summary>Reads a patch anew after an act: the list keeps its place and its length.</summary>
    /// <param name="settled">The parcel whose verdict was on its way: it is until the rows say what became of it, lest it is taken for
    /// one that still waits.</param>
    private async Task RefreshAsync(Guid patch, Guid? settled = null)
    {
        var programme = Programme!;
        var (read, all, day) = await Task.Run(() => ReadAnewAsync(programme));
        if (settled is { } done)
            pending = pending.Remove(done);
        // Readings may overtake each other: the newer one stands.
        var isNewest = read >= sequence && programme == Programme;
        var now = isNewest ? all.ToDictionary(r => r.Id) : [];
        if (isNewest)
        {
            (sequence, today) = (read, day);
            rows = [.. rows.Select(r => now.GetValueOrDefault(r.Id, r))];
            counts = WorkbenchQueues.Count(all, Unit, actor!.Login, mayDecide, mayConfirm);
        }
        if (row is not null && now.TryGetValue(row.Id, out var fresh))
        {
            row = fresh;
            var same = fresh.Parcels.FirstOrDefault(p => p.Id == parcel?.Id);
            // A parcel that was divided or merged is gone: the first of those in its place is at hand.
            if (same is null)
                await LayAnewAsync(fresh);
            else if (same.Stage != parcel?.Stage)
                FocusParcel(same);
            else
                parcel = same;
        }
        if (map is not null)
            await map.ReloadAsync(patch);
        StateHasChanged();
    }

    private async Task LayAnewAsync(PatchRow fresh)
    {
        var found = await Dossiers.GetAsync(fresh.Id);
        if (row?.Id != fresh.Id)
            return;
        Lay(found.Veiled(fresh));
        FocusParcel(fresh.Parcels.Count > 0 ? fresh.Parcels[0] : null);
    }

    /// <summary>The rows of a programme, at least as new as the number of the journal beside them, and the day of the seat.</summary>
    private async Task<(long Sequence, IReadOnlyList<PatchRow> Rows, int Today)> ReadAnewAsync(string programme)
    {
        var read = await Books.SequenceAsync();
        var all = await Rows.SeenAsync(programme, sight);
        return (read, all, await SeatDay.PatchesAsync(Books.Store, actor!.Login, Books.Today));
    }
}
