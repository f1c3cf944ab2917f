using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;

namespace Gantral.Silo.Gateway.Decisions;

/// <summary>A decision that was committed, and the instance right after it.</summary>
internal static class DecisionBody
{
    public static void Write(Utf8JsonWriter json, Reply reply)
    {
        var entry = reply.Entries.First(one => one.Decision is not null);
        var decision = entry.Decision!;
        json.WriteString("decision_id", decision.DecisionId);
        json.WriteString("instance_id", reply.Instance!.InstanceId);
        json.Word<DecisionType>("decision_type", decision.DecisionType);
        json.WriteString("human_actor_id", entry.Actor.Id);
        json.WriteString("role", entry.Actor.Role);
        json.Time("timestamp", entry.At);
        json.WriteString("policy_version_id", entry.Binding?.PolicyVersionId);
        json.Hash("context_snapshot_hash", decision.ContextSnapshotHash);
        json.Hash("justification_hash", decision.JustificationHash);
        json.Hash("context_delta_hash", decision.ContextDeltaHash);
        json.WriteString("on_behalf_of", decision.Delegation?.Grantor.Id);
        json.WriteStartObject("instance");
        InstanceBody.Write(json, reply.Instance);
        json.WriteEndObject();
    }
}
