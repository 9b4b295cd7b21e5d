using System.Collections.Immutable;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>The part of the workbench that draws the neighbours of a patch before they are asked for (0133).</summary>
/// <remarks>
/// The dossiers above and below stand in the page and are not shown. A key shows the one and hides the other in the browser at once;
/// the answer of the server says the same a moment later.
/// </remarks>
public sealed partial class WorkbenchPage
{
    /// <summary>The patch on screen, its images included, is there before its neighbours take time from it.</summary>
    private static readonly TimeSpan BeforeNeighbours = TimeSpan.FromMilliseconds(120);

    /// <summary>So many of the next are read.</summary>
    private const int AheadCount = 4;

    /// <summary>One set for all that is not lit: what is given the same is not drawn anew.</summary>
    private static readonly IReadOnlySet<string> NothingLit = ImmutableHashSet<string>.Empty;

    /// <summary>The dossiers in the page, the one on screen among them, in the order in which they came: none is moved.</summary>
    private IReadOnlyList<PatchDossier> sheets = [];

    /// <summary>The number of the journal when the neighbours were laid beside.</summary>
    private long laidAt;

    private CancellationTokenSource? going;

    /// <summary>The dossier on screen is in the page.</summary>
    private void Lay(PatchDossier shown)
    {
        dossier = shown;
        sheets = Among(shown);
    }

    /// <summary>The row of a dossier as it is now; null when the list no longer has it.</summary>
    private PatchRow? RowOf(PatchDossier sheet) => sheet.Id == row?.Id ? row : rows.FirstOrDefault(r => r.Id == sheet.Id);

    /// <summary>Reads the dossiers of the next patches, and draws the nearest, once the patch at hand stays for a moment.</summary>
    private async Task AheadAsync(int at)
    {
        if (going is not null)
            await going.CancelAsync();
        going?.Dispose();
        going = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        var stop = going.Token;
        try
        {
            await Task.Delay(BeforeNeighbours, stop);
            var near = new[] { at + 1, at + 2, at - 1 }.Where(i => i >= 0 && i < rows.Count).Select(i => rows[i].Id).ToList();
            sheets = [.. sheets.Where(s => s.Id == row?.Id || near.Contains(s.Id))];
            laidAt = sequence;
            foreach (var beside in near)
            {
                var read = await ReadAsync(beside, stop);
                if (stop.IsCancellationRequested)
                    return;
                sheets = Among(read);
                StateHasChanged();
            }
            foreach (var later in rows.Skip(at + 3).Take(AheadCount - 2).Select(r => r.Id).ToList())
                await ReadAsync(later, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.LogDebug("Somebody went on from place {At} of the list", at);
        }
        catch (Problem gone)
        {
            Log.LogDebug(gone, "A neighbour cannot be shown");
        }
    }

    /// <summary>Reading takes the turn of nobody who presses a key.</summary>
    private Task<PatchDossier> ReadAsync(Guid patch, CancellationToken stop) => Task.Run(() => Dossiers.GetAsync(patch, stop), stop);

    /// <summary>The dossiers with this one: in the place of its former reading, or after all others.</summary>
    private IReadOnlyList<PatchDossier> Among(PatchDossier read) =>
        sheets.Any(s => s.Id == read.Id) ? [.. sheets.Select(s => s.Id == read.Id ? read : s)] : [.. sheets, read];
}
