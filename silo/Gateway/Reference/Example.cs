using System.Text.RegularExpressions;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>A request that can be sent as it is. Ids and hashes in it are those of <see cref="Sample"/>.</summary>
/// <param name="Name">Its name among the examples of its operation.</param>
/// <param name="Summary">What it shows.</param>
internal sealed partial record Example(string Name, string Summary)
{
    /// <summary>The body.</summary>
    public string? Body { get; init; }

    /// <summary>The path, where it is not the one that <see cref="PathParts"/> makes.</summary>
    public string? Path { get; init; }

    /// <summary>The query, with its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The media type that is asked for, where another is the usual one.</summary>
    public string? Accept { get; init; }

    /// <summary>The path and the query of the request.</summary>
    public string Target(string path) => (Path ?? Parts().Replace(path, part => PathParts.Of(part.Groups[1].Value).Sample)) + Query;

    /// <summary>The parts of a path that vary: their names stand in braces.</summary>
    [GeneratedRegex(@"\{\*?([a-z_]+)\}")]
    public static partial Regex Parts();
}
