using System.Collections.Concurrent;
using Weipian.Imagery;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>What pairs of images say of changes, by our own measure and by a model that somebody brought; computed once a pair.</summary>
public sealed class ChangeDesk(ImageShelf shelf, ImageSettings settings) : IDisposable
{
    private const int KeptMax = 20_000;

    private readonly ConcurrentDictionary<(Guid Patch, string Before, string After), PatchChange> known = new();
    private readonly Lazy<(ChangeModel? Model, Problem? Refused)> model = new(() => Open(settings));

    /// <summary>What was found for a patch.</summary>
    /// <param name="Model">Of the model; null without one, or where our own measure is silent: no model sees through a cloud.</param>
    /// <param name="Refused">Why the model that was named said nothing.</param>
    public sealed record PatchChange(ChangeSupport Support, ModelAnswer? Model, Problem? Refused);

    /// <summary>Name and hash of the model in use; null without one or when it was refused.</summary>
    public (string Name, string Sha256)? ModelInUse => model.Value.Model is { } used ? (used.Name, used.Sha256) : null;

    /// <summary>Why the model that was named is not in use.</summary>
    public Problem? ModelRefused => model.Value.Refused;

    /// <summary>What the pair of images says of a change; null when there is no pair.</summary>
    /// <exception cref="Problem"><c>web.no-such-patch</c></exception>
    public async Task<PatchChange?> OfAsync(Guid patch, Sight sight, CancellationToken stop)
    {
        var pair = await shelf.OfAsync(patch, sight, stop);
        if (pair.Before is not { } before || pair.After is not { } after)
            return null;
        if (known.TryGetValue((patch, before.Id, after.Id), out var there))
            return there;
        var found = await shelf.InTurnAsync(() => Measure(pair), stop);
        if (known.Count >= KeptMax)
            known.Clear();
        return known[(patch, before.Id, after.Id)] = found;
    }

    public void Dispose()
    {
        if (model.IsValueCreated)
            model.Value.Model?.Dispose();
    }

    private PatchChange Measure(ImageShelf.PatchImages pair)
    {
        var (before, after) = (pair.Before!, pair.After!);
        var coarser = Math.Max(before.ResolutionMetres, after.ResolutionMetres);
        var frame = ChangeSupport.FrameFor(pair.Box, coarser);
        var support = ChangeSupport.Of(shelf.Render(before, frame), shelf.Render(after, frame), pair.Rings);
        var (used, refused) = model.Value;
        if (used is null || support.Silence != ChangeSilence.None)
            return new(support, null, refused);
        try
        {
            var wide = used.FrameFor(pair.Box, coarser);
            return new(support, used.Of(shelf.Render(before, wide), shelf.Render(after, wide), pair.Rings), null);
        }
        catch (Problem problem) when (problem.Code.StartsWith("models.", StringComparison.Ordinal))
        {
            return new(support, null, problem);
        }
    }

    private static (ChangeModel?, Problem?) Open(ImageSettings settings)
    {
        if (settings.ModelPath is not { } path)
            return (null, null);
        try
        {
            return (ChangeModel.Open(path, settings.LibraryPath), null);
        }
        catch (Problem refused)
        {
            // A model is help: an office opens without it, and says why it is not there.
            return (null, refused);
        }
    }
}
