using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Answers;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>An instance as callers see it. The names are part of the API and never change.</summary>
internal static class InstanceBody
{
    public static void Write(Utf8JsonWriter json, Instance instance, bool isRunnable)
    {
        var binding = instance.Binding;
        json.WriteString("instance_id", instance.InstanceId);
        json.WriteString("workflow_id", binding.WorkflowId);
        json.WriteString("workflow_version", binding.WorkflowVersion);
        json.WriteString("owning_team_id", binding.OwningTeamId);
        json.WriteString("policy_version_id", binding.PolicyVersionId);
        json.Word<Materiality>("materiality", binding.Materiality);
        json.Word<Mode>("mode", binding.Mode);
        json.Word<ExecutionState>("state", instance.State);
        json.WriteNumber("sequence", instance.Sequence);
        json.WriteBoolean("runnable", isRunnable);
        json.Word("reason", instance.Reason);
        json.WriteString("created_by", instance.Creator.Id);
        json.Time("created_at", instance.CreatedAt);
        json.Time("updated_at", instance.UpdatedAt);
        json.Value("trigger_context", instance.TriggerContext?.Value);
        // Only where work may use it: what still waits for a person stands under pending, and is not to be acted on.
        json.Value("context", instance.State is ExecutionState.Running or ExecutionState.Resumed ? instance.Context : null);
        json.Time("execute_by", instance.ExecuteBy);
        json.WriteStartArray("cost");
        foreach (var sum in instance.Costs)
        {
            json.WriteStartObject();
            json.WriteString("currency", sum.Currency);
            json.WriteString("amount", sum.Amount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WritePending(json, instance.Pending);
        WriteLastDecision(json, instance.LastDecision);
    }

    private static void WritePending(Utf8JsonWriter json, Pending? pending)
    {
        if (pending is null)
        {
            json.WriteNull("pending");
            return;
        }

        var request = pending.Request;
        json.WriteStartObject("pending");
        json.WriteString("step", request.Step);
        json.Texts("eligible_approver_roles", request.EligibleApproverRoles);
        json.Texts("escalation_roles", request.EscalationRoles);
        json.WriteNumber("approvals_required", request.ApprovalsRequired);
        json.WriteBoolean("distinct_roles", request.DistinctRoles);
        WriteApprovals(json, pending);
        json.Time("decide_by", request.DecideBy);
        json.Word<OnTimeout>("on_timeout", request.OnTimeout);
        json.Duration("execute_within", request.ExecuteWithin);
        // With its salt, so that whoever is shown this can compute the hash that the decision binds.
        json.Value("context_snapshot", pending.Snapshot?.Value);
        json.Hash("context_snapshot_hash", request.ContextSnapshotHash);
        json.WriteString("context_snapshot_salt", pending.Snapshot is { } snapshot ? Convert.ToHexStringLower(snapshot.Salt.Span) : null);
        json.WriteString("requested_by", pending.RequestedBy.Id);
        json.Time("since", pending.Since);
        json.WriteEndObject();
    }

    private static void WriteApprovals(Utf8JsonWriter json, Pending pending)
    {
        json.WriteStartArray("approvals");
        foreach (var approval in pending.Approvals)
        {
            json.WriteStartObject();
            json.WriteString("human_actor_id", approval.Approver.Id);
            json.WriteString("role", approval.Approver.Role);
            json.WriteString("on_behalf_of", approval.Grantor?.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLastDecision(Utf8JsonWriter json, DecisionMade? decision)
    {
        if (decision is null)
        {
            json.WriteNull("last_decision");
            return;
        }

        json.WriteStartObject("last_decision");
        json.WriteString("decision_id", decision.DecisionId);
        json.Word<DecisionType>("decision_type", decision.Type);
        json.WriteString("human_actor_id", decision.Person.Id);
        json.WriteString("role", decision.Person.Role);
        json.Time("timestamp", decision.At);
        json.WriteEndObject();
    }
}
