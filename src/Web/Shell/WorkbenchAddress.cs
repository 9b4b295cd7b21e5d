using System.Globalization;

namespace Weipian.Web.Shell;

/// <summary>Addresses of the workbench: they hold the whole state of the view, so that a link reproduces it.</summary>
public static class WorkbenchAddress
{
    /// <param name="queue">judge, confirm, returned, doubtful or all.</param>
    /// <param name="unit">Id of a responsible unit, or <c>none</c> for the queue of the office.</param>
    /// <param name="find">Part of a number, a unit as issued, or a change.</param>
    /// <param name="part">Ordinal of a parcel of the patch.</param>
    public static string Of(
        string? programme,
        string? patch = null,
        string? queue = null,
        string? state = null,
        string? unit = null,
        string? find = null,
        int? part = null
    ) =>
        "/workbench"
        + Query(
            ("programme", programme),
            ("queue", queue),
            ("state", state),
            ("unit", unit),
            ("find", find),
            ("patch", patch),
            ("part", part?.ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>The contact sheet of the same queue.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="size">Pairs on a sheet.</param>
    public static string OfSheet(
        string? programme,
        string? queue,
        string? state,
        string? unit,
        string? find,
        int page = 1,
        int? size = null
    ) =>
        "/contact-sheet"
        + Query(
            ("programme", programme),
            ("queue", queue),
            ("state", state),
            ("unit", unit),
            ("find", find),
            ("size", size?.ToString(CultureInfo.InvariantCulture)),
            ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null)
        );

    private static QueryString Query(params (string Name, string? Value)[] parts)
    {
        var query = new QueryString();
        foreach (var (name, value) in parts)
            if (!string.IsNullOrEmpty(value))
                query = query.Add(name, value);
        return query;
    }
}
