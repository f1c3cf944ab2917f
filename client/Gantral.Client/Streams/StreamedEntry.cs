using System.Text.Json;
using System.Text.Json.Serialization;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>That something happened to what, and when. What it means is to be read where it always is.</summary>
public sealed record StreamedEntry
{
    /// <summary>In which log.</summary>
    public required int LogId { get; init; }

    /// <summary>Where in it.</summary>
    public required long Position { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>To which instance.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>Its place among the entries of the instance.</summary>
    public long? Sequence { get; init; }

    /// <summary>The state before.</summary>
    public ExecutionState? FromState { get; init; }

    /// <summary>The state after.</summary>
    public ExecutionState? State { get; init; }

    /// <summary>Of which team.</summary>
    public string? OwningTeamId { get; init; }

    /// <summary>Of which workflow.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Every other field; auditors are told the entry whole.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
