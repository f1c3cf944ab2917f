using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Answers;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>A page of instances, and where the next one begins.</summary>
internal static class InstancePage
{
    public static Answer Of(IReadOnlyList<Instance> instances, string? nextCursor) => Answer.Ok(json =>
    {
        json.WriteStartArray("instances");
        foreach (var instance in instances)
        {
            json.WriteStartObject();
            InstanceBody.Write(json, instance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("next_cursor", nextCursor);
    });
}
