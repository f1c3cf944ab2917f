using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Entries;

/// <summary>
/// Writes the frozen bytes of <c>gantral/entry/1</c>. Fields stand in ascending order, a field without a value is
/// absent, never null; <see cref="EntryReader"/> reads them in the same order.
/// </summary>
public static class EntryWriter
{
    [ThreadStatic]
    private static CanonicalWriter? Reused;

    /// <summary>The bytes of an entry. An entry of the wrong shape is a programming error, found here and not by an auditor.</summary>
    public static CanonicalBytes Write(Entry entry)
    {
        if (EntryShape.Fault(entry) is { } fault)
        {
            throw new ArgumentException($"This entry must not be written: {fault}", nameof(entry));
        }

        var json = Reused ??= new CanonicalWriter();
        json.Reset();
        Write(json, entry);
        return json.ToCanonicalBytes();
    }

    private static void Write(CanonicalWriter json, Entry entry)
    {
        var binding = entry.Binding;
        json.BeginObject();
        WriteActor(json, entry.Actor);
        WriteAdvice(json, entry.Advice);
        json.Text("at"u8, entry.At.ToString());
        WriteAuthority(json, entry.Authority);
        json.Hash("command_id"u8, entry.CommandId);
        WriteCost(json, entry.Cost);
        WriteDecision(json, entry.Decision);
        WriteDelegation(json, entry.Delegation);
        json.Enum("from_state"u8, entry.FromState);
        json.Text("instance_id"u8, entry.Subject.Type == SubjectType.Instance ? entry.Subject.Id : null);
        WriteKey(json, entry.Key);
        WriteLog(json, entry.Log);
        json.Enum("materiality"u8, binding?.Materiality);
        json.Enum("mode"u8, binding?.Mode);
        json.Text("owning_team_id"u8, binding?.OwningTeamId ?? entry.OwningTeamId);
        json.Hash("payload_hash"u8, entry.PayloadHash);
        json.Hash("policy_hash"u8, binding?.PolicyHash ?? entry.Policy?.PolicyHash);
        json.Text("policy_version_id"u8, binding?.PolicyVersionId ?? entry.Policy?.PolicyVersionId);
        json.Hash("prev_hash"u8, entry.PrevHash);
        json.Enum("reason"u8, entry.Reason);
        WriteRedaction(json, entry.Redaction);
        WriteRequiredPolicies(json, binding);
        json.Integer("sequence"u8, entry.Sequence);
        WriteSettings(json, binding);
        json.Enum("state"u8, entry.State);
        json.Name("subject"u8);
        json.BeginObject();
        json.Text("id"u8, entry.Subject.Id);
        json.Enum<SubjectType>("type"u8, entry.Subject.Type);
        json.EndObject();
        json.Enum<EventType>("type"u8, entry.Type);
        json.Text("v"u8, Entry.Format);
        json.Hash("workflow_hash"u8, binding?.WorkflowHash);
        json.Text("workflow_id"u8, binding?.WorkflowId);
        json.Text("workflow_version"u8, binding?.WorkflowVersion);
        json.EndObject();
    }

    private static void WriteActor(CanonicalWriter json, Actor actor)
    {
        json.Name("actor"u8);
        json.BeginObject();
        json.Text("authenticated_at"u8, actor.AuthenticatedAt?.ToString());
        json.Text("client"u8, actor.Client);
        json.Text("id"u8, actor.Id);
        json.Text("issuer"u8, actor.Issuer);
        json.Enum<ActorKind>("kind"u8, actor.Kind);
        json.Text("role"u8, actor.Role);
        json.EndObject();
    }

    private static void WriteAdvice(CanonicalWriter json, Advice? advice)
    {
        if (advice is null)
        {
            return;
        }

        json.Name("advice"u8);
        json.BeginObject();
        json.Integer("approvals_required"u8, advice.ApprovalsRequired);
        json.Hash("context_snapshot_hash"u8, advice.ContextSnapshotHash);
        json.Enum("decision"u8, advice.Decision);
        json.Flag("distinct_roles"u8, advice.DistinctRoles);
        json.Texts("eligible_approver_roles"u8, advice.EligibleApproverRoles);
        json.Texts("escalation_roles"u8, advice.EscalationRoles);
        json.Duration("execute_within"u8, advice.ExecuteWithin);
        json.Enum("on_timeout"u8, advice.OnTimeout);
        json.Text("step"u8, advice.Step);
        json.Duration("timeout"u8, advice.Timeout);
        json.EndObject();
    }

