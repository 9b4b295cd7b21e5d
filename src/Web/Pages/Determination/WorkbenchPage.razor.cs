using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Weipian.Flow.Determinations;
using Weipian.Web.Acts;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.Shell;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Determination;

/// <summary>The workbench: a queue, the ground, the dossier and the verdict, driven by keys.</summary>
/// <remarks>
/// Keys move the map and the list in the browser at once; the newest place in the list arrives here with a number that only grows.
/// A commit goes on to the next patch before the store has answered: until it has, the mark of the parcel is amber, and a refusal is
/// shown with the number of the patch it belongs to.
/// </remarks>
public sealed partial class WorkbenchPage : IAsyncDisposable
{
    private ImmutableHashSet<Guid> pending = [];
    private readonly List<Fault> faults = [];
    private readonly Stack<Written> written = new();
    private IReadOnlyList<PatchRow> rows = [];
    private IReadOnlyList<(string Queue, int Count)> counts = [];
    private IReadOnlyList<string> mapRoles = [];
    private HashSet<string> mapHit = new(StringComparer.Ordinal);
    private IReadOnlySet<string> lit = NothingLit;
    private PatchRow? row;
    private ParcelRow? parcel;
    private PatchDossier? dossier;
    private VerdictMenu? menu;
    private VerdictChoice choice = VerdictChoice.None;
    private Sight sight = Sight.Nothing;
    private Flow.Store.Actor? actor;
    private MapPair? map;
    private SplitBar? parts;
    private IJSObjectReference? keys;
    private DotNetObjectReference<WorkbenchPage>? self;
    private (string?, string?, string?, string?, string?) filterShown;
    private Flow.Plan.PlanDate? due;
    private string queueShown = "all";
    private string pane = "map";
    private string basis = "";
    private string offered = "";
    private string reasonCode = "";
    private string? refusal;
    private bool loaded;
    private bool mayDecide;
    private bool mayConfirm;
    private bool returning;
    private bool correcting;
    private string why = "";
    private bool busy;
    private bool keySheet;
    private bool orderChanged;
    private int walk = -1;
    private int today;
    private long lastMove;
    private Task turn = Task.CompletedTask;
    private long sequence;

    private sealed record Fault(string Number, string Sentence);

    /// <summary>What the seat wrote last, so that it can take it back.</summary>
    /// <param name="Back">Of a split or a merge: how it is undone, for a reason; null for a verdict, which is withdrawn.</param>
    private sealed record Written(Guid Patch, Guid Parcel, Func<string, Task>? Back = null);

    [SupplyParameterFromQuery]
    public string? Programme { get; set; }

    [SupplyParameterFromQuery]
    public string? Queue { get; set; }

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Unit { get; set; }

    [SupplyParameterFromQuery]
    public string? Find { get; set; }

    [SupplyParameterFromQuery]
    public string? Patch { get; set; }

    /// <summary>Ordinal of the parcel at hand, where it is not the first of the patch.</summary>
    [SupplyParameterFromQuery]
    public int? Part { get; set; }

    /// <summary>How the maps are looked at; kept up by the browser.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Who { get; set; } = default!;

    [Inject]
    private OfficeBooks Books { get; set; } = default!;

    [Inject]
    private ProgrammeRows Rows { get; set; } = default!;

    [Inject]
    private PatchDossiers Dossiers { get; set; } = default!;

    [Inject]
    private VerdictDesk Desk { get; set; } = default!;

    [Inject]
    private LeaseDesk Locks { get; set; } = default!;

    [Inject]
    private KeysDesk Keys { get; set; } = default!;

    [Inject]
    private PartySearch Parties { get; set; } = default!;

    [Inject]
    private WorkbenchLimits Limits { get; set; } = default!;

    [Inject]
    private NavigationManager Address { get; set; } = default!;

