namespace Weipian.Tests;

/// <summary>Where the checkout is: tests of the house read its files.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>weipian.slnx</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var at = new DirectoryInfo(from); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "weipian.slnx")))
                return at.FullName;
        throw new InvalidOperationException($"no weipian.slnx above {from}");
    }
}