    private static void WriteAuthority(CanonicalWriter json, AuthorityRequest? authority)
    {
        if (authority is null)
        {
            return;
        }

        json.Name("authority"u8);
        json.BeginObject();
        json.Integer("approvals_required"u8, authority.ApprovalsRequired);
        json.Hash("context_snapshot_hash"u8, authority.ContextSnapshotHash);
        json.Text("decide_by"u8, authority.DecideBy?.ToString());
        json.Flag("distinct_roles"u8, authority.DistinctRoles);
        json.Texts("eligible_approver_roles"u8, authority.EligibleApproverRoles);
        json.Texts("escalation_roles"u8, authority.EscalationRoles);
        json.Duration("execute_within"u8, authority.ExecuteWithin);
        json.Enum<OnTimeout>("on_timeout"u8, authority.OnTimeout);
        json.Text("step"u8, authority.Step);
        json.EndObject();
    }

    private static void WriteCost(CanonicalWriter json, Cost? cost)
    {
        if (cost is null)
        {
            return;
        }

        json.Name("cost"u8);
        json.BeginObject();
        json.Text("amount"u8, cost.Amount);
        json.Text("currency"u8, cost.Currency);
        json.EndObject();
    }

    private static void WriteDecision(CanonicalWriter json, Decision? decision)
    {
        if (decision is null)
        {
            return;
        }

        json.Name("decision"u8);
        json.BeginObject();
        json.Hash("context_delta_hash"u8, decision.ContextDeltaHash);
        json.Hash("context_snapshot_hash"u8, decision.ContextSnapshotHash);
        json.Text("decision_id"u8, decision.DecisionId.ToString("D"));
        json.Enum<DecisionType>("decision_type"u8, decision.DecisionType);
        if (decision.Delegation is { } delegation)
        {
            json.Name("delegation"u8);
            json.BeginObject();
            json.Text("delegation_id"u8, delegation.DelegationId.ToString("D"));
            json.Hash("entry_hash"u8, delegation.EntryHash);
            WritePerson(json, "grantor"u8, delegation.Grantor);
            json.EndObject();
        }

        json.Hash("justification_hash"u8, decision.JustificationHash);
        json.EndObject();
    }

    private static void WriteDelegation(CanonicalWriter json, DelegationGrant? grant)
    {
        if (grant is null)
        {
            return;
        }

        json.Name("delegation"u8);
        json.BeginObject();
        json.Text("role"u8, grant.Role);
        WritePerson(json, "to"u8, grant.To);
        json.Text("until"u8, grant.Until.ToString());
        json.EndObject();
    }

    private static void WritePerson(CanonicalWriter json, ReadOnlySpan<byte> name, Person person)
    {
        json.Name(name);
        json.BeginObject();
        json.Text("id"u8, person.Id);
        json.Text("issuer"u8, person.Issuer);
        json.EndObject();
    }

    private static void WriteKey(CanonicalWriter json, SigningKey? key)
    {
        if (key is null)
        {
            return;
        }

        json.Name("key"u8);
        json.BeginObject();
        json.Text("algorithm"u8, key.Algorithm);
        json.Text("name"u8, key.Name);
        json.Text("public_key"u8, key.PublicKey);
        json.EndObject();
    }

    private static void WriteLog(CanonicalWriter json, LogOpening? log)
    {
        if (log is null)
        {
            return;
        }

        json.Name("log"u8);
        json.BeginObject();
        json.Text("origin"u8, log.Origin);
        if (log.Predecessor is { } predecessor)
        {
            json.Name("predecessor"u8);
            json.BeginObject();
            json.Text("origin"u8, predecessor.Origin);
            json.Hash("root"u8, predecessor.Root);
            json.Integer("size"u8, predecessor.Size);
            json.EndObject();
        }

        json.EndObject();
    }

    private static void WriteRedaction(CanonicalWriter json, Redaction? redaction)
    {
        if (redaction is null)
        {
            return;
        }

        json.Name("redaction"u8);
        json.BeginObject();
        json.Texts("fields"u8, redaction.Fields);
        json.Integer("sequence"u8, redaction.Sequence);
        json.EndObject();
    }

    private static void WriteSettings(CanonicalWriter json, Binding? binding)
    {
        if (binding is not { Settings: { IsEmpty: false } settings })
        {
            return;
        }

        json.Name("settings"u8);
        json.BeginArray();
        foreach (var setting in settings)
        {
            json.BeginObject();
            json.Hash("entry_hash"u8, setting.EntryHash);
            json.Text("setting_id"u8, setting.SettingId);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteRequiredPolicies(CanonicalWriter json, Binding? binding)
    {
        if (binding is not { RequiredPolicies: { IsEmpty: false } policies })
        {
            return;
        }

        json.Name("required_policies"u8);
        json.BeginArray();
        foreach (var policy in policies)
        {
            json.BeginObject();
            json.Hash("policy_hash"u8, policy.PolicyHash);
            json.Text("policy_version_id"u8, policy.PolicyVersionId);
            json.EndObject();
        }

        json.EndArray();
    }
}
