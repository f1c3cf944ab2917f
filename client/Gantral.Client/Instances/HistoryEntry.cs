using System.Text.Json;
using System.Text.Json.Serialization;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>One entry of the evidence. What it says beside the usual is in <see cref="Others"/>, under the names of the format.</summary>
public sealed record HistoryEntry
{
    /// <summary>Its place among the entries of the instance.</summary>
    public required long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>The state before.</summary>
    public ExecutionState? FromState { get; init; }

    /// <summary>The state after.</summary>
    public ExecutionState? State { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why it ended, or what was observed.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Its place in its log.</summary>
    public required long Position { get; init; }

    /// <summary>Its hash.</summary>
    public required string EntryHash { get; init; }

    /// <summary>Every other field.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
