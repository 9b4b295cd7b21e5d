namespace Weipian.Web.Serving;

/// <summary>Paths to return to: of this site or nothing, so that no link can send a seat elsewhere.</summary>
public static class LocalPath
{
    /// <summary>The path when it begins with one slash and holds no control character, else <c>/</c>.</summary>
    public static string OrHome(string? path) =>
        path is { Length: > 0 } && path[0] == '/' && (path.Length == 1 || (path[1] != '/' && path[1] != '\\')) && !path.Any(char.IsControl)
            ? path
            : "/";
}
