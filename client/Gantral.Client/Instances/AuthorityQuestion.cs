using System.Text.Json.Nodes;

namespace Gantral.Client;

/// <summary>What is to be done.</summary>
public sealed record AuthorityQuestion
{
    /// <summary>A step that the workflow declares.</summary>
    public required string Step { get; init; }

    /// <summary>What a decision would be about. Nothing of an agent's inside belongs here.</summary>
    public JsonObject? ExecutionContext { get; init; }

    /// <summary>The task under which a runner asks; with <see cref="FencingToken"/>, or neither.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>The token that came with the task.</summary>
    public long? FencingToken { get; init; }
}
