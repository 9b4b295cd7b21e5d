using System.CommandLine;

namespace Weipian.Web.Verbs;

/// <summary>The options every verb understands, wherever they stand on the line.</summary>
public sealed class CommonOptions
{
    /// <summary>The folder that holds the database, the blobs and the layers.</summary>
    public Option<DirectoryInfo> Data { get; } =
        new("--data")
        {
            Description = "the data folder (default: $WEIPIAN_DATA, else ./data)",
            Recursive = true,
            DefaultValueFactory = _ => new DirectoryInfo(Environment.GetEnvironmentVariable("WEIPIAN_DATA") ?? "./data"),
        };

    /// <summary>One JSON document on the standard output and nothing else.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "print one JSON document and nothing else", Recursive = true };
}
