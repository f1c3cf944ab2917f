using System.Text.Json.Nodes;

namespace Gantral.Client;

/// <summary>What is said when something holds.</summary>
public sealed record PolicyRule : AdviceTerms
{
    /// <summary>What must hold, all of it: <c>step</c>, <c>context.amount</c> and the like, each with a value, a list of them, or bounds.</summary>
    public required JsonObject When { get; init; }
}