    [Inject]
    private ILogger<WorkbenchPage> Log { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    /// <summary>The second signature is asked for, and this seat may give it: never on its own verdict.</summary>
    private bool Confirming =>
        mayConfirm
        && !IsHeldByOther
        && parcel is { Stage: ParcelStage.Decided, IsReadingDue: false }
        && parcel.DecidedBy != actor?.Login
        && !pending.Contains(parcel.Id);

    /// <summary>A first verdict may be given now: nobody has, it came back, or the seat chose to correct a confirmed one.</summary>
    private bool Judging =>
        mayDecide
        && !IsHeldByOther
        && menu is not null
        && parcel is not null
        && !pending.Contains(parcel.Id)
        && (parcel.Stage is ParcelStage.Open or ParcelStage.Returned || (correcting && parcel.Stage == ParcelStage.Confirmed));

    private bool MayCorrect => mayDecide && !correcting && parcel?.Stage == ParcelStage.Confirmed;

    /// <summary>Doubtful is never final: it can only be sent back until what is missing was brought.</summary>
    private bool IsFinal => parcel?.CodeState != PatchState.Doubtful;

    /// <summary>Where the office may say who answers: statutory units to which the plan gives nobody.</summary>
    private IReadOnlyDictionary<string, IReadOnlyList<ActOption>> AssignOptions =>
        new Dictionary<string, IReadOnlyList<ActOption>>
        {
            ["Programme"] = [.. Books.Plan.Programmes.Select(p => new ActOption(p.Id, OfficeBooks.Name(p.Name)))],
            ["StatutoryUnit"] =
            [
                .. Books
                    .Plan.Units.Statutory.Where(s => s.Responsible is null)
                    .Select(s => new ActOption(s.Code, OfficeBooks.Name(s.Name))),
            ],
            ["Unit"] = [.. Books.Plan.Units.Responsible.Select(u => new ActOption(u.Id, OfficeBooks.Name(u.Name)))],
        };

    private bool MayUndo => parcel is not null && (IsOwnVerdict(parcel) || IsOwnSignature(parcel));

    /// <summary>The seat's own verdict, which nobody has signed.</summary>
    private bool IsOwnVerdict(ParcelRow p) => mayDecide && p.Stage == ParcelStage.Decided && p.DecidedBy == actor?.Login;

    /// <summary>The seat's own second signature.</summary>
    private bool IsOwnSignature(ParcelRow p) =>
        mayConfirm && p.Stage is ParcelStage.Confirmed or ParcelStage.Returned && p.ConfirmedBy == actor?.Login;

    private string EmptyAdvice => Say.T(queueShown == "all" && Find is null && State is null ? "bench.empty-none" : "bench.empty-filter");

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Who).User;
        actor = user.Actor();
        sight = Sight.Of(user);
        mayDecide = user.May(Permission.Decide);
        mayConfirm = user.May(Permission.Confirm);
        Programme ??= await FirstProgrammeAsync();
        queueShown =
            Queue
            ?? (
                mayDecide ? "judge"
                : mayConfirm ? "confirm"
                : "all"
            );
        var filter = (Programme, queueShown, State, Unit, Find);
        if (filter != filterShown)
        {
            filterShown = filter;
            await LoadListAsync();
        }
        else if (Patch is not null && Patch != row?.Number && rows.FirstOrDefault(r => r.Number == Patch) is { } asked)
            await ShowAsync(asked);
        loaded = true;
    }

    /// <summary>The first programme that has patches for this seat, in the order of the plan.</summary>
    private async Task<string> FirstProgrammeAsync()
    {
        foreach (var programme in Books.Plan.Programmes)
            if ((await Rows.SeenAsync(programme.Id, sight)).Count > 0)
                return programme.Id;
        return Books.Plan.Programmes[0].Id;
    }

    private async Task LoadListAsync()
    {
        var all = await Rows.SeenAsync(Programme!, sight);
        sequence = await Books.SequenceAsync();
        var parties = await Parties.PatchesAsync(Programme!, Find);
        rows = WorkbenchQueues.Filter(all, queueShown, State, Unit, Find, actor!.Login, parties, Books.UnitName);
        counts = WorkbenchQueues.Count(all, Unit, actor.Login, mayDecide, mayConfirm);
        today = await SeatDay.PatchesAsync(Books.Store, actor.Login, Books.Today);
        due = VerdictsDue.By(Books.Plan, Programme!);
        // A patch named in the address is shown even when the filter would leave it out.
        var asked = Patch is null ? null : all.FirstOrDefault(r => r.Number == Patch);
        if (asked is not null && !rows.Contains(asked))
            rows = [asked, .. rows];
        orderChanged = true;
        if ((asked ?? (rows.Count > 0 ? rows[0] : null)) is { } first)
            await ShowAsync(first);
        else
            (row, parcel, dossier, menu, sheets) = (null, null, null, null, []);
    }

    /// <summary>Puts a patch on screen; everything that was open on the one before is closed.</summary>
    private async Task ShowAsync(PatchRow next)
    {
        row = next;
        choice = VerdictChoice.None;
        refusal = null;
        note = Arrived(next.Id);
        walk = -1;
        lit = NothingLit;
        returning = false;
        photo = null;
        menu = MenuOf(next.Kind);
        _ = HoldAsync(next.Id);
        FocusParcel(AskedPart(next) ?? FirstOf(next));
        var found = await Dossiers.GetAsync(next.Id);
        // Somebody may have gone on while this one was on its way.
        if (row?.Id != next.Id)
            return;
        Lay(found.Veiled(next));
        mapRoles = found.Comparison is null ? [] : [.. found.Comparison.Roles.Select(r => r.Role)];
        mapHit = [.. found.Comparison?.Roles.Where(r => r.Classes.Count > 0).Select(r => r.Role) ?? []];
        OfferBasis();
    }

    /// <summary>Both images of a patch were on the screen long enough: what is hidden until then is shown.</summary>
    private async Task LookedAsync(Guid patch)
    {
        if (row?.Id != patch || !mayDecide)
            return;
        foreach (var hidden in row.Parcels.Where(p => p.IsProposalHidden).ToList())
            try
            {
                await LookAtImages.Handle(Books.Store, actor!, new(hidden.Id));
            }
            catch (Problem problem) when (problem.Code == "determination.nothing-hidden")
            {
                // Another window of the seat was quicker.
                Log.LogDebug("{Parcel} was shown already", hidden.Number);
            }
        await UncoveredAsync();
    }

    /// <summary>A proposal that was hidden is on the screen from now on, with its derivation.</summary>
    private async Task UncoveredAsync()
    {
        if (row is not { Id: var patch })
            return;
        await RefreshAsync(patch);
        var found = await Dossiers.GetAsync(patch);
        if (row?.Id != patch)
            return;
        Lay(found.Veiled(row));
        OfferBasis();
    }

    /// <summary>The rules have run again: the patch at hand stays, with its new derivation; no neighbour keeps its old one.</summary>
    private async Task RenewedAsync()
    {
        sheets = [.. sheets.Where(s => s.Id == row?.Id)];
        await UncoveredAsync();
    }

    /// <summary>The parcel at hand when a patch comes on screen.</summary>
    private ParcelRow? FirstOf(PatchRow shown) =>
        shown.Parcels.FirstOrDefault(IsOpenForMe) ?? (shown.Parcels.Count > 0 ? shown.Parcels[0] : null);

    /// <summary>The parcel that the address names, once: later the keys say which.</summary>
    private ParcelRow? AskedPart(PatchRow shown)
    {
        var asked = Part;
        Part = null;
        return asked is null || shown.Number != Patch ? null : shown.Parcels.FirstOrDefault(p => p.Ordinal == asked);
    }

    private bool IsOpenForMe(ParcelRow p) =>
        (mayDecide && p.Stage is ParcelStage.Open or ParcelStage.Returned)
        || (mayConfirm && p.Stage == ParcelStage.Decided && p.DecidedBy != actor?.Login);

    private void FocusParcel(ParcelRow? chosen)
    {
        parcel = chosen;
        choice = VerdictChoice.None;
        (correcting, why) = (false, "");
        basis = offered = chosen is null || dossier?.Id != row?.Id ? "" : BasisOf(chosen);
        SetReason();
        if (chosen is not null)
            TakeUpDraft(chosen);
    }

    /// <summary>The dossier has come: the basis is offered beside what was chosen or typed meanwhile.</summary>
    private void OfferBasis()
    {
        if (parcel is null)
            return;
        var isUntouched = basis == offered;
        offered = BasisOf(parcel);
        if (!isUntouched)
            return;
        basis = offered;
        SuitBasis();
        TakeUpDraft(parcel);
    }

    /// <summary>The basis as the machine would write it.</summary>
    private string BasisOf(ParcelRow chosen)
    {
        if (chosen.Stage == ParcelStage.Decided || dossier is null || !dossier.Derivations.TryGetValue(chosen.Id, out var derivation))
            return "";
        return BatchDesk.BasisOf(derivation);
    }

    private void SetReason() => reasonCode = Books.Law.Verdicts.Reasons.FirstOrDefault(r => r.Passes != returning)?.Id ?? "";

    /// <summary>None when no verdict tree covers the year of the programme: then patches can be looked at and not judged.</summary>
    private VerdictMenu? MenuOf(string kind)
    {
        var year = Books.Plan.Programme(Programme!).Year;
        if (!Books.Law.Verdicts.Covers(kind, year))
            return null;
        return new VerdictMenu(Books.Law.Verdicts.For(kind, year), Rows.StateOf, Say.T);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            keys = await Js.InvokeAsync<IJSObjectReference>("import", "./dist/app.js");
            keyMap = await Keys.OfAsync(actor?.Login ?? "");
            // Verdicts that this browser still carries: amber until their receipt has come.
            var carried = await keys.InvokeAsync<Carried>("attach", self, keyMap.ByPressed());
            pending = pending.Union(carried.Verdicts);
            TakeUpDrafts(carried.Drafts);
            await WatchLocksAsync();
            StateHasChanged();
        }
        if (batchOpened && keys is not null)
        {
            // Keys go to the preview, not to a button that was pressed before.
            batchOpened = false;
            await keys.InvokeVoidAsync("focus", "[data-batch-head]");
        }
        if (orderChanged && keys is not null)
        {
            orderChanged = false;
            var at = row is null ? -1 : IndexOf(row.Id);
            await keys.InvokeVoidAsync("list", rows.Select(r => r.Id), at);
            _ = AheadAsync(at);
        }
    }

    /// <summary>The keys moved to a patch of the list. Numbers only grow: an older one that comes late is dropped.</summary>
    [JSInvokable]
    public async Task OnMove(string patch, long number)
    {
        // The address follows beside the turn: no key waits for it.
        if (await InTurnAsync(() => MovedAsync(patch, number)))
            await FollowAsync();
    }

    private async Task<bool> MovedAsync(string patch, long number)
    {
        if (number <= lastMove || !Guid.TryParse(patch, out var id) || rows.FirstOrDefault(r => r.Id == id) is not { } next)
            return false;
        lastMove = number;
        await ShowAsync(next);
        StateHasChanged();
        return true;
    }

    /// <summary>Steps and keys are answered in the order in which they were pressed: a key finds its patch whole, and no step overtakes the
    /// key before it.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> answer)
    {
        var before = turn;
        var mine = new TaskCompletionSource();
        turn = mine.Task;
        await before;
        try
        {
            return await answer();
        }
        finally
        {
            mine.SetResult();
        }
    }

    private async Task FollowAsync()
    {
        if (row is null || keys is null)
            return;
        await keys.InvokeVoidAsync(
            "address",
            Link(patch: row.Number, part: parcel is null || parcel.Id == FirstOf(row)?.Id ? null : parcel.Ordinal)
        );
        _ = AheadAsync(IndexOf(row.Id));
    }

    private int IndexOf(Guid id)
    {
        for (var i = 0; i < rows.Count; i++)
            if (rows[i].Id == id)
                return i;
        return -1;
    }

    private string Link(
        string? patch = null,
        string? queue = null,
        string? state = null,
        string? unit = null,
        string? find = null,
        string? programme = null,
        int? part = null
    ) => WorkbenchAddress.Of(programme ?? Programme, patch, queue ?? Queue, state ?? State, unit ?? Unit, find ?? Find, part);

    private void ChooseProgramme(ChangeEventArgs e) => Address.NavigateTo(Link(programme: (string?)e.Value));

    private void ChooseUnit(ChangeEventArgs e) => Address.NavigateTo(Link(unit: (string?)e.Value ?? ""));

    private void Search(ChangeEventArgs e) => Address.NavigateTo(Link(find: ((string?)e.Value ?? "").Trim()));

    private string SheetAddress => WorkbenchAddress.OfSheet(Programme, queueShown, State, Unit, Find);

    private Task ChooseParcelAsync(ParcelRow chosen)
    {
        FocusParcel(row?.Parcels.FirstOrDefault(p => p.Id == chosen.Id));
        return FollowAsync();
    }

    private async Task NextParcelAsync()
    {
        if (row is null || row.Parcels.Count < 2)
        {
            note = Say.T("bench.one-parcel");
            return;
        }
        var at = row.Parcels.ToList().FindIndex(p => p.Id == parcel?.Id);
        FocusParcel(row.Parcels[(at + 1) % row.Parcels.Count]);
        await FollowAsync();
    }

    private async Task LightAsync(string[] pieces)
    {
        lit = lit.SetEquals(pieces) ? NothingLit : new HashSet<string>(pieces, StringComparer.Ordinal);
        if (map is not null)
            await map.LightAsync(lit, zoom: false);
    }

    private Task LightPieceAsync(string piece) => LightAsync([piece]);

    /// <summary>E walks the derivation step by step; the map shows what the step speaks of.</summary>
    private async Task WalkToAsync(int step)
    {
        if (parcel is null || dossier is null || !dossier.Derivations.TryGetValue(parcel.Id, out var derivation))
        {
            note = WhyNoProposal();
            return;
        }
        var told = DerivationView.Told(derivation).ToList();
        walk = step < told.Count ? step : -1;
        lit = NothingLit;
        if (walk >= 0)
            lit = told[walk]
                .Checks.SelectMany(c => c.Features)
                .Select(f => PatchDossiers.KeyOf(f.Role, f.LayerVersionId, f.Number))
                .ToHashSet(StringComparer.Ordinal);
        if (map is not null)
            await map.LightAsync(lit, zoom: lit.Count > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveLocksAsync();
        going?.Dispose();
        try
        {
            if (keys is not null)
            {
                await keys.InvokeVoidAsync("detach");
                await keys.DisposeAsync();
            }
        }
        catch (JSDisconnectedException gone)
        {
            Log.LogDebug(gone, "The page is gone, and its keys with it");
        }
        self?.Dispose();
    }
}
