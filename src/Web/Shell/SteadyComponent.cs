using Microsoft.AspNetCore.Components;

namespace Weipian.Web.Shell;

/// <summary>A component that is drawn anew only when it is given something else, or asks for it itself.</summary>
/// <remarks>
/// What is given is compared by equality: by reference for the sheets and rows of a patch, which are never changed in place.
/// Without it whatever is drawn around a dossier would draw the dossier again (0133).
/// </remarks>
public abstract class SteadyComponent : ComponentBase
{
    private IReadOnlyDictionary<string, object?>? given;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        var now = parameters.ToDictionary();
        if (
            given is not null
            && now.Count == given.Count
            && now.All(p => given.TryGetValue(p.Key, out var before) && Equals(before, p.Value))
        )
            return Task.CompletedTask;
        given = now!;
        return base.SetParametersAsync(parameters);
    }
}
