using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Weipian.Web.Shell;

/// <summary>Shows a refusal in place of the page, and gives the answer the status of the refusal while it is still being written.</summary>
public sealed class RefusalBoundary : ErrorBoundary
{
    [Inject]
    private IHttpContextAccessor Context { get; set; } = default!;

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Exception exception)
    {
        if (Context.HttpContext is { Response.HasStarted: false } context)
            context.Response.StatusCode = exception is Problem problem ? problem.Status : StatusCodes.Status500InternalServerError;
        // A refusal is no fault of ours: it does not belong into the log.
        return exception is Problem ? Task.CompletedTask : base.OnErrorAsync(exception);
    }
}
