using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;

namespace Gantral.Bench.Workload;

/// <summary>Spells canonical JSON as clients do: with white space, and with names in an order of their own.</summary>
internal static class ClientSpelling
{
    private static readonly JsonSerializerOptions Spaced = new() { WriteIndented = true };

    /// <summary>The same value in other bytes.</summary>
    public static byte[] Of(CanonicalBytes canonical) =>
        Encoding.UTF8.GetBytes(Reordered(JsonNode.Parse(canonical.Span))?.ToJsonString(Spaced) ?? "null");

    private static JsonNode? Reordered(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(member => KeyValuePair.Create(member.Key, Reordered(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Reordered)]),
        _ => node?.DeepClone(),
    };
}
