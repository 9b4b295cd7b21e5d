using Weipian.Web.Reading;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Determination;

/// <summary>The part of the workbench that says where a verdict leads (0125).</summary>
public sealed partial class WorkbenchPage
{
    /// <summary>What is said of a patch once it is on the screen.</summary>
    private (Guid Patch, string Words)? arrival;

    /// <summary>The patch to go on to: the one below. From the last of the list the first above that waits for this seat; null when none
    /// does.</summary>
    private Guid? Onward()
    {
        var at = row is null ? -1 : IndexOf(row.Id);
        if (at < 0)
            return null;
        if (at + 1 < rows.Count)
            return rows[at + 1].Id;
        var open = rows.FirstOrDefault(r => r.Id != row!.Id && !others.ContainsKey(r.Id) && r.Parcels.Any(Waits));
        if (open is null)
        {
            note = Say.T("bench.queue-done");
            return null;
        }
        arrival = (open.Id, Say.T("bench.queue-again"));
        return open.Id;
    }

    private bool Waits(ParcelRow p) => IsOpenForMe(p) && !p.IsReadingDue && !pending.Contains(p.Id);

    private string Arrived(Guid patch)
    {
        var words = arrival is { } said && said.Patch == patch ? said.Words : "";
        arrival = null;
        return words;
    }
}
