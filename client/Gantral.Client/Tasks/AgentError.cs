using System.Text.Json.Serialization;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>What went wrong: a sentence for whoever looks, and no log. A text is one without a code.</summary>
/// <param name="Message">The sentence.</param>
/// <param name="Code">A word of the agent's own by which programs tell what happened; none unless said.</param>
[JsonConverter(typeof(AgentErrorConverter))]
public sealed record AgentError(string Message, string? Code = null)
{
    /// <summary>One without a code.</summary>
    public static implicit operator AgentError(string message) => new(message);
}
