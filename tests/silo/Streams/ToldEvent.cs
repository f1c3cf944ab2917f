using System.Text.Json.Nodes;

namespace Gantral.Silo.Tests.Streams;

/// <summary>A server-sent event.</summary>
internal sealed record ToldEvent(string Name, string? Id, JsonNode Data)
{
    /// <summary>Where its entry is.</summary>
    public (int Log, long Position) Place => ((int)Data["log_id"]!, (long)Data["position"]!);

    public string? Type => (string?)Data["type"];
}
