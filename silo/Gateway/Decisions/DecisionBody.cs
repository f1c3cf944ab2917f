using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Entries;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;

namespace Gantral.Silo.Gateway.Decisions;

/// <summary>A decision that was committed.</summary>
internal static class DecisionBody
{
    /// <summary>The entry of the decision that was just made.</summary>
    public static Entry EntryOf(Reply reply) => reply.Entries.First(one => one.Decision is not null);

    /// <summary>One that was just made, and the instance right after it.</summary>
    public static void Write(Utf8JsonWriter json, Reply reply, bool isRunnable)
    {
        Write(json, EntryOf(reply));
        json.WriteStartObject("instance");
        InstanceBody.Write(json, reply.Instance!, isRunnable);
        json.WriteEndObject();
    }

    /// <summary>One that was made once, with what is left of why, of what was shown and of what was changed.</summary>
    public static void Write(Utf8JsonWriter json, SealedEntry decided, IEnumerable<SealedEntry> before)
    {
        var shown = before.SelectMany(entry => entry.Payload).LastOrDefault(field =>
            field.Name is PrivateFieldNames.ContextSnapshot or PrivateFieldNames.TriggerContext && field.Hash() == decided.Entry.Decision!.ContextSnapshotHash);
        Write(json, decided.Entry);
        json.Value("justification", Left(decided, PrivateFieldNames.Justification));
        json.Value("context_snapshot", shown?.Value);
        json.Value("context_delta", Left(decided, PrivateFieldNames.ContextDelta));
        json.WriteNumber("sequence", decided.Entry.Sequence);
        json.Hash("entry_hash", decided.Hash);
    }

    private static void Write(Utf8JsonWriter json, Entry entry)
    {
        var decision = entry.Decision!;
        json.WriteString("decision_id", decision.DecisionId);
        json.WriteString("instance_id", entry.Subject.Id);
        json.Word<DecisionType>("decision_type", decision.DecisionType);
        json.WriteString("human_actor_id", entry.Actor.Id);
        json.WriteString("role", entry.Actor.Role);
        json.Time("timestamp", entry.At);
        json.WriteString("policy_version_id", entry.Binding?.PolicyVersionId);
        json.Hash("context_snapshot_hash", decision.ContextSnapshotHash);
        json.Hash("justification_hash", decision.JustificationHash);
        json.Hash("context_delta_hash", decision.ContextDeltaHash);
        json.WriteString("delegation_id", decision.Delegation?.DelegationId.ToString("D"));
        json.WriteString("on_behalf_of", decision.Delegation?.Grantor.Id);
    }

    private static CanonicalBytes? Left(SealedEntry entry, string name) => entry.Payload.FirstOrDefault(field => field.Name == name)?.Value;
}
