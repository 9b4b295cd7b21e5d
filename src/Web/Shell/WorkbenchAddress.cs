namespace Weipian.Web.Shell;

/// <summary>Addresses of the workbench: they hold the whole state of the view, so that a link reproduces it.</summary>
public static class WorkbenchAddress
{
    /// <param name="queue">judge, confirm, returned, doubtful or all.</param>
    /// <param name="unit">Id of a responsible unit, or <c>none</c> for the queue of the office.</param>
    /// <param name="find">Part of a number, a unit as issued, or a change.</param>
    public static string Of(
        string? programme,
        string? patch = null,
        string? queue = null,
        string? state = null,
        string? unit = null,
        string? find = null
    )
    {
        var query = new QueryString();
        foreach (
            var (name, value) in new[]
            {
                ("programme", programme),
                ("queue", queue),
                ("state", state),
                ("unit", unit),
                ("find", find),
                ("patch", patch),
            }
        )
            if (!string.IsNullOrEmpty(value))
                query = query.Add(name, value);
        return "/workbench" + query;
    }
}
