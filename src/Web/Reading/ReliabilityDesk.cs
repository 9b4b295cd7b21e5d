using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>Holds the numbers of change against the confirmed verdicts of a programme.</summary>
public sealed class ReliabilityDesk(ProgrammeRows rows, ChangeDesk changes)
{
    /// <summary>So many patches at most are measured, drawn by their ids, which nobody chose: beyond it a share moves little.</summary>
    public const int PatchesMax = 1000;

    /// <summary>Of a programme.</summary>
    /// <param name="Confirmed">Patches with a verdict that two people signed and that says whether the ground changed.</param>
    /// <param name="Own">Our own measure.</param>
    /// <param name="Model">The model in use; null without one.</param>
    public sealed record Sheet(string Programme, int Confirmed, int Measured, ChangeReliability Own, ChangeReliability? Model);

    /// <summary>Whether people confirmed that the ground of a patch changed; null while they did not, or where they doubt it.</summary>
    public static bool? ChangedOf(PatchRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!row.IsConfirmed || row.Parcels.Any(p => p.CodeState is PatchState.Doubtful or PatchState.NotVerified or null))
            return null;
        return row.Parcels.Any(p => p.CodeState != PatchState.FalseChange);
    }

    /// <summary>Measures what was not measured yet: seconds for a thousand patches, so that progress is told.</summary>
    /// <exception cref="Problem"><c>web.no-such-programme</c></exception>
    public async Task<Sheet> OfAsync(string programme, Sight sight, IProgress<int>? measured, CancellationToken stop)
    {
        var all = await rows.SeenAsync(programme, sight, stop);
        var confirmed = all.Select(r => (Row: r, Changed: ChangedOf(r))).Where(r => r.Changed is not null).ToList();
        var (own, model) = (new List<(double?, bool)>(), new List<(double?, bool)>());
        foreach (var (row, changed) in confirmed.OrderBy(r => r.Row.Id).Take(PatchesMax))
        {
            stop.ThrowIfCancellationRequested();
            var found = await changes.OfAsync(row.Id, sight, stop);
            own.Add((found?.Support.Score, changed!.Value));
            model.Add((found?.Model?.Score, changed.Value));
            measured?.Report(own.Count);
        }
        return new(
            programme,
            confirmed.Count,
            own.Count,
            ChangeReliability.Of(own),
            changes.ModelInUse is null ? null : ChangeReliability.Of(model)
        );
    }
}
