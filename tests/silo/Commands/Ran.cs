using System.Text.Json.Nodes;

namespace Gantral.Silo.Tests.Commands;

/// <summary>How a run of the command ended, and what it printed where.</summary>
internal sealed record Ran(int Status, string Output, string Error)
{
    /// <summary>The one document on standard output.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;
}
